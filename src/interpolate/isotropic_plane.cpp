// SPDX-License-Identifier: MIT
#include "interpolate/isotropic_plane.hpp"

#include "base/error.hpp"

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

void AnisotropyOptions::declare(base::ParameterList& list) {
    list.add("angle", angle, "direction of the longest range, degrees clockwise from north");
    list.add("ratio", ratio, "shortest to longest range");
}

void AnisotropyOptions::check(const std::string& method) const {
    if (angle.has_value() != ratio.has_value())
        base::fail_usage(method + ": anisotropy needs angle and ratio");
    if (ratio && !(*ratio > 0 && *ratio <= 1))
        base::fail_usage(method + ": ratio must be above 0 and at most 1");
    if (angle && !std::isfinite(*angle)) base::fail_usage(method + ": angle must be a number of degrees");
}

IsotropicPlane AnisotropyOptions::plane() const {
    return ratio ? IsotropicPlane(*angle, *ratio) : IsotropicPlane();
}

void AnisotropyOptions::tell(base::Json& description) const {
    if (ratio) description.set("angle", *angle).set("ratio", *ratio);
}

}  // namespace isopleth::interpolate
