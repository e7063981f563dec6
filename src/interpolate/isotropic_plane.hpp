// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "base/json.hpp"
#include "base/parameters.hpp"
#include "geo/geometry.hpp"

namespace isopleth::interpolate {

/// The plane in which a field with geometric anisotropy is isotropic (Isaaks and Srivastava 1989, 16):
/// distances along the direction of the longest range stay, those across it grow by 1 / ratio.
class IsotropicPlane {
public:
    /// Isotropic as it is.
    IsotropicPlane() = default;
    /// `angle` of the longest range in degrees clockwise from north; `ratio` of the shortest to the longest,
    /// > 0.
    IsotropicPlane(double angle, double ratio);
    bool is_same() const { return m_is_same; }
    geo::Point operator()(geo::Point point) const;
    /// From the plane to the ground.
    geo::Point back(geo::Point point) const;

private:
    bool m_is_same = true;
    double m_sine = 0;
    double m_cosine = 1;
    double m_stretch = 1;
};

/// Options that methods with geometric anisotropy share.
struct AnisotropyOptions {
    std::optional<double> angle;  ///< of the longest range, degrees clockwise from north
    std::optional<double> ratio;  ///< shortest to longest range

    void declare(base::ParameterList& list);
    /// Usage errors that begin with the method's name.
    void check(const std::string& method) const;
    IsotropicPlane plane() const;
    /// Adds "angle" and "ratio", where they are given.
    void tell(base::Json& description) const;
};

}  // namespace isopleth::interpolate
