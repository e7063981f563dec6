// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "geo/geometry.hpp"

namespace isopleth::query {

/// SpatiaLite's BLOB-Geometry, little endian (https://www.gaia-gis.it/gaia-sins/BLOB-Geometry.html), with the
/// coordinates to the bit. "" for a missing geometry: the format has none.
std::string to_blob(const geo::Geometry& geometry, int srid);

struct BlobGeometry {
    geo::Geometry geometry;
    int srid = 0;
};

/// nullopt for bytes that are no such geometry (or a compressed one). Z and M are dropped, an empty
/// collection is missing, a collection of one kind becomes Multi...; a Data error for a collection of several
/// kinds.
std::optional<BlobGeometry> from_blob(std::string_view bytes);

/// WKT with the shortest coordinates that read back the same; "" for a missing geometry.
std::string to_wkt(const geo::Geometry& geometry);

}  // namespace isopleth::query
