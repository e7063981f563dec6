// SPDX-License-Identifier: MIT
#include "geo/geometry.hpp"

#include "base/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>

namespace isopleth::geo {
namespace {

Path ring(double x0, double y0, double x1, double y1) {
    return {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}};
}

/// 10 x 10 with a hole of 4 x 2 in it.
Polygon holed() {
    return {ring(0, 0, 10, 10), {ring(2, 2, 6, 4)}};
}

Path regular_polygon(int corners, double radius) {
    Path path;
    for (int i = 0; i < corners; ++i) {
        const double angle = 2 * std::numbers::pi * i / corners;
        path.push_back({radius * std::cos(angle), radius * std::sin(angle)});
    }
    path.push_back(path.front());
    return path;
}

TEST(GeometryTypes, HaveTheirSimpleFeatureNamesAndDimensions) {
    EXPECT_EQ(type_name(Geometry{}), "none");
    EXPECT_EQ(type_name(Point{}), "Point");
    EXPECT_EQ(type_name(LineString{}), "LineString");
    EXPECT_EQ(type_name(Polygon{}), "Polygon");
    EXPECT_EQ(type_name(MultiPoint{}), "MultiPoint");
    EXPECT_EQ(type_name(MultiLineString{}), "MultiLineString");
    EXPECT_EQ(type_name(MultiPolygon{}), "MultiPolygon");
    EXPECT_EQ(dimension(Geometry{}), -1);
    EXPECT_EQ(dimension(MultiPoint{}), 0);
    EXPECT_EQ(dimension(LineString{}), 1);
    EXPECT_EQ(dimension(MultiPolygon{}), 2);
}

TEST(Box, StartsEmptyAndMeetsNothing) {
    const Box none;
    const Box whole{-1e300, -1e300, 1e300, 1e300};
    EXPECT_TRUE(none.empty());
    EXPECT_FALSE(none.contains({0, 0}));
    EXPECT_FALSE(none.intersects(whole));
    EXPECT_FALSE(whole.intersects(none));
    Box grown = whole;
    grown.extend(none);
    EXPECT_EQ(grown, whole);
}

TEST(Box, CountsItsBordersAsItsOwn) {
    const Box box{0, 0, 2, 1};
    EXPECT_TRUE(box.contains({2, 1}));
    EXPECT_FALSE(box.contains({2.0000001, 1}));
    EXPECT_TRUE(box.intersects({2, 1, 3, 3}));
    EXPECT_FALSE(box.intersects({2.0000001, 0, 3, 3}));
}

TEST(Bounds, CoverEveryPart) {
    const MultiPolygon parts{{holed(), {ring(20, -5, 21, -4), {}}}};
    EXPECT_EQ(bounds(parts), (Box{0, -5, 21, 10}));
    EXPECT_EQ(count_points(parts), 15U);
    EXPECT_TRUE(bounds(Geometry{}).empty());
}

TEST(ForEachPoint, ChangesCoordinatesInPlace) {
    Geometry geometry = MultiLineString{{{{{0, 0}, {1, 2}}}, {{{3, 4}, {5, 6}}}}};
    for_each_point(geometry, [](Point& point) { point.x += 10; });
    EXPECT_EQ(geometry, Geometry(MultiLineString{{{{{10, 0}, {11, 2}}}, {{{13, 4}, {15, 6}}}}}));
}

TEST(IsFinite, SeesOneBadCoordinateInAHole) {
    Polygon polygon = holed();
    EXPECT_TRUE(is_finite(polygon));
    polygon.holes[0][2].y = std::numeric_limits<double>::quiet_NaN();
    EXPECT_FALSE(is_finite(polygon));
}

TEST(Area, TakesHolesOffWhicheverWayRingsRun) {
    Polygon polygon = holed();
    EXPECT_EQ(area(polygon).value, 92);  // 10 * 10 - 4 * 2
    std::reverse(polygon.holes[0].begin(), polygon.holes[0].end());
    EXPECT_EQ(area(polygon).value, 92);
    std::reverse(polygon.outer.begin(), polygon.outer.end());
    EXPECT_EQ(area(polygon).value, 92);
    EXPECT_EQ(area(MultiPolygon{{polygon, {ring(20, 20, 23, 21), {}}}}).value, 95);
    EXPECT_EQ(area(LineString{ring(0, 0, 1, 1)}).value, 0);
}

TEST(Area, OfARegularPolygonHasItsClosedForm) {
    // n/2 r^2 sin(2 pi / n)
    const Polygon polygon{regular_polygon(7, 3), {}};
    EXPECT_NEAR(area(polygon).value, 3.5 * 9 * std::sin(2 * std::numbers::pi / 7), 1e-12);
}

TEST(Area, KeepsItsDigitsFarFromTheOrigin) {
    // A square metre at Gauss-Krueger coordinates with a zone number: 39 500 000 east, 4 060 000 north.
    const Polygon polygon{ring(39500000.25, 4060000.5, 39500001.25, 4060001.5), {}};
    EXPECT_EQ(area(polygon).value, 1);
    EXPECT_EQ(*centroid(polygon), (Point{39500000.75, 4060001}));
}

TEST(Length, IsThePathOfLinesAndThePerimeterOfPolygons) {
    EXPECT_EQ(length(LineString{{{0, 0}, {3, 4}, {3, 10}}}).value, 11);
    EXPECT_EQ(length(holed()).value, 52);  // 40 + 12
    EXPECT_EQ(length(Point{1, 1}).value, 0);
    // 2 n r sin(pi / n)
    EXPECT_NEAR(length(Polygon{regular_polygon(9, 2), {}}).value, 36 * std::sin(std::numbers::pi / 9), 1e-12);
}

TEST(Centroid, WeighsAreaLengthOrPoints) {
    // (100 * 5 - 8 * 4) / 92 and (100 * 5 - 8 * 3) / 92
    EXPECT_NEAR(centroid(holed())->x, 468.0 / 92, 1e-12);
    EXPECT_NEAR(centroid(holed())->y, 476.0 / 92, 1e-12);
    // Lengths 4 and 2: (4 * 2 + 2 * 4) / 6, (0 + 2 * 1) / 6
    const auto line = centroid(LineString{{{0, 0}, {4, 0}, {4, 2}}});
    EXPECT_NEAR(line->x, 16.0 / 6, 1e-12);
    EXPECT_NEAR(line->y, 2.0 / 6, 1e-12);
    EXPECT_EQ(*centroid(MultiPoint{{{0, 0}, {1, 0}, {5, 6}}}), (Point{2, 2}));
    EXPECT_EQ(*centroid(Point{7, 8}), (Point{7, 8}));
    EXPECT_FALSE(centroid(Geometry{}));
    EXPECT_FALSE(centroid(MultiPolygon{}));
}

TEST(Centroid, OfAPolygonWithoutAreaIsThatOfItsBorder) {
    EXPECT_EQ(*centroid(Polygon{{{0, 0}, {4, 0}, {0, 0}, {0, 0}}, {}}), (Point{2, 0}));
    EXPECT_EQ(*centroid(LineString{{{3, 1}, {3, 1}}}), (Point{3, 1}));
}

TEST(Oriented, TurnsOuterRingsLeftAndHolesRight) {
    Polygon polygon = holed();
    std::reverse(polygon.outer.begin(), polygon.outer.end());
    const Geometry turned = oriented(MultiPolygon{{polygon}});
    const Polygon& result = polygons_of(turned)[0];
    EXPECT_GT(signed_area_doubled(result.outer), 0);
    EXPECT_LT(signed_area_doubled(result.holes[0]), 0);
    EXPECT_EQ(signed_area_doubled(result.outer), 200);
    EXPECT_EQ(oriented(turned), turned);
}

TEST(SideOf, TellsBordersFromInsideAndOutside) {
    const Polygon polygon = holed();
    EXPECT_EQ(side_of(polygon, {1, 1}), Side::kInside);
    EXPECT_EQ(side_of(polygon, {11, 5}), Side::kOutside);
    EXPECT_EQ(side_of(polygon, {3, 3}), Side::kOutside) << "in the hole";
    EXPECT_EQ(side_of(polygon, {2, 3}), Side::kBorder) << "on the hole's border";
    EXPECT_EQ(side_of(polygon, {10, 10}), Side::kBorder) << "a corner";
    EXPECT_EQ(side_of(polygon, {5, 10}), Side::kBorder) << "a level edge";
    EXPECT_EQ(side_of(polygon, {0, 5}), Side::kBorder) << "an upright edge";
    EXPECT_EQ(side_of(polygon, {-1, 10}), Side::kOutside) << "level with an edge";
    EXPECT_EQ(side_of(polygon, {11, 10}), Side::kOutside) << "level with an edge";
    EXPECT_EQ(side_of(Geometry{}, {0, 0}), Side::kOutside);
}

TEST(SideOf, PassesThroughCornersOfADiamondOnce) {
    const Polygon diamond{{{0, -1}, {1, 0}, {0, 1}, {-1, 0}, {0, -1}}, {}};
    EXPECT_EQ(side_of(diamond, {0, 0}), Side::kInside);
    EXPECT_EQ(side_of(diamond, {-2, 0}), Side::kOutside);
    EXPECT_EQ(side_of(diamond, {-2, 1}), Side::kOutside);
    EXPECT_EQ(side_of(diamond, {-2, -1}), Side::kOutside);
    EXPECT_EQ(side_of(diamond, {0.5, 0.5}), Side::kBorder);
    EXPECT_EQ(side_of(diamond, {0.5, std::nextafter(0.5, 1.0)}), Side::kOutside);
    EXPECT_EQ(side_of(diamond, {0.5, std::nextafter(0.5, 0.0)}), Side::kInside);
}

TEST(SideOf, TakesTheInnermostOfManyPolygons) {
    const MultiPolygon parts{
        {{ring(0, 0, 1, 1), {}}, {ring(1, 0, 3, 1), {}}, {ring(0.5, 0.25, 2, 0.75), {}}}};
    EXPECT_EQ(side_of(parts, {1, 0.5}), Side::kInside);
    EXPECT_EQ(side_of(parts, {1, 0.9}), Side::kBorder);
}

TEST(SideOf, GivesEveryPointToExactlyOneOfTwoTriangles) {
    // A square cut along a slanting line: what is on neither side is on the cut, for both.
    const Point a{0.1, 0.1};
    const Point b{0.9, 0.7};
    const Polygon left{{a, b, {0.1, 0.7}, a}, {}};
    const Polygon right{{a, {0.9, 0.1}, b, a}, {}};
    for (std::uint64_t i = 0; i < 5000; ++i) {
        const double x = 0.1 + 0.8 * base::random_uniform(7, i, 0);
        // Beside the cut by a few last places.
        double y = 0.1 + (x - 0.1) * 0.75;
        for (std::uint64_t step = base::random_below(4, 7, i, 1); step > 0; --step)
            y = std::nextafter(y, 1.0);
        const Side in_left = side_of(left, {x, y});
        const Side in_right = side_of(right, {x, y});
        EXPECT_EQ(static_cast<int>(in_left) + static_cast<int>(in_right), 2) << "x " << x << ", y " << y;
    }
}

TEST(SquaredDistance, IsThatOfPythagoras) {
    EXPECT_EQ(squared_distance({1, 2}, {4, -2}), 25);
    EXPECT_EQ(squared_distance({4, -2}, {1, 2}), 25);
    EXPECT_EQ(squared_distance({4, -2}, {4, -2}), 0);
}

TEST(DistanceToPoint, IsZeroInsideAndToTheBorderOutside) {
    const Polygon polygon = holed();
    EXPECT_EQ(distance(polygon, Point{1, 1})->value, 0);
    EXPECT_EQ(distance(polygon, Point{10, 3})->value, 0);
    EXPECT_EQ(distance(polygon, Point{13, 14})->value, 5);
    EXPECT_EQ(distance(polygon, Point{4, 3.25})->value, 0.75) << "in the hole";
    EXPECT_EQ(distance(LineString{{{0, 0}, {10, 0}}}, Point{4, -2})->value, 2);
    EXPECT_EQ(distance(LineString{{{1, 1}, {1, 1}}}, Point{4, 5})->value, 5);
    EXPECT_EQ(distance(MultiPoint{{{0, 0}, {3, 3}}}, Point{3, 5})->value, 2);
    EXPECT_FALSE(distance(Geometry{}, Point{0, 0}));
}

}  // namespace
}  // namespace isopleth::geo
