// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "interpolate/interpolator.hpp"

namespace isopleth::interpolate {

/// One line of help.
extern const char* const kCokrigingOptions;

/// Ordinary cokriging of the samples with a second variable (Samples::second); its standard error is the root
/// of the cokriging variance. Options: one shape `model` with its `range` (and `kappa`) for both variables;
/// `psill` and `nugget` as FIRST+CROSS+SECOND; neighbours, radius and sectors count for each variable.
/// Without psill and range the model is fitted (fit_coregionalization) at the places where both are known.
///
/// A Usage error for options that do not fit, and for a model that no two variables can have.
void check_cokriging(const std::string& method_text);

/// A Usage error without a second variable. Data errors: fewer than 10 places with both variables to fit (2
/// samples of each with a model given), values without differences to fit, a singular system, all neighbours
/// of more than 10,000 samples.
std::unique_ptr<Interpolator> make_cokriging(const std::string& method_text, const model::Samples& samples,
                                             const base::Job& job);

}  // namespace isopleth::interpolate
