// SPDX-License-Identifier: MIT
#include "raster/mask.hpp"

#include "base/error.hpp"
#include "geo/predicates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace isopleth::raster {

namespace {

using geo::Point;

/// Rows or columns [first, end) of a grid.
struct Run {
    std::size_t first = 0;
    std::size_t end = 0;
    bool empty() const { return first >= end; }
    std::size_t size() const { return empty() ? 0 : end - first; }
};

/// A position in cells as an index that is in range; the caller corrects it exactly.
std::size_t clamped(double position, std::size_t count) {
    return static_cast<std::size_t>(std::clamp(position, 0.0, static_cast<double>(count)));
}

/// One polygon on the grid, by scan lines: in each row, each edge that crosses the row's centre line turns
/// inside into outside for all centres to its right. Sides are told by exact orientation tests, so that a
/// centre on a common border is never lost between two polygons.
class Scan {
public:
    Scan(const model::Grid& grid, const geo::Polygon& polygon, std::vector<std::uint8_t>& inside)
        : m_grid(grid), m_inside(inside) {
        const geo::Box box = geo::bounds(polygon);
        m_rows = rows_between(box.min_y, box.max_y);
        m_columns = {first_column_from(box.min_x), first_column_beyond(box.max_x)};
        if (m_rows.empty() || m_columns.empty()) return;
        m_turns.assign(m_rows.size() * (m_columns.size() + 1), 0);
        add_ring(polygon.outer);
        for (const geo::Path& hole : polygon.holes) add_ring(hole);
        fill();
    }

private:
    double x_of(std::size_t column) const { return m_grid.centre(0, column).x; }
    double y_of(std::size_t row) const { return m_grid.centre(row, 0).y; }

    /// The rows whose centre line has low <= y <= high.
    Run rows_between(double low, double high) const {
        std::size_t first = clamped((m_grid.max_y - high) / m_grid.cell - 0.5, m_grid.rows);
        while (first > 0 && y_of(first - 1) <= high) --first;
        while (first < m_grid.rows && y_of(first) > high) ++first;
        std::size_t end = std::max(first, clamped((m_grid.max_y - low) / m_grid.cell - 0.5, m_grid.rows));
        while (end > first && y_of(end - 1) < low) --end;
        while (end < m_grid.rows && y_of(end) >= low) ++end;
        return {first, end};
    }

    /// The first column whose centre has x >= `x`.
    std::size_t first_column_from(double x) const {
        std::size_t column = clamped((x - m_grid.min_x) / m_grid.cell - 0.5, m_grid.columns);
        while (column > 0 && x_of(column - 1) >= x) --column;
        while (column < m_grid.columns && x_of(column) < x) ++column;
        return column;
    }

    /// The first column whose centre has x > `x`.
    std::size_t first_column_beyond(double x) const {
        std::size_t column = first_column_from(x);
        while (column < m_grid.columns && x_of(column) <= x) ++column;
        return column;
    }

    void add_ring(const geo::Path& ring) {
        for (std::size_t i = 1; i < ring.size(); ++i) {
            const bool is_upward = ring[i - 1].y <= ring[i].y;
            add_edge(is_upward ? ring[i - 1] : ring[i], is_upward ? ring[i] : ring[i - 1]);
        }
    }

    void add_edge(Point low, Point high) {
        const Run rows = rows_between(low.y, high.y);
        for (std::size_t row = std::max(rows.first, m_rows.first); row < std::min(rows.end, m_rows.end);
             ++row) {
            const double y = y_of(row);
            if (y == high.y) {
                // The upper end belongs to the next edge, and to the border.
                const bool is_level = low.y == high.y;
                mark_border(row, is_level ? std::min(low.x, high.x) : high.x,
                            is_level ? std::max(low.x, high.x) : high.x);
                continue;
            }
            cross(row, low, high);
        }
    }

    void mark_border(std::size_t row, double from_x, double to_x) {
        for (std::size_t column = first_column_from(from_x); column < m_columns.end && x_of(column) <= to_x;
             ++column)
            m_inside[row * m_grid.columns + column] = 1;
    }

    /// Turns all centres of the row that lie to the right of an edge going up; marks the one on it.
    void cross(std::size_t row, Point low, Point high) {
        const double y = y_of(row);
        const double x = low.x + (y - low.y) / (high.y - low.y) * (high.x - low.x);
        const auto side = [&](std::size_t column) { return geo::orientation(low, high, {x_of(column), y}); };
        std::size_t column = std::clamp(clamped((x - m_grid.min_x) / m_grid.cell - 0.5, m_grid.columns),
                                        m_columns.first, m_columns.end);
        while (column > m_columns.first && side(column - 1) <= 0) --column;
        while (column < m_columns.end && side(column) > 0) ++column;
        for (; column < m_columns.end && side(column) == 0; ++column)
            m_inside[row * m_grid.columns + column] = 1;
        m_turns[(row - m_rows.first) * (m_columns.size() + 1) + column - m_columns.first] ^= 1;
    }

    void fill() {
        for (std::size_t row = 0; row < m_rows.size(); ++row) {
            const std::uint8_t* turns = &m_turns[row * (m_columns.size() + 1)];
            std::uint8_t* cells = &m_inside[(m_rows.first + row) * m_grid.columns + m_columns.first];
            std::uint8_t is_inside = 0;
            for (std::size_t column = 0; column < m_columns.size(); ++column) {
                is_inside ^= turns[column];
                cells[column] |= is_inside;
            }
        }
    }

    const model::Grid& m_grid;
    std::vector<std::uint8_t>& m_inside;
    Run m_rows;
    Run m_columns;
    std::vector<std::uint8_t> m_turns;  ///< rows x (columns + 1) of the polygon's own box
};

}  // namespace

std::vector<std::uint8_t> cells_inside(const model::Grid& grid, const model::Layer& polygons) {
    const base::Place place{.file = polygons.source.file, .layer = polygons.source.layer};
    std::vector<std::uint8_t> inside(grid.count(), 0);
    bool has_polygon = false;
    for (const geo::Geometry& geometry : polygons.geometry) {
        if (!geo::is_finite(geometry)) base::bug("a mask of coordinates that are not finite");
        for (const geo::Polygon& polygon : geo::polygons_of(geometry)) {
            has_polygon = true;
            const Scan scan(grid, polygon, inside);
        }
    }
    if (!has_polygon) {
        base::fail_input(
            fmt::format("the mask has no polygons; its geometry is {}", polygons.geometry_type()),
            "Give a layer of polygons.", place);
    }
    if (std::find(inside.begin(), inside.end(), 1) == inside.end()) {
        base::fail_data("no cell's centre lies inside the mask",
                        "Use smaller cells, or check the extent and the mask's CRS.", place);
    }
    return inside;
}

void apply_mask(model::Raster& raster, const std::vector<std::uint8_t>& inside) {
    if (inside.size() != raster.grid.count()) base::bug("a mask of another grid");
    for (model::Band& band : raster.bands)
        for (std::size_t cell = 0; cell < inside.size(); ++cell)
            if (inside[cell] == 0) band.clear(cell);
}

}  // namespace isopleth::raster
