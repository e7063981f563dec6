// SPDX-License-Identifier: MIT
#include "pipeline/new_task.hpp"

#include "io/part_file.hpp"

namespace isopleth::pipeline {

namespace {
constexpr const char* kProject = R"(# An isopleth project. Build it with: isopleth build project.toml -o out
[project]
title = "My city"
crs = "EPSG:4548"            # a metric CRS; CGCS2000 / 3-degree Gauss-Kruger CM 117E suits Beijing
language = "en"              # en or zh: maps and summary

# Files of the project; the names are yours.
[layers.districts]
path = "shapes/districts.geojson"

[tables.readings]
path = "data/readings.csv"   # columns: name, pm25

# What is made of them. Each result goes to out/.
[joins.districts_pm25]
left = "districts"
right = "readings"
by = "name"                  # a field of both sides, or left=right
columns = ["pm25"]

[ranks.pm25_ranks]
input = "districts_pm25"
by = "pm25"
)";

constexpr const char* kDistricts = R"({"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"name": "West"}, "geometry": {"type": "Polygon", "coordinates": [[[116.38, 39.90], [116.40, 39.90], [116.40, 39.92], [116.38, 39.92], [116.38, 39.90]]]}},
{"type": "Feature", "properties": {"name": "East"}, "geometry": {"type": "Polygon", "coordinates": [[[116.40, 39.90], [116.42, 39.90], [116.42, 39.92], [116.40, 39.92], [116.40, 39.90]]]}}
]}
)";

constexpr const char* kReadings = "name,pm25\nWest,38.4\nEast,39.1\n";
}  // namespace

void NewTask::declare(base::ParameterList& list) {
    list.add("folder", folder, "folder to make").required().at(0).called("DIR");
}

Outcome NewTask::run(Datasets&, const base::Job&) {
    const std::string project = folder + "/project.toml";
    if (io::file_exists(project)) {
        base::fail_output(project + " exists already", "Choose another folder; nothing was changed.");
    }
    io::make_folder(folder + "/shapes");
    io::make_folder(folder + "/data");
    io::write_bytes(folder + "/shapes/districts.geojson", kDistricts, false);
    io::write_bytes(folder + "/data/readings.csv", kReadings, false);
    io::write_bytes(project, kProject, false);
    Outcome outcome;
    outcome.summary.set("project", project).set("next", "isopleth build " + project + " -o out");
    return outcome;
}

}  // namespace isopleth::pipeline
