// SPDX-License-Identifier: MIT
#include "base/statistics.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace isopleth::base {
namespace {

TEST(Sum, KeepsWhatPlainAdditionLoses) {
    // Neumaier 1974: Kahan's sum gives 0 here.
    EXPECT_EQ(sum(std::vector<double>{1, 1e100, 1, -1e100}), 2);
    EXPECT_EQ(sum(std::vector<double>(10, 0.1)), 1);
    EXPECT_EQ(sum({}), 0);
    constexpr double kMost = std::numeric_limits<double>::max();
    EXPECT_EQ(sum(std::vector<double>{kMost, kMost}), std::numeric_limits<double>::infinity());
}

TEST(Mean, OfNothingIsMissing) {
    EXPECT_EQ(mean({}), std::nullopt);
    EXPECT_EQ(mean(std::vector<double>{1, 2, 6}), 3);
}

TEST(StandardDeviation, DividesByOneLessThanTheCount) {
    // Squares of differences from 5 sum to 32: the usual textbook set of eight.
    const std::vector<double> values{2, 4, 4, 4, 5, 5, 7, 9};
    EXPECT_EQ(population_standard_deviation(values), 2);
    EXPECT_NEAR(standard_deviation(values).value(), 2.13808993529939517, 1e-15);  // sqrt(32 / 7)
    EXPECT_EQ(standard_deviation(std::vector<double>{3}), std::nullopt);
    EXPECT_EQ(population_standard_deviation(std::vector<double>{3}), 0);
    EXPECT_EQ(population_standard_deviation({}), std::nullopt);
}

TEST(StandardDeviation, StandsALargeOffset) {
    // NIST StRD NumAcc4: 1001 values about 10000000.2, certified standard deviation 0.1.
    std::vector<double> values{10000000.2};
    for (int i = 0; i < 500; ++i) values.insert(values.end(), {10000000.1, 10000000.3});
    EXPECT_NEAR(standard_deviation(values).value(), 0.1, 1e-8);
}

TEST(Quantile, InterpolatesBetweenOrderStatistics) {
    // R: quantile(c(7, 1, 3, 10), c(0, .25, .5, .95, 1), type = 7)
    const std::vector<double> values{7, 1, 3, 10};
    EXPECT_EQ(quantile(values, 0), 1);
    EXPECT_EQ(quantile(values, 0.25), 2.5);
    EXPECT_EQ(quantile(values, 0.5), 5);
    EXPECT_NEAR(quantile(values, 0.95).value(), 9.55, 1e-12);
    EXPECT_EQ(quantile(values, 1), 10);
    EXPECT_EQ(quantile({}, 0.5), std::nullopt);
    EXPECT_THROW(quantile(values, 1.5), Error);
}

TEST(Extremes, OfNothingAreMissing) {
    EXPECT_EQ(minimum(std::vector<double>{3, -1, 2}), -1);
    EXPECT_EQ(maximum(std::vector<double>{3, -1, 2}), 3);
    EXPECT_EQ(minimum({}), std::nullopt);
    EXPECT_EQ(maximum({}), std::nullopt);
}

TEST(NormalTwoSidedP, GivesTheUsualLevels) {
    // Quantiles of the standard normal to 15 digits: qnorm(0.975), qnorm(0.995) of R.
    EXPECT_NEAR(normal_two_sided_p(1.959963984540054), 0.05, 1e-15);
    EXPECT_NEAR(normal_two_sided_p(-2.575829303548901), 0.01, 1e-15);
    EXPECT_EQ(normal_two_sided_p(0), 1);
}

TEST(NormalQuantile, InvertsTheDistribution) {
    // qnorm(0.975), qnorm(0.75) of R; Wichura 1988 prints qnorm(0.25) and qnorm(1e-20).
    EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
    EXPECT_NEAR(normal_quantile(0.75), 0.6744897501960817, 1e-15);
    EXPECT_NEAR(normal_quantile(0.25), -0.6744897501960817, 1e-15);
    EXPECT_NEAR(normal_quantile(1e-20), -9.262340089798408, 1e-13);
    EXPECT_EQ(normal_quantile(0.5), 0);
    for (double z = -30; z < 7; z += 0.37) {
        const double p = normal_probability(z);
        // Above 0 a p next to 1 says less of z than z's own digits.
        EXPECT_NEAR(normal_quantile(p), z,
                    1e-14 * (1 + std::abs(z)) + 1e-16 / normal_density(std::max(z, 0.0)));
    }
    EXPECT_THROW(normal_quantile(1), Error);
}

TEST(NormalDensity, IsTheSlopeOfTheDistribution) {
    EXPECT_NEAR(normal_density(0), 0.398942280401432678, 1e-16);  // 1 / sqrt(2 pi)
    for (const double z : {-2.0, 0.3, 1.7}) {
        const double slope = (normal_probability(z + 1e-5) - normal_probability(z - 1e-5)) / 2e-5;
        EXPECT_NEAR(slope, normal_density(z), 1e-10);
    }
}

}  // namespace
}  // namespace isopleth::base
