// SPDX-License-Identifier: MIT
#include "interpolate/regression_kriging.hpp"

#include "base/linear_algebra.hpp"
#include "interpolate/variogram.hpp"
#include "sample_points.hpp"

#include <algorithm>
#include <numeric>

namespace isopleth::interpolate {
namespace {

const std::string kGiven = "regression-kriging:model=exp,psill=90,range=200,nugget=8";

struct Field {
    std::vector<geo::Point> points = scattered(30, 1000, 6);
    std::vector<double> values = field_at(points, 6);
    VariogramModel model{8, {{Shape::kExponential, 90, 200}}};

    model::Samples samples() const { return samples_at(points, values); }
    double covariance(geo::Point left, geo::Point right) const {
        return model.covariance(std::sqrt(geo::squared_distance(left, right)));
    }
};

/// 1, x, y: the trend of degree 1, in other units than the method's.
std::array<double, 3> functions(geo::Point place) {
    return {1, place.x / 1000 - 0.4, place.y / 1000 - 0.6};
}

std::vector<double> solved(const base::Matrix& matrix, const std::vector<double>& right) {
    std::vector<double> solution(right.size());
    base::LinearSolver::factor(matrix)->solve(right, solution);
    return solution;
}

/// From the weights of all samples, the trend's included: their estimate, and the variance of the error of
/// any weights, C(0) - 2 w'c + w'C w.
Estimates by_weights(const Field& field, geo::Point place, const std::vector<std::size_t>& near) {
    const std::size_t size = field.points.size();
    base::Matrix covariances(near.size(), near.size());
    std::vector<double> right;
    for (std::size_t i = 0; i < near.size(); ++i) {
        right.push_back(field.covariance(field.points[near[i]], place));
        for (std::size_t j = 0; j < near.size(); ++j)
            covariances(i, j) = field.covariance(field.points[near[i]], field.points[near[j]]);
    }
    const std::vector<double> kriged = solved(covariances, right);
    std::vector<double> weights(size);
    for (std::size_t i = 0; i < near.size(); ++i) weights[near[i]] = kriged[i];
    base::Matrix squares(3, 3);
    std::vector<double> gap(3);
    for (std::size_t a = 0; a < 3; ++a) gap[a] = functions(place)[a];
    for (std::size_t i = 0; i < size; ++i) {
        const auto row = functions(field.points[i]);
        for (std::size_t a = 0; a < 3; ++a) {
            gap[a] -= weights[i] * row[a];
            for (std::size_t b = 0; b < 3; ++b) squares(a, b) += row[a] * row[b];
        }
    }
    const std::vector<double> by_gap = solved(squares, gap);
    for (std::size_t i = 0; i < size; ++i) {
        const auto row = functions(field.points[i]);
        for (std::size_t a = 0; a < 3; ++a) weights[i] += row[a] * by_gap[a];
    }
    double estimate = 0;
    double variance = field.model.sill();
    for (std::size_t i = 0; i < size; ++i) {
        estimate += weights[i] * field.values[i];
        variance -= 2 * weights[i] * field.covariance(field.points[i], place);
        for (std::size_t j = 0; j < size; ++j)
            variance += weights[i] * weights[j] * field.covariance(field.points[i], field.points[j]);
    }
    return {{estimate}, {std::sqrt(variance)}, {1}};
}

TEST(RegressionKriging, HasTheErrorOfItsWeights) {
    const Field field;
    std::vector<std::size_t> all(field.points.size());
    std::iota(all.begin(), all.end(), 0);
    const std::vector<geo::Point> places = scattered(25, 1400, 11);
    const Estimates found = estimates_at(*make_regression_kriging(kGiven, field.samples(), {}), places);
    for (std::size_t p = 0; p < places.size(); ++p) {
        const Estimates expected = by_weights(field, places[p], all);
        EXPECT_NEAR(found.values[p], expected.values[0], 1e-9 * std::abs(expected.values[0]));
        EXPECT_NEAR(found.errors[p], expected.errors[0], 1e-9 * expected.errors[0]);
    }
}

TEST(RegressionKriging, TakesTheTrendFromAllSamplesAndResidualsFromTheNearest) {
    const Field field;
    const std::vector<geo::Point> places = scattered(25, 1000, 12);
    const Estimates found =
        estimates_at(*make_regression_kriging(kGiven + ",neighbours=7", field.samples(), {}), places);
    for (std::size_t p = 0; p < places.size(); ++p) {
        std::vector<std::size_t> near(field.points.size());
        std::iota(near.begin(), near.end(), 0);
        std::sort(near.begin(), near.end(), [&](std::size_t left, std::size_t right) {
            return geo::squared_distance(field.points[left], places[p]) <
                   geo::squared_distance(field.points[right], places[p]);
        });
        near.resize(7);
        const Estimates expected = by_weights(field, places[p], near);
        EXPECT_NEAR(found.values[p], expected.values[0], 1e-9 * std::abs(expected.values[0]));
        EXPECT_NEAR(found.errors[p], expected.errors[0], 0.02 * expected.errors[0]);
    }
}

TEST(RegressionKriging, ReturnsTheSampleWhereASampleLies) {
    const Field field;
    const std::string exact = "regression-kriging:model=exp,psill=90,range=200";
    for (const std::string& method : {exact, exact + ",neighbours=5"}) {
        const Estimates found =
            estimates_at(*make_regression_kriging(method, field.samples(), {}), field.points);
        for (std::size_t i = 0; i < field.points.size(); ++i) {
            EXPECT_NEAR(found.values[i], field.values[i], 1e-10 * field.values[i]);
            EXPECT_EQ(found.errors[i], 0);
        }
    }
}

TEST(RegressionKriging, DoesNotDependOnTheOrderOrTheThreads) {
    const Field field;
    std::vector<std::size_t> order(field.points.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = (7 * i + 2) % order.size();
    const std::vector<geo::Point> places = scattered(25, 1000, 12);
    for (const std::string& method : {kGiven, std::string("regression-kriging:degree=2")}) {
        const Estimates one =
            estimates_at(*make_regression_kriging(method, field.samples(), {1, {}, nullptr}), places);
        const Estimates other = estimates_at(
            *make_regression_kriging(method, field.samples().subset(order), {3, {}, nullptr}), places);
        EXPECT_EQ(one.values, other.values);
        EXPECT_EQ(one.errors, other.errors);
    }
}

TEST(RegressionKriging, SaysWhatItDoesNotTake) {
    const auto refusal = [](const std::string& method) {
        return error_of([&] { check_regression_kriging(method); });
    };
    EXPECT_EQ(refusal("regression-kriging:block=50"),
              "regression-kriging takes no block. Use --method kriging.");
    EXPECT_NE(refusal("regression-kriging:model=exq"), "");
    EXPECT_EQ(refusal(kGiven), "");
}

}  // namespace
}  // namespace isopleth::interpolate
