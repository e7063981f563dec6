// SPDX-License-Identifier: MIT
#include "base/parabola.hpp"

#include <cmath>
#include <limits>

namespace isopleth::base {
namespace {

/// Least, 0, at 0, 1, 2 ..., with neighbouring coordinates that pull at each other.
double bowl(std::span<const double> at) {
    double sum = 0;
    for (std::size_t i = 0; i < at.size(); ++i) {
        const double off = at[i] - static_cast<double>(i);
        sum += static_cast<double>(i + 1) * off * off;
        if (i > 0) sum += 0.7 * off * (at[i - 1] - static_cast<double>(i - 1));
    }
    return sum;
}

TEST(Parabola, IsItsOwnParabola) {
    for (const std::size_t size : {std::size_t{1}, std::size_t{2}, std::size_t{4}}) {
        const Minimum found = minimum_by_parabola(bowl, std::vector<double>(size, 3), {0.1, 1e-12, 1});
        for (std::size_t i = 0; i < size; ++i) EXPECT_NEAR(found.place[i], static_cast<double>(i), 1e-9);
        // The start, both sides of each coordinate, two corners of each pair, the bottom.
        EXPECT_EQ(found.calls, 1 + 2 * size + size * (size - 1) + 1);
    }
}

TEST(Parabola, ComesToTheBottomOfWhatIsNone) {
    // cosh(x) + exp(y) - y: least at (0, 0).
    const auto function = [](std::span<const double> at) {
        return std::cosh(at[0]) + std::exp(at[1]) - at[1];
    };
    const Minimum found = minimum_by_parabola(function, {0.6, -0.8}, {1e-3, 1e-13, 10});
    EXPECT_NEAR(found.place[0], 0, 1e-5);
    EXPECT_NEAR(found.place[1], 0, 1e-5);
}

TEST(Parabola, StaysWhereThereIsNoBottomOrNoValue) {
    const auto hill = [](std::span<const double> at) { return -at[0] * at[0]; };
    EXPECT_EQ(minimum_by_parabola(hill, {1}, {}).place[0], 1);
    const auto edge = [](std::span<const double> at) {
        return at[0] < 1 ? std::numeric_limits<double>::infinity() : at[0] * at[0];
    };
    EXPECT_EQ(minimum_by_parabola(edge, {1}, {}).place[0], 1);
    EXPECT_EQ(minimum_by_parabola(edge, {0}, {}).calls, 1u);
}

TEST(Parabola, TakesAShorterStepWhereTheBottomIsAWall) {
    // The parabola at 3 has its bottom at 0, where there is no value.
    const auto wall = [](std::span<const double> at) {
        return at[0] < 1 ? std::numeric_limits<double>::infinity() : at[0] * at[0];
    };
    const Minimum found = minimum_by_parabola(wall, {3}, {0.1, 1e-6, 1});
    EXPECT_NEAR(found.place[0], 1.5, 1e-9);
}

}  // namespace
}  // namespace isopleth::base
