// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "interpolate/interpolator.hpp"

namespace isopleth::interpolate {

/// One line of help.
extern const char* const kRegressionKrigingOptions;

/// A trend of place and covariates by ordinary least squares, and the residuals kriged about 0 and added
/// (Odeh, McBratney and Chittleborough 1995; Hengl, Heuvelink and Rossiter 2007). With C the samples'
/// covariances, F the trend's functions, H = F (F'F)^-1, k the simple kriging weights and g = f - F'k, the
/// variance of such an estimate under the model is that of simple kriging and g'H'C H g (all samples tell the
/// trend): not the sum of two variances as if trend and residuals were independent. With neighbours that
/// leaves out how the error of the residuals goes with samples beyond them, 1 or 2 per cent of the error.
/// The model is given by kriging's options, or fitted to the residuals as universal kriging fits it.
///
/// Usage errors for options that do not fit.
void check_regression_kriging(const std::string& method_text);

/// Data errors as of kriging with a drift.
std::unique_ptr<Interpolator> make_regression_kriging(const std::string& method_text,
                                                      const model::Samples& samples, const base::Job& job);

}  // namespace isopleth::interpolate
