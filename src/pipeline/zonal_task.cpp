// SPDX-License-Identifier: MIT
#include "pipeline/zonal_task.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/parallel.hpp"
#include "base/text.hpp"
#include "io/dataset_name.hpp"
#include "pipeline/crs_choice.hpp"
#include "raster/zonal.hpp"

namespace isopleth::pipeline {

namespace {

using raster::Coverage;
using raster::ZonalStatistic;
using raster::ZonalSums;

std::vector<ZonalStatistic> statistics_of(const std::vector<std::string>& texts) {
    std::vector<ZonalStatistic> statistics;
    for (const std::string& text : texts) statistics.push_back(raster::parse_zonal_statistic(text));
    if (statistics.empty()) base::fail_usage("--stats names no statistic");
    return statistics;
}

/// Numbered from 0; "all" is all of them.
std::vector<std::size_t> bands_of(const std::vector<std::string>& texts, std::size_t count,
                                  const std::string& name) {
    std::vector<std::size_t> bands;
    for (const std::string& text : texts) {
        if (text == "all") {
            for (std::size_t band = 0; band < count; ++band) bands.push_back(band);
            continue;
        }
        const auto number = base::parse_integer(text);
        if (!number || *number < 1)
            base::fail_usage(fmt::format("--bands {}: write numbers from 1, or all", text));
        if (static_cast<std::size_t>(*number) > count) {
            base::fail_usage(
                fmt::format("{} has {} {}, no band {}", name, count, count == 1 ? "band" : "bands", text));
        }
        bands.push_back(static_cast<std::size_t>(*number) - 1);
    }
    return bands;
}

/// A raster to be summed up, with the bands and, perhaps, the weights.
struct Subject {
    std::string name;
    RasterSource source;
    std::vector<std::size_t> bands;
    const RasterSource* weights = nullptr;
};

/// Sums of each band and polygon, polygons beside one another.
using Sums = std::vector<std::vector<ZonalSums>>;

struct Found {
    std::vector<std::string> band_names;
    Sums sums;
};

/// Windows are read and summed up in parallel and put together in their order: the same bits for any number
/// of threads.
Found sum_up(const Subject& subject, const std::vector<Coverage>& coverages,
             const std::vector<ZonalStatistic>& statistics, const base::Job& job) {
    const model::Grid& grid = subject.source.grid;
    const std::size_t step = window_rows(subject.source);
    const std::size_t windows = (grid.rows + step - 1) / step;
    struct Part {
        std::vector<std::size_t> polygons;  ///< that the window meets
        Sums sums;
    };
    std::vector<Part> parts(windows);
    Found found;
    const auto work = [&](std::size_t index, std::size_t) {
        const std::size_t first = index * step;
        const std::size_t count = std::min(step, grid.rows - first);
        Part& part = parts[index];
        for (std::size_t p = 0; p < coverages.size(); ++p) {
            if (coverages[p].first_row() < first + count && coverages[p].end_row() > first)
                part.polygons.push_back(p);
        }
        if (part.polygons.empty() && index > 0) return;
        const model::Raster window = subject.source.rows(first, count, subject.bands);
        std::optional<model::Raster> weights;
        if (subject.weights != nullptr) weights = subject.weights->rows(first, count, {0});
        for (const model::Band& band : window.bands) {
            if (index == 0) found.band_names.push_back(band.name);
            std::vector<ZonalSums>& of_band =
                part.sums.emplace_back(part.polygons.size(), ZonalSums(statistics));
            for (std::size_t i = 0; i < part.polygons.size(); ++i) {
                raster::add_window(
                    {first, count, grid.columns, &band, weights ? weights->bands.data() : nullptr},
                    coverages[part.polygons[i]], of_band[i]);
            }
        }
    };
    base::parallel_chunks(job, windows, 1, work, "zonal");
    found.sums.assign(subject.bands.size(), std::vector<ZonalSums>(coverages.size(), ZonalSums(statistics)));
    for (const Part& part : parts) {
        for (std::size_t band = 0; band < part.sums.size(); ++band) {
            for (std::size_t i = 0; i < part.polygons.size(); ++i)
                found.sums[band][part.polygons[i]].merge(part.sums[band][i]);
        }
    }
    return found;
}

std::vector<Coverage> coverages_of(const model::Grid& grid, const model::Layer& polygons,
                                   const base::Job& job) {
    std::vector<std::optional<Coverage>> found(polygons.row_count());
    base::parallel_chunks(job, found.size(), 16, [&](std::size_t begin, std::size_t end) {
        for (std::size_t row = begin; row < end; ++row) found[row].emplace(grid, polygons.geometry[row]);
    });
    std::vector<Coverage> coverages;
    coverages.reserve(found.size());
    for (std::optional<Coverage>& one : found) coverages.push_back(std::move(*one));
    return coverages;
}

void require_polygons(const model::Layer& layer) {
    for (const geo::Geometry& geometry : layer.geometry) {
        if (geo::dimension(geometry) == 2) return;
    }
    base::fail_input(fmt::format("there are no polygons; the geometry is {}", layer.geometry_type()),
                     "Give a layer of polygons.", {.file = layer.source.file, .layer = layer.source.layer});
}

/// "stem" or "stem_band" in front of a statistic, "" where there is nothing to tell apart.
std::string prefix_of(const Subject& subject, const std::string& band, bool has_several_rasters) {
    std::string prefix;
    if (has_several_rasters) prefix = subject.name + "_";
    if (subject.bands.size() > 1) prefix += band + "_";
    std::replace(prefix.begin(), prefix.end(), ' ', '_');
    return prefix;
}

/// A field for each band and statistic.
void add_columns(model::Layer& result, const Subject& subject, const Found& found,
                 const std::vector<ZonalStatistic>& statistics, bool has_several_rasters) {
    for (std::size_t band = 0; band < found.sums.size(); ++band) {
        const std::string prefix = prefix_of(subject, found.band_names[band], has_several_rasters);
        for (const ZonalStatistic& statistic : statistics) {
            model::Column column(model::free_name(result, prefix + statistic.name), model::ColumnType::kReal);
            for (const ZonalSums& sums : found.sums[band]) {
                const auto figure = sums.result(statistic);
                figure ? column.append(*figure) : column.append_missing();
            }
            result.add(std::move(column));
        }
    }
}

std::size_t count_empty(const std::vector<ZonalSums>& of_polygons) {
    const ZonalStatistic count{"count", raster::ZonalKind::kCount};
    return static_cast<std::size_t>(
        std::count_if(of_polygons.begin(), of_polygons.end(),
                      [&](const ZonalSums& sums) { return !sums.result(count).has_value(); }));
}

base::Json description_of(const Subject& subject, const model::Layer& polygons, std::size_t empty) {
    base::Json said = base::Json::object();
    said.set("name", subject.name)
        .set("bands", subject.bands.size())
        .set("crs", subject.source.crs.code())
        .set("cell", subject.source.grid.cell)
        .set("polygons_without_a_value", empty);
    if (!(*polygons.crs == subject.source.crs)) {
        said.set("crs_choice", fmt::format("{} was reprojected from {} to {}", polygons.name,
                                           polygons.crs->code(), subject.source.crs.code()));
    }
    return said;
}

}  // namespace

void ZonalTask::declare(base::ParameterList& list) {
    list.add("raster", raster, "raster whose cells are summed up")
        .required()
        .at(0)
        .dataset()
        .called("RASTER");
    list.add("polygons", polygons, "polygons, which keep their fields")
        .required()
        .at(1)
        .dataset()
        .called("POLYGONS");
    list.add("stats", stats,
             "count, sum, mean, min, max, variance, stdev, median, majority, minority, variety, p95, "
             "above:LIMIT")
        .called("mean,max,p95");
    list.add("bands", bands, "bands of the raster, from 1, or all").called("1,2");
    list.add("more", more, "further rasters in the same way").dataset().called("RASTER");
    list.add("weights", weights, "raster of the same grid whose cells weigh the others")
        .dataset()
        .called("RASTER");
}

void ZonalTask::check() const {
    statistics_of(stats);
}

Outcome ZonalTask::run(Datasets& datasets, const base::Job& job) {
    const std::vector<ZonalStatistic> statistics = statistics_of(stats);
    std::vector<std::string> names{raster};
    names.insert(names.end(), more.begin(), more.end());
    std::optional<RasterSource> of_weights;
    if (!weights.empty()) of_weights = datasets.raster_source(weights);
    const auto original = datasets.layer(polygons);
    require_crs(*original);
    require_polygons(*original);
    model::Layer result = *original;
    base::Json rasters = base::Json::array();
    Outcome outcome;
    for (const std::string& name : names) {
        Subject subject{io::parse_dataset_name(name).stem(), datasets.raster_source(name), {}, nullptr};
        subject.bands = bands_of(bands, subject.source.band_count, name);
        if (of_weights) {
            if (!(of_weights->grid == subject.source.grid)) {
                base::fail_usage(fmt::format("the weights {} and {} have different grids", weights, name),
                                 "Give both the same extent and cells.");
            }
            subject.weights = &*of_weights;
        }
        const auto in_plane = in_crs(original, subject.source.crs);
        const Found found =
            sum_up(subject, coverages_of(subject.source.grid, *in_plane, job), statistics, job);
        add_columns(result, subject, found, statistics, names.size() > 1);
        const std::size_t empty = count_empty(found.sums.front());
        rasters.push(description_of(subject, *original, empty));
        if (empty == result.row_count() && empty > 0)
            outcome.findings.push_back({"no polygon covers a cell with a value", {.file = name}});
    }
    outcome.summary.set("polygons", result.row_count())
        .set("statistics", statistics.size())
        .set("rasters", rasters);
    outcome.product = std::move(result);
    return outcome;
}

}  // namespace isopleth::pipeline
