// SPDX-License-Identifier: MIT
#include "interpolate/simulation_path.hpp"

#include "base/random.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

namespace isopleth::interpolate {

namespace {

constexpr std::size_t kCoarsestSide = 8;  ///< nodes of the coarsest lattice along the grid's longer side
constexpr std::uint64_t kDrawOfPath = 0;

}  // namespace

std::size_t SimulationPath::spacing(std::size_t row, std::size_t column) const {
    const std::size_t both = row | column;
    return both == 0 ? m_coarsest : std::min(m_coarsest, std::size_t{1} << std::countr_zero(both));
}

SimulationPath::SimulationPath(const model::Grid& grid, const std::vector<std::size_t>& known,
                               std::uint64_t seed)
    : m_coarsest(std::bit_ceil((std::max(grid.rows, grid.columns) + kCoarsestSide - 1) / kCoarsestSide)),
      m_ranks(grid.count()) {
    for (const std::size_t cell : known) m_ranks[cell] = kNever;
    struct Node {
        std::uint32_t spacing;
        std::uint32_t cell;
        std::uint64_t chance;
    };
    std::vector<Node> nodes;
    nodes.reserve(grid.count());
    for (std::size_t cell = 0; cell < grid.count(); ++cell) {
        if (m_ranks[cell] == kNever) continue;
        nodes.push_back({static_cast<std::uint32_t>(spacing(cell / grid.columns, cell % grid.columns)),
                         static_cast<std::uint32_t>(cell), base::random_bits(seed, cell, kDrawOfPath)});
    }
    std::sort(nodes.begin(), nodes.end(), [](const Node& left, const Node& right) {
        return std::tie(right.spacing, left.chance, left.cell) <
               std::tie(left.spacing, right.chance, right.cell);
    });
    m_cells.reserve(nodes.size());
    for (const Node& node : nodes) {
        m_ranks[node.cell] = static_cast<std::uint32_t>(m_cells.size());
        m_cells.push_back(node.cell);
    }
}

std::vector<LatticeStep> lattice_steps(std::ptrdiff_t reach, const IsotropicPlane& plane) {
    std::vector<LatticeStep> steps;
    for (std::ptrdiff_t rows = -reach; rows <= reach; ++rows) {
        for (std::ptrdiff_t columns = -reach; columns <= reach; ++columns) {
            if (rows == 0 && columns == 0) continue;
            // Rows run south.
            const geo::Point step = plane({static_cast<double>(columns), -static_cast<double>(rows)});
            steps.push_back({rows, columns, step.x * step.x + step.y * step.y});
        }
    }
    std::sort(steps.begin(), steps.end(), [](const LatticeStep& left, const LatticeStep& right) {
        return std::tie(left.squared_distance, left.rows, left.columns) <
               std::tie(right.squared_distance, right.rows, right.columns);
    });
    return steps;
}

}  // namespace isopleth::interpolate
