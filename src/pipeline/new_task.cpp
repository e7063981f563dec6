// SPDX-License-Identifier: MIT
#include "pipeline/new_task.hpp"

#include <utility>
#include <vector>

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
    const std::vector<std::pair<std::string, const char*>> files = {
        {folder + "/shapes/districts.geojson", kDistricts},
        {folder + "/data/readings.csv", kReadings},
        {project, kProject}};
    for (const auto& [file, text] : files) {
        if (!io::file_exists(file)) continue;
        base::fail_output("the file exists", "Choose another folder; nothing was changed.", {.file = file});
    }
    io::make_folder(folder + "/shapes");
    io::make_folder(folder + "/data");
    for (const auto& [file, text] : files) io::write_bytes(file, text, false);
    Outcome outcome;
    outcome.summary.set("project", project).set("next", "isopleth build " + project + " -o out");
    return outcome;
}

}  // namespace isopleth::pipeline
