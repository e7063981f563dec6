// SPDX-License-Identifier: MIT
#include "base/statistics.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <array>
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

/// Coefficients of a ratio of polynomials, from the constant on.
struct Ratio {
    std::array<double, 8> above;
    std::array<double, 8> below;
};

// Algorithm AS 241, PPND16 (Wichura 1988, Applied Statistics 37:477): the quantile by offset from the
// median, and in the tail and far tail by the root of -log p.
constexpr Ratio kMiddle{
    {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
     4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3},
    {1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4,
     3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3}};
constexpr Ratio kTail{
    {1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
     1.27045825245236838258, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4},
    {1, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
     1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9}};
constexpr Ratio kFar{{6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580,
                      2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                      2.71155556874348757815e-5, 2.01033439929228813265e-7},
                     {1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
                      7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
                      2.04426310338993978564e-15}};

double polynomial(const std::array<double, 8>& coefficients, double x) {
    double value = 0;
    for (std::size_t i = coefficients.size(); i-- > 0;) value = value * x + coefficients[i];
    return value;
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

double normal_density(double z) {
    return std::exp(-z * z / 2) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
}

double normal_probability(double z) {
    return std::erfc(-z / std::numbers::sqrt2) / 2;
}

double normal_quantile(double p) {
    if (!(p > 0 && p < 1)) bug("a normal quantile outside (0, 1)");
    const double offset = p - 0.5;
    if (std::fabs(offset) <= 0.425) {
        const double r = 0.180625 - offset * offset;
        return offset * polynomial(kMiddle.above, r) / polynomial(kMiddle.below, r);
    }
    const double r = std::sqrt(-std::log(offset < 0 ? p : 1 - p));
    const double size = r <= 5 ? polynomial(kTail.above, r - 1.6) / polynomial(kTail.below, r - 1.6)
                               : polynomial(kFar.above, r - 5) / polynomial(kFar.below, r - 5);
    return offset < 0 ? -size : size;
}

}  // namespace isopleth::base
