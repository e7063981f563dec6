// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "model/layer.hpp"

namespace isopleth::join {

inline model::Layer layer_of(const std::string& name, std::vector<geo::Geometry> geometry) {
    model::Layer layer;
    layer.name = name;
    layer.source.file = name + ".gpkg";
    layer.has_geometry = true;
    layer.crs = geo::Crs::parse("EPSG:4548");
    layer.geometry = std::move(geometry);
    return layer;
}

inline model::Column texts(const std::string& name, const std::vector<std::string>& cells) {
    model::Column column(name, model::ColumnType::kText);
    for (const std::string& cell : cells) {
        if (cell.empty()) {
            column.append_missing();
        } else {
            column.append(cell);
        }
    }
    return column;
}

inline geo::Polygon box_polygon(double x0, double y0, double x1, double y1) {
    return {{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}}, {}};
}

/// A star-shaped ring of `corners` corners around a centre; `is_whole` puts them on whole numbers, so that
/// points can lie on edges exactly.
inline geo::Path star(geo::Point centre, double radius, int corners, std::uint64_t seed, bool is_whole) {
    geo::Path ring;
    for (int i = 0; i < corners; ++i) {
        const double angle = 2 * std::numbers::pi * i / corners;
        const double reach =
            radius * (0.5 + base::random_uniform(seed, static_cast<std::uint64_t>(i), 0) / 2);
        geo::Point corner{centre.x + reach * std::cos(angle), centre.y + reach * std::sin(angle)};
        if (is_whole) corner = {std::round(corner.x), std::round(corner.y)};
        ring.push_back(corner);
    }
    ring.push_back(ring.front());
    return ring;
}

/// Overlapping polygons and multipolygons with holes, and a few rows of other kinds, around (500000,
/// 4400000).
inline std::vector<geo::Geometry> many_shapes(std::size_t count, bool is_whole) {
    std::vector<geo::Geometry> shapes;
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto number = [i](std::uint64_t draw) { return base::random_uniform(99, i, draw); };
        const geo::Point centre{500000 + std::round(1000 * number(0)), 4400000 + std::round(800 * number(1))};
        const double radius = 20 + 100 * number(2);
        geo::Polygon polygon{star(centre, radius, 24, i, is_whole), {}};
        if (i % 3 == 0) polygon.holes.push_back(star(centre, radius / 3, 9, i + 1000, is_whole));
        if (i % 7 == 5) {
            shapes.emplace_back(geo::LineString{polygon.outer});
        } else if (i % 4 == 1) {
            const geo::Point other{centre.x + std::round(3 * radius), centre.y};
            shapes.emplace_back(
                geo::MultiPolygon{{polygon, {star(other, radius, 12, i + 2000, is_whole), {}}}});
        } else {
            shapes.emplace_back(polygon);
        }
    }
    shapes.emplace_back();
    return shapes;
}

/// Points all over the shapes, at their corners and halfway along their edges.
inline std::vector<geo::Point> places_around(const std::vector<geo::Geometry>& shapes, std::size_t count) {
    std::vector<geo::Point> places;
    for (std::uint64_t i = 0; i < count; ++i) {
        places.push_back(
            {499800 + 1500 * base::random_uniform(7, i, 0), 4399800 + 1200 * base::random_uniform(7, i, 1)});
        places.push_back({std::round(places.back().x), std::round(places.back().y)});
    }
    for (const geo::Geometry& shape : shapes) {
        geo::Point last{};
        geo::for_each_point(shape, [&](const geo::Point& corner) {
            places.push_back(corner);
            places.push_back({(corner.x + last.x) / 2, (corner.y + last.y) / 2});
            places.push_back({std::nextafter(corner.x, 0), corner.y});
            last = corner;
        });
    }
    return places;
}

}  // namespace isopleth::join
