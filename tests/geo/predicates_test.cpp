// SPDX-License-Identifier: MIT
#include "geo/predicates.hpp"

#include "base/random.hpp"

#include <gtest/gtest.h>

#include <cstdint>

namespace isopleth::geo {
namespace {

TEST(Orientation, IsExactWhereRoundingIsNot) {
    // Kettner et al. 2008 ("Classroom examples of robustness problems"): p near (0.5, 0.5) against q (12, 12)
    // and r (24, 24); all on one line exactly when x == y.
    const double step = 0x1p-53;
    for (int i = 0; i < 64; ++i) {
        for (int j = 0; j < 64; ++j) {
            const Point p{0.5 + i * step, 0.5 + j * step};
            const int expected = (p.y > p.x) - (p.y < p.x);
            EXPECT_EQ(orientation({12, 12}, {24, 24}, p), expected) << i << " " << j;
            EXPECT_EQ(orientation({24, 24}, {12, 12}, p), -expected) << i << " " << j;
            EXPECT_EQ(orientation(p, {12, 12}, {24, 24}), expected) << i << " " << j;
        }
    }
}

TEST(Orientation, AgreesWithIntegersAndTurnsWithTheOrder) {
    for (std::uint64_t i = 0; i < 20000; ++i) {
        // Up to 2^40, so that products need 80 bits; every second triple is nearly on one line.
        const auto number = [i](std::uint64_t draw) {
            return static_cast<std::int64_t>(base::random_bits(11, i, draw) >> 24) - (std::int64_t{1} << 39);
        };
        const std::int64_t ax = number(0), ay = number(1), dx = number(2) / 4, dy = number(3) / 4;
        const std::int64_t bx = ax + dx, by = ay + dy;
        const std::int64_t slip = static_cast<std::int64_t>(base::random_below(3, 11, i, 6)) - 1;
        const std::int64_t cx = i % 2 == 0 ? ax + 2 * dx : number(4);
        const std::int64_t cy = i % 2 == 0 ? ay + 2 * dy + slip : number(5);
        const __int128 exact =
            static_cast<__int128>(bx - ax) * (cy - ay) - static_cast<__int128>(by - ay) * (cx - ax);
        const int expected = (exact > 0) - (exact < 0);
        const auto point = [](std::int64_t x, std::int64_t y) {
            return Point{static_cast<double>(x), static_cast<double>(y)};
        };
        const Point a = point(ax, ay), b = point(bx, by), c = point(cx, cy);
        ASSERT_EQ(orientation(a, b, c), expected) << i;
        ASSERT_EQ(orientation(b, c, a), expected) << i;
        ASSERT_EQ(orientation(b, a, c), -expected) << i;
    }
}

TEST(Orientation, OfRepeatedPointsIsZero) {
    const Point a{0.1, 0.3};
    const Point b{1e10, -7.7};
    EXPECT_EQ(orientation(a, a, b), 0);
    EXPECT_EQ(orientation(a, b, a), 0);
    EXPECT_EQ(orientation(b, a, a), 0);
    EXPECT_EQ(orientation(a, a, a), 0);
}

}  // namespace
}  // namespace isopleth::geo
