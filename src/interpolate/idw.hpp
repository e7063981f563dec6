// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "interpolate/interpolator.hpp"

namespace isopleth::interpolate {

/// Inverse distance weighting (Shepard 1968): the mean of the samples weighted by 1 / distance^power; the
/// sample's value at its place (nearer than kSamePlace). No standard error. Options: power (> 0, default 2),
/// neighbours (a number or all; 12 above kAllByDefault samples), radius (a length; a place without a sample
/// within it has no estimate).
extern const char* const kIdwOptions;

/// A Usage error for options that do not fit.
void check_idw(const std::string& method_text);

std::unique_ptr<Interpolator> make_idw(const std::string& method_text, const model::Samples& samples,
                                       const base::Job& job);

}  // namespace isopleth::interpolate
