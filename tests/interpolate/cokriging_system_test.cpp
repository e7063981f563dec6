// SPDX-License-Identifier: MIT
#include "interpolate/cokriging_system.hpp"

#include "base/linear_algebra.hpp"
#include "sample_points.hpp"

namespace isopleth::interpolate {
namespace {

CokrigingSetup setup_of(std::size_t first, std::size_t second, const NeighbourRule& rule) {
    const auto model = [](double nugget, double partial_sill) {
        return VariogramModel{nugget, {{Shape::kExponential, partial_sill, 200}}};
    };
    const std::vector<geo::Point> places = scattered(first, 1000, 1);
    const std::vector<geo::Point> others = scattered(second, 1000, 2);
    return {{model(1, 10), model(-0.5, -6), model(2, 8)},
            Neighbourhood(places, field_at(places, 1), rule),
            Neighbourhood(others, field_at(others, 2), rule)};
}

/// The system with its two Lagrange multipliers, as the books print it.
Kriged by_lagrange(const CokrigingSetup& setup, geo::Point place) {
    const std::size_t first = setup.first.size();
    const std::size_t size = first + setup.second.size();
    const auto at = [&](std::size_t i) {
        return i < first ? setup.first.points()[i] : setup.second.points()[i - first];
    };
    const auto covariance = [&](std::size_t i, std::size_t j) {
        const double distance = std::sqrt(geo::squared_distance(at(i), at(j)));
        if (i < first && j < first) return setup.model.first.covariance(distance);
        if (i >= first && j >= first) return setup.model.second.covariance(distance);
        return setup.model.cross.covariance(distance);
    };
    base::Matrix matrix(size + 2, size + 2);
    std::vector<double> right(size + 2);
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = 0; j < size; ++j) matrix(i, j) = covariance(i, j);
        matrix(i, size + (i < first ? 0 : 1)) = matrix(size + (i < first ? 0 : 1), i) = 1;
        const double distance = std::sqrt(geo::squared_distance(at(i), place));
        right[i] = (i < first ? setup.model.first : setup.model.cross).covariance(distance);
    }
    right[size] = 1;
    std::vector<double> weights(size + 2);
    base::LinearSolver::factor(matrix)->solve(right, weights);
    Kriged result;
    double variance = setup.model.first.sill() - weights[size];
    for (std::size_t i = 0; i < size; ++i) {
        result.estimate +=
            weights[i] * (i < first ? setup.first.values()[i] : setup.second.values()[i - first]);
        variance -= weights[i] * right[i];
    }
    result.standard_error = std::sqrt(variance);
    return result;
}

TEST(CokrigingSystem, OfAllSamplesIsTheOneWithLagrangeMultipliers) {
    const CokrigingSetup setup = setup_of(20, 35, {});
    const auto cokriging = GlobalCokriging::factor(setup);
    ASSERT_TRUE(cokriging);
    const std::vector<geo::Point> places = scattered(70, 1200, 9);
    std::vector<Kriged> results(places.size());
    cokriging->estimate(places, results);
    for (std::size_t p = 0; p < places.size(); ++p) {
        const Kriged expected = by_lagrange(setup, places[p]);
        EXPECT_NEAR(results[p].estimate, expected.estimate, 1e-9 * std::abs(expected.estimate));
        EXPECT_NEAR(results[p].standard_error, expected.standard_error, 1e-9);
    }
}

TEST(CokrigingSystem, OfTheNearestIsThatOfThoseAlone) {
    const CokrigingSetup setup = setup_of(40, 60, {.count = 7});
    LocalCokriging local(setup);
    for (const geo::Point& place : scattered(40, 1000, 9)) {
        const auto nearest = [&](const Neighbourhood& samples) {
            std::vector<geo::Neighbour> found;
            samples.find(place, found);
            std::vector<geo::Point> points;
            std::vector<double> values;
            for (const geo::Neighbour& one : found) {
                points.push_back(samples.points()[one.item]);
                values.push_back(samples.values()[one.item]);
            }
            return Neighbourhood(points, values, {});
        };
        const CokrigingSetup near{setup.model, nearest(setup.first), nearest(setup.second)};
        ASSERT_TRUE(local.seek(place));
        const auto kriged = local.solve(place);
        ASSERT_TRUE(kriged);
        const Kriged expected = by_lagrange(near, place);
        EXPECT_NEAR(kriged->estimate, expected.estimate, 1e-9 * std::abs(expected.estimate));
        EXPECT_NEAR(kriged->standard_error, expected.standard_error, 1e-9);
    }
}

TEST(CokrigingSystem, DoesWithoutTheSecondVariableWhereNoneIsNear) {
    const NeighbourRule rule{.count = 5, .radius = 300};
    const std::vector<geo::Point> places = scattered(20, 1000, 1);
    const CokrigingSetup setup{setup_of(2, 2, rule).model, Neighbourhood(places, field_at(places, 1), rule),
                               Neighbourhood({{90'000, 0}}, {4}, rule)};
    LocalCokriging local(setup);
    ASSERT_TRUE(local.seek({500, 500}));
    EXPECT_TRUE(local.solve({500, 500}));
    EXPECT_FALSE(local.seek({50'000, 500}));
}

TEST(CokrigingSystem, KeepsTheSampleWhereASampleLies) {
    const CokrigingSetup setup = setup_of(20, 35, {.count = 5});
    LocalCokriging local(setup);
    ASSERT_TRUE(local.seek(setup.first.points()[3]));
    const auto kriged = local.solve(setup.first.points()[3]);
    EXPECT_EQ(kriged->estimate, setup.first.values()[3]);
    EXPECT_EQ(kriged->standard_error, 0);
}

}  // namespace
}  // namespace isopleth::interpolate
