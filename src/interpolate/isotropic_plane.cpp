// SPDX-License-Identifier: MIT
#include "interpolate/isotropic_plane.hpp"

#include <cmath>
#include <numbers>

namespace isopleth::interpolate {

IsotropicPlane::IsotropicPlane(double angle, double ratio) {
    if (ratio == 1) return;
    const double radians = angle * std::numbers::pi / 180;
    m_is_same = false;
    m_sine = std::sin(radians);
    m_cosine = std::cos(radians);
    m_stretch = 1 / ratio;
}

geo::Point IsotropicPlane::operator()(geo::Point point) const {
    if (m_is_same) return point;
    return {(point.x * m_cosine - point.y * m_sine) * m_stretch, point.x * m_sine + point.y * m_cosine};
}

geo::Point IsotropicPlane::back(geo::Point point) const {
    if (m_is_same) return point;
    const double across = point.x / m_stretch;
    return {across * m_cosine + point.y * m_sine, point.y * m_cosine - across * m_sine};
}

}  // namespace isopleth::interpolate
