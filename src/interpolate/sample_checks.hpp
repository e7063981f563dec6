// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "geo/geometry.hpp"

namespace isopleth::interpolate {

// What methods ask of their samples before any work: Data errors in the same words for all of them.

/// At least `needed` samples: "2 samples with a pm25 value; kriging needs 10", where `whose` is "kriging".
void require_count(std::size_t count, const std::string& field, const std::string& whose, std::size_t needed,
                   const std::string& hint = "Use --method idw.");

/// All within 1e-9 of their extent of one straight line.
bool is_on_one_line(const std::vector<geo::Point>& points);

/// Samples that are not all on one line.
void require_width(const std::vector<geo::Point>& points);

/// No more than 10,000 samples for a system of all of them: 1.2 GB of it and its factor.
void require_room_for_all(std::size_t count, const std::string& whose);

}  // namespace isopleth::interpolate
