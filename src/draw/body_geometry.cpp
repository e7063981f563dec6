// SPDX-License-Identifier: MIT
#include "draw/body_geometry.hpp"

#include "geo/geos.hpp"

#include <cmath>
#include <numbers>

namespace isopleth::draw {

geo::Path marker_ring(geo::Point centre, style::Marker marker, double radius) {
    int corners = 28;
    double turn = 0;
    double reach = radius;
    if (marker == style::Marker::kSquare) corners = 4, turn = std::numbers::pi / 4, reach = radius * 1.25;
    if (marker == style::Marker::kDiamond) corners = 4, turn = 0, reach = radius * 1.25;
    if (marker == style::Marker::kTriangle) corners = 3, turn = std::numbers::pi / 2, reach = radius * 1.35;
    geo::Path ring;
    for (int i = 0; i <= corners; ++i) {
        const double angle = turn + 2 * std::numbers::pi * (i % corners) / corners;
        ring.push_back({centre.x + reach * std::cos(angle), centre.y + reach * std::sin(angle)});
    }
    return ring;
}

geo::Geometry hatch_of(const geo::Geometry& polygons, double step) {
    const geo::Box box = geo::bounds(polygons);
    geo::MultiLineString lines;
    // Lines x - y = k: numbered from the plane's origin, so that neighbours' hatching joins.
    for (double k = std::ceil((box.min_x - box.max_y) / step) * step; k <= box.max_x - box.min_y; k += step) {
        lines.lines.push_back({{{k + box.min_y, box.min_y}, {k + box.max_y, box.max_y}}});
    }
    if (lines.lines.empty()) return {};
    return geo::intersection_of(polygons, lines);
}

std::map<std::string, geo::LineString> longest_by_name(const BodyLayer& layer) {
    std::map<std::string, geo::LineString> longest;
    const model::Column& names = layer.features->column(layer.style.label.field);
    for (std::size_t row = 0; row < layer.features->row_count(); ++row) {
        const std::string name = names.display(row);
        if (name.empty()) continue;
        for (const geo::LineString& line : geo::lines_of(layer.features->geometry[row])) {
            geo::LineString& kept = longest[name];
            if (geo::length(line).value > geo::length(kept).value) kept = line;
        }
    }
    return longest;
}

}  // namespace isopleth::draw
