// SPDX-License-Identifier: MIT
#include "geo/delaunay.hpp"

#include "base/error.hpp"
#include "base/random.hpp"
#include "geo/predicates.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <set>

namespace isopleth::geo {
namespace {

/// At coordinates of a projected CRS, in a square of that side.
std::vector<Point> scattered(std::size_t count, double side, std::uint64_t seed) {
    std::vector<Point> points;
    for (std::size_t i = 0; i < count; ++i) {
        points.push_back({450000 + side * base::random_uniform(seed, i, 0),
                          4420000 + side * base::random_uniform(seed, i, 1)});
    }
    return points;
}

std::vector<Point> grid(std::size_t columns, std::size_t rows, double step, Point origin) {
    std::vector<Point> points;
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t column = 0; column < columns; ++column) {
            points.push_back(
                {origin.x + step * static_cast<double>(column), origin.y + step * static_cast<double>(row)});
        }
    }
    return points;
}

/// All whole-number points at one distance from a centre: 5^2 13^2 17 = 71825 = radius^2 has 72 of them.
std::vector<Point> on_a_circle(Point centre) {
    std::vector<Point> points;
    for (int x = -268; x <= 268; ++x) {
        for (int y = -268; y <= 268; ++y) {
            if (x * x + y * y == 71825) points.push_back({centre.x + x, centre.y + y});
        }
    }
    return points;
}

/// All on one circle but for rounding.
std::vector<Point> nearly_on_a_circle(std::size_t count) {
    std::vector<Point> points;
    for (std::size_t i = 0; i < count; ++i) {
        const double angle = 2 * std::numbers::pi * base::random_uniform(7, i, 0);
        points.push_back({450000 + 10000 * std::cos(angle), 4420000 + 10000 * std::sin(angle)});
    }
    return points;
}

/// Beside a slanting line by up to one last place of y.
std::vector<Point> nearly_on_a_line(std::size_t count) {
    std::vector<Point> points;
    for (std::size_t i = 0; i < count; ++i) {
        const double x = 450000 + 0.1 * static_cast<double>(i);
        double y = 4420000 + 0.3 * static_cast<double>(i);
        for (std::uint64_t slip = base::random_below(3, 5, i, 0); slip > 0; --slip)
            y = std::nextafter(y, 1e9);
        points.push_back({x, y});
    }
    return points;
}

std::vector<Point> shuffled(std::vector<Point> points, std::uint64_t seed) {
    for (std::size_t i = points.size(); i > 1; --i) {
        std::swap(points[i - 1], points[base::random_below(i, seed, i, 0)]);
    }
    return points;
}

std::array<Point, 3> corners(const Triangulation& mesh, std::size_t triangle) {
    const auto edge = static_cast<MeshIndex>(3 * triangle);
    return {mesh.points()[mesh.origin(edge)], mesh.points()[mesh.origin(edge + 1)],
            mesh.points()[mesh.origin(edge + 2)]};
}

/// The corners of all triangles, in the mesh's order.
std::vector<Point> places_of(const Triangulation& mesh) {
    std::vector<Point> places;
    for (std::size_t triangle = 0; triangle < mesh.size(); ++triangle) {
        for (const Point& corner : corners(mesh, triangle)) places.push_back(corner);
    }
    return places;
}

/// How many points lie on the border of the convex hull: Andrew's monotone chain, which keeps those on its
/// edges.
std::size_t count_on_hull(std::vector<Point> points) {
    std::sort(points.begin(), points.end(), [](Point left, Point right) {
        return left.x != right.x ? left.x < right.x : left.y < right.y;
    });
    std::size_t count = 0;
    for (int half = 0; half < 2; ++half) {
        std::vector<Point> chain;
        for (const Point& point : points) {
            while (chain.size() > 1 && orientation(chain[chain.size() - 2], chain.back(), point) < 0)
                chain.pop_back();
            chain.push_back(point);
        }
        count += chain.size() - 1;
        std::reverse(points.begin(), points.end());
    }
    return count;
}

/// Euler: a triangulation of n points, h of them on the hull, has 2 n - 2 - h triangles. With each edge's
/// twin the same edge backwards, and every triangle turning left, nothing overlaps and nothing is missing.
void expect_to_cover_the_hull(const Triangulation& mesh) {
    const std::size_t hull = count_on_hull(mesh.points());
    ASSERT_EQ(mesh.size(), 2 * mesh.points().size() - 2 - hull);
    std::size_t border = 0;
    for (MeshIndex edge = 0; edge < 3 * mesh.size(); ++edge) {
        const MeshIndex twin = mesh.twin(edge);
        if (twin == kNoEdge) {
            ++border;
            EXPECT_EQ(mesh.twin(mesh.next_on_hull(edge)), kNoEdge);
            EXPECT_EQ(mesh.origin(mesh.next_on_hull(edge)), mesh.target(edge));
            continue;
        }
        ASSERT_EQ(mesh.twin(twin), edge);
        ASSERT_EQ(mesh.origin(twin), mesh.target(edge));
        ASSERT_EQ(mesh.target(twin), mesh.origin(edge));
    }
    EXPECT_EQ(border, hull);
}

void expect_empty_circles(const Triangulation& mesh) {
    for (std::size_t triangle = 0; triangle < mesh.size(); ++triangle) {
        const auto [a, b, c] = corners(mesh, triangle);
        ASSERT_EQ(orientation(a, b, c), 1);
        for (const Point& point : mesh.points()) ASSERT_LE(in_circle(a, b, c, point), 0);
    }
}

std::vector<std::vector<Point>> sets() {
    std::vector<std::vector<Point>> sets{
        {{0, 0}, {1, 0}, {0, 1}},
        {{0, 0}, {1, 0}, {0, 1}, {1, 1}},
        {{0, 0}, {1, 0}, {2, 0}, {3, 0}, {1, 5}},
        scattered(500, 10000, 1),
        scattered(300, 1e-6, 2),
        grid(20, 17, 1, {450000, 4420000}),
        grid(15, 15, 0.1, {450000, 4420000}),
        grid(2, 150, 50, {-10, -3000}),
        on_a_circle({450000, 4420000}),
        nearly_on_a_line(150),
        nearly_on_a_circle(300),
    };
    // Rings within rings, a grid with points in it, a dense spot in a thin plain.
    std::vector<Point> rings;
    for (const double scale : {1.0, 2.0, 4.0}) {
        for (const Point& point : on_a_circle({0, 0})) rings.push_back({scale * point.x, scale * point.y});
    }
    sets.push_back(rings);
    std::vector<Point> mixed = grid(12, 12, 1000, {450000, 4420000});
    for (const Point& point : scattered(150, 11000, 3)) mixed.push_back(point);
    for (const Point& point : scattered(150, 0.01, 4)) mixed.push_back(point);
    sets.push_back(mixed);
    // Whole numbers: many on one line or circle.
    std::set<std::pair<double, double>> whole;
    for (std::uint64_t i = 0; i < 400; ++i) {
        whole.emplace(base::random_below(30, 6, i, 0), base::random_below(30, 6, i, 1));
    }
    sets.emplace_back();
    for (const auto& [x, y] : whole) sets.back().push_back({x, y});
    return sets;
}

TEST(Delaunay, LeavesNoPointInsideACircle) {
    for (const auto& points : sets()) {
        SCOPED_TRACE(points.size());
        const Triangulation mesh = triangulate(points);
        EXPECT_EQ(mesh.points(), points);
        expect_to_cover_the_hull(mesh);
        expect_empty_circles(mesh);
    }
}

TEST(Delaunay, DoesNotDependOnTheOrderOfThePoints) {
    std::uint64_t seed = 0;
    for (const auto& points : sets()) {
        SCOPED_TRACE(points.size());
        const std::vector<Point> places = places_of(triangulate(points));
        for (int times = 0; times < 3; ++times) {
            EXPECT_EQ(places_of(triangulate(shuffled(points, ++seed))), places);
        }
    }
}

TEST(Delaunay, FansFromTheWesternmostOfPointsOnOneCircle) {
    const Triangulation circle = triangulate(on_a_circle({450000, 4420000}));
    EXPECT_EQ(circle.size(), 70U);
    for (std::size_t triangle = 0; triangle < circle.size(); ++triangle) {
        const auto found = corners(circle, triangle);
        // 268^2 + 1^2 = 71825: two points are the westernmost, the southern of them counts.
        EXPECT_EQ(std::count(found.begin(), found.end(), Point{450000 - 268, 4420000 - 1}), 1);
    }
    // In a grid each cell has the diagonal that rises to the east.
    const Triangulation cells = triangulate(grid(9, 7, 10, {0, 0}));
    for (std::size_t triangle = 0; triangle < cells.size(); ++triangle) {
        std::array<Point, 3> found = corners(cells, triangle);
        std::sort(found.begin(), found.end(), [](Point a, Point b) { return a.x + a.y < b.x + b.y; });
        EXPECT_EQ(found[2].x - found[0].x, 10);
        EXPECT_EQ(found[2].y - found[0].y, 10);
    }
}

TEST(Delaunay, HasNoTrianglesOfPointsOnOneLine) {
    EXPECT_EQ(triangulate({}).size(), 0U);
    EXPECT_EQ(triangulate({{1, 2}}).size(), 0U);
    EXPECT_EQ(triangulate({{1, 2}, {3, 4}}).size(), 0U);
    EXPECT_EQ(triangulate(grid(100, 1, 30, {450000, 4420000})).size(), 0U);
    std::vector<Point> slanting = shuffled(grid(1, 50, 1, {7, 0}), 8);
    for (Point& point : slanting) point.x = 3 * point.y + 450000;
    EXPECT_EQ(triangulate(slanting).size(), 0U);
    slanting.push_back({0, 0});
    EXPECT_EQ(triangulate(slanting).size(), 49U);
}

// Inserted from one end to the other, a point on one line changes the triangles of all on the other: half a
// minute.
TEST(Delaunay, IsAsQuickOnTwoLines) {
    std::vector<Point> points;
    for (std::uint64_t i = 0; i < 200'000; ++i) {
        const double distance = 1 + 10000 * base::random_uniform(10, i, 0);
        points.push_back(i % 2 == 0 ? Point{450000 + distance, 4420000} : Point{450000, 4420000 + distance});
    }
    expect_to_cover_the_hull(triangulate(points));
}

TEST(Delaunay, TakesNoPlaceTwiceAndNothingInfinite) {
    EXPECT_THROW(triangulate({{0, 0}, {1, 0}, {0, 1}, {1, 0}}), base::Error);
    EXPECT_THROW(triangulate({{0, 0}, {1, 0}, {0, 1}, {-0.0, 1}}), base::Error);
    EXPECT_THROW(triangulate({{0, 0}, {1, 0}, {0, INFINITY}}), base::Error);
}

using Position = Triangulation::Position;

/// Triangles that a place lies in or on, by looking at all.
std::size_t count_holders(const Triangulation& mesh, Point place) {
    std::size_t count = 0;
    for (std::size_t triangle = 0; triangle < mesh.size(); ++triangle) {
        const auto [a, b, c] = corners(mesh, triangle);
        const bool holds =
            orientation(a, b, place) >= 0 && orientation(b, c, place) >= 0 && orientation(c, a, place) >= 0;
        count += holds ? 1 : 0;
    }
    return count;
}

void expect_right(const Triangulation& mesh, Point place, const Triangulation::Location& found) {
    const Point from = mesh.points()[mesh.origin(found.edge)];
    const Point to = mesh.points()[mesh.target(found.edge)];
    const std::size_t holders = count_holders(mesh, place);
    const bool is_point = std::find(mesh.points().begin(), mesh.points().end(), place) != mesh.points().end();
    EXPECT_EQ(found.position == Position::kAtPoint, is_point);
    switch (found.position) {
        case Position::kInside:
            EXPECT_EQ(holders, 1U);
            EXPECT_EQ(orientation(from, to, place), 1);
            break;
        case Position::kOnEdge:
            EXPECT_EQ(holders, mesh.twin(found.edge) == kNoEdge ? 1U : 2U);
            EXPECT_EQ(orientation(from, to, place), 0);
            break;
        case Position::kAtPoint:
            EXPECT_EQ(from, place);
            break;
        case Position::kOutside:
            EXPECT_EQ(holders, 0U);
            EXPECT_EQ(mesh.twin(found.edge), kNoEdge);
            EXPECT_EQ(orientation(from, to, place), -1);
            break;
    }
}

TEST(Delaunay, FindsTheTriangleOfAPlaceFromAnywhere) {
    for (const auto& points : {grid(9, 8, 4, {450000, 4420000}), scattered(80, 30, 9)}) {
        const Triangulation mesh = triangulate(points);
        std::vector<Point> places = grid(46, 46, 1, {449994, 4419994});
        places.insert(places.end(), points.begin(), points.end());
        std::array<std::size_t, 4> seen{};
        for (const Point& place : places) {
            const auto found = mesh.locate(place, 0);
            ++seen[static_cast<std::size_t>(found.position)];
            expect_right(mesh, place, found);
            for (MeshIndex start = 1; start < mesh.size(); start += 7) {
                const auto again = mesh.locate(place, start);
                ASSERT_EQ(again.position, found.position);
                if (found.position == Position::kInside || found.position == Position::kOnEdge) {
                    ASSERT_EQ(again.edge, found.edge);
                }
            }
        }
        EXPECT_GT(seen[static_cast<std::size_t>(Position::kInside)], 200U);
        EXPECT_GT(seen[static_cast<std::size_t>(Position::kOutside)], 200U);
        EXPECT_GE(seen[static_cast<std::size_t>(Position::kAtPoint)], points.size());
    }
}

}  // namespace
}  // namespace isopleth::geo
