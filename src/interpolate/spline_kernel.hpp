// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>

#include "geo/geometry.hpp"

namespace isopleth::interpolate {

/// A spline's function of distance: the fundamental solution E(r) of its energy J in the plane, times
/// 16 pi / unit^2, so that systems are of order 1 where samples are some units apart.
/// - Thin plate (Duchon 1977; Wahba 1990, 2.4): E = r^2 ln r / (8 pi), of J = double integral of f_xx^2 +
///   2 f_xy^2 + f_yy^2. A plane costs nothing, which also takes up what the unit in the logarithm changes.
/// - Tension t in 1/m (Franke 1985): E = -(ln(t r / 2) + C + K0(t r)) / (2 pi t^2), with C Euler's constant
///   and K0 the modified Bessel function, of J = double integral of f_xx^2 + 2 f_xy^2 + f_yy^2 + t^2 (f_x^2
///   + f_y^2). A constant costs nothing. As t falls to 0 the spline comes near the thin plate, by 1/ln(1/t).
/// Good to 1e-15 of r^2 (1 + |ln r|), r in units, and of tension to 1e-15 of itself. The same bits on every
/// machine and wherever a distance stands.
class SplineKernel {
public:
    /// `unit` in metres, > 0: near the distances that count.
    static SplineKernel thin_plate(double unit);
    /// `tension` in 1/m, > 0.
    static SplineKernel tension(double unit, double tension);

    /// Number of polynomials that cost nothing: 3 (1, x, y) of a thin plate, 1 (constant) of tension.
    std::size_t terms() const { return m_is_tension ? 1 : 3; }
    double unit() const { return m_unit; }
    /// Values in place of squared distances in square metres.
    void to_values(std::span<double> squared_distances) const;

    /// At each place, one or many.
    struct Places {
        std::span<const geo::Point> points;
        std::span<double> sums;
        std::span<double> nearest;  ///< squared distance to the nearest centre, square metres
    };
    /// Sets sums to that of coefficient times value over the centres, in their order.
    void add_up(std::span<const geo::Point> centres, std::span<const double> coefficients,
                const Places& places) const;

private:
    SplineKernel(double unit, bool is_tension, double argument, double factor)
        : m_unit(unit), m_is_tension(is_tension), m_argument(argument), m_factor(factor) {}
    double m_unit;
    bool m_is_tension;
    double m_argument;  ///< times the squared distance: the kernel's argument
    double m_factor;    ///< times the function of it: the kernel
};

}  // namespace isopleth::interpolate
