// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "draw/scene.hpp"
#include "style/layer_style.hpp"

namespace isopleth::draw {

/// Four streets that share edges (5 x 6 km, the last without a value), a river through them and two stations:
/// authored for these tests.
inline std::shared_ptr<const model::Layer> small_streets() {
    auto layer = std::make_shared<model::Layer>();
    layer->name = "streets";
    layer->has_geometry = true;
    layer->crs = geo::Crs::parse("EPSG:4548");
    const geo::Path rings[] = {{{0, 0}, {2500, 0}, {2700, 3000}, {0, 3200}, {0, 0}},
                               {{2500, 0}, {5000, 0}, {5000, 2800}, {2700, 3000}, {2500, 0}},
                               {{0, 3200}, {2700, 3000}, {2600, 6000}, {0, 6000}, {0, 3200}},
                               {{2700, 3000}, {5000, 2800}, {5000, 6000}, {2600, 6000}, {2700, 3000}}};
    model::Column name("name", model::ColumnType::kText);
    model::Column value("pm25", model::ColumnType::kReal);
    model::Column rank("rank", model::ColumnType::kInteger);
    const char* const names[] = {"永定门外街道", "龙潭街道", "东华门街道", "和平里街道"};
    const double values[] = {38.2, 38.5, 39.2};
    for (std::size_t i = 0; i < 4; ++i) {
        layer->geometry.push_back(geo::Polygon{rings[i], {}});
        name.append(std::string(names[i]));
        if (i < 3) {
            value.append(values[i]);
            rank.append(static_cast<std::int64_t>(3 - i));
        } else {
            value.append_missing();
            rank.append_missing();
        }
    }
    layer->columns = {name, value, rank};
    return layer;
}

inline std::shared_ptr<const model::Layer> small_river() {
    auto layer = std::make_shared<model::Layer>();
    layer->name = "rivers";
    layer->has_geometry = true;
    layer->crs = geo::Crs::parse("EPSG:4548");
    layer->geometry = {geo::LineString{{{0, 1000}, {1500, 700}, {3500, 600}, {5000, 900}}}};
    model::Column name("name", model::ColumnType::kText);
    name.append(std::string("南护城河"));
    layer->columns = {name};
    return layer;
}

inline std::shared_ptr<const model::Layer> small_stations() {
    auto layer = std::make_shared<model::Layer>();
    layer->name = "stations";
    layer->has_geometry = true;
    layer->crs = geo::Crs::parse("EPSG:4548");
    layer->geometry = {geo::Point{1300, 4400}, geo::Point{3800, 1600}};
    model::Column name("name", model::ColumnType::kText);
    name.append(std::string("东四"));
    name.append(std::string("天坛"));
    layer->columns = {name};
    return layer;
}

inline std::shared_ptr<const model::Raster> small_surface() {
    const model::Grid grid{0, 6000, 500, 10, 12};
    auto raster = std::make_shared<model::Raster>(grid, geo::Crs::parse("EPSG:4548"),
                                                  std::vector<std::string>{"estimate"});
    for (std::size_t cell = 1; cell < grid.count(); ++cell)
        raster->bands[0].set(cell, 38 + static_cast<double>(cell) / 80);
    return raster;
}

inline Scene small_scene() {
    Scene scene;
    scene.page = kA4Portrait;
    scene.title = "东城区各街道 PM2.5 浓度, 2024 年 1–6 月";
    scene.subtitle = "µg/m³, 街道两个市级站点均值";
    BodyLayer streets{small_streets(), nullptr, 0,
                      style::graduated("pm25", style::Breaks::given({38, 38.5, 39, 39.5}), "YlOrBr")};
    streets.style.title = "PM2.5 均值";
    streets.style.unit = "µg/m³";
    streets.style.label.field = "name";
    streets.style.label.rank_field = "rank";
    streets.style.label.second_field = "pm25";
    BodyLayer rivers{small_river(), nullptr, 0, {}};
    rivers.style.title = "河流";
    rivers.style.fill = style::parse_colour("#9dbdd0");
    rivers.style.label.field = "name";
    rivers.style.label.colour = style::parse_colour("#4a7a96");
    rivers.style.label.letter_spacing_pt = 3;
    BodyLayer stations{small_stations(), nullptr, 0, {}};
    stations.style.title = "国控站";
    stations.style.fill = style::parse_colour("#222222");
    stations.style.outline_mm = 0.3;
    stations.style.marker = style::Marker::kSquare;
    stations.style.label.field = "name";
    scene.layers = {streets, rivers, stations};
    scene.legend = legends_of(scene.layers);
    scene.table =
        SideTable{"街道排名",
                  {{"名次", true}, {"街道", false}, {"PM2.5", true}},
                  {{"1", "东华门街道", "39.2"}, {"2", "龙潭街道", "38.5"}, {"3", "永定门外街道", "38.2"}}};
    scene.notes = {"街道之间的差异小于均值的不确定性, 名次仅供参考。"};
    scene.footer = {"来源: 公报", "制图日期: 2024-07-15", "CGCS2000 / EPSG:4548", "边界为示意", "3f2a91c0"};
    return scene;
}

}  // namespace isopleth::draw
