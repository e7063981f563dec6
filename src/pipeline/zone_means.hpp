// SPDX-License-Identifier: MIT
#pragma once

#include "base/job.hpp"
#include "base/units.hpp"
#include "interpolate/interpolator.hpp"
#include "model/layer.hpp"

namespace isopleth::pipeline {

/// The polygons with the mean of the field over each, "estimate", and its "standard_error" times
/// `calibration` (a name that is taken gets a number). The centres of the cells in a polygon, multiples of
/// `cell`, stand for it. A row without a geometry has neither. Data errors: a polygon without a cell's
/// centre; one that the method has no mean for (kriging of all samples has), or that a covariate does not
/// cover.
model::Layer zone_means(const interpolate::Interpolator& interpolator, const model::Layer& zones,
                        base::Meters cell, double calibration, const base::Job& job);

}  // namespace isopleth::pipeline
