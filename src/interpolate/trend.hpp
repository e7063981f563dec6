// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "interpolate/interpolator.hpp"

namespace isopleth::interpolate {

/// Trend surface (Draper and Smith 1998, chapter 5): the polynomial in x and y, with all its terms up to
/// `degree` (0 to 3, default 1: 1, 3, 6, 10 coefficients), that is nearest to the samples by ordinary least
/// squares. It smooths: at a sample's place it is not the sample.
///
/// The standard error is that of a new observation, not of the surface: the root of s^2 (1 + f'(F'F)^-1 f),
/// with f the polynomials at the place, F those at the n samples and s^2 = (sum of squared residuals) / (n -
/// coefficients). It is what gstat gives for a trend without a variogram at points, and R's predict.lm with
/// interval = "prediction"; it holds for errors that are independent and everywhere as large.
///
/// The polynomials are of coordinates that run from -1 to 1 within the samples, made orthonormal at the
/// samples: values and errors are good to some 1e-13 of the largest sample.
extern const char* const kTrendOptions;

/// A Usage error for options that do not fit.
void check_trend(const std::string& method_text);

/// Data errors: fewer samples than coefficients + 1; samples on a line or curve that leaves coefficients
/// open.
std::unique_ptr<Interpolator> make_trend(const std::string& method_text, const model::Samples& samples,
                                         const base::Job& job);

}  // namespace isopleth::interpolate
