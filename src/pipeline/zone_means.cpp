// SPDX-License-Identifier: MIT
#include "pipeline/zone_means.hpp"

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "model/grid.hpp"
#include "raster/mask.hpp"

namespace isopleth::pipeline {

std::vector<std::size_t> cells_of(const model::Layer& polygons, std::size_t row, const model::Grid& grid,
                                  const std::string& hint) {
    std::vector<std::uint8_t> inside;
    try {
        inside = raster::cells_inside(grid, model::select_rows(polygons, {row}));
    } catch (const base::Error& error) {
        if (error.kind() != base::ErrorKind::kData) throw;
        base::fail_data("no cell has its centre in the polygon", hint, polygons.place_of(row));
    }
    std::vector<std::size_t> cells;
    for (std::size_t cell = 0; cell < inside.size(); ++cell) {
        if (inside[cell] != 0) cells.push_back(cell);
    }
    return cells;
}

namespace {

std::vector<geo::Point> centres_in(const model::Layer& zones, std::size_t row, base::Meters cell) {
    const model::Grid grid = model::grid_around(geo::bounds(zones.geometry[row]), cell);
    std::vector<geo::Point> centres;
    for (const std::size_t i : cells_of(zones, row, grid, "Use a smaller --cell."))
        centres.push_back(grid.centre(i / grid.columns, i % grid.columns));
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
