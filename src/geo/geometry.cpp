// SPDX-License-Identifier: MIT
#include "geo/geometry.hpp"

#include "geo/predicates.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace isopleth::geo {

std::string_view type_name(const Geometry& geometry) {
    constexpr std::array<std::string_view, 7> kNames = {
        "none", "Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon"};
    return kNames[geometry.index()];
}

int dimension(const Geometry& geometry) {
    constexpr std::array<int, 7> kDimensions = {-1, 0, 1, 2, 0, 1, 2};
    return kDimensions[geometry.index()];
}

void Box::extend(Point point) {
    min_x = std::min(min_x, point.x);
    min_y = std::min(min_y, point.y);
    max_x = std::max(max_x, point.x);
    max_y = std::max(max_y, point.y);
}

void Box::extend(const Box& other) {
    if (other.empty()) return;
    extend(Point{other.min_x, other.min_y});
    extend(Point{other.max_x, other.max_y});
}

bool Box::contains(Point point) const {
    return point.x >= min_x && point.x <= max_x && point.y >= min_y && point.y <= max_y;
}

bool Box::intersects(const Box& other) const {
    return min_x <= other.max_x && other.min_x <= max_x && min_y <= other.max_y && other.min_y <= max_y;
}

Box bounds(const Geometry& geometry) {
    Box box;
    for_each_point(geometry, [&box](const Point& point) { box.extend(point); });
    return box;
}

std::size_t count_points(const Geometry& geometry) {
    std::size_t count = 0;
    for_each_point(geometry, [&count](const Point&) { ++count; });
    return count;
}

bool is_finite(const Geometry& geometry) {
    bool finite = true;
    for_each_point(geometry, [&finite](const Point& point) {
        finite = finite && std::isfinite(point.x) && std::isfinite(point.y);
    });
    return finite;
}

std::span<const Polygon> polygons_of(const Geometry& geometry) {
    if (const auto* polygon = std::get_if<Polygon>(&geometry)) return {polygon, 1};
    if (const auto* several = std::get_if<MultiPolygon>(&geometry)) return several->polygons;
    return {};
}

std::span<const LineString> lines_of(const Geometry& geometry) {
    if (const auto* line = std::get_if<LineString>(&geometry)) return {line, 1};
    if (const auto* several = std::get_if<MultiLineString>(&geometry)) return several->lines;
    return {};
}

double signed_area_doubled(std::span<const Point> ring) {
    if (ring.size() < 3) return 0;
    // Relative to the first point: coordinates of a projected CRS are large, rings small.
    const Point origin = ring[0];
    double sum = 0;
    for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
        sum += (ring[i].x - origin.x) * (ring[i + 1].y - origin.y) -
               (ring[i + 1].x - origin.x) * (ring[i].y - origin.y);
    }
    return sum;
}

base::SquareMeters area(const Geometry& geometry) {
    double sum = 0;
    for (const Polygon& polygon : polygons_of(geometry)) {
        sum += std::abs(signed_area_doubled(polygon.outer)) / 2;
        for (const Path& hole : polygon.holes) sum -= std::abs(signed_area_doubled(hole)) / 2;
    }
    return base::SquareMeters{sum};
}

namespace {
double path_length(const Path& path) {
    double sum = 0;
    for (std::size_t i = 1; i < path.size(); ++i) {
        sum += std::hypot(path[i].x - path[i - 1].x, path[i].y - path[i - 1].y);
    }
    return sum;
}

/// Weighted mean of places, gathered relative to an origin so that large coordinates cost no digits.
class WeightedMean {
public:
    explicit WeightedMean(Point origin) : m_origin(origin) {}
    void add(Point point, double weight) {
        m_x += (point.x - m_origin.x) * weight;
        m_y += (point.y - m_origin.y) * weight;
        m_weight += weight;
    }
    Point origin() const { return m_origin; }
    std::optional<Point> mean() const {
        if (m_weight == 0) return std::nullopt;
        return Point{m_origin.x + m_x / m_weight, m_origin.y + m_y / m_weight};
    }

private:
    Point m_origin;
    double m_x = 0;
    double m_y = 0;
    double m_weight = 0;
};

/// Adds a ring's triangles as seen from the origin; `sign` is +1 for an outer ring, -1 for a hole, whichever
/// way it runs.
void add_ring(WeightedMean& mean, const Path& ring, double sign) {
    const Point origin = mean.origin();
    const double direction = signed_area_doubled(ring) < 0 ? -sign : sign;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const Point a{ring[i - 1].x - origin.x, ring[i - 1].y - origin.y};
        const Point b{ring[i].x - origin.x, ring[i].y - origin.y};
        const double doubled = a.x * b.y - b.x * a.y;
        mean.add({origin.x + (a.x + b.x) / 3, origin.y + (a.y + b.y) / 3}, direction * doubled);
    }
}

void add_path(WeightedMean& mean, const Path& path) {
    for (std::size_t i = 1; i < path.size(); ++i) {
        const Point a = path[i - 1];
        const Point b = path[i];
        mean.add({a.x + (b.x - a.x) / 2, a.y + (b.y - a.y) / 2}, std::hypot(b.x - a.x, b.y - a.y));
    }
}
}  // namespace

base::Meters length(const Geometry& geometry) {
    double sum = 0;
    for (const LineString& line : lines_of(geometry)) sum += path_length(line.path);
    for (const Polygon& polygon : polygons_of(geometry)) {
        sum += path_length(polygon.outer);
        for (const Path& hole : polygon.holes) sum += path_length(hole);
    }
    return base::Meters{sum};
}

std::optional<Point> centroid(const Geometry& geometry) {
    const Box box = bounds(geometry);
    if (box.empty()) return std::nullopt;
    const Point origin{box.min_x, box.min_y};
    WeightedMean by_area(origin);
    for (const Polygon& polygon : polygons_of(geometry)) {
        add_ring(by_area, polygon.outer, 1);
        for (const Path& hole : polygon.holes) add_ring(by_area, hole, -1);
    }
    if (const auto centre = by_area.mean()) return centre;
    WeightedMean by_length(origin);
    for (const LineString& line : lines_of(geometry)) add_path(by_length, line.path);
    for (const Polygon& polygon : polygons_of(geometry)) add_path(by_length, polygon.outer);
    if (const auto centre = by_length.mean()) return centre;
    // Points, and lines or polygons that have shrunk to a point.
    WeightedMean by_count(origin);
    for_each_point(geometry, [&by_count](const Point& point) { by_count.add(point, 1); });
    return by_count.mean();
}

namespace {
void orient(Path& ring, bool counterclockwise) {
    const double doubled = signed_area_doubled(ring);
    if (doubled != 0 && (doubled > 0) != counterclockwise) std::reverse(ring.begin(), ring.end());
}

void orient(Polygon& polygon) {
    orient(polygon.outer, true);
    for (Path& hole : polygon.holes) orient(hole, false);
}
}  // namespace

Geometry oriented(Geometry geometry) {
    if (auto* polygon = std::get_if<Polygon>(&geometry)) orient(*polygon);
    if (auto* several = std::get_if<MultiPolygon>(&geometry)) {
        for (Polygon& polygon : several->polygons) orient(polygon);
    }
    return geometry;
}

namespace {
/// Crossings of the ray to the east of `point`; nullopt when the point lies on the ring.
std::optional<bool> is_odd_crossed(const Path& ring, Point point) {
    bool inside = false;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const Point a = ring[i - 1];
        const Point b = ring[i];
        if (point == a || point == b) return std::nullopt;
        if ((a.y > point.y) == (b.y > point.y)) {
            const bool on_level = a.y == point.y && b.y == point.y;
            if (on_level && point.x >= std::min(a.x, b.x) && point.x <= std::max(a.x, b.x))
                return std::nullopt;
            continue;
        }
        const int turn = orientation(a, b, point);
        if (turn == 0) return std::nullopt;
        // To the left of an upward edge, or to the right of a downward one, the ray to the east meets the
        // edge.
        if ((turn > 0) == (b.y > a.y)) inside = !inside;
    }
    return inside;
}

Side side_of_polygon(const Polygon& polygon, Point point) {
    const auto in_outer = is_odd_crossed(polygon.outer, point);
    if (!in_outer) return Side::kBorder;
    if (!*in_outer) return Side::kOutside;
    for (const Path& hole : polygon.holes) {
        const auto in_hole = is_odd_crossed(hole, point);
        if (!in_hole) return Side::kBorder;
        if (*in_hole) return Side::kOutside;
    }
    return Side::kInside;
}
}  // namespace

Side side_of(const Geometry& polygons, Point point) {
    bool on_border = false;
    for (const Polygon& polygon : polygons_of(polygons)) {
        const Side side = side_of_polygon(polygon, point);
        if (side == Side::kInside) return side;
        on_border = on_border || side == Side::kBorder;
    }
    return on_border ? Side::kBorder : Side::kOutside;
}

namespace {
double squared_distance_to_segment(Point a, Point b, Point point) {
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double squared_length = dx * dx + dy * dy;
    double share = 0;
    if (squared_length > 0) {
        share = std::clamp(((point.x - a.x) * dx + (point.y - a.y) * dy) / squared_length, 0.0, 1.0);
    }
    const double ex = point.x - (a.x + share * dx);
    const double ey = point.y - (a.y + share * dy);
    return ex * ex + ey * ey;
}

double squared_distance_to_path(const Path& path, Point point) {
    double least = std::numeric_limits<double>::infinity();
    if (path.size() == 1) return squared_distance_to_segment(path[0], path[0], point);
    for (std::size_t i = 1; i < path.size(); ++i) {
        least = std::min(least, squared_distance_to_segment(path[i - 1], path[i], point));
    }
    return least;
}
}  // namespace

std::optional<base::Meters> distance(const Geometry& geometry, Point point) {
    if (is_missing(geometry)) return std::nullopt;
    double least = std::numeric_limits<double>::infinity();
    if (dimension(geometry) == 0) {
        for_each_point(geometry, [&](const Point& place) {
            least = std::min(least, squared_distance_to_segment(place, place, point));
        });
    }
    if (side_of(geometry, point) != Side::kOutside) return base::Meters{0};
    for (const LineString& line : lines_of(geometry))
        least = std::min(least, squared_distance_to_path(line.path, point));
    for (const Polygon& polygon : polygons_of(geometry)) {
        least = std::min(least, squared_distance_to_path(polygon.outer, point));
        for (const Path& hole : polygon.holes) least = std::min(least, squared_distance_to_path(hole, point));
    }
    if (std::isinf(least)) return std::nullopt;
    return base::Meters{std::sqrt(least)};
}

}  // namespace isopleth::geo
