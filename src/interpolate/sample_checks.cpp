// SPDX-License-Identifier: MIT
#include "interpolate/sample_checks.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace isopleth::interpolate {

void require_count(std::size_t count, const std::string& field, const std::string& whose, std::size_t needed,
                   const std::string& hint) {
    if (count >= needed) return;
    base::fail_data(fmt::format("{} sample{} with a {} value; {} needs {}", count, count == 1 ? "" : "s",
                                field, whose, needed),
                    hint);
}

bool is_on_one_line(const std::vector<geo::Point>& points) {
    const geo::Point first = points.front();
    const auto offset = [&](geo::Point point) { return geo::Point{point.x - first.x, point.y - first.y}; };
    geo::Point along;
    for (const geo::Point& point : points) {
        if (std::hypot(offset(point).x, offset(point).y) > std::hypot(along.x, along.y))
            along = offset(point);
    }
    const double length = std::hypot(along.x, along.y);
    return std::all_of(points.begin(), points.end(), [&](geo::Point point) {
        const double aside = along.x * offset(point).y - along.y * offset(point).x;
        return std::abs(aside) <= 1e-9 * length * length;
    });
}

void require_width(const std::vector<geo::Point>& points) {
    if (!is_on_one_line(points)) return;
    base::fail_data(fmt::format("all {} samples lie on one line, which tells nothing of the places beside it",
                                points.size()),
                    "Add samples beside the line, or use --method idw.");
}

void require_room_for_all(std::size_t count, const std::string& whose) {
    constexpr std::size_t kMost = 10'000;
    if (count <= kMost) return;
    base::fail_data(
        fmt::format("{} with all of {} samples as neighbours takes too much memory; {} are the most", whose,
                    base::with_thousands(static_cast<long long>(count)),
                    base::with_thousands(static_cast<long long>(kMost))),
        "Use neighbours=16.");
}

}  // namespace isopleth::interpolate
