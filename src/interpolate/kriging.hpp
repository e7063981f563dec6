// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "interpolate/interpolator.hpp"

namespace isopleth::interpolate {

/// Kriging: ordinary, simple (mean), universal (degree), of blocks (block), lognormal (transform=log) or of
/// an indicator (above); its standard error is the root of the kriging variance. Options: KrigingOptions.
/// Neighbours are 16 above kAllByDefault samples; without psill and range the model is fitted (choose_model).
///
/// A Usage error for options that do not fit.
void check_kriging(const std::string& method_text);

/// Data errors: fewer than 10 samples to fit (2 with a model given), values without differences to fit, a
/// singular system with its cause, all neighbours of more than 10,000 samples. The global system is factored
/// here; a singular local one shows in `estimate`.
std::unique_ptr<Interpolator> make_kriging(const std::string& method_text, const model::Samples& samples,
                                           const base::Job& job);

}  // namespace isopleth::interpolate
