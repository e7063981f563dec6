// SPDX-License-Identifier: MIT
#pragma once

#include "base/finding.hpp"
#include "model/layer.hpp"

namespace isopleth::inspect {

/// Throws an Input error that names layer, feature and place of the first invalid polygon ("feature 1: self-intersection at (116.41, 39.91)"),
/// with the number of further ones, and says how to mend it (isopleth convert ... --make-valid is not there yet: say to mend it in the source).
void require_valid_polygons(const model::Layer& layer);

/// Coordinates that cannot be right: latitude above 90 is an Input error that says whether swapping x and y would put all right; coordinates outside
/// the CRS's area of use, latitudes that look like longitudes (x and y swapped inside both ranges, seen from the area of use) and places at 0, 0 are
/// findings. Nothing is mended in silence.
void check_coordinates(const model::Layer& layer, base::Findings& findings);

}  // namespace isopleth::inspect
