// SPDX-License-Identifier: MIT
#include "query/spatialite_blob.hpp"

#include "base/error.hpp"
#include "base/units.hpp"

#include <bit>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>
#include <vector>

namespace isopleth::query {

namespace {

static_assert(std::endian::native == std::endian::little, "blobs are written as they lie in memory");

constexpr char kStart = 0x00;
constexpr char kLittleEndian = 0x01;
constexpr char kBoundsEnd = 0x7C;
constexpr char kEntity = 0x69;
constexpr char kEnd = static_cast<char>(0xFE);
constexpr std::size_t kHeaderSize = 39;  // start, endianness, SRID, four bounds, bounds' end

enum class Type : std::int32_t {
    kPoint = 1,
    kLine,
    kPolygon,
    kMultiPoint,
    kMultiLine,
    kMultiPolygon,
    kCollection
};

class Writer {
public:
    template <class T>
    void put(T value) {
        char bytes[sizeof(T)];
        std::memcpy(bytes, &value, sizeof(T));
        m_bytes.append(bytes, sizeof(T));
    }
    void put_count(std::size_t count) { put(static_cast<std::int32_t>(count)); }
    void put_path(const geo::Path& path) {
        put_count(path.size());
        for (const geo::Point& point : path) put_body(point);
    }
    void put_body(const geo::Point& point) {
        put(point.x);
        put(point.y);
    }
    void put_body(const geo::LineString& line) { put_path(line.path); }
    void put_body(const geo::Polygon& polygon) {
        put_count(1 + polygon.holes.size());
        put_path(polygon.outer);
        for (const geo::Path& hole : polygon.holes) put_path(hole);
    }
    template <class Part>
    void put_parts(Type type, const std::vector<Part>& parts) {
        put_count(parts.size());
        for (const Part& part : parts) {
            put(kEntity);
            put(type);
            put_body(part);
        }
    }
    std::string take() { return std::move(m_bytes); }

private:
    std::string m_bytes;
};

void put_geometry(Writer& writer, const geo::Geometry& geometry) {
    if (const auto* point = std::get_if<geo::Point>(&geometry)) {
        writer.put(Type::kPoint);
        writer.put_body(*point);
    } else if (const auto* line = std::get_if<geo::LineString>(&geometry)) {
        writer.put(Type::kLine);
        writer.put_body(*line);
    } else if (const auto* polygon = std::get_if<geo::Polygon>(&geometry)) {
        writer.put(Type::kPolygon);
        writer.put_body(*polygon);
    } else if (const auto* points = std::get_if<geo::MultiPoint>(&geometry)) {
        writer.put(Type::kMultiPoint);
        writer.put_parts(Type::kPoint, points->points);
    } else if (const auto* lines = std::get_if<geo::MultiLineString>(&geometry)) {
        writer.put(Type::kMultiLine);
        writer.put_parts(Type::kLine, lines->lines);
    } else if (const auto* polygons = std::get_if<geo::MultiPolygon>(&geometry)) {
        writer.put(Type::kMultiPolygon);
        writer.put_parts(Type::kPolygon, polygons->polygons);
    }
}

/// What is read so far of a geometry of any type.
struct Parts {
    std::vector<geo::Point> points;
    std::vector<geo::LineString> lines;
    std::vector<geo::Polygon> polygons;
};

/// Reads to the end of the bytes or stops being good.
class Reader {
public:
    explicit Reader(std::string_view bytes) : m_bytes(bytes) {}

    bool is_good() const { return m_is_good; }
    bool is_at_end() const { return m_bytes.empty(); }

    template <class T>
    T take() {
        T value{};
        if (m_bytes.size() < sizeof(T)) {
            m_is_good = false;
            return value;
        }
        std::memcpy(&value, m_bytes.data(), sizeof(T));
        m_bytes.remove_prefix(sizeof(T));
        return value;
    }

    /// A whole geometry with its class: thousands say which of Z and M are there.
    void read_geometry(Parts& parts) {
        const auto code = take<std::int32_t>();
        if (code < 0 || code >= 4000) {
            m_is_good = false;
            return;
        }
        m_extra = code / 1000 == 0 ? 0 : code / 1000 == 3 ? 2 : 1;
        switch (Type{code % 1000}) {
            case Type::kPoint:
                parts.points.push_back(read_point());
                return;
            case Type::kLine:
                parts.lines.push_back({read_path()});
                return;
            case Type::kPolygon:
                parts.polygons.push_back(read_polygon());
                return;
            case Type::kMultiPoint:
            case Type::kMultiLine:
            case Type::kMultiPolygon:
            case Type::kCollection:
                read_entities(parts);
                return;
        }
        m_is_good = false;
    }

private:
    void read_entities(Parts& parts) {
        const auto count = take<std::int32_t>();
        for (std::int32_t i = 0; i < count && m_is_good; ++i) {
            if (take<char>() != kEntity) m_is_good = false;
            if (m_is_good) read_geometry(parts);
        }
    }
    geo::Point read_point() {
        const geo::Point point{take<double>(), take<double>()};
        for (int i = 0; i < m_extra; ++i) take<double>();
        return point;
    }
    geo::Path read_path() {
        geo::Path path;
        const auto count = take<std::int32_t>();
        for (std::int32_t i = 0; i < count && m_is_good; ++i) path.push_back(read_point());
        return path;
    }
    geo::Polygon read_polygon() {
        geo::Polygon polygon;
        const auto rings = take<std::int32_t>();
        for (std::int32_t i = 0; i < rings && m_is_good; ++i) {
            (i == 0 ? polygon.outer : polygon.holes.emplace_back()) = read_path();
        }
        return polygon;
    }

    std::string_view m_bytes;
    bool m_is_good = true;
    int m_extra = 0;
};

template <class Multi, class Part>
geo::Geometry one_or_many(std::vector<Part>&& parts, bool is_multi) {
    if (parts.size() == 1 && !is_multi) return std::move(parts.front());
    return Multi{std::move(parts)};
}

geo::Geometry assemble(Parts&& parts, bool is_multi) {
    const int kinds = !parts.points.empty() + !parts.lines.empty() + !parts.polygons.empty();
    if (kinds > 1) {
        base::fail_data(
            "a geometry of the result mixes points, lines and polygons",
            "Take one kind of them: ST_CollectionExtract(geometry, 3) takes the polygons, 2 the lines, 1 "
            "the points.");
    }
    if (!parts.points.empty()) return one_or_many<geo::MultiPoint>(std::move(parts.points), is_multi);
    if (!parts.lines.empty()) return one_or_many<geo::MultiLineString>(std::move(parts.lines), is_multi);
    if (!parts.polygons.empty()) return one_or_many<geo::MultiPolygon>(std::move(parts.polygons), is_multi);
    return {};
}

std::string wkt_of(const geo::Point& point) {
    return base::shortest(point.x) + " " + base::shortest(point.y);
}
std::string wkt_of(const geo::Path& path) {
    std::string text = "(";
    for (const geo::Point& point : path) text += (text.size() > 1 ? ", " : "") + wkt_of(point);
    return text + ")";
}
std::string wkt_of(const geo::LineString& line) {
    return wkt_of(line.path);
}
std::string wkt_of(const geo::Polygon& polygon) {
    std::string text = "(" + wkt_of(polygon.outer);
    for (const geo::Path& hole : polygon.holes) text += ", " + wkt_of(hole);
    return text + ")";
}
template <class Part>
std::string wkt_of_parts(const std::vector<Part>& parts) {
    constexpr bool is_point = std::is_same_v<Part, geo::Point>;
    std::string text = "(";
    for (const Part& part : parts) {
        text += text.size() > 1 ? ", " : "";
        text += is_point ? "(" + wkt_of(part) + ")" : wkt_of(part);
    }
    return text + ")";
}
}  // namespace

std::string to_blob(const geo::Geometry& geometry, int srid) {
    if (geo::is_missing(geometry)) return {};
    Writer writer;
    writer.put(kStart);
    writer.put(kLittleEndian);
    writer.put(static_cast<std::int32_t>(srid));
    const geo::Box box = geo::bounds(geometry);
    for (const double bound : {box.min_x, box.min_y, box.max_x, box.max_y}) writer.put(bound);
    writer.put(kBoundsEnd);
    put_geometry(writer, geometry);
    writer.put(kEnd);
    return writer.take();
}

std::optional<BlobGeometry> from_blob(std::string_view bytes) {
    if (bytes.size() < kHeaderSize + sizeof(std::int32_t) + 1 || bytes[0] != kStart ||
        bytes[1] != kLittleEndian || bytes[kHeaderSize - 1] != kBoundsEnd || bytes.back() != kEnd) {
        return std::nullopt;
    }
    std::int32_t srid = 0;
    std::memcpy(&srid, bytes.data() + 2, sizeof(srid));
    bytes.remove_prefix(kHeaderSize);
    bytes.remove_suffix(1);
    Reader type_reader(bytes);
    const bool is_multi =
        type_reader.take<std::int32_t>() % 1000 >= static_cast<std::int32_t>(Type::kMultiPoint);
    Reader reader(bytes);
    Parts parts;
    reader.read_geometry(parts);
    if (!reader.is_good() || !reader.is_at_end()) return std::nullopt;
    return BlobGeometry{assemble(std::move(parts), is_multi), srid};
}

std::string to_wkt(const geo::Geometry& geometry) {
    if (const auto* point = std::get_if<geo::Point>(&geometry)) return "POINT (" + wkt_of(*point) + ")";
    if (const auto* line = std::get_if<geo::LineString>(&geometry)) return "LINESTRING " + wkt_of(*line);
    if (const auto* polygon = std::get_if<geo::Polygon>(&geometry)) return "POLYGON " + wkt_of(*polygon);
    if (const auto* points = std::get_if<geo::MultiPoint>(&geometry)) {
        return "MULTIPOINT " + wkt_of_parts(points->points);
    }
    if (const auto* lines = std::get_if<geo::MultiLineString>(&geometry)) {
        return "MULTILINESTRING " + wkt_of_parts(lines->lines);
    }
    if (const auto* polygons = std::get_if<geo::MultiPolygon>(&geometry)) {
        return "MULTIPOLYGON " + wkt_of_parts(polygons->polygons);
    }
    return "";
}

}  // namespace isopleth::query
