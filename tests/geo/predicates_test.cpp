// SPDX-License-Identifier: MIT
#include "geo/predicates.hpp"

#include "base/random.hpp"

#include <boost/multiprecision/cpp_int.hpp>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

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

using Exact = boost::multiprecision::cpp_int;

/// The coordinate as a whole number of 2^-200.
Exact exact(double value) {
    int exponent = 0;
    const double fraction = std::frexp(value, &exponent);
    return Exact(static_cast<std::int64_t>(std::ldexp(fraction, 53))) << (exponent - 53 + 200);
}

struct ExactOffset {
    Exact x;
    Exact y;
    ExactOffset(Point from, Point to) : x(exact(to.x) - exact(from.x)), y(exact(to.y) - exact(from.y)) {}
    Exact squared() const { return x * x + y * y; }
};

Exact cross(const ExactOffset& a, const ExactOffset& b) {
    return a.x * b.y - a.y * b.x;
}

int in_circle_by_integers(Point a, Point b, Point c, Point d) {
    const ExactOffset da(d, a), db(d, b), dc(d, c);
    const Exact sum =
        da.squared() * cross(db, dc) + db.squared() * cross(dc, da) + dc.squared() * cross(da, db);
    return sum.sign();
}

double uniform(std::uint64_t item, std::uint64_t draw) {
    return 2 * base::random_uniform(12, item, draw) - 1;
}

/// Up to three last places away.
double nudged(double value, std::uint64_t item, std::uint64_t draw) {
    const std::uint64_t steps = base::random_below(7, 12, item, draw);
    for (std::uint64_t i = 3; i < steps; ++i) value = std::nextafter(value, 1e300);
    for (std::uint64_t i = steps; i < 3; ++i) value = std::nextafter(value, -1e300);
    return value;
}

/// A point of a circle to within a few roundings; circles of all sizes about places near and far.
Point near_circle(std::uint64_t item, std::uint64_t draw) {
    const double radius = std::pow(10, 6 * uniform(item, 0));
    const double far = item % 3 == 0 ? 0 : 5e5;
    const double angle = 3.2 * uniform(item, 10 + draw);
    return {nudged(far * uniform(item, 1) + radius * std::cos(angle), item, 20 + draw),
            nudged(far * uniform(item, 2) + radius * std::sin(angle), item, 30 + draw)};
}

TEST(InCircle, AgreesWithWholeNumbersNearTheCircle) {
    std::size_t on_it = 0;
    for (std::uint64_t item = 0; item < 3000; ++item) {
        const Point a = near_circle(item, 0), b = near_circle(item, 1), c = near_circle(item, 2);
        const Point d = item % 5 == 0 ? Point{uniform(item, 5), uniform(item, 6)} : near_circle(item, 3);
        const int expected = in_circle_by_integers(a, b, c, d);
        on_it += expected == 0 ? 1 : 0;
        ASSERT_EQ(in_circle(a, b, c, d), expected) << item;
        ASSERT_EQ(in_circle(b, c, a, d), expected) << item;
        ASSERT_EQ(in_circle(b, a, c, d), -expected) << item;
        ASSERT_EQ(in_circle(d, b, c, a), -expected) << item;
    }
    EXPECT_LT(on_it, 100U);
}

TEST(InCircle, IsZeroOnTheCircle) {
    // 71825 = 5^2 13^2 17 is the sum of two squares in many ways.
    std::vector<Point> points;
    for (int x = -268; x <= 268; ++x) {
        for (int y = -268; y <= 268; ++y) {
            if (x * x + y * y == 71825) points.push_back({450000 + 0.125 * x, 4420000 + 0.125 * y});
        }
    }
    ASSERT_EQ(points.size(), 72U);
    for (std::size_t i = 3; i < points.size(); ++i) {
        const Point a = points[0], b = points[1], c = points[i - 1], d = points[i];
        ASSERT_EQ(in_circle(a, b, c, d), 0);
        const int turn = orientation(a, b, c);
        const Point centre{450000, 4420000};
        const Point inside{std::nextafter(d.x, centre.x), std::nextafter(d.y, centre.y)};
        const Point outside{std::nextafter(d.x, 2 * d.x - centre.x), std::nextafter(d.y, 2 * d.y - centre.y)};
        ASSERT_EQ(in_circle(a, b, c, inside), turn);
        ASSERT_EQ(in_circle(a, b, c, outside), -turn);
    }
}

TEST(DoubledArea, IsGoodAlsoForSlivers) {
    EXPECT_EQ(doubled_area({0, 0}, {4, 0}, {0, 3}), 12);
    EXPECT_EQ(doubled_area({0, 0}, {0, 3}, {4, 0}), -12);
    for (std::uint64_t item = 0; item < 3000; ++item) {
        const Point a{450000 + 100 * uniform(item, 40), 4420000 + 100 * uniform(item, 41)};
        const Point b{450000 + 100 * uniform(item, 42), 4420000 + 100 * uniform(item, 43)};
        const double part = uniform(item, 44);
        const Point c{nudged(a.x + part * (b.x - a.x), item, 45), nudged(a.y + part * (b.y - a.y), item, 46)};
        const Exact area = cross(ExactOffset(c, a), ExactOffset(c, b));
        const double expected = std::ldexp(area.convert_to<double>(), -400);
        ASSERT_NEAR(doubled_area(a, b, c), expected, 1e-12 * std::abs(expected)) << item;
        ASSERT_EQ(orientation(a, b, c), area.sign()) << item;
    }
}

}  // namespace
}  // namespace isopleth::geo
