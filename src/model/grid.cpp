// SPDX-License-Identifier: MIT
#include "model/grid.hpp"

#include "base/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace isopleth::model {

geo::Box Grid::box() const {
    return {min_x, max_y - static_cast<double>(rows) * cell, min_x + static_cast<double>(columns) * cell,
            max_y};
}

Grid Grid::rows_from(std::size_t first, std::size_t row_count) const {
    if (first > rows || row_count > rows - first) base::bug("rows beyond the grid");
    Grid part = *this;
    part.max_y = max_y - static_cast<double>(first) * cell;
    part.rows = row_count;
    return part;
}

namespace {
constexpr double kMostCells = 1e10;

void check_cell(base::Meters cell) {
    if (!(cell.value > 0) || !std::isfinite(cell.value)) {
        base::fail_usage(fmt::format("a cell size must be above 0, not {}", base::shortest(cell.value)));
    }
}

/// Both are whole numbers of cells.
void check_count(double columns, double rows) {
    if (columns * rows <= kMostCells) return;
    base::fail_data(fmt::format("{:.0f} x {:.0f} cells are more than 10,000,000,000", columns, rows),
                    "Use a larger cell size or a smaller extent.");
}

double whole_cells(double length, double cell, const char* what) {
    const double cells = length / cell;
    const double whole = std::round(cells);
    if (whole >= 1 && std::abs(cells - whole) <= 1e-6) return whole;
    base::fail_data(fmt::format("the extent is {} {}, which is not a whole number of cells of {}",
                                base::shortest(length), what, base::shortest(cell)),
                    "Change the extent or the cell size.");
}
}  // namespace

Grid grid_over(const geo::Box& extent, base::Meters cell) {
    check_cell(cell);
    if (!(extent.width() > 0) || !(extent.height() > 0)) base::fail_usage("the extent is empty");
    // Before the test for whole cells: so many cells cannot be told whole in a double.
    check_count(std::max(1.0, extent.width() / cell.value), std::max(1.0, extent.height() / cell.value));
    const double columns = whole_cells(extent.width(), cell.value, "wide");
    const double rows = whole_cells(extent.height(), cell.value, "high");
    check_count(columns, rows);
    return {extent.min_x, extent.max_y, cell.value, static_cast<std::size_t>(columns),
            static_cast<std::size_t>(rows)};
}

Grid grid_around(const geo::Box& bounds, base::Meters cell) {
    check_cell(cell);
    if (bounds.empty()) base::fail_data("there is nothing to lay a grid around: no feature has a place");
    const double size = cell.value;
    const double west = std::floor(bounds.min_x / size);
    const double south = std::floor(bounds.min_y / size);
    const double east = std::max(std::ceil(bounds.max_x / size), west + 1);
    const double north = std::max(std::ceil(bounds.max_y / size), south + 1);
    check_count(east - west, north - south);
    return {west * size, north * size, size, static_cast<std::size_t>(east - west),
            static_cast<std::size_t>(north - south)};
}

}  // namespace isopleth::model
