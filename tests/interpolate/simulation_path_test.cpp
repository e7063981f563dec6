// SPDX-License-Identifier: MIT
#include "interpolate/simulation_path.hpp"

#include <algorithm>
#include <set>

namespace isopleth::interpolate {
namespace {

const model::Grid kGrid{0, 0, 10, 37, 21};

TEST(SimulationPath, VisitsEachCellOnceButTheKnownOnes) {
    const SimulationPath path(kGrid, {5, 300}, 1);
    const std::set<std::uint32_t> visited(path.cells().begin(), path.cells().end());
    EXPECT_EQ(path.cells().size(), kGrid.count() - 2);
    EXPECT_EQ(visited.size(), kGrid.count() - 2);
    EXPECT_EQ(visited.count(5), 0u);
    EXPECT_EQ(path.rank(300), SimulationPath::kNever);
    for (std::uint32_t i = 0; i < path.cells().size(); ++i) EXPECT_EQ(path.rank(path.cells()[i]), i);
}

TEST(SimulationPath, VisitsCoarseLatticesFirst) {
    // 37 cells in 8 steps are 5 a step, so the coarsest lattice has every eighth.
    const SimulationPath path(kGrid, {}, 1);
    std::size_t before = 8;
    for (const std::uint32_t cell : path.cells()) {
        const std::size_t row = cell / kGrid.columns;
        const std::size_t column = cell % kGrid.columns;
        std::size_t spacing = 8;
        while (row % spacing != 0 || column % spacing != 0) spacing /= 2;
        EXPECT_EQ(path.spacing(row, column), spacing);
        EXPECT_LE(spacing, before);
        before = spacing;
    }
    EXPECT_EQ(before, 1u);
}

TEST(SimulationPath, DependsOnTheSeed) {
    EXPECT_EQ(SimulationPath(kGrid, {}, 4).cells(), SimulationPath(kGrid, {}, 4).cells());
    EXPECT_NE(SimulationPath(kGrid, {}, 4).cells(), SimulationPath(kGrid, {}, 5).cells());
}

TEST(LatticeSteps, RiseInDistance) {
    const std::vector<LatticeStep> plain = lattice_steps(3, {});
    EXPECT_EQ(plain.size(), 48u);
    EXPECT_EQ(plain[3].squared_distance, 1);
    EXPECT_EQ(plain[4].squared_distance, 2);
    // The longest range runs north: a step east counts twice.
    const std::vector<LatticeStep> stretched = lattice_steps(3, IsotropicPlane(0, 0.5));
    EXPECT_EQ(stretched[0].rows, -1);
    EXPECT_EQ(stretched[1].rows, 1);
    EXPECT_NEAR(stretched[2].squared_distance, 4, 1e-12);
    EXPECT_TRUE(std::is_sorted(stretched.begin(), stretched.end(), [](const auto& left, const auto& right) {
        return left.squared_distance < right.squared_distance;
    }));
}

}  // namespace
}  // namespace isopleth::interpolate
