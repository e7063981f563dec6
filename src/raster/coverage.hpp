// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "geo/geometry.hpp"
#include "model/grid.hpp"

namespace isopleth::raster {

/// Columns [first, end) of a row that are covered alike.
struct CoveredRun {
    std::size_t first = 0;
    std::size_t end = 0;
    double share = 0;  ///< of each cell's area, above 0 and at most 1
};

/// How much of each cell of a grid polygons cover, exactly: each edge adds its signed area to the cells that
/// it crosses and its height to all to their right, as scan converters of fonts do. Cells that no edge enters
/// have 0 or 1 and nothing between. Polygons have to be valid and finite, and may reach beyond the grid.
/// Rings may run either way.
class Coverage {
public:
    /// Of a Polygon or MultiPolygon in the grid's plane; nothing for other types.
    Coverage(const model::Grid& grid, const geo::Geometry& polygons);

    std::size_t first_row() const { return m_first_row; }
    std::size_t end_row() const { return m_first_row + m_starts.size() - 1; }
    /// Of a row of [first_row(), end_row()), west to east, apart from one another or of different shares.
    std::span<const CoveredRun> row(std::size_t row) const;
    /// Of all cells together.
    double cells() const;

private:
    std::size_t m_first_row = 0;
    std::vector<std::size_t> m_starts{0};  ///< of each row's runs, and their end
    std::vector<CoveredRun> m_runs;
};

}  // namespace isopleth::raster
