// SPDX-License-Identifier: MIT
#include "draw/body_geometry.hpp"

#include "geo/geos.hpp"

#include <algorithm>
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

namespace {

/// Where the line x - y = k crosses the borders of the grid's rows and columns, west to east.
std::vector<double> crossings(const model::Grid& grid, double k) {
    const geo::Box box = grid.box();
    const double from = std::max(box.min_x, box.min_y + k);
    const double to = std::min(box.max_x, box.max_y + k);
    std::vector<double> xs;
    if (!(from < to)) return xs;
    xs = {from, to};
    for (std::size_t column = 1; column < grid.columns; ++column)
        xs.push_back(grid.min_x + static_cast<double>(column) * grid.cell);
    for (std::size_t row = 1; row < grid.rows; ++row)
        xs.push_back(grid.max_y - static_cast<double>(row) * grid.cell + k);
    xs.erase(std::remove_if(xs.begin(), xs.end(), [&](double x) { return x < from || x > to; }), xs.end());
    std::sort(xs.begin(), xs.end());
    return xs;
}

}  // namespace

std::vector<geo::LineString> hatch_of_zeros(const model::Raster& raster, std::size_t band, double step) {
    const model::Grid& grid = raster.grid;
    const geo::Box box = grid.box();
    std::vector<geo::LineString> lines;
    for (double k = std::ceil((box.min_x - box.max_y) / step) * step; k <= box.max_x - box.min_y; k += step) {
        const std::vector<double> xs = crossings(grid, k);
        bool is_open = false;
        for (std::size_t i = 0; i + 1 < xs.size(); ++i) {
            if (xs[i] == xs[i + 1]) continue;
            const double middle = (xs[i] + xs[i + 1]) / 2;
            const auto column = static_cast<std::size_t>(std::max(0.0, (middle - grid.min_x) / grid.cell));
            const auto row = static_cast<std::size_t>(std::max(0.0, (grid.max_y - middle + k) / grid.cell));
            const auto value =
                raster.at(band, std::min(row, grid.rows - 1), std::min(column, grid.columns - 1));
            const bool is_hatched = value && *value == 0;
            if (is_hatched && !is_open) lines.push_back({{{xs[i], xs[i] - k}, {xs[i + 1], xs[i + 1] - k}}});
            if (is_hatched) lines.back().path.back() = {xs[i + 1], xs[i + 1] - k};
            is_open = is_hatched;
        }
    }
    return lines;
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
