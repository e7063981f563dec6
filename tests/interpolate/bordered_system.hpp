// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "geo/geometry.hpp"

namespace isopleth::interpolate {

/// A x = b by elimination with pivoting, in long double.
inline std::vector<long double> solved(std::vector<std::vector<long double>> a, std::vector<long double> b) {
    const std::size_t size = b.size();
    for (std::size_t k = 0; k < size; ++k) {
        std::size_t pivot = k;
        for (std::size_t i = k; i < size; ++i) {
            if (std::abs(a[i][k]) > std::abs(a[pivot][k])) pivot = i;
        }
        std::swap(a[k], a[pivot]);
        std::swap(b[k], b[pivot]);
        for (std::size_t i = k + 1; i < size; ++i) {
            const long double factor = a[i][k] / a[k][k];
            for (std::size_t j = k; j < size; ++j) a[i][j] -= factor * a[k][j];
            b[i] -= factor * b[k];
        }
    }
    for (std::size_t k = size; k-- > 0;) {
        for (std::size_t j = k + 1; j < size; ++j) b[k] -= a[k][j] * b[j];
        b[k] /= a[k][k];
    }
    return b;
}

/// A spline by its whole bordered system in kilometres and long double: E as published, no common factor.
class BorderedSpline {
public:
    /// `tension` in 1/km, 0 for a thin plate; `smoothing` is d = n lambda in square kilometres.
    BorderedSpline(const std::vector<geo::Point>& points, const std::vector<double>& values, double tension,
                   double smoothing)
        : m_points(points), m_tension(tension) {
        const std::size_t count = points.size();
        const std::size_t terms = tension > 0 ? 1 : 3;
        std::vector<std::vector<long double>> matrix(count + terms, std::vector<long double>(count + terms));
        std::vector<long double> right(count + terms);
        for (std::size_t i = 0; i < count; ++i) {
            for (std::size_t j = 0; j < count; ++j) matrix[i][j] = i == j ? 0 : kernel(points[i], points[j]);
            matrix[i][i] += smoothing;
            const std::vector<long double> row{1, points[i].x / 1000.0L, points[i].y / 1000.0L};
            for (std::size_t k = 0; k < terms; ++k) matrix[i][count + k] = matrix[count + k][i] = row[k];
            right[i] = values[i];
        }
        m_solution = solved(matrix, right);
    }

    double at(geo::Point place) const {
        const std::vector<long double> row{1, place.x / 1000.0L, place.y / 1000.0L};
        long double sum = 0;
        for (std::size_t i = 0; i < m_solution.size(); ++i) {
            sum +=
                m_solution[i] * (i < m_points.size() ? kernel(m_points[i], place) : row[i - m_points.size()]);
        }
        return static_cast<double>(sum);
    }

private:
    long double kernel(geo::Point left, geo::Point right) const {
        const long double r = std::hypot(static_cast<long double>(left.x) - right.x,
                                         static_cast<long double>(left.y) - right.y) /
                              1000;
        constexpr auto kPi = std::numbers::pi_v<long double>;
        if (r == 0) return 0;
        if (m_tension == 0) return r * r * std::log(r) / (8 * kPi);
        const long double x = m_tension * r;
        return -(std::log(x / 2) + std::numbers::egamma_v<long double> + std::cyl_bessel_k(0.0L, x)) /
               (2 * kPi * m_tension * m_tension);
    }

    std::vector<geo::Point> m_points;
    long double m_tension;
    std::vector<long double> m_solution;
};

}  // namespace isopleth::interpolate
