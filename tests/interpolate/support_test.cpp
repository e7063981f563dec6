// SPDX-License-Identifier: MIT
#include "interpolate/support.hpp"

#include <cmath>

namespace isopleth::interpolate {
namespace {

TEST(Support, OfABlockIntegratesPolynomialsOfDegreeSeven) {
    // Four Gauss-Legendre points are exact up to degree 7: the mean of (1 + x)^6 y^2 over -3..3 x -1..1.
    const Support block = Support::rectangle(6, 2);
    double sum = 0, weights = 0;
    for (std::size_t i = 0; i < block.offsets().size(); ++i) {
        const geo::Point p = block.offsets()[i];
        sum += block.weights()[i] * std::pow(1 + p.x, 6) * p.y * p.y;
        weights += block.weights()[i];
    }
    EXPECT_NEAR(weights, 1, 1e-15);
    EXPECT_NEAR(sum, (std::pow(4, 7) + std::pow(2, 7)) / (7 * 6) / 3, 1e-10);
}

TEST(Support, OfAPointHasTheSill) {
    const VariogramModel model{0.4, {{Shape::kSpherical, 2, 100}}};
    EXPECT_TRUE(Support::point().is_point());
    EXPECT_DOUBLE_EQ(Support::point().variance(model), 2.4);
    EXPECT_EQ(Support::point().shared(model).nugget, 0.4);
}

TEST(Support, OfABlockVariesLessAndHasNoNugget) {
    const VariogramModel model{0.4, {{Shape::kSpherical, 2, 100}}};
    const Support block = Support::rectangle(50, 50);
    EXPECT_EQ(block.shared(model).nugget, 0);
    // The mean covariance of the pairs of 24 x 24 points.
    double sum = 0;
    constexpr int kSteps = 24;
    const auto at = [](int i) { return 50.0 * (i + 0.5) / kSteps; };
    for (int a = 0; a < kSteps * kSteps; ++a) {
        for (int b = 0; b < kSteps * kSteps; ++b) {
            const double distance =
                std::hypot(at(a / kSteps) - at(b / kSteps), at(a % kSteps) - at(b % kSteps));
            sum += 2 * correlation(Shape::kSpherical, 0.5, distance / 100);
        }
    }
    const double brute = sum / std::pow(kSteps, 4);
    EXPECT_NEAR(block.variance(model), brute, 0.03 * brute);
    EXPECT_LT(block.variance(model), 2);
}

}  // namespace
}  // namespace isopleth::interpolate
