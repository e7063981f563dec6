// SPDX-License-Identifier: MIT
#pragma once

#include "base/finding.hpp"
#include "model/layer.hpp"

namespace isopleth::inspect {

/// Throws an Input error that names layer, feature and place of the first invalid polygon ("feature 1:
/// invalid polygon: self-intersection at (116.41, 39.91)") with the number of further ones, and says to mend
/// it in the source.
void require_valid_polygons(const model::Layer& layer);

/// Coordinates that cannot be right. Input errors: a coordinate that is not finite; a latitude above 90,
/// which says whether swapping x and y would put all features right. Findings, one for each kind with the
/// number of features and the place of the first: x and y that look swapped (outside the area of use of the
/// CRS by more than a degree, and inside the other way round), places outside that area otherwise, and places
/// at 0, 0 where these are longitude and latitude or lie outside that area. Messages name the columns that
/// hold the coordinates where the layer has kept them. Nothing is mended; a layer without CRS is only checked
/// for finiteness.
void check_coordinates(const model::Layer& layer, base::Findings& findings);

}  // namespace isopleth::inspect
