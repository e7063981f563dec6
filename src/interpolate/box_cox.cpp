// SPDX-License-Identifier: MIT
#include "interpolate/box_cox.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace isopleth::interpolate {

namespace {

/// Nodes and weights over -1 to 1.
struct GaussLegendre {
    static constexpr std::size_t kCount = 48;
    std::array<double, kCount> nodes;
    std::array<double, kCount> weights;
};

/// Newton's method from Tricomi's approximation of the roots (Davis and Rabinowitz 1984, 2.7.3.1).
GaussLegendre make_gauss_legendre() {
    GaussLegendre rule;
    constexpr auto n = static_cast<double>(GaussLegendre::kCount);
    for (std::size_t i = 0; i < GaussLegendre::kCount; ++i) {
        double x = -std::cos(std::numbers::pi * (static_cast<double>(i) + 0.75) / (n + 0.5));
        double slope = 0;
        for (int step = 0; step < 8; ++step) {
            double before = 1;
            double value = x;
            for (std::size_t k = 2; k <= GaussLegendre::kCount; ++k) {
                const auto degree = static_cast<double>(k);
                const double next = ((2 * degree - 1) * x * value - (degree - 1) * before) / degree;
                before = value;
                value = next;
            }
            slope = n * (x * value - before) / (x * x - 1);
            x -= value / slope;
        }
        rule.nodes[i] = x;
        rule.weights[i] = 2 / ((1 - x * x) * slope * slope);
    }
    return rule;
}

const GaussLegendre& gauss_legendre() {
    static const GaussLegendre rule = make_gauss_legendre();
    return rule;
}

double transform(double logarithm, double lambda) {
    return lambda == 0 ? logarithm : std::expm1(lambda * logarithm) / lambda;
}

/// Of the logarithms less their mean, which takes the Jacobian out of the likelihood.
double log_variance(const std::vector<double>& logarithms, double lambda) {
    std::vector<double> transformed;
    for (const double logarithm : logarithms) transformed.push_back(transform(logarithm, lambda));
    return std::log(*base::population_standard_deviation(transformed));
}

}  // namespace

BoxCox::BoxCox(double lambda, double largest) : m_lambda(lambda) {
    if (lambda > 0) m_bound = -1 / lambda;
    if (lambda < 0) {
        m_beyond = largest;
        m_bound = forward(m_beyond);
    }
}

double BoxCox::likeliest_lambda(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    for (double& value : values) value = std::log(value);
    const double centre = *base::mean(values);
    for (double& value : values) value -= centre;
    constexpr int kSteps = 40;
    int best = 0;
    std::vector<double> found;
    for (int i = 0; i <= kSteps; ++i) {
        found.push_back(log_variance(values, kLargestLambda * (2.0 * i / kSteps - 1)));
        if (found.back() < found[static_cast<std::size_t>(best)]) best = i;
    }
    // Golden section between the neighbours of the best.
    double low = kLargestLambda * (2.0 * std::max(best - 1, 0) / kSteps - 1);
    double high = kLargestLambda * (2.0 * std::min(best + 1, kSteps) / kSteps - 1);
    constexpr double kShare = 1 - 1 / std::numbers::phi;
    while (high - low > 1e-8) {
        const double left = low + kShare * (high - low);
        const double right = high - kShare * (high - low);
        log_variance(values, left) <= log_variance(values, right) ? high = right : low = left;
    }
    return (low + high) / 2;
}

double BoxCox::forward(double value) const {
    return transform(std::log(value), m_lambda);
}

double BoxCox::back(double transformed) const {
    if (m_lambda == 0) return std::exp(transformed);
    const bool is_beyond = m_lambda > 0 ? transformed <= m_bound : transformed >= m_bound;
    return is_beyond ? m_beyond : std::exp(std::log1p(m_lambda * transformed) / m_lambda);
}

base::Moments BoxCox::back(const base::Moments& normal) const {
    const double centre = back(normal.mean);
    const double spread = normal.standard_deviation;
    if (!(spread > 0)) return {centre, 0};
    if (m_lambda == 0) {
        const double mean = std::exp(normal.mean + spread * spread / 2);
        return {mean, mean * std::sqrt(std::expm1(spread * spread))};
    }
    double low = -9;
    double high = 13;
    const double bound = (m_bound - normal.mean) / spread;
    (m_lambda > 0 ? low : high) = std::clamp(bound, low, high);
    // About the middle's own value, so that a small spread keeps its digits.
    const double share_beyond = base::normal_probability(m_lambda > 0 ? bound : -bound);
    double first = share_beyond * (m_beyond - centre);
    double second = first * (m_beyond - centre);
    const GaussLegendre& rule = gauss_legendre();
    for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
        const double z = low + (high - low) * (rule.nodes[i] + 1) / 2;
        const double share = rule.weights[i] * (high - low) / 2 * base::normal_density(z);
        const double difference = back(normal.mean + spread * z) - centre;
        first += share * difference;
        second += share * difference * difference;
    }
    return {centre + first, std::sqrt(std::max(0.0, second - first * first))};
}

}  // namespace isopleth::interpolate
