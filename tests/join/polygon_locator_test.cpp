// SPDX-License-Identifier: MIT
#include "join/polygon_locator.hpp"

#include "layers.hpp"

namespace isopleth::join {
namespace {

using Rows = std::vector<std::size_t>;

Rows found_by(const PolygonLocator& locator, geo::Point point, Border border) {
    Rows rows{12345};
    locator.find(point, border, rows);
    return rows;
}

Rows rows_at(const std::vector<geo::Geometry>& shapes, geo::Point point, geo::Side side) {
    Rows rows;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        if (geo::side_of(shapes[i], point) == side) rows.push_back(i);
    }
    return rows;
}

void expect_side_of(const std::vector<geo::Geometry>& shapes, const std::vector<geo::Point>& places,
                    std::size_t lookups) {
    const PolygonLocator locator(shapes, lookups, {});
    std::size_t on_borders = 0;
    for (const geo::Point place : places) {
        const Rows inside = rows_at(shapes, place, geo::Side::kInside);
        Rows all = rows_at(shapes, place, geo::Side::kBorder);
        on_borders += all.size();
        all.insert(all.end(), inside.begin(), inside.end());
        std::sort(all.begin(), all.end());
        ASSERT_EQ(found_by(locator, place, Border::kNone), inside) << place.x << " " << place.y;
        ASSERT_EQ(found_by(locator, place, Border::kAll), all) << place.x << " " << place.y;
        const Rows one = found_by(locator, place, Border::kOne);
        if (!inside.empty()) {
            ASSERT_EQ(one, inside);
        } else {
            ASSERT_TRUE(all.empty() ? one.empty()
                                    : one.size() == 1 && testing::Value(all, testing::Contains(one[0])));
        }
    }
    EXPECT_GT(on_borders, 100u) << "the test's points lie on no border";
}

TEST(PolygonLocator, AgreesWithTheSideOfEveryPolygon) {
    for (const bool is_whole : {true, false}) {
        const auto shapes = many_shapes(60, is_whole);
        const auto places = places_around(shapes, 1500);
        // From a single cell to the finest grid.
        for (const std::size_t lookups : {0u, 1u, 50u, 1000000u}) expect_side_of(shapes, places, lookups);
    }
}

TEST(PolygonLocator, IsAsExactAmongTheLastDigits) {
    // Polygons of a few last places' size, far from the origin: cells cannot be told apart there.
    const double x = 500000;
    const double y = 4400000;
    const double step = std::nextafter(y, 1e9) - y;
    std::vector<geo::Geometry> shapes;
    std::vector<geo::Point> places;
    for (int i = 0; i < 12; ++i) {
        for (int j = 0; j < 12; ++j) {
            const geo::Point corner{x + 3 * i * step, y + 3 * j * step};
            shapes.emplace_back(geo::Polygon{{corner,
                                              {corner.x + 3 * step, corner.y + step},
                                              {corner.x + step, corner.y + 3 * step},
                                              corner},
                                             {}});
        }
    }
    for (int i = -1; i < 38; ++i) {
        for (int j = -1; j < 38; ++j) places.push_back({x + i * step, y + j * step});
    }
    expect_side_of(shapes, places, 1000000);
}

TEST(PolygonLocator, KeepsLongSlantingEdgesApart) {
    // Slivers across the whole grid, level, upright and slanting.
    std::vector<geo::Geometry> shapes;
    for (int i = 0; i < 40; ++i) {
        shapes.emplace_back(
            geo::Polygon{{{0, 25.0 * i}, {1000, 25.0 * i + 7}, {1000, 25.0 * i + 8}, {0, 25.0 * i}}, {}});
        shapes.emplace_back(
            geo::Polygon{{{25.0 * i, 0}, {25.0 * i + 1, 0}, {25.0 * i + 9, 1000}, {25.0 * i, 0}}, {}});
        shapes.emplace_back(geo::Polygon{{{0, 0}, {1000, 25.0 * i}, {1000, 25.0 * i + 1}, {0, 0}}, {}});
    }
    std::vector<geo::Point> places;
    for (std::uint64_t i = 0; i < 4000; ++i) {
        places.push_back({1000 * base::random_uniform(3, i, 0), 1000 * base::random_uniform(3, i, 1)});
        const double share = static_cast<double>(i % 1001) / 1000;
        places.push_back({1000 * share, 25.0 * static_cast<double>(i % 40) + 7 * share});
        places.push_back({std::round(places[0].x), 0});
    }
    expect_side_of(shapes, places, 1000000);
}

TEST(PolygonLocator, AgreesOnPolygonsThatAreNotValid) {
    const std::vector<geo::Geometry> shapes{
        geo::Polygon{{{0, 0}, {10, 10}, {10, 0}, {0, 10}, {0, 0}}, {}},  // a bow tie
        geo::Polygon{{{0, 0}, {8, 0}, {0, 0}, {0, 0}}, {}},              // without area
        geo::Polygon{{{0, 0}, {6, 0}, {6, 6}, {0, 6}, {0, 0}},
                     {{{4, 4}, {9, 4}, {9, 9}, {4, 9}, {4, 4}}}},  // hole outside
        geo::Polygon{{{3, 3}}, {}},
        geo::Polygon{},
        geo::MultiPolygon{{box_polygon(0, 0, 4, 4), box_polygon(2, 2, 8, 8)}}};
    std::vector<geo::Point> places;
    for (int i = -1; i <= 22; ++i) {
        for (int j = -1; j <= 22; ++j) places.push_back({i / 2.0, j / 2.0});
    }
    expect_side_of(shapes, places, 1000000);
}

TEST(PolygonLocator, GivesSharedBordersToTheEastAndTheNorth) {
    const std::vector<geo::Geometry> shapes{box_polygon(0, 0, 10, 10), box_polygon(10, 0, 20, 10),
                                            box_polygon(0, 10, 10, 20), box_polygon(10, 10, 20, 20)};
    const PolygonLocator locator(shapes, 100, {});
    EXPECT_EQ(found_by(locator, {10, 5}, Border::kOne), Rows{1}) << "upright: east";
    EXPECT_EQ(found_by(locator, {5, 10}, Border::kOne), Rows{2}) << "level: north";
    EXPECT_EQ(found_by(locator, {10, 10}, Border::kOne), Rows{3}) << "the corner of four";
    EXPECT_EQ(found_by(locator, {10, 0}, Border::kOne), Rows{1}) << "a corner on the outer border";
    EXPECT_EQ(found_by(locator, {20, 5}, Border::kOne), Rows{1}) << "an outer border is not lost";
    EXPECT_EQ(found_by(locator, {20, 10}, Border::kOne), Rows{1}) << "nobody owns it: the smaller row";
    EXPECT_EQ(found_by(locator, {10, 5}, Border::kAll), (Rows{0, 1}));
    EXPECT_EQ(found_by(locator, {10, 5}, Border::kNone), Rows{});
    EXPECT_EQ(found_by(locator, {20.5, 5}, Border::kAll), Rows{});
}

TEST(PolygonLocator, GivesABorderInsideAnotherPolygonToThatOne) {
    const std::vector<geo::Geometry> shapes{box_polygon(0, 0, 4, 4), box_polygon(-10, -10, 10, 10),
                                            box_polygon(0, 0, 4, 4)};
    const PolygonLocator locator(shapes, 100, {});
    EXPECT_EQ(found_by(locator, {0, 2}, Border::kOne), Rows{1});
    EXPECT_EQ(found_by(locator, {2, 2}, Border::kOne), (Rows{0, 1, 2}));
    const std::vector<geo::Geometry> twins{box_polygon(0, 0, 4, 4), box_polygon(0, 0, 4, 4)};
    EXPECT_EQ(found_by(PolygonLocator(twins, 100, {}), {0, 2}, Border::kOne), Rows{0}) << "a tie";
}

/// A coverage of a square by triangles with whole corners, moved about, that meet exactly.
struct Coverage {
    std::vector<geo::Geometry> triangles;
    std::vector<geo::Point> on_borders;  ///< corners, and places halfway along edges

    explicit Coverage(std::uint64_t seed) {
        constexpr std::uint64_t kAcross = 12;
        const auto corner = [&](std::uint64_t i, std::uint64_t j) {
            const bool is_outer = i == 0 || j == 0 || i == kAcross || j == kAcross;
            const auto moved = [&](std::uint64_t at, std::uint64_t draw) {
                const double shift =
                    is_outer ? 0 : static_cast<double>(base::random_below(21, seed, i * 100 + j, draw)) - 10;
                return static_cast<double>(at) * 64 + 2 * shift;
            };
            return geo::Point{moved(i, 0), moved(j, 1)};
        };
        for (std::uint64_t i = 0; i < kAcross; ++i) {
            for (std::uint64_t j = 0; j < kAcross; ++j) {
                const geo::Point a = corner(i, j), b = corner(i + 1, j), c = corner(i + 1, j + 1),
                                 d = corner(i, j + 1);
                if (base::random_below(2, seed, i * 100 + j, 2) == 0) {
                    add({a, b, c, a});
                    add({c, d, a, c});
                } else {
                    add({b, c, d, b});
                    add({a, b, d, a});
                }
            }
        }
    }

    void add(const geo::Path& ring) {
        triangles.emplace_back(geo::Polygon{ring, {}});
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            on_borders.push_back(ring[i]);
            // Coordinates are even, so this is a whole number and on the edge exactly.
            on_borders.push_back({(ring[i].x + ring[i + 1].x) / 2, (ring[i].y + ring[i + 1].y) / 2});
        }
    }
};

TEST(PolygonLocator, GivesEveryPointOfACoverageToExactlyOnePolygon) {
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        const Coverage coverage(seed);
        for (const std::size_t lookups : {1u, 100000u}) {
            const PolygonLocator locator(coverage.triangles, lookups, {});
            for (const geo::Point place : coverage.on_borders) {
                const Rows bordering = rows_at(coverage.triangles, place, geo::Side::kBorder);
                ASSERT_GE(bordering.size(), 1u);
                const Rows one = found_by(locator, place, Border::kOne);
                ASSERT_EQ(one.size(), 1u) << place.x << " " << place.y;
                // The owner is the polygon of the place a little east, and north by far less: exact here, for
                // coordinates are below 2^10 and edges are no flatter than 1 in 2^8.
                const geo::Point beside{place.x + 0x1p-12, place.y + 0x1p-30};
                const Rows owners = rows_at(coverage.triangles, beside, geo::Side::kInside);
                ASSERT_LE(owners.size(), 1u);
                ASSERT_EQ(one, owners.empty() ? Rows{bordering[0]} : owners) << place.x << " " << place.y;
            }
            for (std::uint64_t i = 0; i < 3000; ++i) {
                const geo::Point place{768 * base::random_uniform(seed, i, 5),
                                       768 * base::random_uniform(seed, i, 6)};
                ASSERT_EQ(found_by(locator, place, Border::kOne).size(), 1u) << place.x << " " << place.y;
            }
        }
    }
}

TEST(PolygonLocator, FindsNothingAmongNothing) {
    for (const std::vector<geo::Geometry>& shapes :
         {std::vector<geo::Geometry>{}, {geo::Geometry{}}, {geo::Point{1, 1}}, {geo::Polygon{}}}) {
        EXPECT_EQ(found_by(PolygonLocator(shapes, 10, {}), {1, 1}, Border::kAll), Rows{});
    }
}

}  // namespace
}  // namespace isopleth::join
