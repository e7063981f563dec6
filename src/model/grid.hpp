// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/units.hpp"
#include "geo/geometry.hpp"

namespace isopleth::model {

/// A north-up grid of square cells. `min_x`, `max_y` is the outer corner of cell (0, 0); row 0 is the northernmost.
struct Grid {
    double min_x = 0;
    double max_y = 0;
    double cell = 1;
    std::size_t columns = 0;
    std::size_t rows = 0;

    std::size_t count() const { return columns * rows; }
    geo::Point centre(std::size_t row, std::size_t column) const {
        return {min_x + (static_cast<double>(column) + 0.5) * cell, max_y - (static_cast<double>(row) + 0.5) * cell};
    }
    geo::Box box() const;
    /// Rows [first, first + count) of this grid as a grid of their own.
    Grid rows_from(std::size_t first, std::size_t row_count) const;
    bool operator==(const Grid&) const = default;
};

/// The grid whose outer edge is exactly `extent` (x0,y0,x1,y1); a Usage error when the extent is empty, a Data error when it is no
/// whole number of cells (to 1e-6 of a cell) or has more than 10^10 cells. `cell` must be > 0 (Usage error).
Grid grid_over(const geo::Box& extent, base::Meters cell);

/// `bounds` snapped outward to multiples of the cell size, at least one cell each way; the same limits.
Grid grid_around(const geo::Box& bounds, base::Meters cell);

}  // namespace isopleth::model
