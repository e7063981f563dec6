// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "base/job.hpp"
#include "geo/geometry.hpp"
#include "model/layer.hpp"
#include "model/raster.hpp"

namespace isopleth::raster {

/// 1 for the cells whose centre lies inside (or on the border of) one of the layer's polygons, exactly as
/// `side_of` says for valid polygons. By scan lines. A Data error when none does, an Input error for a layer
/// without polygons. The layer must be in the grid's CRS.
std::vector<std::uint8_t> cells_inside(const model::Grid& grid, const model::Layer& polygons);

/// Makes the cells outside invalid in every band. `inside` has grid.count() entries.
void apply_mask(model::Raster& raster, const std::vector<std::uint8_t>& inside);

}  // namespace isopleth::raster
