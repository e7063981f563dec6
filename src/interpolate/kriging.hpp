// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "interpolate/interpolator.hpp"

namespace isopleth::interpolate {

/// Ordinary kriging; its standard error is the root of the kriging variance. Options: model (exp, sph, gau,
/// mat), nugget (0), psill, range (the model's parameter, a length), kappa (smoothness of mat, 0.5),
/// neighbours (a number or all; 16 above kAllByDefault samples). Without psill and range they are fitted to
/// the samples, of the model named or of the best of sph, exp and gau (choose_variogram).
extern const char* const kKrigingOptions;

/// A Usage error for options that do not fit.
void check_kriging(const std::string& method_text);

/// Data errors: fewer than 10 samples to fit (2 with a model given), values without differences to fit, a
/// singular system with its cause, all neighbours of more than 10,000 samples. The global system is factored
/// here; a singular local one shows in `estimate`.
std::unique_ptr<Interpolator> make_kriging(const std::string& method_text, const model::Samples& samples,
                                           const base::Job& job);

}  // namespace isopleth::interpolate
