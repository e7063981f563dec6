// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/layer.hpp"
#include "model/provenance.hpp"

namespace isopleth::io {

/// A FeatureCollection after RFC 7946: WGS84, rings oriented, 7 decimals, one feature a line, the provenance
/// as foreign member "isopleth". A Data error for a layer with geometry and no CRS.
std::string format_geojson(const model::Layer& layer, const model::Provenance& provenance);

}  // namespace isopleth::io
