// SPDX-License-Identifier: MIT
#include "interpolate/covariance_table.hpp"

#include <cmath>

namespace isopleth::interpolate {
namespace {

void expect_same(const VariogramModel& model, double tolerance) {
    std::vector<double> distances{0, 1e-7};
    for (double distance = 1e-5; distance < 1e6; distance *= 1.0137) distances.push_back(distance);
    const std::vector<double> before = distances;
    CovarianceTable(model).to_covariances(distances);
    for (std::size_t i = 0; i < before.size(); ++i)
        EXPECT_NEAR(distances[i], model.covariance(before[i]), tolerance) << before[i];
}

TEST(CovarianceTable, IsTheMaternFunctionTo1e9) {
    for (const double smoothness : {0.1, 0.3, 0.7, 1.0, 2.0, 3.7, 5.0})
        expect_same({0.2, {{Shape::kMatern, 1, 120, smoothness}}}, 1e-9);
}

TEST(CovarianceTable, IsTheModelItselfForOtherShapes) {
    expect_same({0.2, {{Shape::kMatern, 1.5, 120, 1.5}}}, 1e-15);
    expect_same({0.2, {{Shape::kSpherical, 1.5, 120}}}, 1e-15);
    expect_same({0.2, {{Shape::kMatern, 1, 120, 0.7}, {Shape::kExponential, 2, 30}}}, 1e-15);
}

}  // namespace
}  // namespace isopleth::interpolate
