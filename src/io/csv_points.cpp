// SPDX-License-Identifier: MIT
#include "io/csv_points.hpp"

#include "base/text.hpp"
#include "base/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace isopleth::io {
namespace {

struct NamePair {
    std::string_view x, y;
    bool is_lon_lat;
};

constexpr std::array kNames = {
    NamePair{"lon", "lat", true},
    NamePair{"lng", "lat", true},
    NamePair{"long", "lat", true},
    NamePair{"longitude", "latitude", true},
    NamePair{"经度", "纬度", true},
    NamePair{"x", "y", false},
    NamePair{"easting", "northing", false},
    NamePair{"east", "north", false},
    NamePair{"东", "北", false},
    NamePair{"东坐标", "北坐标", false},
    NamePair{"横坐标", "纵坐标", false},
};

std::optional<std::size_t> find_name(const std::vector<std::string>& names, std::string_view wanted) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (base::to_lower_ascii(base::trim(names[i])) == wanted) return i;
    }
    return std::nullopt;
}

std::size_t stated_column(const std::vector<std::string>& names, const std::string& stated) {
    const auto found = std::find(names.begin(), names.end(), stated);
    if (found == names.end()) {
        base::fail_usage(fmt::format("there is no column {}{}", stated, base::did_you_mean(stated, names)));
    }
    return static_cast<std::size_t>(found - names.begin());
}

std::optional<double> coordinate(const model::Layer& table, std::size_t column, std::size_t row) {
    const auto& cells = table.columns[column];
    if (!cells.is_present(row)) return std::nullopt;
    if (cells.is_number()) return cells.number(row);
    const auto text = cells.display(row);
    if (const auto number = base::parse_number(text)) return number;
    auto place = table.place_of(row);
    place.column = cells.name();
    base::fail_input(fmt::format("\"{}\" is not a coordinate", text), "Use decimal numbers.", place);
}

/// True when every row whose latitude is impossible, and every other, is possible the other way round.
bool are_swapped(const std::vector<geo::Geometry>& points) {
    return std::all_of(points.begin(), points.end(), [](const geo::Geometry& geometry) {
        const auto* point = std::get_if<geo::Point>(&geometry);
        return point == nullptr || (std::abs(point->x) <= 90 && std::abs(point->y) <= 180);
    });
}

void check_latitudes(const model::Layer& layer, const CoordinateColumns& columns) {
    for (std::size_t row = 0; row < layer.geometry.size(); ++row) {
        const auto* point = std::get_if<geo::Point>(&layer.geometry[row]);
        if (point == nullptr || std::abs(point->y) <= 90) continue;
        const auto& x_name = layer.columns[columns.x].name();
        const auto& y_name = layer.columns[columns.y].name();
        auto place = layer.place_of(row);
        place.column = y_name;
        base::fail_input(fmt::format("latitude {} is above 90", base::shortest(point->y)),
                         are_swapped(layer.geometry)
                             ? fmt::format("Columns {} and {} look swapped: use --x {} --y {}.", x_name,
                                           y_name, y_name, x_name)
                             : std::string("Check the coordinates."),
                         place);
    }
}

void place_wkt(model::Layer& table, std::size_t column) {
    std::vector<geo::Geometry> geometry(table.row_count());
    for (std::size_t row = 0; row < geometry.size(); ++row) {
        const auto text = table.columns[column].text(row);
        if (!text) continue;
        auto parsed = parse_wkt(*text);
        if (!parsed || !geo::is_finite(*parsed)) {
            auto place = table.place_of(row);
            place.column = table.columns[column].name();
            base::fail_input(fmt::format("\"{}\" is not WKT", text->substr(0, 40)), "", place);
        }
        geometry[row] = std::move(*parsed);
    }
    table.columns.erase(table.columns.begin() + static_cast<std::ptrdiff_t>(column));
    table.geometry = std::move(geometry);
    table.has_geometry = true;
}

}  // namespace

std::optional<CoordinateColumns> find_coordinate_columns(const std::vector<std::string>& names,
                                                         const CsvOptions& options) {
    if (options.x.has_value() != options.y.has_value()) {
        base::fail_usage("one coordinate column is stated, the other not", "Give both --x and --y.");
    }
    if (options.x) {
        const auto x = base::to_lower_ascii(*options.x);
        const auto is_lon = [&](const NamePair& pair) {
            return pair.is_lon_lat && (pair.x == x || pair.y == x);
        };
        return CoordinateColumns{stated_column(names, *options.x), stated_column(names, *options.y),
                                 std::any_of(kNames.begin(), kNames.end(), is_lon)};
    }
    for (const auto& pair : kNames) {
        const auto x = find_name(names, pair.x);
        const auto y = find_name(names, pair.y);
        if (x && y) return CoordinateColumns{*x, *y, pair.is_lon_lat};
    }
    return std::nullopt;
}

void place_rows(model::Layer& table, const CsvOptions& options) {
    const auto names = table.column_names();
    const auto columns = find_coordinate_columns(names, options);
    if (!columns) {
        for (const char* name : {"wkt", "geometry", "geom"}) {
            const auto column = find_name(names, name);
            if (!column || table.columns[*column].type() != model::ColumnType::kText) continue;
            place_wkt(table, *column);
            table.crs = options.crs;
            return;
        }
        return;
    }
    table.geometry.resize(table.row_count());
    for (std::size_t row = 0; row < table.geometry.size(); ++row) {
        const auto x = coordinate(table, columns->x, row);
        const auto y = coordinate(table, columns->y, row);
        if (x && y) table.geometry[row] = geo::Point{*x, *y};
    }
    table.has_geometry = true;
    table.crs = options.crs;
    if (columns->is_lon_lat || (options.crs && options.crs->is_geographic()))
        check_latitudes(table, *columns);
}

namespace {

class WktWriter {
public:
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(const geo::Point& point) const { return "POINT (" + pair(point) + ")"; }
    std::string operator()(const geo::LineString& line) const { return "LINESTRING " + path(line.path); }
    std::string operator()(const geo::Polygon& polygon) const { return "POLYGON " + rings(polygon); }
    std::string operator()(const geo::MultiPoint& many) const {
        return "MULTIPOINT " + list(many.points, [](const auto& point) { return "(" + pair(point) + ")"; });
    }
    std::string operator()(const geo::MultiLineString& many) const {
        return "MULTILINESTRING " + list(many.lines, [](const auto& line) { return path(line.path); });
    }
    std::string operator()(const geo::MultiPolygon& many) const {
        return "MULTIPOLYGON " + list(many.polygons, [](const auto& polygon) { return rings(polygon); });
    }

private:
    template <class Items, class Text>
    static std::string list(const Items& items, Text&& text) {
        std::string result = "(";
        for (const auto& item : items) {
            if (result.size() > 1) result += ", ";
            result += text(item);
        }
        return result + ")";
    }
    static std::string pair(const geo::Point& point) {
        return base::shortest(point.x) + " " + base::shortest(point.y);
    }
    static std::string path(const geo::Path& points) { return list(points, pair); }
    static std::string rings(const geo::Polygon& polygon) {
        std::vector<geo::Path> all{polygon.outer};
        all.insert(all.end(), polygon.holes.begin(), polygon.holes.end());
        return list(all, path);
    }
};

/// A cursor over WKT; every step says whether the text went on as it should.
class WktReader {
public:
    explicit WktReader(std::string_view text) : m_rest(base::trim(text)) {}

    std::optional<geo::Geometry> read() {
        const auto end = m_rest.find_first_of(" (");
        const auto word = base::to_lower_ascii(m_rest.substr(0, end));
        m_rest.remove_prefix(std::min(end, m_rest.size()));
        if (base::to_lower_ascii(base::trim(m_rest)) == "empty") return geo::Geometry{};
        auto geometry = body(word);
        skip();
        return geometry && m_rest.empty() ? geometry : std::nullopt;
    }

private:
    std::optional<geo::Geometry> body(std::string_view word) {
        geo::Path points;
        if (word == "point") {
            if (!path(points) || points.size() != 1) return std::nullopt;
            return points.front();
        }
        if (word == "linestring")
            return path(points) ? std::optional<geo::Geometry>(geo::LineString{points}) : std::nullopt;
        if (word == "multipoint") {
            geo::MultiPoint many;
            const bool good = list([&] {
                geo::Path one;
                if (!peek('(')) return pair(many.points);
                const bool inner = path(one);
                many.points.insert(many.points.end(), one.begin(), one.end());
                return inner;
            });
            return good ? std::optional<geo::Geometry>(many) : std::nullopt;
        }
        if (word == "multilinestring") {
            geo::MultiLineString many;
            const bool good = list([&] { return path(many.lines.emplace_back().path); });
            return good ? std::optional<geo::Geometry>(many) : std::nullopt;
        }
        if (word == "polygon") {
            geo::Polygon polygon;
            return rings(polygon) ? std::optional<geo::Geometry>(polygon) : std::nullopt;
        }
        geo::MultiPolygon many;
        if (word != "multipolygon" || !list([&] { return rings(many.polygons.emplace_back()); }))
            return std::nullopt;
        return many;
    }
    void skip() {
        while (!m_rest.empty() && m_rest.front() == ' ') m_rest.remove_prefix(1);
    }
    bool peek(char letter) {
        skip();
        return !m_rest.empty() && m_rest.front() == letter;
    }
    bool take(char letter) {
        if (!peek(letter)) return false;
        m_rest.remove_prefix(1);
        return true;
    }
    template <class Item>
    bool list(Item&& item) {
        if (!take('(')) return false;
        do {
            if (!item()) return false;
        } while (take(','));
        return take(')');
    }
    bool number(double& value) {
        skip();
        const auto end = std::min(m_rest.find_first_of(" ,()"), m_rest.size());
        const auto parsed = base::parse_number(m_rest.substr(0, end));
        m_rest.remove_prefix(end);
        value = parsed.value_or(0);
        return parsed.has_value();
    }
    bool pair(geo::Path& points) {
        geo::Point point;
        if (!number(point.x) || !number(point.y)) return false;
        points.push_back(point);
        return true;
    }
    bool path(geo::Path& points) {
        return list([&] { return pair(points); });
    }
    bool rings(geo::Polygon& polygon) {
        std::vector<geo::Path> all;
        if (!list([&] { return path(all.emplace_back()); })) return false;
        polygon.outer = all.front();
        polygon.holes.assign(all.begin() + 1, all.end());
        return true;
    }
    std::string_view m_rest;
};

}  // namespace

std::string to_wkt(const geo::Geometry& geometry) {
    return std::visit(WktWriter{}, geometry);
}

std::optional<geo::Geometry> parse_wkt(std::string_view text) {
    return WktReader(text).read();
}

}  // namespace isopleth::io
