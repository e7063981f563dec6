// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/units.hpp"
#include "geo/geometry.hpp"

namespace isopleth::geo {

struct Invalidity {
    std::string reason;  ///< GEOS's words in lower case: "self-intersection"
    Point location;
};

/// nullopt for a valid geometry (OGC simple features); unclosed or too short rings are told as such.
std::optional<Invalidity> find_invalidity(const Geometry& geometry);

// Overlays: a missing geometry is an empty one, and an empty result is missing. Of a result of mixed
// dimensions the parts of the highest are returned: where polygons share a piece of border too, their
// intersection is the polygon alone. A Data error with GEOS's words for geometries that GEOS cannot overlay,
// as crossing rings and coordinates that are not finite.
Geometry intersection_of(const Geometry& left, const Geometry& right);
Geometry difference_of(const Geometry& left, const Geometry& right);
/// Union of all; missing geometries are left out.
Geometry union_of(const std::vector<Geometry>& geometries);
/// Round joins, 16 segments a quarter circle; negative distances shrink polygons. Coordinates in metres.
Geometry buffer(const Geometry& geometry, base::Meters distance);

/// Both are false when one is missing.
bool intersects(const Geometry& left, const Geometry& right);
/// Every point of `left` in `right` and interiors meet (OGC within).
bool is_within(const Geometry& left, const Geometry& right);
/// Shortest distance; nullopt when one is missing.
std::optional<base::Meters> distance(const Geometry& left, const Geometry& right);

/// Centre of the largest circle inside the polygons, to `tolerance` (pole of inaccessibility): where a label
/// sits best. nullopt for geometries without area. Of polygons thinner than `tolerance`, or 10^5 times as
/// long as wide, some point inside.
struct InscribedCircle {
    Point centre;
    base::Meters radius;
};
std::optional<InscribedCircle> largest_inscribed_circle(const Geometry& polygons, base::Meters tolerance);

/// Douglas-Peucker that keeps the type and the topology of each geometry; for drawing only.
Geometry simplified(const Geometry& geometry, base::Meters tolerance);

}  // namespace isopleth::geo
