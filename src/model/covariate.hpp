// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "geo/geometry.hpp"
#include "model/raster.hpp"

namespace isopleth::model {

/// A variable known wherever an estimate is wanted, which the estimated mean depends on: the distance to the
/// nearest road, a height.
struct Covariate {
    std::string name;
    std::shared_ptr<const Raster> surface;          ///< its first band, in the samples' CRS
    std::vector<std::optional<double>> at_samples;  ///< one a sample, present in all of `Samples`
};

/// The raster's first band at a place, bilinear between the centres of the four cells around it, of which
/// those without value, and those beyond the edge, don't count: their weights go to the others. nullopt in a
/// cell without value and outside the raster.
std::optional<double> value_at(const Raster& raster, geo::Point place);

}  // namespace isopleth::model
