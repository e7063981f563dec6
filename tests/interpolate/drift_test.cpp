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
    EXPECT_EQ(Drift::polynomial(3, box).size(), 10u);
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

/// A raster of 1 m cells whose value is 100 + x at the centres, for x from 0 to 10.
model::Covariate eastings(const std::vector<geo::Point>& points) {
    auto raster = std::make_shared<model::Raster>(model::Grid{0, 10, 1, 10, 10}, geo::Crs::parse("EPSG:4548"),
                                                  std::vector<std::string>{"east"});
    for (std::size_t cell = 0; cell < 100; ++cell)
        raster->bands[0].set(cell, 100.5 + static_cast<double>(cell % 10));
    model::Covariate covariate{"east", raster, {}};
    for (const geo::Point point : points) covariate.at_samples.emplace_back(100 + point.x);
    return covariate;
}

TEST(Drift, HasCovariatesScaledByTheSamplesAfterItsPolynomials) {
    const std::vector<geo::Point> points{{2, 1}, {8, 1}, {5, 9}};
    const IsotropicPlane plane(40, 0.5);
    const Drift drift = Drift::constant().with({eastings(points)}, plane);
    EXPECT_EQ(drift.size(), 2u);
    EXPECT_EQ(drift.polynomials(), 1u);
    EXPECT_TRUE(drift.is_trend());
    EXPECT_EQ(drift.name(), "east");
    std::vector<double> found(2);
    drift.fill_sample(0, plane(points[0]), found);
    EXPECT_EQ(found, (std::vector<double>{1, -1}));
    drift.reordered({1, 2, 0}).fill_sample(0, plane(points[1]), found);
    EXPECT_EQ(found, (std::vector<double>{1, 1}));
    // Elsewhere from the raster, on the ground: x = 6.5 is (106.5 - 105) / 3.
    ASSERT_TRUE(drift.covers(plane({6.5, 3.5})));
    drift.fill(plane({6.5, 3.5}), found);
    EXPECT_NEAR(found[1], 0.5, 1e-12);
    EXPECT_FALSE(drift.covers(plane({11, 3})));
}

TEST(Drift, RefusesACovariateThatIsTheSameEverywhere) {
    model::Covariate level = eastings({{2, 1}, {8, 1}});
    level.at_samples = {7, 7};
    EXPECT_EQ(error_of([&] { static_cast<void>(Drift::constant().with({level}, {})); }),
              "east is 7 at all 2 samples: it explains no difference between them. Leave the covariate out.");
}

TEST(Drift, LeavesResidualsThatDoNotDependOnTheOrder) {
    const std::vector<geo::Point> points = scattered(60, 1000, 1);
    const std::vector<double> values = field_at(points, 1);
    const Drift drift = Drift::polynomial(2, {0, 0, 1000, 1000});
    const std::vector<double> left = residuals(drift, points, values);
    const std::vector<double> turned =
        residuals(drift, {points.rbegin(), points.rend()}, {values.rbegin(), values.rend()});
    EXPECT_EQ(left, (std::vector<double>{turned.rbegin(), turned.rend()}));
}

}  // namespace
}  // namespace isopleth::interpolate
