// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/json.hpp"

namespace isopleth::interpolate {

/// What was observed at places and what was estimated there without it: one entry a place.
struct HeldOut {
    std::vector<double> observed;
    std::vector<double> estimates;
    std::vector<double> standard_errors;  ///< of the observation; empty where the method has none
    std::vector<std::uint8_t> valid;      ///< 0 where there is no estimate: the other entries mean nothing

    explicit HeldOut(std::size_t count = 0)
        : observed(count), estimates(count), standard_errors(count), valid(count) {}
    bool has_standard_errors() const { return !standard_errors.empty(); }
};

/// Central intervals whose coverage is told, and the standard normal quantile at each one's upper end.
struct Interval {
    int percent;
    double quantile;
};
inline constexpr std::array<Interval, 4> kIntervals{
    {{50, 0.674489750196082}, {80, 1.281551565544600}, {90, 1.644853626951473}, {95, 1.959963984540054}}};

/// How good the standard errors are, taking what is observed for normal about its estimate.
struct ErrorScores {
    double crps = 0;  ///< mean; in the values' unit, less is better
    std::optional<double>
        msdr{};  ///< mean of squared error / variance, 1 is best; nullopt where a variance is 0
    std::array<double, kIntervals.size()>
        coverage{};  ///< share of observations in each interval, ends included

    /// What the standard errors have to be multiplied by for an msdr of 1.
    std::optional<double> calibration_factor() const;
};

/// With error = estimate - observed. Sums run over sorted values: the order of the places changes no bit.
struct Scores {
    std::size_t count = 0;  ///< of the places with an estimate
    double rmse = 0;
    double mae = 0;
    double bias = 0;  ///< mean error
    std::optional<double>
        r2{};  ///< 1 - sum of error^2 / sum of (observed - its mean)^2; nullopt where that is 0
    std::optional<ErrorScores> of_errors{};
};

/// Continuous ranked probability score of a normal distribution, turned so that less is better: s (z (2
/// Phi(z)
/// - 1) + 2 phi(z) - 1 / sqrt(pi)) with z = (observed - mean) / s (Gneiting and Raftery 2007, eq. 21). The
/// absolute error for a standard error of 0.
double crps_of_normal(double mean, double standard_error, double observed);

/// nullopt when no place has an estimate.
std::optional<Scores> score(const HeldOut& held_out);

/// "rmse", "mae", "bias", "r2", "crps", "msdr", "within_50" .. "within_95" and "calibration_factor", null
/// where there is none.
base::Json to_json(const Scores& scores);

}  // namespace isopleth::interpolate
