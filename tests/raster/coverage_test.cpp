// SPDX-License-Identifier: MIT
#include "raster/coverage.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "base/random.hpp"

namespace isopleth::raster {
namespace {

using geo::Path;
using geo::Point;
using geo::Polygon;

/// Shares of all cells, by row.
std::vector<std::vector<double>> shares(const model::Grid& grid, const geo::Geometry& geometry) {
    std::vector<std::vector<double>> all(grid.rows, std::vector<double>(grid.columns));
    const Coverage coverage(grid, geometry);
    for (std::size_t row = coverage.first_row(); row < coverage.end_row(); ++row) {
        std::size_t last = 0;
        for (const CoveredRun& run : coverage.row(row)) {
            EXPECT_LE(last, run.first);
            EXPECT_LT(run.first, run.end);
            EXPECT_LE(run.end, grid.columns);
            EXPECT_GT(run.share, 0);
            EXPECT_LE(run.share, 1);
            last = run.end;
            for (std::size_t column = run.first; column < run.end; ++column) all[row][column] = run.share;
        }
    }
    return all;
}

Path closed(Path path) {
    path.push_back(path.front());
    return path;
}

double number(std::uint64_t seed, std::size_t i, std::size_t j) {
    return static_cast<double>(base::random_bits(seed, i, j) >> 11) * 0x1.0p-53;
}

/// A star around a point: valid, neither convex nor along the grid.
Path star(Point centre, double radius, std::size_t corners, std::uint64_t seed) {
    Path path;
    for (std::size_t i = 0; i < corners; ++i) {
        const double angle = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(corners);
        const double r = radius * (0.2 + 0.8 * number(seed, i, 0));
        path.push_back({centre.x + r * std::cos(angle), centre.y + r * std::sin(angle)});
    }
    return closed(path);
}

// The figures of exactextract's own tests (isciences/exactextract, test_raster_cell_intersection.cpp), row 0
// in the north.
TEST(Coverage, HasTheFiguresThatExactextractPublishes) {
    const auto expect = [](const model::Grid& grid, Path ring,
                           const std::vector<std::vector<double>>& expected) {
        EXPECT_EQ(shares(grid, Polygon{ring, {}}), expected);
        EXPECT_EQ(shares(grid, Polygon{{ring.rbegin(), ring.rend()}, {}}), expected);
    };
    const model::Grid three{0, 3, 1, 3, 3};
    expect(three, {{0.5, 0.5}, {2.5, 0.5}, {2.5, 2.5}, {0.5, 2.5}, {0.5, 0.5}},
           {{0.25, 0.5, 0.25}, {0.5, 1, 0.5}, {0.25, 0.5, 0.25}});
    expect(three, {{1.5, 0.5}, {2.5, 1.5}, {1.5, 2.5}, {0.5, 1.5}, {1.5, 0.5}},
           {{0, 0.25, 0}, {0.25, 1, 0.25}, {0, 0.25, 0}});
    expect({0, 2, 1, 2, 2}, {{1, 1.5}, {1.5, 1.5}, {1.5, 0.5}, {0.5, 0.5}, {0.5, 1.5}, {1, 1.5}},
           {{0.25, 0.25}, {0.25, 0.25}});
    // Along the grid's lines.
    expect(three, {{0.5, 0.5}, {2, 0.5}, {2, 1.5}, {2, 2.5}, {0.5, 2.5}, {0.5, 0.5}},
           {{0.25, 0.5, 0}, {0.5, 1, 0}, {0.25, 0.5, 0}});
    expect({0, 3, 1, 4, 3}, {{3, 0.5}, {3, 2.5}, {0.5, 2.5}, {0.5, 0.5}, {3, 0.5}},
           {{0.25, 0.5, 0.5, 0}, {0.5, 1, 1, 0}, {0.25, 0.5, 0.5, 0}});
    expect(three, {{3, 2.5}, {3, 0.5}, {0.5, 0.5}, {0.5, 2.5}, {3, 2.5}},
           {{0.25, 0.5, 0.5}, {0.5, 1, 1}, {0.25, 0.5, 0.5}});
    expect({0, 4, 1, 3, 4}, {{0.5, 1}, {2.5, 1}, {2.5, 3.5}, {0.5, 3.5}, {0.5, 1}},
           {{0.25, 0.5, 0.25}, {0.5, 1, 0.5}, {0.5, 1, 0.5}, {0, 0, 0}});
    expect({0, 4, 1, 3, 4}, {{2.5, 3}, {0.5, 3}, {0.5, 3.5}, {0.25, 3.5}, {0.25, 0.5}, {2.5, 0.5}, {2.5, 3}},
           {{0.125, 0, 0}, {0.75, 1, 0.5}, {0.75, 1, 0.5}, {0.375, 0.5, 0.25}});
}

TEST(Coverage, OfAPolygonSmallerThanACellIsItsArea) {
    // 0.01 of a cell, as exactextract has it.
    EXPECT_NEAR(shares({0, 10, 10, 1, 1}, Polygon{{{3, 3}, {4, 3}, {4, 4}, {3, 4}, {3, 3}}, {}})[0][0], 0.01,
                1e-15);
}

TEST(Coverage, LeavesHolesAndIslandsInThem) {
    const geo::MultiPolygon both{
        {Polygon{closed({{0, 0}, {6, 0}, {6, 6}, {0, 6}}), {closed({{1, 1}, {5, 1}, {5, 5}, {1, 5}})}},
         Polygon{closed({{2.5, 2.5}, {3.5, 2.5}, {3.5, 3.5}, {2.5, 3.5}}), {}}}};
    const auto found = shares({0, 6, 1, 6, 6}, both);
    EXPECT_EQ(found[0], std::vector<double>(6, 1));
    EXPECT_EQ(found[1], (std::vector<double>{1, 0, 0, 0, 0, 1}));
    EXPECT_EQ(found[2], (std::vector<double>{1, 0, 0.25, 0.25, 0, 1}));
    EXPECT_DOUBLE_EQ(Coverage({0, 6, 1, 6, 6}, both).cells(), 36 - 16 + 1);
}

TEST(Coverage, OfPolygonsBeyondTheGridIsThatOfThePartWithin) {
    // The same grid inside a larger one.
    const model::Grid large{-10, 30, 1, 40, 40};
    const model::Grid small{0, 20, 1, 20, 20};
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        const Polygon polygon{star({number(seed, 1, 1) * 24 - 2, number(seed, 1, 2) * 24 - 2}, 9.7, 13, seed),
                              {}};
        const auto whole = shares(large, polygon);
        const auto part = shares(small, polygon);
        for (std::size_t row = 0; row < 20; ++row) {
            for (std::size_t column = 0; column < 20; ++column)
                ASSERT_NEAR(part[row][column], whole[row + 10][column + 10], 1e-13) << seed;
        }
    }
    const Polygon around{closed({{-1e6, -1e6}, {1e6, -1e6}, {1e6, 1e6}, {-1e6, 1e6}}), {}};
    EXPECT_EQ(shares(small, around), std::vector<std::vector<double>>(20, std::vector<double>(20, 1)));
    EXPECT_EQ(Coverage(small, Polygon{closed({{50, 50}, {51, 50}, {51, 51}}), {}}).cells(), 0);
    EXPECT_EQ(Coverage(small, Polygon{closed({{-9, 5}, {-8, 5}, {-8, 6}}), {}}).cells(), 0);
    EXPECT_EQ(Coverage(small, Point{5, 5}).cells(), 0);
}

/// The area of a ring cut to a cell: by Sutherland and Hodgman's clipping, which is right for areas of any
/// ring.
double area_within(Path ring, const geo::Box& cell) {
    const auto clip = [&](auto is_in, auto at) {
        Path kept;
        for (std::size_t i = 1; i < ring.size(); ++i) {
            const Point from = ring[i - 1];
            const Point to = ring[i];
            if (is_in(from) != is_in(to)) kept.push_back(at(from, to));
            if (is_in(to)) kept.push_back(to);
        }
        if (!kept.empty()) kept.push_back(kept.front());
        ring = kept;
    };
    const auto at_x = [](double x) {
        return [x](Point from, Point to) {
            return Point{x, from.y + (x - from.x) / (to.x - from.x) * (to.y - from.y)};
        };
    };
    const auto at_y = [](double y) {
        return [y](Point from, Point to) {
            return Point{from.x + (y - from.y) / (to.y - from.y) * (to.x - from.x), y};
        };
    };
    clip([&](Point p) { return p.x >= cell.min_x; }, at_x(cell.min_x));
    clip([&](Point p) { return p.x <= cell.max_x; }, at_x(cell.max_x));
    clip([&](Point p) { return p.y >= cell.min_y; }, at_y(cell.min_y));
    clip([&](Point p) { return p.y <= cell.max_y; }, at_y(cell.max_y));
    return ring.empty() ? 0 : std::abs(geo::signed_area_doubled(ring)) / 2;
}

TEST(Coverage, IsTheAreaThatClippingToEachCellLeaves) {
    const model::Grid grid{-3, 17, 0.7, 30, 30};
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        const Path ring = star({7 + number(seed, 2, 0), 7 + number(seed, 2, 1)}, 9, 3 + seed, seed);
        const auto found = shares(grid, Polygon{ring, {}});
        for (std::size_t row = 0; row < grid.rows; ++row) {
            for (std::size_t column = 0; column < grid.columns; ++column) {
                const Point centre = grid.centre(row, column);
                const geo::Box cell{centre.x - 0.35, centre.y - 0.35, centre.x + 0.35, centre.y + 0.35};
                ASSERT_NEAR(found[row][column], area_within(ring, cell) / 0.49, 1e-12) << seed;
            }
        }
    }
}

TEST(Coverage, OfNeighboursAddsUpToOne) {
    // A common border of many corners: what one leaves the other takes.
    Path border;
    for (std::size_t i = 0; i <= 60; ++i)
        border.push_back({static_cast<double>(i) * 0.5, 10 + 3 * number(9, i, 0)});
    Path north{border.rbegin(), border.rend()};
    Path south = border;
    south.insert(south.end(), {{30, 0}, {0, 0}});
    north.insert(north.end(), {{0, 20}, {30, 20}});
    const model::Grid grid{0, 20, 0.8, 37, 25};
    const auto upper = shares(grid, Polygon{closed(north), {}});
    const auto lower = shares(grid, Polygon{closed(south), {}});
    for (std::size_t row = 0; row < 25; ++row) {
        for (std::size_t column = 0; column < 37; ++column)
            ASSERT_NEAR(upper[row][column] + lower[row][column], 1, 1e-12);
    }
}

}  // namespace
}  // namespace isopleth::raster
