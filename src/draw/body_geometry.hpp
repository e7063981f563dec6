// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>

#include "draw/scene.hpp"
#include "geo/geometry.hpp"
#include "style/layer_style.hpp"

namespace isopleth::draw {

/// The marker's closed outline around a point, in ground coordinates; markers of one radius have about one
/// area.
geo::Path marker_ring(geo::Point centre, style::Marker marker, double radius);

/// Diagonal lines inside polygons, a multiple of `step` apart in x; numbered from the plane's origin, so that
/// the hatching of neighbours joins. Missing where no line crosses.
geo::Geometry hatch_of(const geo::Geometry& polygons, double step);

/// The same inside the cells of a band whose value is 0: the lines run on from cell to cell.
std::vector<geo::LineString> hatch_of_zeros(const model::Raster& raster, std::size_t band, double step);

/// The longest line of each name in the label field of the layer's style, so that a river is named once. Rows
/// without a name are left out.
std::map<std::string, geo::LineString> longest_by_name(const BodyLayer& layer);

}  // namespace isopleth::draw
