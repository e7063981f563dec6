// SPDX-License-Identifier: MIT
#include "interpolate/node_kriging.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "bordered_system.hpp"
#include "sample_points.hpp"

namespace isopleth::interpolate {
namespace {

struct Neighbour {
    double distance;
    bool is_node;
    std::ptrdiff_t rows;
    std::ptrdiff_t columns;
    geo::Point point;
    double value;      ///< of a sample
    double error = 0;  ///< variance
    std::size_t cell = 0;
};

/// Samples and nodes before `cell`, all of them, nearest first: samples before nodes, nodes by row and
/// column.
std::vector<Neighbour> all_before(std::size_t cell, const NodeSetting& setting, const SimulationPath& path,
                                  const Neighbourhood& samples) {
    const std::size_t columns = setting.grid.columns;
    const auto at = [&](std::size_t one) {
        return setting.plane(setting.grid.centre(one / columns, one % columns));
    };
    std::vector<Neighbour> all;
    // Distances that rounding alone tells apart are the same.
    const auto distance = [&](geo::Point point) {
        return std::round(1e6 * std::sqrt(geo::squared_distance(point, at(cell)))) / 1e6;
    };
    for (std::size_t i = 0; i < samples.size(); ++i) {
        all.push_back({distance(samples.points()[i]), false, 0, 0, samples.points()[i], samples.values()[i],
                       setting.setup.error_variance(i)});
    }
    for (std::size_t other = 0; other < setting.grid.count(); ++other) {
        if (path.rank(other) >= path.rank(cell)) continue;
        const auto row = static_cast<std::ptrdiff_t>(other / columns);
        const auto column = static_cast<std::ptrdiff_t>(other % columns);
        all.push_back({distance(at(other)), true, row, column, at(other), 0, 0, other});
    }
    std::sort(all.begin(), all.end(), [](const Neighbour& left, const Neighbour& right) {
        return std::tie(left.distance, left.is_node, left.rows, left.columns) <
               std::tie(right.distance, right.is_node, right.rows, right.columns);
    });
    return all;
}

/// Simple kriging in long double.
void expect_law(const NodeLaw& law, std::size_t cell, const NodeSetting& setting,
                const std::vector<Neighbour>& near) {
    const auto covariance = [&](geo::Point left, geo::Point right) -> long double {
        const double distance = std::hypot(left.x - right.x, left.y - right.y);
        return distance > 0 ? setting.setup.model.covariance(distance) : setting.setup.model.sill();
    };
    const std::size_t columns = setting.grid.columns;
    const geo::Point place = setting.plane(setting.grid.centre(cell / columns, cell % columns));
    std::vector<std::vector<long double>> matrix(near.size(), std::vector<long double>(near.size()));
    std::vector<long double> right(near.size());
    for (std::size_t i = 0; i < near.size(); ++i) {
        for (std::size_t j = 0; j < near.size(); ++j)
            matrix[i][j] = covariance(near[i].point, near[j].point) + (i == j ? near[i].error : 0);
        right[i] = covariance(near[i].point, place);
    }
    const std::vector<long double> weights = solved(matrix, right);
    long double rest = 1, variance = setting.setup.model.sill(), of_samples = 0;
    std::map<std::size_t, double> of_nodes;
    for (std::size_t i = 0; i < near.size(); ++i) {
        rest -= weights[i];
        variance -= weights[i] * right[i];
        if (near[i].is_node) of_nodes[near[i].cell] = static_cast<double>(weights[i]);
        if (!near[i].is_node) of_samples += weights[i] * near[i].value;
    }
    EXPECT_NEAR(law.rest, static_cast<double>(rest), 1e-9);
    EXPECT_NEAR(law.deviation, static_cast<double>(std::sqrt(variance)), 1e-9);
    EXPECT_NEAR(law.of_samples, static_cast<double>(of_samples), 1e-8);
    ASSERT_EQ(law.cells.size(), of_nodes.size());
    for (std::size_t k = 0; k < law.cells.size(); ++k)
        EXPECT_NEAR(law.weights[k], of_nodes[law.cells[k]], 1e-9);
}

void expect_laws(NodeSetting setting, std::size_t sample_count) {
    const std::vector<geo::Point> points = scattered(sample_count, 200, 3);
    std::vector<geo::Point> in_plane = points;
    for (geo::Point& point : in_plane) point = setting.plane(point);
    NeighbourRule rule{.count = setting.most};
    const Neighbourhood samples(in_plane, field_at(points, 3), rule);
    const SimulationPath path(setting.grid, {3}, 1);
    const std::vector<LatticeStep> steps = lattice_steps(25, setting.plane);
    NodeKriging kriging(setting, path, samples, steps);
    NodeLaw law;
    for (const std::size_t position : {0, 1, 2, 5, 11, 40, 90, 150, 200}) {
        if (position >= path.cells().size()) continue;
        const std::size_t cell = path.cells()[position];
        SCOPED_TRACE(cell);
        std::vector<Neighbour> near = all_before(cell, setting, path, samples);
        std::erase_if(near,
                      [&](const Neighbour& one) { return setting.radius && one.distance > *setting.radius; });
        if (near.size() > setting.most) near.resize(setting.most);
        ASSERT_TRUE(kriging.tell(cell, law));
        expect_law(law, cell, setting, near);
    }
}

const model::Grid kGrid{0, 150, 10, 18, 15};
const KrigingSetup kSetup{.model = {1, {{Shape::kExponential, 20, 60}}}};

TEST(NodeKriging, IsSimpleKrigingFromTheNearestBefore) {
    expect_laws({kGrid, {}, kSetup, 12}, 20);
    expect_laws({kGrid, {}, kSetup, 150}, 20);
    expect_laws({kGrid, IsotropicPlane(35, 0.6), kSetup, 12}, 20);
}

TEST(NodeKriging, TrustsSamplesAsFarAsTheirErrors) {
    KrigingSetup setup = kSetup;
    for (int i = 0; i < 20; ++i) setup.error_variances.push_back(0.3 * (i % 4));
    expect_laws({kGrid, {}, setup, 12}, 20);
}

TEST(NodeKriging, KnowsOnlyTheModelWhereNothingIsNear) {
    const NodeSetting setting{kGrid, {}, kSetup, 12, 5};
    const Neighbourhood samples({{9000, 0}, {9000, 50}}, {1, 2}, NeighbourRule{.count = 12, .radius = 5});
    const SimulationPath path(kGrid, {}, 1);
    const std::vector<LatticeStep> steps = lattice_steps(9, {});
    NodeLaw law;
    ASSERT_TRUE(NodeKriging(setting, path, samples, steps).tell(100, law));
    EXPECT_EQ(law.rest, 1);
    EXPECT_EQ(law.of_samples, 0);
    EXPECT_EQ(law.deviation, std::sqrt(21.0));
    EXPECT_TRUE(law.cells.empty());
}

TEST(NodeKriging, SaysWhenTheNeighboursAreSingular) {
    const NodeSetting setting{kGrid, {}, {.model = {0, {{Shape::kGaussian, 20, 5000}}}}, 30};
    const Neighbourhood samples({{9, 0}, {9, 50}}, {1, 2}, NeighbourRule{.count = 30});
    const SimulationPath path(kGrid, {}, 1);
    const std::vector<LatticeStep> steps = lattice_steps(20, {});
    NodeLaw law;
    EXPECT_FALSE(NodeKriging(setting, path, samples, steps).tell(path.cells().back(), law));
}

}  // namespace
}  // namespace isopleth::interpolate
