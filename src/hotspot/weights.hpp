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

/// "queen" (share a point), "rook" (share an edge), "knn:8" (nearest centroids), "distance:500" (centroids at most so far apart).
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

/// Queen and rook need polygons (a Data error else) and compare shared coordinates exactly, touching along partial edges included.
/// Metric CRS asked for kNearest and kDistance.
Weights make_weights(const model::Layer& layer, const WeightsMethod& method, const base::Job& job);

}  // namespace isopleth::hotspot
