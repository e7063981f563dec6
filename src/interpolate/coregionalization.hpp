// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include "base/job.hpp"
#include "geo/geometry.hpp"
#include "interpolate/variogram.hpp"

namespace isopleth::interpolate {

/// How two variables vary, each by itself and with one another: the same shapes and ranges, with nuggets and
/// partial sills that form positive semidefinite matrices (linear model of coregionalization; Journel and
/// Huijbregts 1978, III.B.3; Wackernagel 2003, 26). Those of `cross` may be negative.
struct Coregionalization {
    VariogramModel first;
    VariogramModel cross;
    VariogramModel second;

    /// Every variance is at least 0 and no covariance exceeds the root of its variances' product, by more
    /// than 1e-9 of it.
    bool is_valid() const;
};

/// Fitted to two variables at the same places: the shape (sph, exp or gau) and range that fit the mean of
/// both variograms best, each divided by its variable's variance (choose_variogram), then for each pair of
/// variables nugget and partial sill by weighted least squares with gstat's weights, and the nearest positive
/// semidefinite matrices to those, in units of the variables' standard deviations (as gstat's fit.lmc).
/// nullopt for fewer than 3 bins, a variable without differences, or one whose sill comes to 0.
std::optional<Coregionalization> fit_coregionalization(const std::vector<geo::Point>& points,
                                                       const std::vector<double>& first,
                                                       const std::vector<double>& second,
                                                       const base::Job& job);

}  // namespace isopleth::interpolate
