// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "geo/geometry.hpp"
#include "interpolate/isotropic_plane.hpp"
#include "model/grid.hpp"

namespace isopleth::interpolate {

/// The order in which a grid's cells are simulated: coarse lattices before fine ones, so that long distances
/// are settled first (multiple grids; Goovaerts 1997, 8.3.1; Tran 1994), by chance within a lattice. A cell
/// is of the coarsest lattice whose spacing, a power of 2 in cells, divides its row and its column.
class SimulationPath {
public:
    static constexpr std::uint32_t kNever = std::numeric_limits<std::uint32_t>::max();

    /// Without the cells in `known`, which are not simulated. Fewer than 2^32 - 1 cells.
    SimulationPath(const model::Grid& grid, const std::vector<std::size_t>& known, std::uint64_t seed);

    const std::vector<std::uint32_t>& cells() const { return m_cells; }  ///< in their order
    /// Position of a cell in the order; kNever for a known one.
    std::uint32_t rank(std::size_t cell) const { return m_ranks[cell]; }
    /// Of the lattice of a cell; all cells visited before it lie on that lattice.
    std::size_t spacing(std::size_t row, std::size_t column) const;

private:
    std::size_t m_coarsest;
    std::vector<std::uint32_t> m_cells;
    std::vector<std::uint32_t> m_ranks;
};

/// A step on a lattice of spacing 1, and how far it leads.
struct LatticeStep {
    std::ptrdiff_t rows = 0;
    std::ptrdiff_t columns = 0;
    double squared_distance = 0;  ///< in the isotropic plane, for cells of 1 m
};

/// The steps up to `reach` to each side, nearest first (ties by rows, then columns).
std::vector<LatticeStep> lattice_steps(std::ptrdiff_t reach, const IsotropicPlane& plane);

}  // namespace isopleth::interpolate
