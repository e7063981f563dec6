// SPDX-License-Identifier: MIT
#include "geo/geos.hpp"

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/random.hpp"
#include "geo/crs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <numbers>
#include <sstream>
#include <thread>

namespace isopleth::geo {
namespace {

using base::Meters;
using std::numbers::pi;
using ::testing::HasSubstr;

Path ring(double x0, double y0, double x1, double y1) {
    return {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}};
}

Polygon square(double x0, double y0, double x1, double y1) {
    return {ring(x0, y0, x1, y1), {}};
}

/// Crosses itself at (1, 1).
Polygon bow_tie() {
    return {{{0, 0}, {2, 2}, {2, 0}, {0, 2}, {0, 0}}, {}};
}

TEST(FindInvalidity, FindsNothingInValidGeometries) {
    EXPECT_FALSE(find_invalidity(Polygon{ring(0, 0, 10, 10), {ring(2, 2, 4, 4)}}));
    EXPECT_FALSE(find_invalidity(MultiPolygon{{square(0, 0, 1, 1), square(1, 1, 2, 2)}}))
        << "they touch in a point";
    EXPECT_FALSE(find_invalidity(LineString{{{0, 0}, {2, 2}, {2, 0}, {0, 2}}}))
        << "lines may cross themselves";
    EXPECT_FALSE(find_invalidity(Point{1, 1}));
    EXPECT_FALSE(find_invalidity(Geometry{}));
}

TEST(FindInvalidity, SaysWhatIsWrongAndWhere) {
    const auto crossing = find_invalidity(bow_tie());
    ASSERT_TRUE(crossing);
    EXPECT_EQ(crossing->reason, "self-intersection");
    EXPECT_EQ(crossing->location, (Point{1, 1}));

    const auto outside = find_invalidity(Polygon{ring(0, 0, 1, 1), {ring(5, 5, 6, 6)}});
    ASSERT_TRUE(outside);
    EXPECT_EQ(outside->reason, "hole lies outside shell");

    const auto overlap = find_invalidity(MultiPolygon{{square(0, 0, 2, 2), square(1, 1, 3, 3)}});
    ASSERT_TRUE(overlap);
    EXPECT_EQ(overlap->reason, "self-intersection");
}

TEST(FindInvalidity, TellsRingsThatAreNone) {
    const auto open = find_invalidity(Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}, {}});
    ASSERT_TRUE(open);
    EXPECT_EQ(open->reason, "ring that is not closed");
    EXPECT_EQ(open->location, (Point{0, 1}));
    const auto flat = find_invalidity(Polygon{ring(0, 0, 9, 9), {{{1, 1}, {2, 2}, {1, 1}}}});
    ASSERT_TRUE(flat);
    EXPECT_EQ(flat->reason, "ring of fewer than 4 points");
    EXPECT_EQ(flat->location, (Point{1, 1}));
    EXPECT_TRUE(find_invalidity(Polygon{}));
    EXPECT_TRUE(find_invalidity(LineString{{{1, 1}}}));
    EXPECT_TRUE(find_invalidity(Point{std::numeric_limits<double>::quiet_NaN(), 0}));
}

TEST(Overlay, HasTheAreasOfClosedForms) {
    const Geometry a = square(0, 0, 4, 4);
    const Geometry b = square(3, 2, 8, 5);
    EXPECT_EQ(area(intersection_of(a, b)).value, 2);
    EXPECT_EQ(area(difference_of(a, b)).value, 14);
    EXPECT_EQ(area(union_of({a, b})).value, 29);
    EXPECT_EQ(type_name(union_of({a, square(9, 9, 10, 10)})), "MultiPolygon");
    // A hole where the smaller lies inside.
    const Geometry holed = difference_of(a, square(1, 1, 2, 2));
    EXPECT_EQ(area(holed).value, 15);
    EXPECT_EQ(polygons_of(holed)[0].holes.size(), 1U);
}

TEST(Overlay, CutsLinesByPolygons) {
    const Geometry inside = intersection_of(LineString{{{-1, 1}, {5, 1}}}, square(0, 0, 4, 4));
    EXPECT_EQ(type_name(inside), "LineString");
    EXPECT_EQ(length(inside).value, 4);
    EXPECT_EQ(length(difference_of(LineString{{{-1, 1}, {5, 1}}}, square(0, 0, 4, 4))).value, 2);
}

TEST(Overlay, KeepsTheHighestDimensionOfMixedResults) {
    // They overlap in a unit square and also share a piece of border.
    const Geometry a = square(0, 0, 4, 4);
    const Geometry b = Polygon{{{3, 0}, {6, 0}, {6, 4}, {4, 4}, {4, 1}, {3, 1}, {3, 0}}, {}};
    const Geometry common = intersection_of(a, b);
    EXPECT_EQ(type_name(common), "Polygon");
    EXPECT_EQ(area(common).value, 1);
    EXPECT_EQ(type_name(intersection_of(a, square(4, 0, 5, 4))), "LineString");
    EXPECT_EQ(intersection_of(a, square(4, 4, 5, 5)), Geometry(Point{4, 4}));
}

TEST(Overlay, TakesMissingForEmpty) {
    const Geometry a = square(0, 0, 4, 4);
    EXPECT_TRUE(is_missing(intersection_of(a, Geometry{})));
    EXPECT_TRUE(is_missing(intersection_of(a, square(10, 10, 11, 11))));
    EXPECT_TRUE(is_missing(difference_of(a, a)));
    EXPECT_EQ(difference_of(a, Geometry{}), a);
    EXPECT_TRUE(is_missing(difference_of(Geometry{}, a)));
    EXPECT_EQ(area(union_of({Geometry{}, a})).value, 16);
    EXPECT_TRUE(is_missing(union_of({})));
}

TEST(Overlay, MakesAnErrorOfWhatGeosCannotDo) {
    const Geometry broken = Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}, {}};
    try {
        intersection_of(broken, square(0, 0, 1, 1));
        FAIL() << "no error";
    } catch (const base::Error& error) {
        EXPECT_EQ(error.kind(), base::ErrorKind::kData);
        EXPECT_THAT(error.what(), HasSubstr("closed linestring"));  // GEOS's own words
    }
    const double infinite = std::numeric_limits<double>::infinity();
    EXPECT_THROW(union_of({LineString{{{0, 0}, {infinite, 1}}}}), base::Error);
    EXPECT_THROW(buffer(Point{0, infinite}, Meters{1}), base::Error);
}

TEST(Buffer, IsAPolygonOf64SidesRoundAPoint) {
    // n/2 r^2 sin(2 pi / n), n = 4 * 16
    EXPECT_NEAR(area(buffer(Point{440000, 4400000}, Meters{50})).value, 32 * 2500 * std::sin(2 * pi / 64),
                1e-3);
    const Geometry line = buffer(LineString{{{0, 0}, {100, 0}}}, Meters{10});
    EXPECT_NEAR(area(line).value, 32 * 100 * std::sin(2 * pi / 64) + 2000, 1e-6);
}

TEST(Buffer, ShrinksPolygonsByNegativeDistances) {
    EXPECT_NEAR(area(buffer(square(0, 0, 10, 10), Meters{-2})).value, 36, 1e-9);
    EXPECT_TRUE(is_missing(buffer(square(0, 0, 10, 10), Meters{-6})));
    EXPECT_TRUE(is_missing(buffer(Geometry{}, Meters{6})));
}

TEST(Predicates, KnowBordersAsSimpleFeaturesDoes) {
    const Geometry polygon = square(0, 0, 4, 4);
    EXPECT_TRUE(intersects(polygon, Point{4, 2}));
    EXPECT_FALSE(intersects(polygon, Point{4.001, 2}));
    EXPECT_TRUE(is_within(Point{1, 1}, polygon));
    EXPECT_FALSE(is_within(Point{4, 2}, polygon)) << "on the border only";
    EXPECT_TRUE(is_within(polygon, polygon));
    EXPECT_TRUE(is_within(square(0, 0, 1, 1), polygon));
    EXPECT_FALSE(is_within(square(3, 3, 5, 5), polygon));
    EXPECT_FALSE(intersects(Geometry{}, polygon));
    EXPECT_FALSE(is_within(Geometry{}, polygon));
}

TEST(Predicates, AgreeWithSideOf) {
    Path star;
    for (int i = 0; i < 11; ++i) {
        const double radius = i % 2 == 0 ? 10 : 4;
        star.push_back({radius * std::cos(2 * pi * i / 11), radius * std::sin(2 * pi * i / 11)});
    }
    star.push_back(star.front());
    const Polygon polygon{star, {ring(-1, -1, 1, 1)}};
    for (std::uint64_t i = 0; i < 500; ++i) {
        const Point point{20 * base::random_uniform(1, i, 0) - 10, 20 * base::random_uniform(1, i, 1) - 10};
        const Side side = side_of(polygon, point);
        ASSERT_EQ(intersects(polygon, point), side != Side::kOutside) << i;
        ASSERT_EQ(is_within(point, polygon), side == Side::kInside) << i;
    }
}

TEST(DistanceBetween, IsShortestAndZeroWhereTheyMeet) {
    EXPECT_EQ(distance(square(0, 0, 1, 1), square(4, 5, 6, 6))->value, 5);  // 3-4-5
    EXPECT_EQ(distance(square(0, 0, 9, 9), square(4, 5, 6, 6))->value, 0) << "one inside the other";
    EXPECT_EQ(distance(square(0, 0, 1, 1), LineString{{{-5, 3}, {5, 3}}})->value, 2);
    EXPECT_FALSE(distance(square(0, 0, 1, 1), Geometry{}));
}

TEST(InscribedCircle, IsTheIncircleOfATriangle) {
    // Right triangle 3-4-5: radius (3 + 4 - 5) / 2 = 1 round (1, 1).
    const auto circle =
        largest_inscribed_circle(Polygon{{{0, 0}, {4, 0}, {0, 3}, {0, 0}}, {}}, Meters{0.001});
    ASSERT_TRUE(circle);
    EXPECT_NEAR(circle->radius.value, 1, 0.001);
    EXPECT_NEAR(circle->centre.x, 1, 0.05);
    EXPECT_NEAR(circle->centre.y, 1, 0.05);
}

TEST(InscribedCircle, LiesInTheWidestPart) {
    const MultiPolygon parts{{square(0, 0, 100, 10), square(200, 0, 240, 40)}};
    const auto circle = largest_inscribed_circle(parts, Meters{0.01});
    ASSERT_TRUE(circle);
    EXPECT_NEAR(circle->radius.value, 20, 0.01);
    EXPECT_NEAR(circle->centre.x, 220, 0.1);
    // The hole takes the middle: between it and the corner, r = |(10 - r)(1, 1) - (6, 6)| with r = 10 - x,
    // so r = (10 - 6) sqrt 2 / (1 + sqrt 2).
    const auto beside =
        largest_inscribed_circle(Polygon{ring(0, 0, 10, 10), {ring(4, 4, 6, 6)}}, Meters{0.001});
    ASSERT_TRUE(beside);
    EXPECT_NEAR(beside->radius.value, 4 * std::sqrt(2.0) / (1 + std::sqrt(2.0)), 0.001);
}

TEST(InscribedCircle, IsAsLargeAsASearchOverAGridFinds) {
    for (std::uint64_t shape = 0; shape < 5; ++shape) {
        Path path;
        for (int i = 0; i < 24; ++i) {
            const double radius = 30 + 70 * base::random_uniform(9, shape, static_cast<std::uint64_t>(i));
            path.push_back({radius * std::cos(2 * pi * i / 24), radius * std::sin(2 * pi * i / 24)});
        }
        path.push_back(path.front());
        const Polygon polygon{path, {}};
        double best = 0;
        for (double y = -100; y <= 100; ++y)
            for (double x = -100; x <= 100; ++x)
                if (side_of(polygon, {x, y}) == Side::kInside)
                    best = std::max(best, distance(LineString{path}, Point{x, y})->value);
        const auto circle = largest_inscribed_circle(polygon, Meters{0.01});
        ASSERT_TRUE(circle);
        EXPECT_GE(circle->radius.value, best - 0.01);
        EXPECT_LE(circle->radius.value, best + 0.71) << "half the diagonal of the grid's cells";
        EXPECT_NEAR(distance(LineString{path}, circle->centre)->value, circle->radius.value, 1e-9);
    }
}

TEST(InscribedCircle, NeedsAnArea) {
    EXPECT_FALSE(largest_inscribed_circle(LineString{{{0, 0}, {1, 1}}}, Meters{1}));
    EXPECT_FALSE(largest_inscribed_circle(Polygon{{{0, 0}, {1, 1}, {0, 0}, {0, 0}}, {}}, Meters{1}));
    EXPECT_FALSE(largest_inscribed_circle(Geometry{}, Meters{1}));
}

TEST(InscribedCircle, OfAThinStripEndsSoon) {
    const auto strip = largest_inscribed_circle(square(0, 0, 1e6, 1e-3), Meters{1e-6});
    ASSERT_TRUE(strip);
    EXPECT_GT(strip->centre.y, 0);
    EXPECT_LT(strip->centre.y, 1e-3);
    EXPECT_GT(strip->radius.value, 0);
}

TEST(Simplified, DropsPointsNearTheLineAndKeepsTheType) {
    const LineString line{{{0, 0}, {5, 0.4}, {10, 0}, {10, 10}}};
    EXPECT_EQ(simplified(line, Meters{0.5}), Geometry(LineString{{{0, 0}, {10, 0}, {10, 10}}}));
    EXPECT_EQ(simplified(line, Meters{0.3}), Geometry(line));
    const MultiPolygon one{{square(0, 0, 1, 1)}};
    EXPECT_EQ(type_name(simplified(one, Meters{100})), "MultiPolygon");
    EXPECT_FALSE(find_invalidity(simplified(one, Meters{100})));
    EXPECT_EQ(simplified(Point{1, 2}, Meters{5}), Geometry(Point{1, 2}));
    EXPECT_TRUE(is_missing(simplified(Geometry{}, Meters{5})));
}

TEST(Geos, AnswersSeveralThreadsEachItsOwnMessage) {
    std::vector<std::string> reasons(8);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < reasons.size(); ++i) {
        threads.emplace_back([&reasons, i] {
            const Polygon outside{ring(0, 0, 1, 1), {ring(5, 5, 6, 6)}};
            for (int round = 0; round < 200; ++round)
                reasons[i] = find_invalidity(i % 2 == 0 ? Geometry(bow_tie()) : Geometry(outside))->reason;
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (std::size_t i = 0; i < reasons.size(); ++i)
        EXPECT_EQ(reasons[i], i % 2 == 0 ? "self-intersection" : "hole lies outside shell");
}

Path to_path(const base::Json& positions) {
    Path path;
    for (const base::Json& position : positions.items())
        path.push_back({position.items().at(0).number_or(0), position.items().at(1).number_or(0)});
    return path;
}

Polygon to_polygon(const base::Json& rings) {
    Polygon polygon;
    for (std::size_t i = 0; i < rings.items().size(); ++i) {
        Path path = to_path(rings.items()[i]);
        if (i == 0)
            polygon.outer = std::move(path);
        else
            polygon.holes.push_back(std::move(path));
    }
    return polygon;
}

TEST(Geos, JoinsTheSubdistrictsOfDongchengWithoutGaps) {
    // data/MANIFEST.md: 17 subdistricts, no overlaps, union 41.7853 km2 on EPSG:4548, no gaps.
    std::ifstream file(ISOPLETH_ROOT "/../shared/data/dongcheng/dongcheng_subdistricts_wgs84.geojson");
    if (!file) GTEST_SKIP() << "the shared data are not beside the repository";
    std::stringstream text;
    text << file.rdbuf();
    const base::Json json = base::Json::parse(text.str());
    const auto union_on = [&json](const char* code) {
        const Transform transform(Crs::wgs84(), Crs::parse(code));
        std::vector<Geometry> parts;
        for (const base::Json& feature : json["features"].items()) {
            const base::Json& shape = feature["geometry"];
            MultiPolygon polygons;
            if (shape["type"].string_or("") == "Polygon")
                polygons.polygons.push_back(to_polygon(shape["coordinates"]));
            else
                for (const base::Json& part : shape["coordinates"].items())
                    polygons.polygons.push_back(to_polygon(part));
            EXPECT_FALSE(find_invalidity(polygons));
            parts.push_back(transform.apply(polygons));
        }
        EXPECT_EQ(parts.size(), 17U);
        return union_of(parts);
    };
    const Geometry whole = union_on("EPSG:4548");
    EXPECT_NEAR(area(whole).value / 1e6, 41.7853, 0.00005);
    // UTM zone 50 has the same central meridian, at a scale of 0.9996.
    EXPECT_NEAR(area(union_on("EPSG:32650")).value / area(whole).value, 0.9996 * 0.9996, 1e-8);
    ASSERT_EQ(polygons_of(whole).size(), 1U);
    for (const Path& hole : polygons_of(whole)[0].holes) EXPECT_LT(std::abs(signed_area_doubled(hole)), 1.0);
}

}  // namespace
}  // namespace isopleth::geo
