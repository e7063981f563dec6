// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/crs.hpp"
#include "model/grid.hpp"

namespace isopleth::model {

/// One band: values by row from the north, with validity. An invalid cell's value is 0 and means nothing.
struct Band {
    std::string name;  ///< "estimate", "standard error"
    std::string unit;
    std::vector<double> values;
    std::vector<std::uint8_t> valid;

    void set(std::size_t cell, double value) {
        values[cell] = value;
        valid[cell] = 1;
    }
    void clear(std::size_t cell) {
        values[cell] = 0;
        valid[cell] = 0;
    }
};

struct Raster {
    Grid grid;
    geo::Crs crs;
    std::vector<Band> bands;

    /// All cells invalid.
    Raster(const Grid& grid, geo::Crs crs, const std::vector<std::string>& band_names);

    std::optional<double> at(std::size_t band, std::size_t row, std::size_t column) const;
    std::size_t count_valid(std::size_t band) const;
};

/// Of the valid cells; the standard deviation is that of a population (divisor n), as GDAL has it.
struct BandSummary {
    std::size_t valid = 0;
    std::optional<double> minimum, maximum, mean, standard_deviation;
};
BandSummary summarise(const Band& band);

}  // namespace isopleth::model
