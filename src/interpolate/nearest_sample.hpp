// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "interpolate/interpolator.hpp"

namespace isopleth::interpolate {

/// The value of the nearest sample (Thiessen 1911); of samples equally near the westernmost, then the
/// southernmost. No standard error. Options: radius (a length; a place without a sample within it, its end
/// included, has no estimate).
extern const char* const kNearestOptions;

/// A Usage error for options that do not fit.
void check_nearest(const std::string& method_text);

std::unique_ptr<Interpolator> make_nearest(const std::string& method_text, const model::Samples& samples,
                                           const base::Job& job);

}  // namespace isopleth::interpolate
