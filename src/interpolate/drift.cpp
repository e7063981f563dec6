// SPDX-License-Identifier: MIT
#include "interpolate/drift.hpp"

#include "base/error.hpp"
#include "base/linear_algebra.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace isopleth::interpolate {

Drift Drift::polynomial(int degree, const geo::Box& bounds) {
    Drift drift(degree);
    drift.m_centre = {bounds.min_x + bounds.width() / 2, bounds.min_y + bounds.height() / 2};
    const double reach = std::max(bounds.width(), bounds.height()) / 2;
    if (reach > 0) drift.m_scale = 1 / reach;
    return drift;
}

std::size_t Drift::size() const {
    return static_cast<std::size_t>((m_degree + 1) * (m_degree + 2) / 2);
}

void Drift::fill(geo::Point place, std::span<double> values) const {
    if (m_degree < 0) return;
    values[0] = 1;
    const double x = (place.x - m_centre.x) * m_scale;
    const double y = (place.y - m_centre.y) * m_scale;
    std::size_t before = 0;
    std::size_t next = 1;
    for (int degree = 1; degree <= m_degree; ++degree) {
        // x times each product of the degree below, then y times the last of them.
        const std::size_t last = next - 1;
        for (std::size_t i = before; i <= last; ++i) values[next++] = x * values[i];
        values[next++] = y * values[last];
        before = last + 1;
    }
}

std::vector<double> residuals(const Drift& drift, const std::vector<geo::Point>& points,
                              const std::vector<double>& values) {
    const std::size_t terms = drift.size();
    if (terms == 0) return values;
    base::Matrix design(points.size(), terms);
    std::array<double, Drift::kMostTerms> row;
    for (std::size_t i = 0; i < points.size(); ++i) {
        drift.fill(points[i], row);
        for (std::size_t j = 0; j < terms; ++j) design(i, j) = row[j];
    }
    const std::vector<double> weights(points.size(), 1);
    const auto coefficients =
        points.size() > terms ? base::least_squares(design, values, weights) : std::nullopt;
    if (!coefficients) {
        base::fail_data(
            fmt::format("a drift of degree {} has {} coefficients, which {} samples do not settle: they are "
                        "too few or lie on one line or curve",
                        drift.degree(), terms, points.size()),
            "Use a lower degree.");
    }
    std::vector<double> left = values;
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (std::size_t j = 0; j < terms; ++j) left[i] -= design(i, j) * (*coefficients)[j];
    }
    return left;
}

}  // namespace isopleth::interpolate
