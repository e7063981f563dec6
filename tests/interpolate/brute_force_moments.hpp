// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <numbers>

#include "base/statistics.hpp"

namespace isopleth::interpolate {

/// Mean and standard deviation of `map` of a normal variable: the midpoints of 200,000 strips over 15
/// standard deviations to either side.
template <class Map>
base::Moments brute_force_moments(Map map, const base::Moments& normal) {
    constexpr int kStrips = 200'000;
    constexpr double kReach = 15;
    const auto sum_of = [&](auto term) {
        long double total = 0;
        for (int i = 0; i < kStrips; ++i) {
            const double z = kReach * ((2.0 * i + 1) / kStrips - 1);
            const double share =
                std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi) * 2 * kReach / kStrips;
            total += share * term(map(normal.mean + normal.standard_deviation * z));
        }
        return static_cast<double>(total);
    };
    const double mean = sum_of([](double value) { return value; });
    const double variance = sum_of([&](double value) { return (value - mean) * (value - mean); });
    return {mean, std::sqrt(variance)};
}

}  // namespace isopleth::interpolate
