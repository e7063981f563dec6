// SPDX-License-Identifier: MIT
#include "model/raster.hpp"

#include "base/error.hpp"
#include "base/statistics.hpp"

#include <algorithm>

namespace isopleth::model {

Raster::Raster(const Grid& cells, geo::Crs system, const std::vector<std::string>& band_names)
    : grid(cells), crs(std::move(system)) {
    for (const std::string& name : band_names) {
        bands.push_back(
            {name, {}, std::vector<double>(grid.count()), std::vector<std::uint8_t>(grid.count())});
    }
}

std::optional<double> Raster::at(std::size_t band, std::size_t row, std::size_t column) const {
    if (band >= bands.size() || row >= grid.rows || column >= grid.columns)
        base::bug("a cell outside the raster");
    const std::size_t cell = row * grid.columns + column;
    if (bands[band].valid[cell] == 0) return std::nullopt;
    return bands[band].values[cell];
}

std::size_t Raster::count_valid(std::size_t band) const {
    if (band >= bands.size()) base::bug("a band that the raster does not have");
    const auto& valid = bands[band].valid;
    return valid.size() - static_cast<std::size_t>(std::count(valid.begin(), valid.end(), std::uint8_t{0}));
}

BandSummary summarise(const Band& band) {
    std::vector<double> values;
    for (std::size_t cell = 0; cell < band.values.size(); ++cell) {
        if (band.valid[cell] != 0) values.push_back(band.values[cell]);
    }
    return {values.size(), base::minimum(values), base::maximum(values), base::mean(values),
            base::population_standard_deviation(values)};
}

}  // namespace isopleth::model
