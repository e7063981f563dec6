// SPDX-License-Identifier: MIT
#include "io/geojson.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>

namespace isopleth::io {
namespace {

model::Layer square() {
    model::Layer layer;
    layer.name = "a";
    layer.has_geometry = true;
    layer.crs = geo::Crs::wgs84();
    // Clockwise, which RFC 7946 does not want.
    layer.geometry.push_back(geo::Polygon{{{0, 0}, {0, 1}, {1, 1}, {1, 0}, {0, 0}}, {}});
    model::Column column("name", model::ColumnType::kText);
    column.append(std::string("东四"));
    layer.add(std::move(column));
    return layer;
}

TEST(GeoJson, TurnsRingsCounterclockwiseAndKeepsProvenance) {
    const auto text = format_geojson(square(), {});
    const auto json = base::Json::parse(text);
    EXPECT_EQ(json["type"].string_or(""), "FeatureCollection");
    EXPECT_EQ(json["isopleth"]["program"].string_or(""), "isopleth");
    const auto& feature = json["features"].items().at(0);
    EXPECT_EQ(feature["properties"]["name"].string_or(""), "东四");
    EXPECT_NE(text.find("[[[0,0],[1,0],[1,1],[0,1],[0,0]]]"), std::string::npos) << text;
}

TEST(GeoJson, KeepsSevenDecimals) {
    auto layer = square();
    layer.geometry[0] = geo::Point{116.123456789, -0.00000001};
    EXPECT_NE(format_geojson(layer, {}).find("[116.1234568,0]"), std::string::npos);
}

TEST(GeoJson, NeedsACrs) {
    auto layer = square();
    layer.crs.reset();
    EXPECT_THROW(format_geojson(layer, {}), base::Error);
}

}  // namespace
}  // namespace isopleth::io
