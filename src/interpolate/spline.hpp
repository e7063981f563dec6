// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "interpolate/interpolator.hpp"

namespace isopleth::interpolate {

/// Splines: the surface f with the least sum of (z_i - f(x_i))^2 + smoothing L^2 J(f) (Wahba 1990, 2.4, where
/// n lambda stands for smoothing L^2), with L^2 the area of the samples' bounding box by their number: L is
/// their spacing, told in the description. No standard error. Options:
/// - type=thin-plate (Duchon 1977), the default: J is the double integral of f_xx^2 + 2 f_xy^2 + f_yy^2. It
/// may
///   pass above the highest and below the lowest sample.
/// - type=tension (Franke 1985; Mitas and Mitasova 1988; "spline with tension" of GIS): J has t^2 (f_x^2 +
/// f_y^2)
///   besides, with t = tension / L, so `tension` (> 0, default 1) has no unit: over more than L / tension
///   metres the plate behaves like a stretched membrane, which overshoots less and levels off beyond the
///   samples.
/// - smoothing (>= 0, default 0, no unit): 0 passes through every sample and returns it at its place (nearer
/// than
///   kSamePlace). Else waves of length 2 pi L smoothing^(1/4) keep half their height, shorter ones less; with
///   ever more of it a thin plate becomes the plane of least squares, tension the mean.
/// - neighbours (from 3, or all; 16 above kAllByDefault samples): with a number, each place has the spline of
///   its nearest samples, whose surface has small steps where they change.
extern const char* const kSplineOptions;

/// A Usage error for options that do not fit.
void check_spline(const std::string& method_text);

/// Data errors: fewer than 3 samples, all on one line, all neighbours of more than 10,000 samples, a singular
/// system with its cause. The global system is solved here; a singular local one shows in `estimate`.
std::unique_ptr<Interpolator> make_spline(const std::string& method_text, const model::Samples& samples,
                                          const base::Job& job);

}  // namespace isopleth::interpolate
