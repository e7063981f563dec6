// SPDX-License-Identifier: MIT
#include "interpolate/covariance_table.hpp"

#include <cmath>
#include <cstddef>

namespace isopleth::interpolate {

namespace {

// In ranges. Below, the function itself is asked; above, K underflows for any smoothness (variogram.cpp).
constexpr double kNearest = 1e-9;
constexpr double kFarthest = 600;
constexpr double kStep = 0.005;  ///< of the logarithm

bool has_closed_form(double smoothness) {
    return smoothness == 0.5 || smoothness == 1.5 || smoothness == 2.5;
}

}  // namespace

CovarianceTable::CovarianceTable(const VariogramModel& model) : m_model(model) {
    if (model.structures.size() != 1) return;
    const Structure& only = model.structures.front();
    if (only.shape != Shape::kMatern || has_closed_form(only.smoothness)) return;
    const auto size = static_cast<std::size_t>(std::log(kFarthest / kNearest) / kStep) + 4;
    m_values.reserve(size);
    // One value before the nearest distance, for the cubic needs one on either side.
    for (std::size_t i = 0; i < size; ++i) {
        const double distance = kNearest * std::exp((static_cast<double>(i) - 1) * kStep);
        m_values.push_back(correlation(only.shape, only.smoothness, distance));
    }
}

double CovarianceTable::correlation_at(double distance) const {
    if (distance >= kFarthest) return 0;
    if (distance < kNearest)
        return correlation(Shape::kMatern, m_model.structures.front().smoothness, distance);
    const double position = std::log(distance / kNearest) / kStep;
    const auto knot = static_cast<std::size_t>(position);
    const double t = position - static_cast<double>(knot);
    const double* const values = m_values.data() + knot;
    // Lagrange through the four around, at -1, 0, 1 and 2.
    return values[0] * (-t * (t - 1) * (t - 2) / 6) + values[1] * ((t + 1) * (t - 1) * (t - 2) / 2) +
           values[2] * (-(t + 1) * t * (t - 2) / 2) + values[3] * ((t + 1) * t * (t - 1) / 6);
}

void CovarianceTable::to_covariances(std::span<double> distances) const {
    if (m_values.empty()) return m_model.to_covariances(distances);
    const Structure& only = m_model.structures.front();
    const double scale = 1 / only.range;
    const double sill = m_model.sill();
    for (double& distance : distances) {
        distance = distance <= kSamePlace ? sill : only.partial_sill * correlation_at(distance * scale);
    }
}

}  // namespace isopleth::interpolate
