// SPDX-License-Identifier: MIT
#include "interpolate/vecchia.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "interpolate/neighbours.hpp"
#include "sample_points.hpp"

namespace isopleth::interpolate {
namespace {

std::vector<geo::Point> ordered(const std::vector<geo::Point>& points) {
    return picked(points, coarse_to_fine(points));
}

TEST(CoarseToFine, TakesEachPointOnce) {
    std::vector<geo::Point> points = scattered(1000, 500, 5);
    points.push_back({points[3].x + 1e-9, points[3].y});  // closer than 30 halvings tell
    std::vector<std::size_t> order = coarse_to_fine(points);
    std::sort(order.begin(), order.end());
    std::vector<std::size_t> all(points.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    EXPECT_EQ(order, all);
}

TEST(CoarseToFine, DoesNotDependOnTheOrderOfThePoints) {
    std::vector<geo::Point> points = scattered(700, 500, 6);
    const std::vector<geo::Point> before = ordered(points);
    std::reverse(points.begin(), points.end());
    std::rotate(points.begin(), points.begin() + 123, points.end());
    EXPECT_EQ(ordered(points), before);
}

TEST(CoarseToFine, CoversTheExtentAgainAndAgain) {
    // 4,096 points, one in each square of 64 x 64: the first 1 + 3 + 12 + 48 + 192 lie one in each of 16
    // x 16.
    std::vector<geo::Point> points;
    for (int i = 0; i < 64; ++i) {
        for (int j = 0; j < 64; ++j) points.push_back({i + 0.5, j + 0.5});
    }
    points.push_back({0, 0});
    points.push_back({64, 64});
    const std::vector<geo::Point> order = ordered(points);
    std::set<std::pair<int, int>> squares;
    for (std::size_t i = 0; i < 256; ++i)
        squares.insert({static_cast<int>(order[i].x / 4), static_cast<int>(order[i].y / 4)});
    EXPECT_GE(squares.size(), 255u);  // the corner (64, 64) is a square of its own
}

TEST(ConditioningSets, AreTheNearestOfThoseBefore) {
    const std::vector<geo::Point> points = ordered(scattered(600, 500, 7));
    const std::size_t count = 12;
    const ConditioningSets sets(points, count, {});
    for (std::size_t i = 0; i < points.size(); ++i) {
        std::vector<std::uint32_t> nearest(i);
        std::iota(nearest.begin(), nearest.end(), 0U);
        std::stable_sort(nearest.begin(), nearest.end(), [&](std::uint32_t left, std::uint32_t right) {
            return geo::squared_distance(points[left], points[i]) <
                   geo::squared_distance(points[right], points[i]);
        });
        nearest.resize(std::min(count, i));
        const auto found = sets.of(i);
        EXPECT_EQ(std::vector(found.begin(), found.end()), nearest) << i;
    }
}

TEST(ConditioningSets, AreFoundWhereLaterPointsCrowd) {
    // Few points far apart, then 500 crowded around the last of them: what is nearest to it lies later.
    std::vector<geo::Point> points = scattered(40, 1000, 8);
    for (const geo::Point& near : scattered(500, 1, 9))
        points.push_back({points[39].x + near.x, points[39].y + near.y});
    const ConditioningSets sets(points, 5, {});
    EXPECT_EQ(sets.of(39).size(), 5u);
    for (const std::uint32_t item : sets.of(39)) EXPECT_LT(item, 39u);
}

TEST(ConditioningSets, AreTheSameForAnyNumberOfThreads) {
    const std::vector<geo::Point> points = ordered(scattered(3000, 500, 10));
    base::Job seven;
    seven.threads = 7;
    const ConditioningSets one(points, 8, {});
    const ConditioningSets many(points, 8, seven);
    for (std::size_t i = 0; i < points.size(); ++i) EXPECT_TRUE(std::ranges::equal(one.of(i), many.of(i)));
}

}  // namespace
}  // namespace isopleth::interpolate
