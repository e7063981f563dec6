// SPDX-License-Identifier: MIT
#pragma once

#include "base/json.hpp"
#include "base/text.hpp"
#include "model/layer.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace isopleth::hotspot {

/// Public data with results of other programs; absent outside the project's machines.
inline const std::string kSharedData = ISOPLETH_ROOT "/../shared/data/";
inline bool has_shared_data() {
    return std::filesystem::exists(kSharedData + "MANIFEST.md");
}

inline std::string text_of(const std::string& name) {
    std::ifstream file(kSharedData + name, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

/// Rows of a CSV without quotes, cells by column.
inline std::vector<std::map<std::string, std::string>> rows_of(const std::string& name) {
    const auto lines = base::split(text_of(name), '\n');
    const auto header = base::split(base::trim(lines.at(0)), ',');
    std::vector<std::map<std::string, std::string>> rows;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        if (lines[i].empty()) continue;
        const auto cells = base::split(base::trim(lines[i]), ',');
        auto& row = rows.emplace_back();
        for (std::size_t c = 0; c < header.size(); ++c) row[header[c]] = cells.at(c);
    }
    return rows;
}

inline geo::Path ring_of(const base::Json& positions) {
    geo::Path ring;
    for (const base::Json& position : positions.items()) {
        ring.push_back({position.items()[0].number_or(0), position.items()[1].number_or(0)});
    }
    return ring;
}

inline geo::Polygon polygon_of(const base::Json& rings) {
    geo::Polygon polygon{ring_of(rings.items().at(0)), {}};
    for (std::size_t i = 1; i < rings.items().size(); ++i) polygon.holes.push_back(ring_of(rings.items()[i]));
    return polygon;
}

/// The polygons of a GeoJSON file; `ids` holds the property `id`. Its plane is said to be in metres.
inline model::Layer polygons_of_file(const std::string& name, const std::string& id) {
    model::Layer layer;
    layer.has_geometry = true;
    layer.crs = geo::Crs::parse("EPSG:32617");
    const base::Json collection = base::Json::parse(text_of(name));
    for (const base::Json& feature : collection["features"].items()) {
        const base::Json& coordinates = feature["geometry"]["coordinates"];
        if (feature["geometry"]["type"].string_or("") == "Polygon") {
            layer.geometry.emplace_back(polygon_of(coordinates));
        } else {
            geo::MultiPolygon all;
            for (const base::Json& rings : coordinates.items()) all.polygons.push_back(polygon_of(rings));
            layer.geometry.emplace_back(std::move(all));
        }
        const base::Json& value = feature["properties"][id];
        layer.ids.push_back(value.is_number() ? std::to_string(static_cast<long long>(value.number_or(0)))
                                              : value.string_or(""));
    }
    return layer;
}

}  // namespace isopleth::hotspot
