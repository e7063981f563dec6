// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/job.hpp"
#include "base/units.hpp"
#include "model/layer.hpp"

namespace isopleth::join {

enum class Predicate { kWithin, kIntersects, kNearest };
/// What happens to a point that lies on borders and inside of no polygon: it belongs to exactly one (the
/// half-open rule: a polygon owns its border where its interior lies to the east, or north on horizontal
/// edges; ties, and points on an outer border that nobody owns, go to the smaller row, so that no point is
/// lost), to all whose border it is, or to none.
enum class Border { kOne, kAll, kNone };

Predicate parse_predicate(std::string_view text);  ///< Usage error with the nearest name
Border parse_border(std::string_view text);

struct SpatialOptions {
    Predicate predicate = Predicate::kWithin;
    Border border = Border::kOne;
    std::optional<base::Meters> max_distance;  ///< for nearest: farther ones do not match (its end included)
};

/// For each left row the matching right rows, by rising row number; `distance` runs alongside for kNearest.
struct Matches {
    std::vector<std::size_t> start;  ///< size left rows + 1
    std::vector<std::size_t> right;
    std::vector<double> distance;  ///< metres; empty unless kNearest

    std::size_t count(std::size_t left) const { return start[left + 1] - start[left]; }
};

/// Both layers in the same metric CRS (a Data error else). Rows without geometry match nothing. Nearest gives
/// one match (ties: the smaller row). With polygons on the left and points on the right, kWithin and
/// kIntersects mean the points in each polygon, by the same border rule, so that counts add up.
Matches match_spatially(const model::Layer& left, const model::Layer& right, const SpatialOptions& options,
                        const base::Job& job);

}  // namespace isopleth::join
