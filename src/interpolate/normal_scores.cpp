// SPDX-License-Identifier: MIT
#include "interpolate/normal_scores.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace isopleth::interpolate {

namespace {

/// What is linear between knots, beyond them the first and the last value.
double along(const std::vector<double>& from, const std::vector<double>& to, double at) {
    if (at <= from.front()) return to.front();
    if (at >= from.back()) return to.back();
    const auto next = static_cast<std::size_t>(std::upper_bound(from.begin(), from.end(), at) - from.begin());
    const double share = (at - from[next - 1]) / (from[next] - from[next - 1]);
    return to[next - 1] + share * (to[next] - to[next - 1]);
}

/// The standard normal distribution up to z: what the integrals of a piece need at its ends.
struct End {
    double z;
    double density;
    double tail;  ///< beyond z on its own side of 0, which keeps the digits

    explicit End(double at)
        : z(at), density(base::normal_density(at)), tail(base::normal_probability(-std::abs(at))) {}
};

double share_between(const End& low, const End& high) {
    if (low.z >= 0) return low.tail - high.tail;
    if (high.z <= 0) return high.tail - low.tail;
    return 1 - low.tail - high.tail;
}

/// First and second moment about a centre.
struct Sums {
    double first = 0;
    double second = 0;

    void add_constant(double share, double value) {
        first += share * value;
        second += share * value * value;
    }
    /// Of value + slope z for z between the ends, by parts.
    void add_piece(const End& low, const End& high, double value, double slope) {
        const double share = share_between(low, high);
        const double by_z = low.density - high.density;
        const double by_z_squared = share + low.z * low.density - high.z * high.density;
        first += value * share + slope * by_z;
        second += value * value * share + 2 * value * slope * by_z + slope * slope * by_z_squared;
    }
};

constexpr double kFar = 9;  ///< standard deviations: 1e-19 lies beyond

}  // namespace

NormalScores::NormalScores(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const auto count = static_cast<double>(values.size());
    for (std::size_t first = 0; first < values.size();) {
        std::vector<double> quantiles;
        for (std::size_t i = first; i < values.size() && values[i] == values[first]; ++i)
            quantiles.push_back(base::normal_quantile((static_cast<double>(i) + 0.5) / count));
        m_values.push_back(values[first]);
        m_scores.push_back(*base::mean(quantiles));
        first += quantiles.size();
    }
}

double NormalScores::forward(double value) const {
    return along(m_values, m_scores, value);
}

double NormalScores::back(double score) const {
    return along(m_scores, m_values, score);
}

double NormalScores::slope(std::size_t piece) const {
    return (m_values[piece + 1] - m_values[piece]) / (m_scores[piece + 1] - m_scores[piece]);
}

base::Moments NormalScores::back(const base::Moments& normal) const {
    const double centre = back(normal.mean);
    const double spread = normal.standard_deviation;
    if (!(spread > 0)) return {centre, 0};
    const auto knot = [&](std::size_t k) { return (m_scores[k] - normal.mean) / spread; };
    // The pieces that hold more than a hair of the distribution: [k, k + 1] for first <= k < last.
    const std::size_t last_knot = m_scores.size() - 1;
    const auto below = std::upper_bound(m_scores.begin(), m_scores.end(), normal.mean - kFar * spread);
    const auto above = std::lower_bound(m_scores.begin(), m_scores.end(), normal.mean + kFar * spread);
    const auto at_least_one = std::max<std::ptrdiff_t>(below - m_scores.begin(), 1) - 1;
    const auto first = static_cast<std::size_t>(at_least_one);
    const auto last = std::min(static_cast<std::size_t>(above - m_scores.begin()), last_knot);
    Sums sums;
    if (first == 0) sums.add_constant(base::normal_probability(knot(0)), m_values.front() - centre);
    if (last == last_knot)
        sums.add_constant(base::normal_probability(-knot(last_knot)), m_values.back() - centre);
    End low(knot(first));
    for (std::size_t piece = first; piece < last; ++piece) {
        const End high(knot(piece + 1));
        const double slope_here = slope(piece);
        const double value = m_values[piece] - centre + slope_here * (normal.mean - m_scores[piece]);
        sums.add_piece(low, high, value, slope_here * spread);
        low = high;
    }
    const double mean = std::clamp(centre + sums.first, m_values.front(), m_values.back());
    return {mean, std::sqrt(std::max(0.0, sums.second - sums.first * sums.first))};
}

}  // namespace isopleth::interpolate
