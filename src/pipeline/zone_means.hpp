// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "base/job.hpp"
#include "base/units.hpp"
#include "interpolate/interpolator.hpp"
#include "model/grid.hpp"
#include "model/layer.hpp"

namespace isopleth::pipeline {

/// The cells of the grid with their centre in the polygon in a row, rising. A Data error with the hint when
/// there is none.
std::vector<std::size_t> cells_of(const model::Layer& polygons, std::size_t row, const model::Grid& grid,
                                  const std::string& hint);

/// The polygons with the mean of the field over each, "estimate", and its "standard_error" times
/// `calibration` (a name that is taken gets a number). The centres of the cells in a polygon, multiples of
/// `cell`, stand for it. A row without a geometry has neither. Data errors: a polygon without a cell's
/// centre; one that the method has no mean for (kriging of all samples has), or that a covariate does not
/// cover.
model::Layer zone_means(const interpolate::Interpolator& interpolator, const model::Layer& zones,
                        base::Meters cell, double calibration, const base::Job& job);

}  // namespace isopleth::pipeline
