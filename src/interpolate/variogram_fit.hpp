// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "interpolate/variogram.hpp"

namespace isopleth::interpolate {

struct VariogramFit {
    VariogramModel model;
    double weighted_error = 0;  ///< sum of w (semivariance of bin - of model)^2
    /// The range that fits best is the longest allowed, 10 cutoffs: the semivariance rises to the cutoff and
    /// beyond.
    bool is_unbounded = false;
};

/// Nugget, partial sill (both >= 0) and range of a shape by weighted least squares with weights pairs /
/// distance^2 (gstat's fit.method 7; Zhang, van Eijkeren and Heemink 1995). For a given range the other two
/// follow linearly, so only the range is searched, over a tenth of the first bin's distance to 10 cutoffs: it
/// cannot fail to converge, and needs no starting value. The range is the best to 1e-7 relative. nullopt for
/// fewer than 3 bins or no differences.
std::optional<VariogramFit> fit_variogram(const EmpiricalVariogram& empirical, Shape shape,
                                          double smoothness = 0.5);

/// The best of sph, exp and gau by weighted error; gau only with a nugget of at least 1 % of its sill, for
/// without one its kriging system is all but singular (Chiles and Delfiner 2012, 3.4.4). Nor is a gau taken
/// whose range exceeds the cutoff: over the bins it is a parabola, which is a trend. nullopt as above.
std::optional<VariogramFit> choose_variogram(const EmpiricalVariogram& empirical);

}  // namespace isopleth::interpolate
