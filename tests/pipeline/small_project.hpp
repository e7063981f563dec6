// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "temporary_folder.hpp"

namespace isopleth::pipeline {

inline constexpr const char* kSmallProject = R"([project]
title = "Small city"
crs = "EPSG:4548"
language = "en"
[layers.streets]
path = "shapes/streets.geojson"
[layers.wells]
path = "shapes/wells.geojson"
sensitivity = "restricted"
[layers.stations]
path = "data/stations.csv"
crs = "EPSG:4326"
[tables.means]
path = "data/means.csv"
[tables.dust]
path = "data/dust.csv"
[joins.pm25_by_street]
left = "streets"
right = "means"
by = "name"
columns = ["pm25"]
[joins.dust_by_street]
left = "streets"
right = "dust"
by = "name"
columns = ["dust"]
[joins.wells_by_street]
left = "streets"
right = "wells"
predicate = "within"
count = true
[ranks.pm25_ranks]
input = "means"
by = "pm25"
[surfaces.pm25]
input = "stations"
value = "pm25"
method = "idw"
cell = 200
[maps.pm25]
dpi = 40
title = "PM2.5"
layers = ["pm25", "streets"]
styles = ["styles/surface.toml", "styles/plain.toml"]
)";

/// A small city: two streets, their means, three stations, a restricted well, and what is made of them.
inline std::string write_small_project(const TemporaryFolder& folder) {
    folder.write("shapes/streets.geojson",
                 R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"West"},"geometry":{"type":"Polygon","coordinates":[[[116.38,39.90],[116.40,39.90],[116.40,39.92],[116.38,39.92],[116.38,39.90]]]}},
{"type":"Feature","properties":{"name":"East"},"geometry":{"type":"Polygon","coordinates":[[[116.40,39.90],[116.42,39.90],[116.42,39.92],[116.40,39.92],[116.40,39.90]]]}}
]})");
    folder.write("shapes/wells.geojson",
                 R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"well":"W1"},"geometry":{"type":"Point","coordinates":[116.39,39.91]}}]})");
    folder.write("data/means.csv", "name,pm25\nWest,38.4\nEast,39.1\n");
    folder.write("data/dust.csv", "name,dust\nWest,5.1\nEast,6.0\n");
    folder.write("data/stations.csv",
                 "id,lon,lat,pm25\ns1,116.385,39.905,38.0\ns2,116.395,39.915,38.8\n"
                 "s3,116.410,39.910,39.1\n");
    folder.write("styles/plain.toml", "title = 'streets'\nfill = '#dddddd'\n");
    folder.write("styles/surface.toml",
                 "kind = 'raster'\ntitle = 'PM2.5'\nramp = 'YlOrBr'\nbreaks = [37, 38, 39, 40]\n");
    return folder.write("small.toml", kSmallProject);
}

}  // namespace isopleth::pipeline
