// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "interpolate/interpolator.hpp"

namespace isopleth::interpolate {

/// Kriging: ordinary, simple (mean), universal (degree), of blocks (block), of an indicator (above) or of
/// transformed values (transform=log, boxcox or normal: Transform); its standard error is the root of the
/// kriging variance, or what becomes of it. Options: KrigingOptions. Neighbours are 16 (60 with fit=reml)
/// above kAllByDefault samples; without psill and range the model is fitted (choose_model).
///
/// A Usage error for options that do not fit.
void check_kriging(const std::string& method_text);

/// Data errors: fewer than 10 samples to fit (2 with a model given), values without differences to fit, a
/// singular system with its cause, all neighbours of more than 10,000 samples. The global system is factored
/// here; a singular local one shows in `estimate`.
std::unique_ptr<Interpolator> make_kriging(const std::string& method_text, const model::Samples& samples,
                                           const base::Job& job);

}  // namespace isopleth::interpolate
