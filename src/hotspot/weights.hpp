// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/job.hpp"
#include "base/units.hpp"
#include "model/layer.hpp"

namespace isopleth::hotspot {

/// "queen" (share a point), "rook" (share an edge), "knn:8" (nearest centroids), "distance:500" (centroids at
/// most so far apart).
struct WeightsMethod {
    enum class Kind { kQueen, kRook, kNearest, kDistance } kind = Kind::kQueen;
    std::size_t count = 0;
    base::Meters distance;
};
WeightsMethod parse_weights(std::string_view text);  ///< Usage error with the nearest name

/// Binary spatial weights without the item itself, as lists of neighbours by rising number.
struct Weights {
    std::vector<std::vector<std::size_t>> neighbours;
    std::size_t islands() const;  ///< items without any neighbour
};

/// Queen and rook need polygons (a Data error else) and compare coordinates exactly: borders meet at a common
/// vertex, where a vertex lies on the inside of the other's edge (only if it does so to the bit), or where
/// they cross; rook asks for a common stretch of an edge, whole or part. Nearest and distance take area
/// centroids and need a metric CRS (a Data error else); ties go to the smaller number; a Data error when
/// there are too few places for `count`. A missing geometry has no neighbours.
Weights make_weights(const model::Layer& layer, const WeightsMethod& method, const base::Job& job);

}  // namespace isopleth::hotspot
