// SPDX-License-Identifier: MIT
#include "interpolate/variogram_fit.hpp"

#include <cmath>
#include <functional>

namespace isopleth::interpolate {
namespace {

/// Fifteen bins of 100 m that lie on a curve.
EmpiricalVariogram on_curve(const std::function<double(double)>& semivariance) {
    EmpiricalVariogram empirical{1500, 100, {}};
    for (std::size_t i = 0; i < 15; ++i) {
        const double distance = 100 * static_cast<double>(i) + 55;
        empirical.bins.push_back({40 + 10 * i, distance, semivariance(distance)});
    }
    return empirical;
}

EmpiricalVariogram on_model(const VariogramModel& model) {
    return on_curve([&](double distance) { return model.semivariance(distance); });
}

TEST(VariogramFit, FindsTheModelThatMadeTheBins) {
    for (const Shape shape : {Shape::kExponential, Shape::kSpherical, Shape::kGaussian, Shape::kMatern}) {
        for (const double range : {220.0, 333.0, 900.0, 2500.0}) {
            const VariogramModel truth{0.3, {{shape, 1.7, range, 1.5}}};
            const auto fit = fit_variogram(on_model(truth), shape, 1.5);
            ASSERT_TRUE(fit);
            SCOPED_TRACE(std::string(short_name(shape)) + " " + std::to_string(range));
            EXPECT_NEAR(fit->model.nugget, 0.3, 1e-4);
            EXPECT_NEAR(fit->model.structures[0].partial_sill, 1.7, 1e-4);
            EXPECT_NEAR(fit->model.structures[0].range, range, 1e-4 * range);
            EXPECT_NEAR(fit->weighted_error, 0, 1e-12);
            EXPECT_FALSE(fit->is_unbounded);
        }
    }
}

TEST(VariogramFit, WeighsByPairsAndDistance) {
    // A variogram cannot fall, so falling bins get a constant: with weights N / h^2 of 4, 1 and 1 the
    // weighted mean (4 * 4 + 1 + 1) / 6 = 3, its error 4 * 1 + 4 + 4.
    const EmpiricalVariogram falling{4, 1, {{4, 1, 4}, {4, 2, 1}, {9, 3, 1}}};
    const auto fit = fit_variogram(falling, Shape::kExponential);
    ASSERT_TRUE(fit);
    EXPECT_NEAR(fit->model.sill(), 3, 1e-3);
    EXPECT_NEAR(fit->weighted_error, 4 * 1 + 4 + 4, 1e-2);
}

TEST(VariogramFit, NeverGoesBelowZero) {
    // Rises faster than the nugget allows: unconstrained, the nugget would be negative.
    const auto fit = fit_variogram(on_curve([](double distance) {
                                       return distance < 100 ? 0.0 : 1 - std::exp(-(distance - 100) / 300);
                                   }),
                                   Shape::kExponential);
    ASSERT_TRUE(fit);
    EXPECT_EQ(fit->model.nugget, 0);
    EXPECT_GT(fit->model.structures[0].partial_sill, 0);
}

TEST(VariogramFit, SaysWhenTheSemivarianceRisesOn) {
    const auto fit =
        fit_variogram(on_curve([](double distance) { return distance * distance; }), Shape::kSpherical);
    ASSERT_TRUE(fit);
    EXPECT_TRUE(fit->is_unbounded);
    EXPECT_NEAR(fit->model.structures[0].range, 15000, 1);
}

TEST(VariogramFit, FindsNoStructureInAPureNugget) {
    const auto fit = fit_variogram(on_curve([](double) { return 2.0; }), Shape::kSpherical);
    ASSERT_TRUE(fit);
    EXPECT_NEAR(fit->model.sill(), 2, 1e-9);
    EXPECT_FALSE(fit->is_unbounded);
    EXPECT_NEAR(fit->model.semivariance(55), 2, 1e-9);
}

TEST(VariogramFit, NeedsThreeBinsAndDifferences) {
    EXPECT_FALSE(fit_variogram({3, 1, {{5, 1, 1}, {5, 2, 2}}}, Shape::kSpherical));
    EXPECT_FALSE(fit_variogram(on_curve([](double) { return 0.0; }), Shape::kSpherical));
    EXPECT_FALSE(choose_variogram({}));
}

TEST(VariogramChoice, TakesTheShapeThatFitsBest) {
    for (const Shape shape : {Shape::kExponential, Shape::kSpherical, Shape::kGaussian}) {
        const auto fit = choose_variogram(on_model({0.3, {{shape, 1.7, 500}}}));
        ASSERT_TRUE(fit);
        EXPECT_EQ(fit->model.structures[0].shape, shape);
    }
}

TEST(VariogramChoice, LeavesOutAGaussianModelWithoutNugget) {
    const EmpiricalVariogram empirical = on_model({0, {{Shape::kGaussian, 1.7, 500}}});
    EXPECT_NEAR(fit_variogram(empirical, Shape::kGaussian)->weighted_error, 0, 1e-12);
    EXPECT_NE(choose_variogram(empirical)->model.structures[0].shape, Shape::kGaussian);
}

TEST(VariogramChoice, LeavesOutAGaussianModelThatReachesBeyondTheBins) {
    // Bins to 1500 m; the model's range is 4000 m, so they lie on a parabola.
    const EmpiricalVariogram empirical = on_model({0.3, {{Shape::kGaussian, 1.7, 4000}}});
    EXPECT_NEAR(fit_variogram(empirical, Shape::kGaussian)->weighted_error, 0, 1e-12);
    EXPECT_NE(choose_variogram(empirical)->model.structures[0].shape, Shape::kGaussian);
}

TEST(VariogramFit, PrefersASoundFitToABetterOne) {
    const EmpiricalVariogram parabola = on_curve([](double h) { return h * h * 1e-6; });
    const std::optional<VariogramFit> gaussian = fit_variogram(parabola, Shape::kGaussian);
    const std::optional<VariogramFit> spherical = fit_variogram(parabola, Shape::kSpherical);
    ASSERT_TRUE(gaussian && spherical);
    EXPECT_LT(gaussian->weighted_error, spherical->weighted_error);
    EXPECT_FALSE(is_sound(*gaussian, parabola));
    EXPECT_TRUE(is_sound(*spherical, parabola));
    EXPECT_EQ(best_of({*gaussian, *spherical}, parabola), 1u);
    EXPECT_EQ(best_of({*gaussian}, parabola), 0u);  // nothing else was asked for
}

TEST(VariogramFit, TakesPairsFartherApartWhenThereAreFew) {
    // Four on a line, 100 m apart: a third of the extent holds one distance only.
    const std::vector<geo::Point> points{{0, 0}, {100, 0}, {200, 0}, {300, 0}};
    EXPECT_EQ(variogram_to_fit(points, {1, 3, 2, 5}, {}, {}).bins.size(), 3u);
    EXPECT_EQ(variogram_to_fit(points, {1, 3, 2, 5}, {150.0, {}}, {}).bins.size(), 1u);
}

}  // namespace
}  // namespace isopleth::interpolate
