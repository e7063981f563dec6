// SPDX-License-Identifier: MIT
#include "interpolate/kriging_system.hpp"

#include "base/linear_algebra.hpp"
#include "sample_points.hpp"

#include <algorithm>

namespace isopleth::interpolate {
namespace {

const std::vector<VariogramModel>& models() {
    static const std::vector<VariogramModel> all{
        {0, {{Shape::kExponential, 2, 300}}},
        {0.4, {{Shape::kExponential, 2, 300}}},
        {0, {{Shape::kSpherical, 2, 800}}},
        {0.4, {{Shape::kSpherical, 2, 120}}},
        {0.1, {{Shape::kGaussian, 2, 300}}},
        {0.1, {{Shape::kMatern, 2, 150, 1.5}}},
        {0.1, {{Shape::kMatern, 1.3, 250, 0.8}}},
        {0.2, {{Shape::kSpherical, 1, 600}, {Shape::kExponential, 1, 90}}},
    };
    return all;
}

struct Expected {
    double estimate;
    double variance;
};

/// Global kriging's result at a place.
Expected krige(const std::vector<geo::Point>& points, const std::vector<double>& values,
               const VariogramModel& model, geo::Point place) {
    const auto kriging = GlobalKriging::factor(points, values, {model});
    if (!kriging) return {NAN, NAN};
    Kriged kriged;
    kriging->estimate({&place, 1}, {&kriged, 1});
    return {kriged.estimate, kriged.standard_error * kriged.standard_error};
}

/// The textbook: semivariances with a Lagrange row, solved by pivoted LU; variance sum w g + mu.
Expected by_textbook(const std::vector<geo::Point>& points, const std::vector<double>& values,
                     const VariogramModel& model, geo::Point place) {
    const std::size_t size = points.size();
    const auto distance = [](geo::Point a, geo::Point b) { return std::hypot(a.x - b.x, a.y - b.y); };
    base::Matrix matrix(size + 1, size + 1);
    std::vector<double> right(size + 1, 1);
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = 0; j < size; ++j)
            matrix(i, j) = model.semivariance(distance(points[i], points[j]));
        matrix(i, size) = matrix(size, i) = 1;
        right[i] = model.semivariance(distance(points[i], place));
    }
    std::vector<double> weights(size + 1);
    base::LinearSolver::factor(matrix)->solve(right, weights);
    Expected result{0, weights[size]};
    for (std::size_t i = 0; i < size; ++i) {
        result.estimate += weights[i] * values[i];
        result.variance += weights[i] * right[i];
    }
    return result;
}

TEST(GlobalKriging, WeighsTwoSamplesAsWorkedByHand) {
    // w1 = 1/2 + (g20 - g10) / (2 g12); variance 2 w1 g10 + 2 w2 g20 - 2 w1 w2 g12.
    const std::vector<geo::Point> points{{0, 0}, {100, 0}};
    const std::vector<geo::Point> places{{50, 0},   {10, 0},    {80, 0},   {50, 70},
                                         {-30, 20}, {130, -60}, {400, 300}};
    for (const VariogramModel& model : models()) {
        for (const geo::Point place : places) {
            const double g12 = model.semivariance(100);
            const double g10 = model.semivariance(std::hypot(place.x, place.y));
            const double g20 = model.semivariance(std::hypot(place.x - 100, place.y));
            const double w1 = 0.5 + (g20 - g10) / (2 * g12);
            const double w2 = 1 - w1;
            const Expected found = krige(points, {10, 40}, model, place);
            EXPECT_NEAR(found.estimate, 10 * w1 + 40 * w2, 1e-11);
            EXPECT_NEAR(found.variance, 2 * w1 * g10 + 2 * w2 * g20 - 2 * w1 * w2 * g12, 1e-12);
        }
    }
}

TEST(GlobalKriging, WeighsATriangleAlikeAtItsCentre) {
    // Equilateral, side s: weights 1/3, variance 2 g(s / sqrt 3) - 2/3 g(s).
    const double side = 120;
    const std::vector<geo::Point> points{{0, 0}, {side, 0}, {side / 2, side * std::sqrt(0.75)}};
    for (const VariogramModel& model : models()) {
        const Expected found = krige(points, {1, 5, 9}, model, {side / 2, side * std::sqrt(0.75) / 3});
        EXPECT_NEAR(found.estimate, 5, 1e-12);
        EXPECT_NEAR(found.variance,
                    2 * model.semivariance(side / std::sqrt(3.0)) - 2.0 / 3 * model.semivariance(side),
                    1e-12);
    }
}

TEST(GlobalKriging, WeighsASquareAlikeAtItsCentre) {
    // Side s: weights 1/4, variance 2 g(s / sqrt 2) - (8 g(s) + 4 g(s sqrt 2)) / 16.
    const double side = 90;
    const std::vector<geo::Point> points{{0, 0}, {side, 0}, {side, side}, {0, side}};
    for (const VariogramModel& model : models()) {
        const Expected found = krige(points, {1, 5, 9, 29}, model, {side / 2, side / 2});
        EXPECT_NEAR(found.estimate, 11, 1e-12);
        EXPECT_NEAR(found.variance,
                    2 * model.semivariance(side / std::sqrt(2.0)) -
                        (8 * model.semivariance(side) + 4 * model.semivariance(side * std::sqrt(2.0))) / 16,
                    1e-12);
    }
}

TEST(GlobalKriging, IsTheMeanWhereNothingIsCorrelated) {
    // All farther apart than the range: weights 1/n, variance sill (1 + 1/n).
    const VariogramModel model{0.5, {{Shape::kSpherical, 1.5, 10}}};
    const Expected found = krige({{0, 0}, {100, 0}, {0, 100}, {100, 100}}, {1, 2, 3, 10}, model, {50, 50});
    EXPECT_NEAR(found.estimate, 4, 1e-14);
    EXPECT_NEAR(found.variance, 2 * 1.25, 1e-14);
}

TEST(GlobalKriging, AgreesWithTheTextbookSystem) {
    const std::vector<geo::Point> points = scattered(60, 1000, 11);
    const std::vector<double> values = field_at(points, 11);
    for (const VariogramModel& model : models()) {
        for (const geo::Point place : scattered(30, 1200, 12)) {
            const Expected found = krige(points, values, model, place);
            const Expected expected = by_textbook(points, values, model, place);
            EXPECT_NEAR(found.estimate, expected.estimate, 1e-9);
            EXPECT_NEAR(found.variance, expected.variance, 1e-9);
        }
    }
}

TEST(GlobalKriging, ReturnsTheSampleWhereASampleLies) {
    const std::vector<geo::Point> points = scattered(30, 1000, 13);
    const std::vector<double> values = field_at(points, 13);
    for (const VariogramModel& model : models()) {
        for (std::size_t i = 0; i < points.size(); ++i) {
            const Expected found = krige(points, values, model, {points[i].x + 1e-9, points[i].y});
            EXPECT_EQ(found.estimate, values[i]);
            EXPECT_EQ(found.variance, 0);
        }
    }
}

TEST(GlobalKriging, GivesAPlaceTheSameBitsAmongOthers) {
    const std::vector<geo::Point> points = scattered(37, 1000, 14);
    const auto kriging = GlobalKriging::factor(points, field_at(points, 14), {models()[1]});
    ASSERT_TRUE(kriging);
    const std::vector<geo::Point> places = scattered(203, 1000, 15);
    std::vector<Kriged> together(203);
    kriging->estimate(places, together);
    for (std::size_t p = 0; p < places.size(); ++p) {
        Kriged alone;
        kriging->estimate({&places[p], 1}, {&alone, 1});
        ASSERT_EQ(alone.estimate, together[p].estimate);
        ASSERT_EQ(alone.standard_error, together[p].standard_error);
    }
}

TEST(GlobalKriging, RefusesASingularSystem) {
    // Forty samples a metre apart in a Gaussian field of range 1 km without nugget.
    std::vector<geo::Point> points;
    for (int i = 0; i < 40; ++i) points.push_back({static_cast<double>(i % 8), static_cast<double>(i / 8)});
    EXPECT_FALSE(
        GlobalKriging::factor(points, std::vector<double>(40, 1), {{0, {{Shape::kGaussian, 1, 1000}}}}));
}

TEST(LocalKriging, IsGlobalKrigingOfTheNearestSamples) {
    const std::vector<geo::Point> points = scattered(150, 1000, 16);
    const model::Samples samples = samples_at(points, field_at(points, 16));
    for (const std::size_t count : {std::size_t{1}, std::size_t{2}, std::size_t{9}, std::size_t{16}}) {
        const Neighbourhood hood(samples, {count, {}});
        for (const VariogramModel& model : models()) {
            const KrigingSetup setup{model};
            LocalKriging local(hood, setup);
            for (int step = 0; step < 60; ++step) {
                const geo::Point place{16.0 * step, 900 - 11.0 * step};
                std::vector<geo::Neighbour> found;
                hood.find(place, found);
                std::vector<geo::Point> near;
                std::vector<double> values;
                for (const geo::Neighbour& neighbour : found) {
                    near.push_back(hood.points()[neighbour.item]);
                    values.push_back(hood.values()[neighbour.item]);
                }
                const Expected expected = krige(near, values, model, place);
                const auto result = local.at(place);
                ASSERT_TRUE(result);
                EXPECT_NEAR(result->estimate, expected.estimate, 1e-9);
                EXPECT_NEAR(result->standard_error * result->standard_error, expected.variance, 1e-9);
            }
        }
    }
}

TEST(LocalKriging, DoesNotDependOnWhatWasAskedBefore) {
    const std::vector<geo::Point> points = scattered(150, 1000, 17);
    const model::Samples samples = samples_at(points, field_at(points, 17));
    const Neighbourhood hood(samples, {12, {}});
    const KrigingSetup setup{models()[3]};
    LocalKriging forward(hood, setup);
    std::vector<geo::Point> places = scattered(200, 1000, 18);
    std::sort(places.begin(), places.end(), [](geo::Point a, geo::Point b) { return a.x < b.x; });
    for (const geo::Point place : places) {
        LocalKriging fresh(hood, setup);
        EXPECT_EQ(forward.at(place)->estimate, fresh.at(place)->estimate);
        EXPECT_EQ(forward.at(place)->standard_error, fresh.at(place)->standard_error);
    }
}

TEST(LocalKriging, ReturnsTheSampleWhereASampleLies) {
    const std::vector<geo::Point> points = scattered(30, 1000, 19);
    const std::vector<double> values = field_at(points, 19);
    const model::Samples samples = samples_at(points, values);
    const Neighbourhood hood(samples, {5, {}});
    const KrigingSetup setup{models()[1]};
    LocalKriging local(hood, setup);
    for (std::size_t i = 0; i < points.size(); ++i) {
        EXPECT_EQ(local.at(points[i])->estimate, values[i]);
        EXPECT_EQ(local.at(points[i])->standard_error, 0);
    }
}

TEST(LocalKriging, SaysWhenItsSystemIsSingular) {
    std::vector<geo::Point> points;
    for (int i = 0; i < 40; ++i) points.push_back({static_cast<double>(i % 8), static_cast<double>(i / 8)});
    const model::Samples samples = samples_at(points, std::vector<double>(40, 1));
    const Neighbourhood hood(samples, {30, {}});
    const KrigingSetup setup{{0, {{Shape::kGaussian, 1, 1000}}}};
    LocalKriging local(hood, setup);
    EXPECT_FALSE(local.at({3.5, 2.5}));
    EXPECT_FALSE(local.at({3.5, 2.5}));
}

KrigingSetup universal(int degree, const std::vector<geo::Point>& points) {
    geo::Box bounds;
    for (const geo::Point point : points) bounds.extend(point);
    return {models()[1], Drift::polynomial(degree, bounds)};
}

TEST(GlobalKriging, WithADriftReproducesAPolynomialOfItsDegree) {
    const std::vector<geo::Point> points = scattered(60, 1000, 21);
    const auto polynomial = [](geo::Point p) {
        return 3 + 0.02 * p.x - 0.01 * p.y + 1e-5 * p.x * p.y - 2e-5 * p.y * p.y;
    };
    std::vector<double> values;
    for (const geo::Point point : points) values.push_back(polynomial(point));
    const auto kriging = GlobalKriging::factor(points, values, universal(2, points));
    ASSERT_TRUE(kriging);
    // Also where it extrapolates.
    for (const geo::Point place : {geo::Point{500, 500}, geo::Point{-900, 100}, geo::Point{3000, 2500}}) {
        Kriged kriged;
        kriging->estimate({&place, 1}, {&kriged, 1});
        EXPECT_NEAR(kriged.estimate, polynomial(place), 1e-9 * std::abs(polynomial(place)));
    }
}

TEST(LocalKriging, WithAllNeighboursIsGlobalKrigingForEverySetup) {
    const std::vector<geo::Point> points = scattered(40, 1000, 22);
    const std::vector<double> values = field_at(points, 22);
    const Neighbourhood hood(points, values, {});
    std::vector<KrigingSetup> setups{universal(0, points), universal(1, points), universal(2, points)};
    setups.push_back({models()[1], Drift::none(), 41});
    setups.push_back({models()[3], Drift::constant(), 0, std::vector<double>(40, 0.7)});
    setups.push_back({models()[7], Drift::constant(), 0, {}, Support::rectangle(120, 60)});
    for (const KrigingSetup& setup : setups) {
        const auto global = GlobalKriging::factor(hood.points(), hood.values(), setup);
        ASSERT_TRUE(global);
        LocalKriging local(hood, setup);
        for (const geo::Point place : scattered(30, 1200, 23)) {
            Kriged expected;
            global->estimate({&place, 1}, {&expected, 1});
            const auto found = local.at(place);
            ASSERT_TRUE(found);
            EXPECT_NEAR(found->estimate, expected.estimate, 1e-9);
            EXPECT_NEAR(found->standard_error, expected.standard_error, 1e-9);
            EXPECT_NEAR(found->lagrange, expected.lagrange, 1e-9);
        }
    }
}

TEST(GlobalKriging, OfABlockIsTheMeanOfItsPoints) {
    const std::vector<geo::Point> points = scattered(50, 1000, 24);
    const std::vector<double> values = field_at(points, 24);
    const VariogramModel model{0, {{Shape::kSpherical, 2, 500}}};
    const Support block = Support::rectangle(80, 80);
    const auto blocks = GlobalKriging::factor(points, values, {model, Drift::constant(), 0, {}, block});
    const auto at_points = GlobalKriging::factor(points, values, {model});
    ASSERT_TRUE(blocks && at_points);
    const geo::Point place{430, 520};
    Kriged whole;
    blocks->estimate({&place, 1}, {&whole, 1});
    double mean = 0;
    for (std::size_t q = 0; q < block.offsets().size(); ++q) {
        const geo::Point node{place.x + block.offsets()[q].x, place.y + block.offsets()[q].y};
        Kriged part;
        at_points->estimate({&node, 1}, {&part, 1});
        mean += block.weights()[q] * part.estimate;
    }
    EXPECT_NEAR(whole.estimate, mean, 1e-10);
}

TEST(GlobalKriging, OfAnAreaIsTheMeanOfItsPointsWithItsOwnError) {
    const std::vector<geo::Point> points = scattered(40, 1000, 24);
    const std::vector<double> values = field_at(points, 24);
    const VariogramModel model{0.3, {{Shape::kExponential, 2, 200}}};
    const std::vector<geo::Point> inside = scattered(60, 300, 5);
    const auto at_points = GlobalKriging::factor(points, values, {model});
    ASSERT_TRUE(at_points);
    const geo::Point corner{400, 300};
    Kriged whole;
    at_points->with_support(Support::area(inside)).estimate({&corner, 1}, {&whole, 1});
    // The system with its Lagrange multiplier: mean covariances with the area on the right, without nugget.
    const std::size_t size = points.size();
    const VariogramModel shared{0, model.structures};
    base::Matrix matrix(size + 1, size + 1);
    std::vector<double> right(size + 1, 1), weights(size + 1);
    double variance = 0, estimate = 0, mean = 0;
    for (std::size_t i = 0; i < size; ++i) {
        right[i] = 0;
        matrix(i, size) = matrix(size, i) = 1;
        for (std::size_t j = 0; j < size; ++j)
            matrix(i, j) = model.covariance(std::sqrt(geo::squared_distance(points[i], points[j])));
        for (const geo::Point& one : inside) {
            const geo::Point place{corner.x + one.x, corner.y + one.y};
            right[i] += shared.covariance(std::sqrt(geo::squared_distance(points[i], place))) / 60;
        }
    }
    for (const geo::Point& one : inside) {
        for (const geo::Point& other : inside)
            variance += shared.covariance(std::sqrt(geo::squared_distance(one, other))) / 3600;
        const geo::Point place{corner.x + one.x, corner.y + one.y};
        Kriged part;
        at_points->estimate({&place, 1}, {&part, 1});
        mean += part.estimate / 60;
    }
    base::LinearSolver::factor(matrix)->solve(right, weights);
    for (std::size_t i = 0; i < size; ++i) {
        estimate += weights[i] * values[i];
        variance -= weights[i] * right[i];
    }
    variance -= weights[size];
    EXPECT_NEAR(whole.estimate, estimate, 1e-10 * estimate);
    EXPECT_NEAR(whole.estimate, mean, 1e-10 * mean);
    EXPECT_NEAR(whole.standard_error, std::sqrt(variance), 1e-10);
}

TEST(GlobalKriging, WithErrorsInTheSamplesSmoothsThem) {
    const std::vector<geo::Point> points = scattered(50, 1000, 25);
    const std::vector<double> values = field_at(points, 25);
    const auto kriging = GlobalKriging::factor(
        points, values, {models()[0], Drift::constant(), 0, std::vector<double>(50, 0.5)});
    ASSERT_TRUE(kriging);
    Kriged kriged;
    kriging->estimate({&points[3], 1}, {&kriged, 1});
    EXPECT_GT(std::abs(kriged.estimate - values[3]), 1e-3);
    EXPECT_GT(kriged.standard_error, 0.1);
    EXPECT_LT(kriged.standard_error, std::sqrt(0.5));
}

}  // namespace
}  // namespace isopleth::interpolate
