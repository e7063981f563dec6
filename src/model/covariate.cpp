// SPDX-License-Identifier: MIT
#include "model/covariate.hpp"

#include <array>
#include <cmath>

namespace isopleth::model {

namespace {

std::optional<double> cell_value(const Raster& raster, double row, double column) {
    const bool is_inside = row >= 0 && column >= 0 && row < static_cast<double>(raster.grid.rows) &&
                           column < static_cast<double>(raster.grid.columns);
    if (!is_inside) return std::nullopt;
    return raster.at(0, static_cast<std::size_t>(row), static_cast<std::size_t>(column));
}

}  // namespace

std::optional<double> value_at(const Raster& raster, geo::Point place) {
    // In cells, from the centre of cell (0, 0).
    const double column = (place.x - raster.grid.min_x) / raster.grid.cell - 0.5;
    const double row = (raster.grid.max_y - place.y) / raster.grid.cell - 0.5;
    if (!cell_value(raster, std::floor(row + 0.5), std::floor(column + 0.5))) return std::nullopt;
    const double west = std::floor(column);
    const double north = std::floor(row);
    const std::array<double, 2> across{1 - (column - west), column - west};
    const std::array<double, 2> down{1 - (row - north), row - north};
    double sum = 0;
    double weights = 0;
    for (std::size_t i = 0; i < 2; ++i) {
        for (std::size_t j = 0; j < 2; ++j) {
            const double weight = down[i] * across[j];
            if (weight == 0) continue;
            const auto value =
                cell_value(raster, north + static_cast<double>(i), west + static_cast<double>(j));
            if (!value) continue;
            sum += weight * *value;
            weights += weight;
        }
    }
    return sum / weights;
}

}  // namespace isopleth::model
