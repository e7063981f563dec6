// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

#include "model/raster.hpp"

namespace isopleth::interpolate {

// What is done to the bands that `estimate` makes: 0 the estimate, 1 its standard error.

/// Multiplies the standard errors by `factor`, as cross-validation may say that they need.
void calibrate(model::Raster& surface, double factor);

/// Sets estimates below `least` to it; returns how many. Their standard errors stay.
std::size_t clamp_estimates(model::Raster& surface, double least);

/// How many estimates are below 0.
std::size_t count_negative(const model::Raster& surface);

/// Adds a band "supported": 1 where the standard error is at most `greatest_error`, else 0.
void add_supported(model::Raster& surface, double greatest_error);

}  // namespace isopleth::interpolate
