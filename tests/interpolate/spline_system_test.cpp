// SPDX-License-Identifier: MIT
#include "interpolate/spline_system.hpp"

#include "bordered_system.hpp"
#include "sample_points.hpp"

namespace isopleth::interpolate {
namespace {

/// Of the kernels, the smoothings and the sizes below.
struct Case {
    std::size_t samples;
    double tension;    ///< 1/km, 0 for a thin plate
    double smoothing;  ///< square kilometres
};

const std::vector<Case> kCases{{3, 0, 0}, {4, 0, 0},  {30, 0, 0},   {60, 0, 0.002}, {60, 0, 3},
                               {3, 2, 0}, {30, 2, 0}, {30, 0.1, 0}, {60, 40, 0},    {60, 2, 0.01}};

SplineSetup setup_of(const Case& one) {
    const double unit = 700;
    const double diagonal = 16 * std::numbers::pi * one.smoothing * 1e6 / (unit * unit);
    if (one.tension == 0) return {SplineKernel::thin_plate(unit), diagonal};
    return {SplineKernel::tension(unit, one.tension / 1000), diagonal};
}

TEST(GlobalSpline, AgreesWithTheWholeSystemInLongDouble) {
    const std::vector<geo::Point> places = scattered(43, 4000, 82);
    for (const Case& one : kCases) {
        SCOPED_TRACE(std::to_string(one.samples) + " samples, tension " + std::to_string(one.tension) +
                     ", smoothing " + std::to_string(one.smoothing));
        const std::vector<geo::Point> points = scattered(one.samples, 3000, 81);
        const std::vector<double> values = field_at(points, 81);
        const SplineSetup setup = setup_of(one);
        const auto spline = GlobalSpline::solve(Neighbourhood(points, values, {}), setup);
        ASSERT_TRUE(spline);
        std::vector<double> found(places.size());
        spline->estimate(places, found);
        const BorderedSpline expected(points, values, one.tension, one.smoothing);
        for (std::size_t p = 0; p < places.size(); ++p) {
            EXPECT_NEAR(found[p], expected.at(places[p]), 1e-9);
        }
    }
}

TEST(LocalSpline, AgreesWithTheWholeSystemOfTheNearestSamples) {
    const std::vector<geo::Point> points = scattered(90, 3000, 83);
    const std::vector<double> values = field_at(points, 83);
    const std::vector<geo::Point> places = scattered(40, 3000, 84);
    for (const Case& one : kCases) {
        SCOPED_TRACE(std::to_string(one.samples) + " neighbours, tension " + std::to_string(one.tension));
        const Neighbourhood hood(points, values, {one.samples, {}});
        const SplineSetup setup = setup_of(one);
        LocalSpline local(hood, setup);
        for (const geo::Point& place : places) {
            std::vector<geo::Neighbour> found;
            hood.find(place, found);
            std::vector<geo::Point> near;
            std::vector<double> near_values;
            for (const geo::Neighbour& neighbour : found) {
                near.push_back(hood.points()[neighbour.item]);
                near_values.push_back(hood.values()[neighbour.item]);
            }
            const double expected = BorderedSpline(near, near_values, one.tension, one.smoothing).at(place);
            const auto estimate = local.at(place);
            ASSERT_TRUE(estimate);
            EXPECT_NEAR(*estimate, expected, 1e-9 * (1 + std::abs(expected)));
        }
    }
}

TEST(LocalSpline, DependsOnThePlaceAlone) {
    const std::vector<geo::Point> points = scattered(90, 3000, 85);
    const Neighbourhood hood(points, field_at(points, 85), {8, {}});
    const SplineSetup setup{SplineKernel::thin_plate(500)};
    LocalSpline wandering(hood, setup);
    for (const geo::Point& place : scattered(40, 3000, 86)) {
        EXPECT_EQ(*wandering.at(place), *LocalSpline(hood, setup).at(place));
    }
}

TEST(SplinePlane, RefusesPointsOnOneLine) {
    const std::vector<geo::Point> upright{{440'000, 1}, {440'000, 2}, {440'000, 5}};
    const std::vector<geo::Point> sloping{{0, 0}, {10.3, 5.1}, {20.6, 10.2}, {41.2, 20.4}};
    const std::vector<geo::Point> aside{{0, 0}, {10.3, 5.1}, {20.6, 10.2}, {41.2, 20.5}};
    SplinePlane plane;
    EXPECT_FALSE(plane.reflect(upright, 3, 10));
    EXPECT_FALSE(plane.reflect(sloping, 3, 10));
    EXPECT_TRUE(plane.reflect(aside, 3, 10));
    EXPECT_TRUE(plane.reflect(upright, 1, 10));  // of a constant
}

TEST(SplinePlane, ClearsThePolynomials) {
    const std::vector<geo::Point> points = scattered(9, 100, 87);
    SplinePlane plane;
    ASSERT_TRUE(plane.reflect(points, 3, 10));
    std::vector<double> values;
    for (const geo::Point& point : points) values.push_back(4 + 3 * point.x - 2 * point.y);
    const std::vector<double> before = values;
    plane.turn(std::span(values));
    for (std::size_t i = 3; i < values.size(); ++i) EXPECT_NEAR(values[i], 0, 1e-12);
    const auto coefficients = plane.solve({values[0], values[1], values[2]});
    EXPECT_NEAR(plane.at({50, 20}, coefficients), 4 + 150 - 40, 1e-11);
    plane.turn_back(values);
    for (std::size_t i = 0; i < values.size(); ++i) EXPECT_NEAR(values[i], before[i], 1e-12);
}

TEST(GlobalSpline, IsNothingWhenSamplesCannotBeToldApart) {
    std::vector<geo::Point> points = scattered(20, 3000, 88);
    points.push_back({points[4].x + 1e-7, points[4].y});
    const Neighbourhood hood(points, field_at(points, 88), {});
    EXPECT_FALSE(GlobalSpline::solve(hood, {SplineKernel::thin_plate(1000)}));
    EXPECT_FALSE(GlobalSpline::solve(hood, {SplineKernel::tension(1000, 0.001)}));
    EXPECT_TRUE(GlobalSpline::solve(hood, {SplineKernel::thin_plate(1000), 1e-3}));
}

}  // namespace
}  // namespace isopleth::interpolate
