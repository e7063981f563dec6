// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "geo/geometry.hpp"
#include "interpolate/neighbours.hpp"
#include "interpolate/spline_kernel.hpp"

namespace isopleth::interpolate {

// A smoothing spline (Wahba 1990, 2.4): of all functions f the one with the least
//   sum of (z_i - f(x_i))^2 + d J(f),  f(x) = sum of c_i E(|x - x_i|) + sum of b_k p_k(x),
// with J the kernel's energy, E its function and p_k the polynomials that cost nothing (Wahba's n lambda is
// d). With K = E of the samples' distances and T the polynomials at them it is
//   (K + d I) c + T b = z,  T'c = 0.
// Householder reflections T = Q (R; 0) leave (K + d I) positive definite on the rest of Q, where Cholesky's
// factor takes it: half the work of the bordered, indefinite system, and no pivoting. d = 0 interpolates.

struct SplineSetup {
    SplineKernel kernel;
    double diagonal = 0;  ///< d times the kernel's 16 pi / unit^2

    /// At a sample's place the estimate is the sample.
    bool is_exact() const { return diagonal == 0; }
};

/// A spline's polynomials at its samples, and the reflections that clear all but their first rows.
class SplinePlane {
public:
    static constexpr std::size_t kMostTerms = 3;
    using Coefficients = std::array<double, kMostTerms>;

    /// False when the polynomials are dependent at these samples (within 1e-9 of their extent on one line).
    bool reflect(std::span<const geo::Point> points, std::size_t terms, double unit);
    std::size_t terms() const { return m_terms; }
    /// Q'A Q of a symmetric matrix, in place: its upper triangle stored row by row, `stride` values a row.
    void turn(std::span<double> rows, std::size_t stride);
    /// Q'v in place.
    void turn(std::span<double> values) const;
    /// Q v in place.
    void turn_back(std::span<double> values) const;
    /// b of R b = `head`.
    Coefficients solve(const Coefficients& head) const;
    double at(geo::Point place, const Coefficients& coefficients) const;

private:
    std::span<const double> reflection(std::size_t k) const {
        return std::span(m_reflections).subspan(k * m_rows, m_rows);
    }
    Coefficients row(geo::Point point) const;

    std::size_t m_rows = 0;
    std::size_t m_terms = 0;
    geo::Point m_centre{};
    double m_unit = 1;
    std::vector<double> m_reflections;                  ///< a column for each, of squared length 2: I - v v'
    std::array<Coefficients, kMostTerms> m_triangle{};  ///< R
    std::vector<double> m_product;
};

/// All samples at every place: solved once, many places at a time.
class GlobalSpline {
public:
    /// nullopt when the system is singular to working precision. 3 samples or more.
    static std::optional<GlobalSpline> solve(const Neighbourhood& samples, const SplineSetup& setup);
    /// The bits of a place do not depend on the others.
    void estimate(std::span<const geo::Point> places, std::span<double> values) const;

private:
    GlobalSpline(const Neighbourhood& samples, const SplineSetup& setup);

    std::vector<geo::Point> m_points;
    std::vector<double> m_values;
    SplineSetup m_setup;
    double m_centre;  ///< taken off the values, for the sake of rounding
    SplinePlane m_plane;
    std::vector<double> m_coefficients;        ///< c
    SplinePlane::Coefficients m_polynomial{};  ///< b
};

/// The nearest samples at each place. Keeps the solution while the set stays: one for each thread, used for
/// places that lie together.
class LocalSpline {
public:
    /// Keeps references to both.
    LocalSpline(const Neighbourhood& samples, const SplineSetup& setup);
    /// As NeighbourSearch::expect.
    void expect(std::span<const geo::Point> places) { m_search.expect(places); }
    /// nullopt when the system of the nearest samples is singular to working precision. The result depends on
    /// the place alone, not on what was asked before.
    std::optional<double> at(geo::Point place);

private:
    bool take_set();
    void fill_rows();
    bool solve();

    NeighbourSearch m_search;
    const Neighbourhood& m_samples;
    const SplineSetup& m_setup;
    double m_centre;  ///< taken off the values, for the sake of rounding
    std::vector<geo::Neighbour> m_found;
    std::vector<std::size_t> m_set;  ///< rising
    std::vector<std::size_t> m_next_set;
    std::vector<geo::Point> m_points;
    SplinePlane m_plane;
    std::vector<double> m_rows;  ///< K + d I, upper triangle
    std::vector<double>
        m_inner;  ///< its positive definite part, factored, with the values as its last column
    std::vector<double> m_reciprocals;
    std::vector<double> m_kernels;
    std::vector<double> m_coefficients;
    SplinePlane::Coefficients m_polynomial{};
    bool m_is_singular = false;
};

}  // namespace isopleth::interpolate
