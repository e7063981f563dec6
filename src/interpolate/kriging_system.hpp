// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/cholesky.hpp"
#include "geo/geometry.hpp"
#include "interpolate/neighbours.hpp"
#include "interpolate/variogram.hpp"

namespace isopleth::interpolate {

// Ordinary kriging (Cressie 1993, 3.2): with C the covariances of the samples, c those with the place, z the
// values and C = L L', let v = L^-1 c, u = L^-1 1, y = L^-1 z. Then
//   mean m = u'y / u'u,  estimate = m + v'(y - m u),  variance = C(0) - v'v + (1 - u'v)^2 / u'u,
// which is what the system with the Lagrange multiplier gives, for half the work. At a sample's place (nearer
// than kSamePlace) the estimate is the sample and the standard error 0.

/// All samples at every place: factored once, many places solved at a time.
class GlobalKriging {
public:
    /// nullopt when the covariances are singular to working precision.
    static std::optional<GlobalKriging> factor(const std::vector<geo::Point>& points,
                                               const std::vector<double>& values,
                                               const VariogramModel& model);
    /// Estimates and standard errors (root of the kriging variance); the bits of a place do not depend on the
    /// others.
    void estimate(std::span<const geo::Point> places, std::span<double> estimates,
                  std::span<double> standard_errors) const;

private:
    GlobalKriging(const std::vector<geo::Point>& points, const std::vector<double>& values,
                  const VariogramModel& model, base::Cholesky factor);
    void fill(std::span<const geo::Point> places, base::ColumnsByEight& columns,
              std::span<std::size_t> here) const;

    std::vector<geo::Point> m_points;
    std::vector<double> m_values;
    VariogramModel m_model;
    base::Cholesky m_factor;
    std::vector<double> m_ones;       ///< u
    std::vector<double> m_residuals;  ///< y - m u
    double m_mean = 0;                ///< m
    double m_information = 0;         ///< u'u
};

/// The nearest samples at each place. Keeps the factor while the set stays, and the covariances of the pairs
/// that stay: one for each thread, used for places that lie together.
class LocalKriging {
public:
    /// Keeps references to both.
    LocalKriging(const Neighbourhood& samples, const VariogramModel& model);

    struct Result {
        double estimate;
        double standard_error;
    };
    /// nullopt when the covariances of the nearest samples are singular to working precision. The result
    /// depends on the place alone, not on what was asked before.
    std::optional<Result> at(geo::Point place);

private:
    bool take_set();
    void take_covariances();
    bool factor();

    const Neighbourhood& m_samples;
    const VariogramModel& m_model;
    double m_centre;  ///< taken off the values, for the sake of rounding
    std::vector<geo::Neighbour> m_found;
    std::vector<std::size_t> m_set;  ///< rising
    std::vector<std::size_t> m_next_set;
    std::vector<double> m_pairs;  ///< covariances of the set, row by row, upper triangle
    std::vector<double> m_next_pairs;
    std::vector<double> m_distances;
    std::vector<std::size_t> m_kept;  ///< where a sample of the next set stands in the set
    std::vector<double> m_rows;       ///< factor, with u and y as its last columns
    std::vector<double> m_reciprocals;
    std::vector<double> m_ones;
    std::vector<double> m_residuals;
    std::vector<double> m_solution;
    double m_mean = 0;
    double m_information = 0;
    bool m_is_singular = false;
};

}  // namespace isopleth::interpolate
