// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/units.hpp"

namespace isopleth::geo {

/// x is east and y north, always, also for longitude and latitude.
struct Point {
    double x = 0;
    double y = 0;
    bool operator==(const Point&) const = default;
};

/// Square of the distance between two points of a plane.
inline double squared_distance(Point left, Point right) {
    const double east = left.x - right.x;
    const double north = left.y - right.y;
    return east * east + north * north;
}

using Path = std::vector<Point>;

struct LineString {
    Path path;
    bool operator==(const LineString&) const = default;
};

/// Rings are closed (first point = last point). The outer ring comes counterclockwise out of `oriented`;
/// other input may be either way round.
struct Polygon {
    Path outer;
    std::vector<Path> holes;
    bool operator==(const Polygon&) const = default;
};

struct MultiPoint {
    std::vector<Point> points;
    bool operator==(const MultiPoint&) const = default;
};
struct MultiLineString {
    std::vector<LineString> lines;
    bool operator==(const MultiLineString&) const = default;
};
struct MultiPolygon {
    std::vector<Polygon> polygons;
    bool operator==(const MultiPolygon&) const = default;
};

/// std::monostate: the feature has no geometry (missing or empty).
using Geometry =
    std::variant<std::monostate, Point, LineString, Polygon, MultiPoint, MultiLineString, MultiPolygon>;

/// "Point", "MultiPolygon"; "none" for a missing geometry.
std::string_view type_name(const Geometry& geometry);
/// 0 points, 1 lines, 2 polygons, -1 none.
int dimension(const Geometry& geometry);
inline bool is_missing(const Geometry& geometry) {
    return geometry.index() == 0;
}

struct Box {
    double min_x = std::numeric_limits<double>::infinity();
    double min_y = std::numeric_limits<double>::infinity();
    double max_x = -std::numeric_limits<double>::infinity();
    double max_y = -std::numeric_limits<double>::infinity();

    bool empty() const { return !(min_x <= max_x); }
    double width() const { return max_x - min_x; }
    double height() const { return max_y - min_y; }
    void extend(Point point);
    void extend(const Box& other);
    bool contains(Point point) const;         ///< borders included
    bool intersects(const Box& other) const;  ///< borders included
    bool operator==(const Box&) const = default;
};

Box bounds(const Geometry& geometry);
std::size_t count_points(const Geometry& geometry);
/// False when any coordinate is NaN or infinite.
bool is_finite(const Geometry& geometry);

/// Calls `visit(Point&)` for every coordinate, in order.
template <class Visit>
void for_each_point(Geometry& geometry, Visit&& visit);
template <class Visit>
void for_each_point(const Geometry& geometry, Visit&& visit);

/// The polygons of a Polygon or MultiPolygon, none for other types.
std::span<const Polygon> polygons_of(const Geometry& geometry);
/// The lines of a LineString or MultiLineString, none for other types.
std::span<const LineString> lines_of(const Geometry& geometry);

/// Planar area (holes taken off); 0 for points and lines. The plane must be in metres.
base::SquareMeters area(const Geometry& geometry);
/// Planar length of lines, perimeter of polygons; 0 for points.
base::Meters length(const Geometry& geometry);
/// Twice the signed area of a closed ring: positive when counterclockwise.
double signed_area_doubled(std::span<const Point> ring);
/// Area centroid of polygons, length centroid of lines, mean of points; nullopt for none.
std::optional<Point> centroid(const Geometry& geometry);

/// Outer rings counterclockwise, holes clockwise (RFC 7946, section 3.1.6).
Geometry oriented(Geometry geometry);

enum class Side { kOutside, kBorder, kInside };
/// Where a point lies with respect to polygons; exact: uses adaptive orientation tests (Shewchuk 1997).
Side side_of(const Geometry& polygons, Point point);

/// Distance from a point to the nearest point of a geometry; 0 inside polygons. nullopt for none.
std::optional<base::Meters> distance(const Geometry& geometry, Point point);

// Definitions of the templates.
namespace detail {
template <class P, class Visit>
void visit_path(P& path, Visit& visit) {
    for (auto& point : path) visit(point);
}
template <class G, class Visit>
void visit_points(G& geometry, Visit& visit) {
    std::visit(
        [&visit](auto& value) {
            using T = std::remove_cvref_t<decltype(value)>;
            if constexpr (std::is_same_v<T, Point>) {
                visit(value);
            } else if constexpr (std::is_same_v<T, LineString>) {
                visit_path(value.path, visit);
            } else if constexpr (std::is_same_v<T, MultiPoint>) {
                visit_path(value.points, visit);
            } else if constexpr (std::is_same_v<T, MultiLineString>) {
                for (auto& line : value.lines) visit_path(line.path, visit);
            } else if constexpr (std::is_same_v<T, Polygon>) {
                visit_path(value.outer, visit);
                for (auto& hole : value.holes) visit_path(hole, visit);
            } else if constexpr (std::is_same_v<T, MultiPolygon>) {
                for (auto& polygon : value.polygons) {
                    visit_path(polygon.outer, visit);
                    for (auto& hole : polygon.holes) visit_path(hole, visit);
                }
            }
        },
        geometry);
}
}  // namespace detail

template <class Visit>
void for_each_point(Geometry& geometry, Visit&& visit) {
    detail::visit_points(geometry, visit);
}
template <class Visit>
void for_each_point(const Geometry& geometry, Visit&& visit) {
    detail::visit_points(geometry, visit);
}

}  // namespace isopleth::geo
