// SPDX-License-Identifier: MIT
#include "interpolate/drift_system.hpp"

#include <gmock/gmock.h>

#include <cmath>

namespace isopleth::interpolate {
namespace {

// Samples 1, 2 and 6 without correlation, of variance 1, about a constant mean: that mean is 3.
const std::vector<double> kOnes{1, 1, 1};
const std::vector<double> kValues{1, 2, 6};

TEST(DriftSystem, EstimatesTheMeanOfUncorrelatedSamples) {
    DriftSystem system;
    ASSERT_TRUE(system.solve(kOnes, kValues, 1));
    EXPECT_THAT(system.residuals(), testing::Pointwise(testing::DoubleNear(1e-14), {-2.0, -1.0, 3.0}));
    const std::vector<double> f{1};
    const Kriged kriged = system.finish(f, {}, 1);
    EXPECT_DOUBLE_EQ(kriged.estimate, 3);
    EXPECT_DOUBLE_EQ(kriged.standard_error, std::sqrt(1 + 1.0 / 3));
    EXPECT_DOUBLE_EQ(kriged.lagrange, 1.0 / 3);
}

TEST(DriftSystem, LeavesASampleOut) {
    DriftSystem system;
    ASSERT_TRUE(system.solve(kOnes, kValues, 1));
    // The others of 6 have the mean 1.5, whose variance is 1/2.
    const auto kriged = system.left_out({1, 3, {1}});
    ASSERT_TRUE(kriged);
    EXPECT_DOUBLE_EQ(kriged->estimate, 1.5 - 6);
    EXPECT_DOUBLE_EQ(kriged->standard_error, std::sqrt(1.5));
    ASSERT_TRUE(system.solve(std::vector<double>{1}, std::vector<double>{7}, 1));
    EXPECT_FALSE(system.left_out({1, 0, {1}}));  // of the only one there are no others
}

TEST(DriftSystem, RefusesFunctionsThatDepend) {
    DriftSystem system;
    EXPECT_FALSE(system.solve(std::vector<double>{1, 2, 1, 2, 1, 2}, kValues, 2));
    EXPECT_FALSE(system.solve(std::vector<double>{1, 2}, std::vector<double>{5}, 2));
}

TEST(GlobalDrift, SolvesColumnsAsTheSystemDoes) {
    base::Matrix identity(3, 3);
    for (std::size_t i = 0; i < 3; ++i) identity.values()[i * 3 + i] = 1;
    const auto factor = base::Cholesky::factor(std::move(identity));
    ASSERT_TRUE(factor);
    base::ColumnsByEight columns(3, 2);
    for (std::size_t i = 0; i < 3; ++i) {
        columns(i, 0) = 1;
        columns(i, 1) = kValues[i];
    }
    GlobalDrift drift;
    ASSERT_TRUE(drift.solve(*factor, columns, 1));
    base::ColumnsByEight place(3, 1);
    place(2, 0) = 0.5;
    const Products products = drift.products_of(place, 0)[0];
    EXPECT_DOUBLE_EQ(products.squared, 0.25);
    EXPECT_DOUBLE_EQ(products.by_residuals, 1.5);
    EXPECT_DOUBLE_EQ(products.functions[0], 0.5);
}

}  // namespace
}  // namespace isopleth::interpolate
