// SPDX-License-Identifier: MIT
#include "interpolate/drift.hpp"

#include "sample_points.hpp"

namespace isopleth::interpolate {
namespace {

geo::Box bounds_of(const std::vector<geo::Point>& points) {
    geo::Box box;
    for (const geo::Point point : points) box.extend(point);
    return box;
}

TEST(Drift, CountsItsFunctions) {
    const geo::Box box = bounds_of({{0, 0}, {2, 2}});
    EXPECT_EQ(Drift::none().size(), 0u);
    EXPECT_EQ(Drift::constant().size(), 1u);
    EXPECT_EQ(Drift::polynomial(1, box).size(), 3u);
    EXPECT_EQ(Drift::polynomial(2, box).size(), 6u);
    EXPECT_EQ(Drift::polynomial(3, box).size(), Drift::kMostTerms);
}

TEST(Drift, HasAllProductsUpToItsDegree) {
    // Within the box from -1 to 1 the coordinates are their own: x = 0.5, y = -0.25.
    std::vector<double> found(10);
    Drift::polynomial(3, bounds_of({{-1, -1}, {1, 1}})).fill({0.5, -0.25}, found);
    const double x = 0.5, y = -0.25;
    EXPECT_EQ(found, (std::vector<double>{1, x, y, x * x, x * y, y * y, x * x * x, x * x * y, x * y * y,
                                          y * y * y}));
}

TEST(Drift, LeavesNothingOfAPolynomialOfItsDegree) {
    const auto points = scattered(40, 1000, 5);
    std::vector<double> values;
    for (const geo::Point p : points) values.push_back(7 - 0.3 * p.x + 2e-4 * p.x * p.y);
    for (const double left : residuals(Drift::polynomial(2, bounds_of(points)), points, values))
        EXPECT_NEAR(left, 0, 1e-9);
}

TEST(Drift, LeavesTheDifferencesFromAMeanWhenConstant) {
    const auto left = residuals(Drift::constant(), {{0, 0}, {1, 0}, {5, 5}}, {1, 2, 6});
    EXPECT_THAT(left, testing::ElementsAre(testing::DoubleNear(-2, 1e-14), testing::DoubleNear(-1, 1e-14),
                                           testing::DoubleNear(3, 1e-14)));
    EXPECT_EQ(residuals(Drift::none(), {{0, 0}, {1, 0}}, {1, 2}), (std::vector<double>{1, 2}));
}

TEST(Drift, SaysWhenTheSamplesDoNotSettleIt) {
    std::vector<geo::Point> line;
    for (int i = 0; i < 12; ++i) line.push_back({10.0 * i, 5.0 * i});
    const Drift drift = Drift::polynomial(1, bounds_of(line));
    EXPECT_EQ(error_of([&] { residuals(drift, line, std::vector<double>(12, 1)); }),
              "a drift of degree 1 has 3 coefficients, which 12 samples do not settle: they are too few or "
              "lie on one "
              "line or curve. Use a lower degree.");
}

}  // namespace
}  // namespace isopleth::interpolate
