// SPDX-License-Identifier: MIT
#include "geo/rtree.hpp"

#include "base/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace isopleth::geo {
namespace {

using Items = std::vector<std::size_t>;

double distance_to(const Box& box, Point point) {
    const double dx = std::max({box.min_x - point.x, 0.0, point.x - box.max_x});
    const double dy = std::max({box.min_y - point.y, 0.0, point.y - box.max_y});
    return std::sqrt(dx * dx + dy * dy);
}

/// Boxes with whole-number corners in 0 .. 60: borders touch, distances are equal, some boxes are points.
std::vector<Box> blocks(std::size_t count, std::uint64_t seed) {
    std::vector<Box> boxes;
    for (std::size_t i = 0; i < count; ++i) {
        const auto number = [&](std::uint64_t bound, std::uint64_t draw) {
            return static_cast<double>(base::random_below(bound, seed, i, draw));
        };
        const double x = number(55, 0);
        const double y = number(55, 1);
        boxes.push_back({x, y, x + number(6, 2), y + number(6, 3)});
    }
    return boxes;
}

TEST(BoxIndex, FindsMeetingBoxesLikeASearchThroughAll) {
    const auto boxes = blocks(700, 1);
    const BoxIndex index(boxes);
    for (const Box& query : blocks(150, 2)) {
        Items expected;
        for (std::size_t i = 0; i < boxes.size(); ++i)
            if (boxes[i].intersects(query)) expected.push_back(i);
        ASSERT_EQ(index.meeting(query), expected);
    }
}

TEST(BoxIndex, FindsBoxesWithinADistanceLikeASearchThroughAll) {
    const auto boxes = blocks(700, 3);
    const BoxIndex index(boxes);
    for (const Box& query : blocks(80, 4)) {
        const Point point{query.min_x + 0.5, query.min_y};
        for (const double distance :
             {0.0, 0.5, 1.0, 2.5, 6.5, 200.0, std::numeric_limits<double>::infinity()}) {
            Items expected;
            for (std::size_t i = 0; i < boxes.size(); ++i)
                if (distance_to(boxes[i], point) <= distance) expected.push_back(i);
            ASSERT_EQ(index.within(point, distance), expected) << distance;
        }
    }
}

TEST(BoxIndex, FindsTheNearestBoxesWithTiesByNumber) {
    const auto boxes = blocks(500, 5);
    const BoxIndex index(boxes);
    auto queries = blocks(60, 6);
    queries.push_back({-1000, 7, 0, 0});
    for (const Box& query : queries) {
        const Point point{query.min_x, query.min_y};
        Items order(boxes.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
            return distance_to(boxes[left], point) < distance_to(boxes[right], point);
        });
        for (const std::size_t count : {1, 2, 3, 7, 40, 499, 500, 600}) {
            const Items expected(order.begin(),
                                 order.begin() + static_cast<std::ptrdiff_t>(std::min(count, order.size())));
            ASSERT_EQ(index.nearest(point, count), expected) << count;
        }
    }
}

TEST(BoxIndex, LosesNoBoxAtTheEndOfARoundedDistance) {
    for (std::uint64_t i = 0; i < 3000; ++i) {
        // Far and level, so that the distance is rounded and the square round the point ends at the box.
        const double x = base::random_uniform(7, i, 0);
        const Box box{x - 3, -1, x, 1};
        const Point point{x + 1000 * base::random_uniform(7, i, 1), 0.5};
        const BoxIndex index({box});
        ASSERT_EQ(index.within(point, distance_to(box, point)), Items{0}) << i;
        ASSERT_EQ(index.nearest(point, 1), Items{0}) << i;
    }
}

TEST(BoxIndex, KeepsNumbersAndSkipsEmptyBoxes) {
    const BoxIndex index({Box{}, {0, 0, 1, 1}, Box{}, {5, 5, 6, 6}});
    EXPECT_EQ(index.meeting({-1e9, -1e9, 1e9, 1e9}), (Items{1, 3}));
    EXPECT_EQ(index.nearest({5, 4}, 9), (Items{3, 1}));
    EXPECT_EQ(index.meeting(Box{}), Items{});
    EXPECT_EQ(index.within({0, 0}, -1), Items{});
    EXPECT_EQ(index.nearest({0, 0}, 0), Items{});
}

TEST(BoxIndex, AnswersWhenItHoldsNothing) {
    const BoxIndex index({});
    EXPECT_EQ(index.meeting({0, 0, 1, 1}), Items{});
    EXPECT_EQ(index.within({0, 0}, 10), Items{});
    EXPECT_EQ(index.nearest({0, 0}, 3), Items{});
}

}  // namespace
}  // namespace isopleth::geo
