// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "interpolate/variogram.hpp"

namespace isopleth::interpolate {

struct VariogramFit {
    VariogramModel model;
    double weighted_error = 0;  ///< sum of w (semivariance of bin - of model)^2
    /// The range that fits best is the longest allowed, 10 cutoffs: the semivariance rises to the cutoff and
    /// beyond. Of pow: the exponent is the largest allowed, 1.99, all but a parabola.
    bool is_unbounded = false;
};

/// Nugget, partial sill (both >= 0) and range of a shape by weighted least squares with weights pairs /
/// distance^2 (gstat's fit.method 7; Zhang, van Eijkeren and Heemink 1995). For a given range the other two
/// follow linearly, so only the range is searched, over a tenth of the first bin's distance to 10 cutoffs: it
/// cannot fail to converge, and needs no starting value. The range is the best to 1e-7 relative. Of pow
/// the exponent is searched like that, over 0.01 to 1.99; of lin nothing. nullopt for fewer than 3 bins or no
/// differences.
std::optional<VariogramFit> fit_variogram(const EmpiricalVariogram& empirical, Shape shape,
                                          double smoothness = 0.5);

/// Whether to krige with a fit. Not with a gau whose nugget is below 1 % of its sill: its kriging system is
/// all but singular (Chiles and Delfiner 2012, 3.4.4). Nor with a gau whose range exceeds the cutoff: over
/// the bins it is a parabola, which is a trend; so is a pow of the largest exponent.
bool is_sound(const VariogramFit& fit, const EmpiricalVariogram& empirical);

/// Position of the fit with the least weighted error among the sound ones, or among all when none is; the
/// earlier of equal ones. `fits` must not be empty.
std::size_t best_of(const std::vector<VariogramFit>& fits, const EmpiricalVariogram& empirical);

/// The best of sph, exp and gau. nullopt as for fit_variogram.
std::optional<VariogramFit> choose_variogram(const EmpiricalVariogram& empirical);

/// The pairs to fit a model to: those of `choice`, but when it names no cutoff and there are too few pairs
/// for three bins, as of few samples, the cutoff doubles until there are three or all pairs are taken.
EmpiricalVariogram variogram_to_fit(const std::vector<geo::Point>& points, const std::vector<double>& values,
                                    BinChoice choice, const base::Job& job);

}  // namespace isopleth::interpolate
