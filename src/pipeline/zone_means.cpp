// SPDX-License-Identifier: MIT
#include "pipeline/zone_means.hpp"

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "model/grid.hpp"
#include "raster/mask.hpp"

namespace isopleth::pipeline {

namespace {

std::vector<geo::Point> centres_in(const model::Layer& zones, std::size_t row, base::Meters cell) {
    const model::Layer zone = model::select_rows(zones, {row});
    const model::Grid grid = model::grid_around(zone.bounds(), cell);
    std::vector<geo::Point> centres;
    try {
        const std::vector<std::uint8_t> inside = raster::cells_inside(grid, zone);
        for (std::size_t i = 0; i < inside.size(); ++i) {
            if (inside[i] != 0) centres.push_back(grid.centre(i / grid.columns, i % grid.columns));
        }
    } catch (const base::Error& error) {
        if (error.kind() != base::ErrorKind::kData) throw;
        base::fail_data("no cell has its centre in the polygon", "Use a smaller --cell.",
                        zones.place_of(row));
    }
    return centres;
}

}  // namespace

model::Layer zone_means(const interpolate::Interpolator& interpolator, const model::Layer& zones,
                        base::Meters cell, double calibration, const base::Job& job) {
    std::vector<std::optional<interpolate::AreaMeanEstimate>> means(zones.row_count());
    base::parallel_chunks(
        job, zones.row_count(), 1,
        [&](std::size_t row, std::size_t) {
            if (geo::is_missing(zones.geometry[row])) return;
            means[row] = interpolator.mean_over(centres_in(zones, row, cell));
            if (means[row]) return;
            base::fail_data(
                "the method has no mean of this polygon",
                "Use --method kriging with neighbours=all and without transform, above and block; "
                "covariates have to cover the polygon.",
                zones.place_of(row));
        },
        "average over polygons");
    model::Layer result = zones;
    for (const bool is_error : {false, true}) {
        const char* const name = is_error ? "standard_error" : "estimate";
        model::Column column(model::free_name(result, name), model::ColumnType::kReal);
        for (const auto& mean : means) {
            if (!mean) {
                column.append_missing();
            } else {
                column.append(is_error ? calibration * mean->standard_error : mean->value);
            }
        }
        result.add(std::move(column));
    }
    return result;
}

}  // namespace isopleth::pipeline
