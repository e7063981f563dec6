// SPDX-License-Identifier: MIT
#include "interpolate/likelihood_fit.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <numbers>

#include "base/cholesky.hpp"
#include "base/text.hpp"
#include "sample_points.hpp"

namespace isopleth::interpolate {
namespace {

/// A standard normal number (Box and Muller 1958).
double normal(std::uint64_t seed, std::uint64_t item) {
    return std::sqrt(-2 * std::log(1 - base::random_uniform(seed, item, 5))) *
           std::cos(2 * std::numbers::pi * base::random_uniform(seed, item, 6));
}

/// A normal field with that model: L e for C = L L'. L' is U of the small factor, so row i of L is column i.
std::vector<double> simulated(const std::vector<geo::Point>& points, const VariogramModel& model,
                              std::uint64_t seed) {
    const std::size_t size = points.size();
    std::vector<double> rows(size * size);
    std::vector<double> reciprocals(size);
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = i; j < size; ++j)
            rows[i * size + j] = model.covariance(std::sqrt(geo::squared_distance(points[i], points[j])));
    }
    EXPECT_TRUE(base::factor_small(rows, size, reciprocals));
    std::vector<double> values(size);
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t k = 0; k <= i; ++k) values[i] += rows[k * size + i] * normal(seed, k);
    }
    return values;
}

LikelihoodData constant_mean(const std::vector<geo::Point>& points, const std::vector<double>& values) {
    return likelihood_data(points, values, Drift::constant(), {});
}

LikelihoodFit fit(const LikelihoodData& data, const std::vector<ShapeSought>& shapes) {
    const auto fitted = fit_likelihood(data, shapes, {});
    EXPECT_TRUE(fitted.has_value());
    return fitted.value_or(LikelihoodFit{});
}

const VariogramModel kTruth{0.3, {{Shape::kExponential, 1.7, 120}}};
const std::vector<ShapeSought> kExponentialOnly{{Shape::kExponential, 0.5}};

/// The model with its parameters times these factors.
VariogramModel changed(VariogramModel model, double nugget, double partial_sill, double range) {
    model.nugget *= nugget;
    model.structures.front().partial_sill *= partial_sill;
    model.structures.front().range *= range;
    return model;
}

TEST(LikelihoodFit, FindsAMaximum) {
    const std::vector<geo::Point> points = scattered(200, 1000, 51);
    const LikelihoodData data = constant_mean(points, simulated(points, kTruth, 52));
    const LikelihoodFit found = fit(data, kExponentialOnly);
    const Likelihood likelihood = Likelihood::exact(data);
    EXPECT_NEAR(*likelihood.at(found.model, {}), found.log_likelihood, 1e-9 * std::abs(found.log_likelihood));
    for (const double factor : {0.98, 1.02}) {
        EXPECT_LT(*likelihood.at(changed(found.model, factor, 1, 1), {}), found.log_likelihood);
        EXPECT_LT(*likelihood.at(changed(found.model, 1, factor, 1), {}), found.log_likelihood);
        EXPECT_LT(*likelihood.at(changed(found.model, 1, 1, factor), {}), found.log_likelihood);
        EXPECT_LT(*likelihood.at(changed(found.model, 1, factor, factor), {}), found.log_likelihood);
    }
    EXPECT_NEAR(found.aic, -2 * found.log_likelihood + 2 * 4, 1e-9);
}

TEST(LikelihoodFit, RecoversTheModelsOfSimulatedFields) {
    // Means over 12 fields; the limits are three standard errors of such a mean, from the spread of the fits.
    const std::vector<geo::Point> points = scattered(120, 1000, 53);
    std::vector<double> nuggets;
    std::vector<double> sills;
    for (std::uint64_t seed = 100; seed < 112; ++seed) {
        const LikelihoodFit found =
            fit(constant_mean(points, simulated(points, kTruth, seed)), kExponentialOnly);
        nuggets.push_back(found.model.nugget);
        sills.push_back(found.model.sill());
    }
    const auto expect_mean = [](const std::vector<double>& values, double truth) {
        double mean = 0;
        double spread = 0;
        for (const double value : values) mean += value / 12;
        for (const double value : values) spread += (value - mean) * (value - mean) / 11;
        EXPECT_NEAR(mean, truth, 3 * std::sqrt(spread / 12));
    };
    expect_mean(nuggets, 0.3);
    expect_mean(sills, 2.0);
}

TEST(LikelihoodFit, ByVecchiaRecoversTheModelOfALargeField) {
    // 2,100 values, above kMostExact, made by the densities themselves: each given its 30 nearest before it.
    const std::vector<geo::Point> all = scattered(2100, 1800, 54);
    std::vector<geo::Point> points;
    for (const std::size_t position : coarse_to_fine(all)) points.push_back(all[position]);
    const ConditioningSets sets(points, 30, {});
    std::vector<double> values;
    for (std::size_t i = 0; i < points.size(); ++i) {
        std::vector<std::size_t> set(sets.of(i).begin(), sets.of(i).end());
        set.push_back(i);
        const std::size_t size = set.size();
        std::vector<double> rows(size * (size + 1));
        std::vector<double> reciprocals(size);
        for (std::size_t a = 0; a < size; ++a) {
            for (std::size_t b = a; b < size; ++b) {
                rows[a * (size + 1) + b] =
                    kTruth.covariance(std::sqrt(geo::squared_distance(points[set[a]], points[set[b]])));
            }
            rows[a * (size + 1) + size] = a + 1 < size ? values[set[a]] : 0;
        }
        ASSERT_TRUE(base::factor_small(rows, size + 1, reciprocals));
        // Of a value 0 the residual is minus its conditional mean.
        const double deviation = 1 / reciprocals.back();
        values.push_back(deviation * (normal(55, i) - rows[(size - 1) * (size + 1) + size]));
    }
    const LikelihoodFit found =
        fit(constant_mean(points, values), {{Shape::kExponential, 0.5}, {Shape::kGaussian, 0.5}});
    EXPECT_FALSE(found.is_exact);
    EXPECT_EQ(found.densities, 2100u);
    EXPECT_EQ(found.model.structures.front().shape, Shape::kExponential);
    // Twice the likelihood ratio against the truth is chi-squared with three degrees of freedom: 16.3 in one
    // of 1,000 fields.
    const Likelihood likelihood = Likelihood::vecchia(constant_mean(points, values), 30, {});
    const double ratio = 2 * (found.log_likelihood - *likelihood.at(kTruth, {}));
    EXPECT_GE(ratio, 0);
    EXPECT_LT(ratio, 16.3);
    for (const double factor : {0.9, 1.1}) {
        EXPECT_LT(*likelihood.at(changed(found.model, factor, 1, 1), {}), found.log_likelihood);
        EXPECT_LT(*likelihood.at(changed(found.model, 1, 1, factor), {}), found.log_likelihood);
    }
}

TEST(LikelihoodFit, IsNotLessLikelyForMoreFreedom) {
    // A sought smoothness may not end below any that is given: its ridge against the range leads astray.
    const std::vector<geo::Point> points = scattered(320, 800, 65);
    const VariogramModel truth{0.3, {{Shape::kMatern, 1.7, 60, 1.5}}};
    const LikelihoodData data = constant_mean(points, simulated(points, truth, 66));
    const LikelihoodFit sought = fit(data, {{Shape::kMatern, std::nullopt}});
    for (const double smoothness : {0.5, 1.5, 2.5})
        EXPECT_GE(sought.log_likelihood, fit(data, {{Shape::kMatern, smoothness}}).log_likelihood - 0.01);
    // Twice the likelihood ratio, chi-squared with four degrees of freedom: 18.5 in one of 1,000 fields.
    EXPECT_LT(2 * (sought.log_likelihood - *Likelihood::exact(data).at(truth, {})), 18.5);
}

TEST(LikelihoodFit, FollowsTheUnits) {
    std::vector<geo::Point> points = scattered(120, 1000, 56);
    std::vector<double> values = simulated(points, kTruth, 57);
    const VariogramModel before = fit(constant_mean(points, values), kExponentialOnly).model;
    for (double& value : values) value = 500 - 3 * value;
    for (geo::Point& point : points) point = {1e5 + 2 * point.x, 2 * point.y};
    const VariogramModel after = fit(constant_mean(points, values), kExponentialOnly).model;
    EXPECT_NEAR(after.nugget, 9 * before.nugget, 1e-4);
    EXPECT_NEAR(after.sill(), 9 * before.sill(), 1e-3);
    EXPECT_NEAR(after.structures.front().range, 2 * before.structures.front().range, 0.02);
}

TEST(LikelihoodFit, KeepsItsBitsForAnyThreadsAndOrder) {
    std::vector<geo::Point> points = scattered(400, 1000, 58);
    std::vector<double> values = simulated(points, kTruth, 59);
    base::Job seven;
    seven.threads = 7;
    const std::vector<ShapeSought> shapes{{Shape::kSpherical, 0.5}, {Shape::kExponential, 0.5}};
    const auto before = fit_likelihood(constant_mean(points, values), shapes, {});
    std::reverse(points.begin(), points.end());
    std::reverse(values.begin(), values.end());
    const auto after = fit_likelihood(constant_mean(points, values), shapes, seven);
    EXPECT_EQ(before->log_likelihood, after->log_likelihood);
    EXPECT_EQ(before->model.nugget, after->model.nugget);
    EXPECT_EQ(before->model.structures.front().range, after->model.structures.front().range);
    EXPECT_EQ(before->evaluations, after->evaluations);
}

TEST(LikelihoodFit, KnowsErrorsOfMeasurement) {
    // The same errors' variance as part of the nugget or known: the nugget is less by it, nothing else moves.
    const std::vector<geo::Point> points = scattered(150, 1000, 60);
    const std::vector<double> values = simulated(points, kTruth, 62);
    const LikelihoodFit whole = fit(constant_mean(points, values), kExponentialOnly);
    ASSERT_GT(whole.model.nugget, 0.1);
    const LikelihoodFit less = fit(
        likelihood_data(points, values, Drift::constant(), std::vector<double>(150, 0.1)), kExponentialOnly);
    EXPECT_NEAR(less.model.nugget, whole.model.nugget - 0.1, 1e-3);
    EXPECT_NEAR(less.model.structures.front().partial_sill, whole.model.structures.front().partial_sill,
                1e-2);
    EXPECT_NEAR(less.log_likelihood, whole.log_likelihood, 1e-6);
}

TEST(LikelihoodFit, FindsNoStructureInNoise) {
    const std::vector<geo::Point> points = scattered(100, 1000, 63);
    std::vector<double> values;
    double square = 0;
    double mean = 0;
    for (std::size_t i = 0; i < points.size(); ++i) values.push_back(normal(64, i));
    for (const double value : values) mean += value / 100;
    for (const double value : values) square += (value - mean) * (value - mean) / 99;
    const LikelihoodFit found = fit(constant_mean(points, values), kExponentialOnly);
    EXPECT_NEAR(found.model.sill(), square, 0.3 * square);
    // Independent values with the variance of the sample, or likelier.
    EXPECT_GE(found.log_likelihood, -0.5 * 99 * (std::log(2 * std::numbers::pi * square) + 1) - 1e-9);
}

/// log zinc of the Meuse: R's sp, 155 samples.
class MeuseLikelihood : public testing::Test {
protected:
    void SetUp() override {
        std::ifstream stream(ISOPLETH_ROOT "/../shared/data/oracle/meuse/meuse.csv");
        if (!stream) GTEST_SKIP() << "the shared data are not here";
        std::string line;
        std::getline(stream, line);
        while (std::getline(stream, line)) {
            const std::vector<std::string> cells = base::split(line, ',');
            m_points.push_back({*base::parse_number(cells[1]), *base::parse_number(cells[2])});
            m_values.push_back(std::log(*base::parse_number(cells[6])));
        }
        ASSERT_EQ(m_points.size(), 155u);
    }
    LikelihoodFit fitted(Shape shape, double smoothness) const {
        return fit(constant_mean(m_points, m_values), {{shape, smoothness}});
    }
    static void expect_near(const LikelihoodFit& found, const VariogramModel& expected, double log) {
        const Structure& structure = found.model.structures.front();
        const Structure& other = expected.structures.front();
        EXPECT_NEAR(found.model.nugget, expected.nugget, 1e-4 * expected.nugget);
        EXPECT_NEAR(structure.partial_sill, other.partial_sill, 1e-4 * other.partial_sill);
        EXPECT_NEAR(structure.range, other.range, 1e-4 * other.range);
        EXPECT_NEAR(found.log_likelihood, log, 1e-7);
    }
    std::vector<geo::Point> m_points;
    std::vector<double> m_values;
};

// Figures by R 4.2.2: nlme 3.1-162, gls(log(zinc) ~ 1, corGaus(nugget = TRUE), method = "REML"), its logLik
// -99.63783901 plus log(155) / 2; and a dense likelihood written in R, maximised by optim to 1e-15.
TEST_F(MeuseLikelihood, EqualsNlmeForAGaussianModel) {
    expect_near(fitted(Shape::kGaussian, 0.5), {0.11605318, {{Shape::kGaussian, 1.0396182, 610.80685}}},
                -97.11612645);
}

TEST_F(MeuseLikelihood, EqualsADenseLikelihoodForAMaternModel) {
    expect_near(fitted(Shape::kMatern, 1.5), {0.097724089, {{Shape::kMatern, 2.31171, 563.35543, 1.5}}},
                -94.37150067);
}

TEST_F(MeuseLikelihood, SaysWhenTheRangeHasNoEnd) {
    // optim's exponential range runs to 1e10 m at -95.24286: a linear variogram. Three diagonals are close.
    const LikelihoodFit found = fitted(Shape::kExponential, 0.5);
    EXPECT_TRUE(found.is_unbounded);
    EXPECT_LT(found.log_likelihood, -95.24286);
    EXPECT_GT(found.log_likelihood, -95.5);
}

}  // namespace
}  // namespace isopleth::interpolate
