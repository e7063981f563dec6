// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "geo/geometry.hpp"

namespace isopleth::interpolate {

/// The functions of place that the mean is made of: none (the mean is known), 1 (ordinary kriging) or the
/// polynomials up to a degree (universal kriging; Chiles and Delfiner 2012, 3.4). The polynomials are of
/// coordinates that run over some -1 to 1 within the samples: their span is the same, and the systems are
/// well conditioned.
class Drift {
public:
    static Drift none() { return Drift(-1); }
    static Drift constant() { return Drift(0); }
    /// 0 <= degree <= kHighestDegree; `bounds` of the samples, not empty.
    static Drift polynomial(int degree, const geo::Box& bounds);
    static constexpr int kHighestDegree = 3;
    static constexpr std::size_t kMostTerms = 10;

    int degree() const { return m_degree; }  ///< -1: none
    std::size_t size() const;                ///< number of functions: 0, 1, 3, 6, 10
    /// The functions at a place into `values` (size() of them), the constant first, lower degrees before
    /// higher.
    void fill(geo::Point place, std::span<double> values) const;

private:
    explicit Drift(int degree) : m_degree(degree) {}
    int m_degree;
    geo::Point m_centre{};
    double m_scale = 1;
};

/// What is left of the values when the drift is fitted by ordinary least squares; the values less their mean
/// for a constant one. A Data error when the functions are dependent at these points (too few, or all on one
/// line or curve).
std::vector<double> residuals(const Drift& drift, const std::vector<geo::Point>& points,
                              const std::vector<double>& values);

}  // namespace isopleth::interpolate
