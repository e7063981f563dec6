// SPDX-License-Identifier: MIT
#include "geo/geos.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <fmt/format.h>
#include <geos_c.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <span>
#include <utility>

namespace isopleth::geo {

namespace {

constexpr int kQuarterSegments = 16;

static_assert(sizeof(Point) == 2 * sizeof(double), "GEOS copies points as pairs of doubles");

/// One reentrant GEOS context and its last message; made for each call, so that calls from several threads
/// never meet.
class Geos {
public:
    Geos() : m_handle(GEOS_init_r()) {
        if (m_handle == nullptr) base::bug("GEOS made no context");
        GEOSContext_setNoticeMessageHandler_r(
            m_handle, [](const char*, void*) {}, nullptr);
        GEOSContext_setErrorMessageHandler_r(
            m_handle, [](const char* message, void* self) { static_cast<Geos*>(self)->m_message = message; },
            this);
    }
    ~Geos() { GEOS_finish_r(m_handle); }
    Geos(const Geos&) = delete;
    Geos& operator=(const Geos&) = delete;

    GEOSContextHandle_t handle() const { return m_handle; }

    [[noreturn]] void fail(const std::string& doing) const {
        base::fail_data(
            fmt::format("{} failed: {}", doing, m_message.empty() ? "GEOS gave no reason" : m_message),
            "The geometry is probably invalid: mend it in its source.");
    }

private:
    GEOSContextHandle_t m_handle;
    std::string m_message;
};

struct Destroy {
    GEOSContextHandle_t handle = nullptr;
    void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(handle, geometry); }
};
using Shape = std::unique_ptr<GEOSGeometry, Destroy>;

Shape own(const Geos& geos, GEOSGeometry* geometry, const char* doing) {
    if (geometry == nullptr) geos.fail(doing);
    return Shape(geometry, Destroy{geos.handle()});
}

// ---- our geometry to GEOS's ----

constexpr const char* kReading = "the reading of a geometry by GEOS";

GEOSCoordSequence* to_sequence(const Geos& geos, std::span<const Point> points) {
    GEOSCoordSequence* sequence =
        GEOSCoordSeq_copyFromBuffer_r(geos.handle(), points.empty() ? nullptr : &points.data()->x,
                                      static_cast<unsigned>(points.size()), 0, 0);
    if (sequence == nullptr) geos.fail(kReading);
    return sequence;
}

Shape to_shape(const Geos& geos, const Point& point) {
    return own(geos, GEOSGeom_createPointFromXY_r(geos.handle(), point.x, point.y), kReading);
}

Shape to_shape(const Geos& geos, const LineString& line) {
    return own(geos, GEOSGeom_createLineString_r(geos.handle(), to_sequence(geos, line.path)), kReading);
}

Shape to_ring(const Geos& geos, const Path& ring) {
    return own(geos, GEOSGeom_createLinearRing_r(geos.handle(), to_sequence(geos, ring)), kReading);
}

Shape to_shape(const Geos& geos, const Polygon& polygon) {
    Shape outer = to_ring(geos, polygon.outer);
    std::vector<Shape> holes;
    for (const Path& hole : polygon.holes) holes.push_back(to_ring(geos, hole));
    std::vector<GEOSGeometry*> given;
    for (Shape& hole : holes)
        given.push_back(hole.release());  // GEOS owns them from here, also when it fails
    return own(geos,
               GEOSGeom_createPolygon_r(geos.handle(), outer.release(), given.data(),
                                        static_cast<unsigned>(given.size())),
               kReading);
}

Shape collect(const Geos& geos, int type, std::vector<Shape> parts) {
    std::vector<GEOSGeometry*> given;
    given.reserve(parts.size());
    for (Shape& part : parts) given.push_back(part.release());
    return own(
        geos,
        GEOSGeom_createCollection_r(geos.handle(), type, given.data(), static_cast<unsigned>(given.size())),
        kReading);
}

template <class Part>
Shape collect_parts(const Geos& geos, int type, const std::vector<Part>& parts) {
    std::vector<Shape> shapes;
    shapes.reserve(parts.size());
    for (const Part& part : parts) shapes.push_back(to_shape(geos, part));
    return collect(geos, type, std::move(shapes));
}

Shape to_shape(const Geos& geos, const MultiPoint& value) {
    return collect_parts(geos, GEOS_MULTIPOINT, value.points);
}
Shape to_shape(const Geos& geos, const MultiLineString& value) {
    return collect_parts(geos, GEOS_MULTILINESTRING, value.lines);
}
Shape to_shape(const Geos& geos, const MultiPolygon& value) {
    return collect_parts(geos, GEOS_MULTIPOLYGON, value.polygons);
}
Shape to_shape(const Geos& geos, std::monostate) {
    return own(geos, GEOSGeom_createEmptyCollection_r(geos.handle(), GEOS_GEOMETRYCOLLECTION), kReading);
}

Shape to_shape(const Geos& geos, const Geometry& geometry) {
    // GEOS's algorithms do not end, or throw anything, where a coordinate is no number.
    if (!is_finite(geometry)) {
        base::fail_data("a geometry has a coordinate that is not finite", "Mend it in its source.");
    }
    return std::visit([&geos](const auto& value) { return to_shape(geos, value); }, geometry);
}

// ---- GEOS's geometry to ours ----

Path path_of(const Geos& geos, const GEOSGeometry* shape) {
    const GEOSCoordSequence* sequence = GEOSGeom_getCoordSeq_r(geos.handle(), shape);
    unsigned size = 0;
    if (sequence == nullptr || GEOSCoordSeq_getSize_r(geos.handle(), sequence, &size) == 0)
        geos.fail("a result of GEOS");
    Path path(size);
    if (size > 0 && GEOSCoordSeq_copyToBuffer_r(geos.handle(), sequence, &path.data()->x, 0, 0) == 0)
        geos.fail("a result of GEOS");
    return path;
}

Polygon polygon_of(const Geos& geos, const GEOSGeometry* shape) {
    Polygon polygon;
    polygon.outer = path_of(geos, GEOSGetExteriorRing_r(geos.handle(), shape));
    const int holes = GEOSGetNumInteriorRings_r(geos.handle(), shape);
    for (int i = 0; i < holes; ++i) {
        polygon.holes.push_back(path_of(geos, GEOSGetInteriorRingN_r(geos.handle(), shape, i)));
    }
    return polygon;
}

/// All parts of a result by their dimension.
struct Parts {
    std::vector<Point> points;
    std::vector<LineString> lines;
    std::vector<Polygon> polygons;

    void take(const Geos& geos, const GEOSGeometry* shape) {
        if (GEOSisEmpty_r(geos.handle(), shape) != 0) return;
        switch (GEOSGeomTypeId_r(geos.handle(), shape)) {
            case GEOS_POINT:
                points.push_back(path_of(geos, shape).at(0));
                return;
            case GEOS_LINESTRING:
            case GEOS_LINEARRING:
                lines.push_back({path_of(geos, shape)});
                return;
            case GEOS_POLYGON:
                polygons.push_back(polygon_of(geos, shape));
                return;
            default:
                for (int i = 0; i < GEOSGetNumGeometries_r(geos.handle(), shape); ++i)
                    take(geos, GEOSGetGeometryN_r(geos.handle(), shape, i));
        }
    }
};

/// The parts of the highest dimension: where polygons share a piece of border too, their overlap is the
/// polygon alone.
Geometry to_geometry(const Geos& geos, const Shape& shape) {
    Parts parts;
    parts.take(geos, shape.get());
    if (parts.polygons.size() == 1) return std::move(parts.polygons[0]);
    if (!parts.polygons.empty()) return MultiPolygon{std::move(parts.polygons)};
    if (parts.lines.size() == 1) return std::move(parts.lines[0]);
    if (!parts.lines.empty()) return MultiLineString{std::move(parts.lines)};
    if (parts.points.size() == 1) return parts.points[0];
    if (!parts.points.empty()) return MultiPoint{std::move(parts.points)};
    return {};
}

// ---- validity ----

std::optional<Invalidity> find_fault_of_ring(const Path& ring) {
    if (ring.empty()) return Invalidity{"empty ring", {}};
    if (ring.front() != ring.back()) return Invalidity{"ring that is not closed", ring.back()};
    if (ring.size() < 4) return Invalidity{"ring of fewer than 4 points", ring.front()};
    return std::nullopt;
}

/// What GEOS refuses to read at all.
std::optional<Invalidity> find_fault_of_coordinates(const Geometry& geometry) {
    std::optional<Invalidity> fault;
    for_each_point(geometry, [&fault](const Point& point) {
        if (!fault && !(std::isfinite(point.x) && std::isfinite(point.y)))
            fault = Invalidity{"coordinate that is not finite", point};
    });
    if (fault) return fault;
    for (const LineString& line : lines_of(geometry)) {
        if (line.path.size() < 2)
            return Invalidity{"line of fewer than 2 points", line.path.empty() ? Point{} : line.path[0]};
    }
    for (const Polygon& polygon : polygons_of(geometry)) {
        if ((fault = find_fault_of_ring(polygon.outer))) return fault;
        for (const Path& hole : polygon.holes)
            if ((fault = find_fault_of_ring(hole))) return fault;
    }
    return std::nullopt;
}

}  // namespace

std::optional<Invalidity> find_invalidity(const Geometry& geometry) {
    if (const auto fault = find_fault_of_coordinates(geometry)) return fault;
    if (dimension(geometry) <= 0) return std::nullopt;
    const Geos geos;
    const Shape shape = to_shape(geos, geometry);
    char* reason = nullptr;
    GEOSGeometry* location = nullptr;
    const char valid = GEOSisValidDetail_r(geos.handle(), shape.get(), 0, &reason, &location);
    const Shape place(location, Destroy{geos.handle()});
    Invalidity invalidity{base::to_lower_ascii(reason == nullptr ? "invalid" : reason), {}};
    GEOSFree_r(geos.handle(), reason);
    if (valid == 1) return std::nullopt;
    if (valid != 0) geos.fail("the test of a geometry");
    if (place && GEOSisEmpty_r(geos.handle(), place.get()) == 0)
        invalidity.location = path_of(geos, place.get()).at(0);
    return invalidity;
}

Geometry intersection_of(const Geometry& left, const Geometry& right) {
    if (is_missing(left) || is_missing(right)) return {};
    const Geos geos;
    const Shape a = to_shape(geos, left);
    const Shape b = to_shape(geos, right);
    return to_geometry(geos,
                       own(geos, GEOSIntersection_r(geos.handle(), a.get(), b.get()), "an intersection"));
}

Geometry difference_of(const Geometry& left, const Geometry& right) {
    if (is_missing(left) || is_missing(right)) return left;
    const Geos geos;
    const Shape a = to_shape(geos, left);
    const Shape b = to_shape(geos, right);
    return to_geometry(geos, own(geos, GEOSDifference_r(geos.handle(), a.get(), b.get()), "a difference"));
}

Geometry union_of(const std::vector<Geometry>& geometries) {
    const Geos geos;
    std::vector<Shape> shapes;
    for (const Geometry& geometry : geometries)
        if (!is_missing(geometry)) shapes.push_back(to_shape(geos, geometry));
    const Shape all = collect(geos, GEOS_GEOMETRYCOLLECTION, std::move(shapes));
    return to_geometry(geos, own(geos, GEOSUnaryUnion_r(geos.handle(), all.get()), "a union"));
}

Geometry buffer(const Geometry& geometry, base::Meters distance) {
    if (is_missing(geometry)) return {};
    if (!std::isfinite(distance.value)) base::bug("a buffer of a distance that is not finite");
    const Geos geos;
    const Shape shape = to_shape(geos, geometry);
    return to_geometry(
        geos,
        own(geos, GEOSBuffer_r(geos.handle(), shape.get(), distance.value, kQuarterSegments), "a buffer"));
}

namespace {
using Predicate = char (*)(GEOSContextHandle_t, const GEOSGeometry*, const GEOSGeometry*);

bool test(const Geometry& left, const Geometry& right, Predicate predicate) {
    if (is_missing(left) || is_missing(right)) return false;
    const Geos geos;
    const Shape a = to_shape(geos, left);
    const Shape b = to_shape(geos, right);
    const char answer = predicate(geos.handle(), a.get(), b.get());
    if (answer != 0 && answer != 1) geos.fail("the comparison of two geometries");
    return answer == 1;
}
}  // namespace

bool intersects(const Geometry& left, const Geometry& right) {
    return test(left, right, GEOSIntersects_r);
}
bool is_within(const Geometry& left, const Geometry& right) {
    return test(left, right, GEOSWithin_r);
}

std::optional<base::Meters> distance(const Geometry& left, const Geometry& right) {
    if (is_missing(left) || is_missing(right)) return std::nullopt;
    const Geos geos;
    const Shape a = to_shape(geos, left);
    const Shape b = to_shape(geos, right);
    double metres = 0;
    if (GEOSDistance_r(geos.handle(), a.get(), b.get(), &metres) == 0) geos.fail("a distance");
    return base::Meters{metres};
}

namespace {
/// For shapes so thin that any point of theirs will do, and GEOS's first grid of cells would not fit in
/// memory.
InscribedCircle any_inside(const Geos& geos, const Shape& shape) {
    const Shape centre = own(geos, GEOSPointOnSurface_r(geos.handle(), shape.get()), "a point on a surface");
    const Shape border = own(geos, GEOSBoundary_r(geos.handle(), shape.get()), "a border");
    double radius = 0;
    if (GEOSDistance_r(geos.handle(), centre.get(), border.get(), &radius) == 0) geos.fail("a distance");
    return {path_of(geos, centre.get()).at(0), base::Meters{radius}};
}
}  // namespace

std::optional<InscribedCircle> largest_inscribed_circle(const Geometry& polygons, base::Meters tolerance) {
    if (!(tolerance.value > 0)) base::bug("a largest inscribed circle without a tolerance");
    if (dimension(polygons) != 2 || !(area(polygons).value > 0)) return std::nullopt;
    const Geos geos;
    const Shape shape = to_shape(geos, polygons);
    const Box box = bounds(polygons);
    const double thickness = std::min(box.width(), box.height());
    constexpr double kMostCells = 1e5;
    if (thickness < tolerance.value || std::max(box.width(), box.height()) > kMostCells * thickness)
        return any_inside(geos, shape);
    const Shape line = own(geos, GEOSMaximumInscribedCircle_r(geos.handle(), shape.get(), tolerance.value),
                           "a largest inscribed circle");
    const Path ends = path_of(geos, line.get());
    if (ends.size() != 2) return std::nullopt;
    return InscribedCircle{ends[0], base::Meters{std::hypot(ends[1].x - ends[0].x, ends[1].y - ends[0].y)}};
}

Geometry simplified(const Geometry& geometry, base::Meters tolerance) {
    if (dimension(geometry) <= 0) return geometry;
    const Geos geos;
    const Shape shape = to_shape(geos, geometry);
    // The kind that keeps topology: the plain one lets small polygons vanish and others cross themselves.
    const Shape simple =
        own(geos, GEOSTopologyPreserveSimplify_r(geos.handle(), shape.get(), tolerance.value),
            "a simplification");
    Parts parts;
    parts.take(geos, simple.get());
    if (std::holds_alternative<MultiPolygon>(geometry)) return MultiPolygon{std::move(parts.polygons)};
    if (std::holds_alternative<MultiLineString>(geometry)) return MultiLineString{std::move(parts.lines)};
    return to_geometry(geos, simple);
}

}  // namespace isopleth::geo
