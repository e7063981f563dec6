// SPDX-License-Identifier: MIT
#include "geo/nearest.hpp"

#include "base/error.hpp"
#include "base/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <thread>

namespace isopleth::geo {
namespace {

/// The slow twin: every distance, sorted by distance and number.
std::vector<Neighbour> all_sorted(const std::vector<Point>& points, Point point) {
    std::vector<Neighbour> all;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double dx = point.x - points[i].x;
        const double dy = point.y - points[i].y;
        all.push_back({i, dx * dx + dy * dy});
    }
    std::sort(all.begin(), all.end(), [](const Neighbour& left, const Neighbour& right) {
        if (left.squared_distance != right.squared_distance)
            return left.squared_distance < right.squared_distance;
        return left.item < right.item;
    });
    return all;
}

std::vector<Neighbour> first_of(std::vector<Neighbour> all, std::size_t count) {
    all.resize(std::min(count, all.size()));
    return all;
}

/// At Gauss-Krueger coordinates, 30 km each way.
std::vector<Point> scattered(std::size_t count, std::uint64_t seed) {
    std::vector<Point> points;
    for (std::size_t i = 0; i < count; ++i) {
        points.push_back({440000 + 30000 * base::random_uniform(seed, i, 0),
                          4400000 + 30000 * base::random_uniform(seed, i, 1)});
    }
    return points;
}

/// Whole-number places, so that many distances are equal, each place twice.
std::vector<Point> lattice(int side) {
    std::vector<Point> points;
    for (int copy = 0; copy < 2; ++copy)
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x) points.push_back({static_cast<double>(x), static_cast<double>(y)});
    return points;
}

void expect_same_as_slow(const std::vector<Point>& points, const std::vector<Point>& queries,
                         const std::vector<std::size_t>& counts) {
    const PointIndex index(points);
    std::vector<Neighbour> found;
    for (const Point& query : queries) {
        const auto all = all_sorted(points, query);
        for (const std::size_t count : counts) {
            index.nearest(query, count, found);
            ASSERT_EQ(found, first_of(all, count)) << count << " nearest of " << query.x << ", " << query.y;
        }
    }
}

TEST(PointIndex, FindsTheNearestLikeASearchThroughAll) {
    const auto points = scattered(3000, 1);
    auto queries = scattered(60, 2);
    queries.push_back(points[17]);
    queries.push_back({0, 0});
    queries.push_back({1e9, -1e9});
    expect_same_as_slow(points, queries, {1, 2, 12, 50, 200, 201, 2999, 3000, 5000});
}

TEST(PointIndex, BreaksTiesByTheSmallerNumber) {
    const auto points = lattice(20);
    std::vector<Point> queries;
    for (std::uint64_t i = 0; i < 80; ++i) {
        queries.push_back({0.5 * static_cast<double>(base::random_below(42, 3, i, 0)),
                           0.5 * static_cast<double>(base::random_below(42, 3, i, 1))});
    }
    expect_same_as_slow(points, queries, {1, 2, 3, 4, 5, 7, 8, 12, 50, 199, 200, 201, 202, 799});
}

TEST(PointIndex, BreaksTiesOfRoundedDistancesToo) {
    // Steps of 0.1 are no binary fractions: distances differ in the last place, and must do so as in the slow
    // search.
    auto points = lattice(15);
    for (Point& point : points) point = {440000 + point.x * 0.1, 4400000 + point.y * 0.1};
    std::vector<Point> queries;
    for (std::uint64_t i = 0; i < 80; ++i) {
        queries.push_back({440000 + 0.05 * static_cast<double>(base::random_below(32, 4, i, 0)),
                           4400000 + 0.05 * static_cast<double>(base::random_below(32, 4, i, 1))});
    }
    expect_same_as_slow(points, queries, {1, 3, 4, 5, 12, 250});
}

TEST(PointIndex, FindsManyPointsAtOnePlace) {
    const std::vector<Point> points(300, Point{5, 5});
    expect_same_as_slow(points, {{5, 5}, {4, 4}}, {1, 10, 250, 300});
}

TEST(PointIndex, IncludesTheEndOfADistance) {
    const auto points = lattice(30);
    const PointIndex index(points);
    std::vector<Neighbour> found;
    // 5 = |(3, 4)| = |(5, 0)|: 12 of the 81 places within 5 of a lattice point lie exactly at 5; each place
    // twice.
    index.within({15, 15}, 5, found);
    EXPECT_EQ(found.size(), 162U);
    index.within({15, 15}, std::nextafter(5, 0), found);
    EXPECT_EQ(found.size(), 138U);
    index.within({15, 15}, 0, found);
    EXPECT_EQ(found, (std::vector<Neighbour>{{465, 0}, {1365, 0}}));
}

TEST(PointIndex, FindsThoseWithinLikeASearchThroughAll) {
    const auto points = scattered(3000, 5);
    const PointIndex index(points);
    std::vector<Neighbour> found;
    for (const Point& query : scattered(50, 6)) {
        const auto all = all_sorted(points, query);
        for (const double distance : {0.0, 100.0, 1500.0, 60000.0, std::numeric_limits<double>::infinity()}) {
            std::vector<Neighbour> expected;
            for (const Neighbour& one : all)
                if (std::sqrt(one.squared_distance) <= distance) expected.push_back(one);
            index.within(query, distance, found);
            ASSERT_EQ(found, expected) << distance;
        }
        // Up to a point: it lies at the end of the distance itself.
        index.within(query, std::sqrt(all[40].squared_distance), found);
        ASSERT_EQ(found, first_of(all, 41));
    }
}

TEST(PointIndex, FindsNothingWhereThereIsNothing) {
    const PointIndex empty({});
    std::vector<Neighbour> found{{3, 4}};
    empty.nearest({0, 0}, 5, found);
    EXPECT_TRUE(found.empty());
    empty.within({0, 0}, 5, found);
    EXPECT_TRUE(found.empty());
    EXPECT_EQ(empty.size(), 0U);

    const PointIndex one({{1, 1}});
    one.nearest({0, 0}, 0, found);
    EXPECT_TRUE(found.empty());
    one.within({1, 1}, -1, found);
    EXPECT_TRUE(found.empty());
    one.nearest({1, 3}, 9, found);
    EXPECT_EQ(found, (std::vector<Neighbour>{{0, 4}}));
}

TEST(PointIndex, TakesNoCoordinatesThatAreNotFinite) {
    const double nothing = std::numeric_limits<double>::quiet_NaN();
    EXPECT_THROW(PointIndex({{0, 0}, {nothing, 0}}), base::Error);
}

TEST(PointIndex, SurvivesAMove) {
    PointIndex first(lattice(5));
    const PointIndex second(std::move(first));
    std::vector<Neighbour> found;
    second.nearest({1, 1}, 1, found);
    EXPECT_EQ(found, (std::vector<Neighbour>{{6, 0}}));
}

TEST(PointIndex, AnswersSeveralThreads) {
    const auto points = scattered(2000, 8);
    const auto queries = scattered(400, 9);
    const PointIndex index(points);
    std::vector<std::vector<Neighbour>> answers(queries.size());
    std::vector<std::thread> threads;
    for (std::size_t first = 0; first < 4; ++first) {
        threads.emplace_back([&, first] {
            for (std::size_t i = first; i < queries.size(); i += 4) index.nearest(queries[i], 12, answers[i]);
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (std::size_t i = 0; i < queries.size(); ++i)
        ASSERT_EQ(answers[i], first_of(all_sorted(points, queries[i]), 12));
}

/// The index's answer as NearestAlong lists it.
std::vector<Neighbour> by_item(const PointIndex& index, Point place, std::size_t count) {
    std::vector<Neighbour> found;
    index.nearest(place, count, found);
    std::sort(found.begin(), found.end(),
              [](const Neighbour& left, const Neighbour& right) { return left.item < right.item; });
    return found;
}

TEST(NearestAlong, AnswersLikeTheIndexOnItsWay) {
    for (const std::size_t count : {1U, 2U, 12U, 16U, 64U, 65U, 400U}) {
        const std::vector<Point> points = scattered(300, 71 + count);
        const PointIndex index(points);
        NearestAlong along(index, count);
        std::vector<Neighbour> found;
        for (int step = 0; step < 2000; ++step) {
            // Small steps with a jump now and then, also far outside.
            const double base = step % 400 == 0 ? 1e5 : 15.0 * step;
            const Point place{points[0].x + base, points[0].y + 7.0 * (step % 90)};
            along.nearest(place, found);
            ASSERT_EQ(found, by_item(index, place, count)) << count << " at step " << step;
        }
    }
}

TEST(NearestAlong, BreaksTheTiesOfAGridAsTheIndexDoes) {
    std::vector<Point> points;
    for (int i = 0; i < 900; ++i)
        points.push_back({static_cast<double>(i % 30), static_cast<double>(i / 30)});
    const PointIndex index(points);
    NearestAlong along(index, 16);
    std::vector<Neighbour> found;
    for (int step = 0; step < 1200; ++step) {
        const Point place{0.025 * step, 0.5 * (step % 7)};
        along.nearest(place, found);
        ASSERT_EQ(found, by_item(index, place, 16)) << step;
    }
}

TEST(NearestAlong, AnswersTheSameWhateverItWasToldToExpect) {
    const std::vector<Point> points = scattered(2000, 5);
    const PointIndex index(points);
    // The first where their middle has the answers, the second far too wide for it, the third empty.
    for (const double step : {0.5, 300.0, 0.0}) {
        NearestAlong along(index, 12);
        std::vector<Point> places;
        for (int i = 0; i < 64 && step > 0; ++i)
            places.push_back({points[3].x + step * (i % 8), points[3].y + step * (i / 8)});
        along.expect(places);
        if (places.empty()) places.push_back(points[4]);
        std::vector<Neighbour> found;
        for (const Point place : places) {
            along.nearest(place, found);
            ASSERT_EQ(found, by_item(index, place, 12)) << step;
        }
    }
}

}  // namespace
}  // namespace isopleth::geo
