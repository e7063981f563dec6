// SPDX-License-Identifier: MIT
#include "io/geojson.hpp"

#include "base/json.hpp"
#include "geo/crs.hpp"

#include <fmt/format.h>

#include <cmath>

namespace isopleth::io {
namespace {

/// RFC 7946, section 11.2: more than 7 decimals (1 cm) say nothing.
std::string degrees(double value) {
    auto text = fmt::format("{:.7f}", value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text == "-0" ? "0" : text;
}

class Writer {
public:
    std::string operator()(std::monostate) const { return "null"; }
    std::string operator()(const geo::Point& point) const { return member("Point", position(point)); }
    std::string operator()(const geo::LineString& line) const {
        return member("LineString", path(line.path));
    }
    std::string operator()(const geo::Polygon& polygon) const { return member("Polygon", rings(polygon)); }
    std::string operator()(const geo::MultiPoint& many) const {
        return member("MultiPoint", path(many.points));
    }
    std::string operator()(const geo::MultiLineString& many) const {
        return member("MultiLineString", list(many.lines, [](const auto& line) { return path(line.path); }));
    }
    std::string operator()(const geo::MultiPolygon& many) const {
        return member("MultiPolygon", list(many.polygons, rings));
    }

private:
    static std::string member(const char* type, const std::string& coordinates) {
        return fmt::format(R"({{"type":"{}","coordinates":{}}})", type, coordinates);
    }
    template <class Items, class Text>
    static std::string list(const Items& items, Text&& text) {
        std::string result = "[";
        for (const auto& item : items) {
            if (result.size() > 1) result += ',';
            result += text(item);
        }
        return result + "]";
    }
    static std::string position(const geo::Point& point) {
        return "[" + degrees(point.x) + "," + degrees(point.y) + "]";
    }
    static std::string path(const geo::Path& points) { return list(points, position); }
    static std::string rings(const geo::Polygon& polygon) {
        std::vector<geo::Path> all{polygon.outer};
        all.insert(all.end(), polygon.holes.begin(), polygon.holes.end());
        return list(all, path);
    }
};

base::Json value_of(const model::Column& column, std::size_t row) {
    if (!column.is_present(row)) return {};
    switch (column.type()) {
        case model::ColumnType::kInteger:
            return base::Json(*column.integer(row));
        case model::ColumnType::kReal:
            return base::Json(*column.number(row));
        case model::ColumnType::kText:
            return base::Json(*column.text(row));
        case model::ColumnType::kBoolean:
            return base::Json(*column.boolean(row));
    }
    base::bug("a column without a type");
}

}  // namespace

std::string format_geojson(const model::Layer& layer, const model::Provenance& provenance) {
    std::optional<geo::Transform> to_wgs84;
    if (layer.has_geometry) {
        if (!layer.crs) {
            base::fail_data("the layer has no CRS; GeoJSON is in WGS84", "State it with --crs.",
                            {layer.source.file, layer.name, {}, {}, {}});
        }
        if (!(*layer.crs == geo::Crs::wgs84())) to_wgs84.emplace(*layer.crs, geo::Crs::wgs84());
    }
    std::string text = "{\"type\":\"FeatureCollection\",\"name\":" + base::Json(layer.name).dump(-1) +
                       ",\n\"isopleth\":" + provenance.to_json().dump(-1) + ",\n\"features\":[\n";
    for (std::size_t row = 0; row < layer.row_count(); ++row) {
        auto properties = base::Json::object();
        for (const auto& column : layer.columns) properties.set(column.name(), value_of(column, row));
        geo::Geometry geometry;
        if (layer.has_geometry) {
            geometry = to_wgs84 ? to_wgs84->apply(layer.geometry[row]) : layer.geometry[row];
            geometry = geo::oriented(std::move(geometry));
        }
        text += "{\"type\":\"Feature\",\"properties\":" + properties.dump(-1) +
                ",\"geometry\":" + std::visit(Writer{}, geometry) + "}";
        text += row + 1 < layer.row_count() ? ",\n" : "\n";
    }
    return text + "]}\n";
}

}  // namespace isopleth::io
