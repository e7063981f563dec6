// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "interpolate/interpolator.hpp"

namespace isopleth::interpolate {

/// Triangulated irregular network (Peucker et al. 1978): planes on the triangles of the samples' Delaunay
/// triangulation. Exact at the samples and for linear fields, continuous, never above the highest or below
/// the lowest sample. No estimate outside the samples' convex hull, no standard error, no options.
///
/// Data errors: fewer than 3 samples, all on one line.
std::unique_ptr<Interpolator> make_tin(const std::string& method_text, const model::Samples& samples,
                                       const base::Job& job);

}  // namespace isopleth::interpolate
