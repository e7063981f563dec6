// SPDX-License-Identifier: MIT
#include "base/statistics.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace isopleth::base {

namespace {

/// Sum of squared differences from `centre`, less what the rounding of `centre` adds (Chan, Golub, LeVeque
/// 1983).
double sum_of_squares(std::span<const double> values, double centre) {
    std::vector<double> squares;
    std::vector<double> differences;
    squares.reserve(values.size());
    differences.reserve(values.size());
    for (const double value : values) {
        differences.push_back(value - centre);
        squares.push_back(differences.back() * differences.back());
    }
    const double drift = sum(differences);
    return std::max(0.0, sum(squares) - drift * drift / static_cast<double>(values.size()));
}

std::optional<double> deviation(std::span<const double> values, std::size_t lost) {
    if (values.size() <= lost) return std::nullopt;
    const double squares = sum_of_squares(values, *mean(values));
    return std::sqrt(squares / static_cast<double>(values.size() - lost));
}

}  // namespace

double sum(std::span<const double> values) {
    double total = 0;
    double lost = 0;
    for (const double value : values) {
        const double next = total + value;
        lost += std::fabs(total) >= std::fabs(value) ? (total - next) + value : (value - next) + total;
        total = next;
    }
    // An overflow leaves inf - inf in the correction; the sum is infinite, not unknown.
    return std::isfinite(total) ? total + lost : total;
}

std::optional<double> mean(std::span<const double> values) {
    if (values.empty()) return std::nullopt;
    return sum(values) / static_cast<double>(values.size());
}

std::optional<double> standard_deviation(std::span<const double> values) {
    return deviation(values, 1);
}

std::optional<double> population_standard_deviation(std::span<const double> values) {
    return deviation(values, 0);
}

std::optional<double> quantile(std::span<const double> values, double p) {
    if (!(p >= 0 && p <= 1)) bug("a quantile outside [0, 1]");
    if (values.empty()) return std::nullopt;
    std::vector<double> sorted(values.begin(), values.end());
    std::sort(sorted.begin(), sorted.end());
    const double position = static_cast<double>(sorted.size() - 1) * p;
    const auto below = static_cast<std::size_t>(position);
    const double share = position - static_cast<double>(below);
    if (share == 0 || below + 1 >= sorted.size()) return sorted[below];
    return sorted[below] + share * (sorted[below + 1] - sorted[below]);
}

std::optional<double> minimum(std::span<const double> values) {
    if (values.empty()) return std::nullopt;
    return *std::min_element(values.begin(), values.end());
}

std::optional<double> maximum(std::span<const double> values) {
    if (values.empty()) return std::nullopt;
    return *std::max_element(values.begin(), values.end());
}

double normal_two_sided_p(double z) {
    return std::erfc(std::fabs(z) / std::numbers::sqrt2);
}

}  // namespace isopleth::base
