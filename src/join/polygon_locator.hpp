// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/job.hpp"
#include "geo/geometry.hpp"
#include "join/spatial.hpp"

namespace isopleth::join {

/// Finds the polygons that a point lies in, with the answers of `geo::side_of` for every polygon, to the bit.
/// A grid of cells knows the polygons that a cell lies in whole, and those whose border comes near; only the
/// latter are tested, against the edges of the cell's row alone. Made once; may be asked from several
/// threads.
class PolygonLocator {
public:
    /// Over the polygons among `shapes`; others are never found. `lookups` is how many points will about be
    /// asked for.
    PolygonLocator(const std::vector<geo::Geometry>& shapes, std::size_t lookups, const base::Job& job);

    /// Positions in `shapes` of the polygons that have the point, by rising number, into `found`, which is
    /// reused. A point inside of polygons belongs to these; `border` settles one that is inside of none, see
    /// `Border`.
    void find(geo::Point point, Border border, std::vector<std::size_t>& found) const;

private:
    struct Edge {
        geo::Point a, b;
        std::uint32_t part;  ///< number of the polygon within its shape
        std::uint32_t ring;  ///< 0 the outer one
    };
    /// A polygon's edges by the rows of cells that they meet, and within a row by part and ring.
    struct Shape {
        std::size_t item = 0;
        std::size_t first_row = 0;
        std::vector<std::size_t> start;
        std::vector<Edge> edges;
        std::span<const Edge> in_row(std::size_t row) const;
    };
    /// Cells [first, last) of one row, all inside the shape or all near its border.
    struct Run {
        std::size_t first, last;
        bool is_inside;
    };

    void choose_cells(const std::vector<geo::Geometry>& shapes, const std::vector<geo::Box>& boxes,
                      std::size_t lookups);
    std::size_t column_of(double x) const;
    std::size_t row_of(double y) const;
    std::vector<Run> add_shape(const geo::Geometry& shape, const geo::Box& box, Shape& made) const;
    void sort_into_rows(const geo::Geometry& geometry, const geo::Box& box, Shape& made) const;
    void mark(const Edge& edge, std::size_t row, std::size_t first_column,
              std::vector<std::uint8_t>& marks) const;
    bool is_cell_inside(const Shape& shape, std::size_t row, std::size_t column) const;
    void fill_cells(const std::vector<std::vector<Run>>& runs);
    void add_to_cell(std::size_t cell, std::uint32_t entry, std::uint32_t count);
    static geo::Side side_of(std::span<const Edge> edges, geo::Point point);
    static bool owns(std::span<const Edge> edges, geo::Point point);

    geo::Box m_box;
    std::size_t m_columns = 1;
    std::size_t m_rows = 1;
    double m_cells_per_x = 0;
    double m_cells_per_y = 0;
    double m_pad_x = 0;
    double m_pad_y = 0;
    std::vector<Shape> m_shapes;
    /// Of each cell: 0 where no polygon comes near; odd where it lies in one polygon alone, the shape's
    /// number twice plus 1; else twice the place of its list in m_lists, plus 2.
    std::vector<std::uint32_t> m_cells;
    /// Lists of their length and so many entries: a shape's number twice, plus 1 where the cell lies inside.
    std::vector<std::uint32_t> m_lists;
};

}  // namespace isopleth::join
