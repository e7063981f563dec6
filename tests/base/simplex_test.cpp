// SPDX-License-Identifier: MIT
#include "base/simplex.hpp"

#include <cmath>
#include <limits>

namespace isopleth::base {
namespace {

TEST(Simplex, FindsTheEndOfABentValley) {
    // Rosenbrock's function: least, 0, at (1, 1).
    const auto valley = [](std::span<const double> at) {
        return 100 * std::pow(at[1] - at[0] * at[0], 2) + std::pow(1 - at[0], 2);
    };
    const Minimum found = minimum_by_simplex(valley, {-1.2, 1}, {0.5, 1e-9, 2000});
    EXPECT_NEAR(found.place[0], 1, 1e-7);
    EXPECT_NEAR(found.place[1], 1, 1e-7);
    EXPECT_LT(found.calls, 400u);
}

TEST(Simplex, FindsTheLeastOfOneAndOfFourCoordinates) {
    for (const std::size_t size : {std::size_t{1}, std::size_t{4}}) {
        const auto bowl = [](std::span<const double> at) {
            double sum = 0;
            for (std::size_t i = 0; i < at.size(); ++i)
                sum += static_cast<double>(i + 1) * std::pow(at[i] - static_cast<double>(i), 2);
            return sum;
        };
        const Minimum found = minimum_by_simplex(bowl, std::vector<double>(size, 5), {1, 1e-8, 5000});
        for (std::size_t i = 0; i < size; ++i) EXPECT_NEAR(found.place[i], static_cast<double>(i), 1e-6);
    }
}

TEST(Simplex, TurnsBackWhereThereIsNoValue) {
    const auto half = [](std::span<const double> at) {
        return at[0] < 2 ? std::numeric_limits<double>::infinity() : at[0] + at[1] * at[1];
    };
    const Minimum found = minimum_by_simplex(half, {4, 3}, {0.5, 1e-6, 1000});
    EXPECT_NEAR(found.value, 2, 1e-3);
}

TEST(Simplex, EndsOnAPlainAndAtItsLimit) {
    const auto flat = [](std::span<const double>) { return 1.0; };
    EXPECT_EQ(minimum_by_simplex(flat, {0, 0}, {0.5, 1e-6, 10'000}).value, 1);
    const auto slope = [](std::span<const double> at) { return at[0]; };
    const Minimum stopped = minimum_by_simplex(slope, {0, 0}, {0.5, 1e-6, 50});
    EXPECT_LT(stopped.value, -100);
    EXPECT_LE(stopped.calls, 54u);
}

}  // namespace
}  // namespace isopleth::base
