// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>

namespace isopleth::base {

/// Neumaier's compensated sum, in the given order (Neumaier 1974). 0 for no values.
double sum(std::span<const double> values);

/// nullopt for no values.
std::optional<double> mean(std::span<const double> values);

/// Sample standard deviation (divisor n - 1); nullopt for fewer than two values. Two-pass.
std::optional<double> standard_deviation(std::span<const double> values);
/// Population standard deviation (divisor n); nullopt for no values.
std::optional<double> population_standard_deviation(std::span<const double> values);

/// Quantile by linear interpolation between order statistics, position (n - 1) p + 1 (Hyndman and Fan 1996,
/// type 7; HJ 663 uses the same). `p` in [0, 1]; nullopt for no values.
std::optional<double> quantile(std::span<const double> values, double p);

std::optional<double> minimum(std::span<const double> values);
std::optional<double> maximum(std::span<const double> values);

struct Moments {
    double mean = 0;
    double standard_deviation = 0;
};

/// Two-sided p-value of a standard normal score.
double normal_two_sided_p(double z);

/// The standard normal density, distribution function and, for p in (0, 1), quantile (relative error 1e-15).
double normal_density(double z);
double normal_probability(double z);
double normal_quantile(double p);

}  // namespace isopleth::base
