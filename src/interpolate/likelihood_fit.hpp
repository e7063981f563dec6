// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/job.hpp"
#include "interpolate/likelihood.hpp"
#include "interpolate/variogram.hpp"

namespace isopleth::interpolate {

/// A shape to fit; without a smoothness that of mat is sought too, between 0.1 and 5.
struct ShapeSought {
    Shape shape = Shape::kExponential;
    std::optional<double> smoothness{};
};

/// A shape with its best parameters, by the likelihood of the search.
struct ShapeTried {
    VariogramModel model;
    double log_likelihood = 0;
};

struct LikelihoodFit {
    VariogramModel model;
    double log_likelihood = 0;  ///< restricted, of the model
    double aic = 0;             ///< -2 log + 2 for each coefficient and each parameter of the model
    std::size_t evaluations = 0;
    bool is_exact = true;       ///< else Vecchia's, given kVecchiaNeighbours
    std::size_t densities = 0;  ///< how many the search among shapes took, where it was Vecchia's; else 0
    bool is_unbounded = false;  ///< the range is the longest allowed, 3 diagonals of the extent
    std::vector<ShapeTried> tried;
};

/// The likelihood is exact up to so many samples.
inline constexpr std::size_t kMostExact = 2000;
inline constexpr std::size_t kVecchiaNeighbours = 30;

/// Nugget, partial sill and range, and kappa where it is sought, that maximise the restricted likelihood; of
/// the likeliest of several shapes. A gau whose nugget is below 1 % of the sill loses against any other: its
/// kriging system is all but singular (Chiles and Delfiner 2012, 3.4.4). With errors of measurement they are
/// part of the covariances, so the nugget is without them. Places of a grid are compared, then the simplex of
/// Nelder and Mead is let down from the best: it always ends, and needs no starting value. With many samples
/// that search takes some of Vecchia's conditional densities, and what it finds starts one by all of them.
/// nullopt when no model tried has regular covariances.
std::optional<LikelihoodFit> fit_likelihood(const LikelihoodData& data,
                                            const std::vector<ShapeSought>& shapes, const base::Job& job);

}  // namespace isopleth::interpolate
