// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "interpolate/interpolator.hpp"

namespace isopleth::interpolate {

/// Natural neighbours (Sibson 1981, "A brief description of natural neighbour interpolation"): the place, as
/// one more point, takes its Voronoi cell from those of the samples, and each sample's weight is the area
/// taken from it. Exact at the samples and for linear fields, smooth elsewhere, never above the highest or
/// below the lowest sample; linear on the edges of the samples' convex hull. No estimate outside it, no
/// standard error, no options. Weights agree with those of clipped polygons in long double to 1e-9 of
/// themselves.
///
/// Data errors: fewer than 3 samples, all on one line.
std::unique_ptr<Interpolator> make_natural(const std::string& method_text, const model::Samples& samples,
                                           const base::Job& job);

}  // namespace isopleth::interpolate
