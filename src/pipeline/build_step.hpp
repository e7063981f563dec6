// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "io/gdal_vector.hpp"
#include "pipeline/build_record.hpp"
#include "pipeline/project.hpp"

namespace isopleth::pipeline {

/// "surfaces.pm25": the step's name in the record.
std::string id_of(const Step& step);

/// A file of the project, which is read and not made.
bool is_source(const Step& step);

/// Every file that a step may leave, below the output folder. None for sources and for what is restricted:
/// such layers are in the GeoPackage alone. A table's plot is a file, the table is in the GeoPackage.
std::vector<std::string> paths_of(const Step& step);

/// The style files that a map reads.
std::vector<std::string> styles_of(const Step& step);

/// The number of features or rows where the task's summary is empty, and the rows of a small table
/// themselves.
void note_table(Outcome& outcome, const model::Layer& layer);

/// A file of the project by its name below the project's folder, so that what is kept knows no folder of this
/// machine.
std::string within_project(const Project& project, const std::string& file);

/// Styles of the maps, so that QGIS opens the layers as the maps show them: the map with the fewest layers below
/// this one decides (over others it is drawn for their sake), the last one where several have as few.
std::vector<io::EmbeddedStyle> embedded_styles(const Project& project, Datasets& datasets);

/// As long as it took the last time (`record`, may be null), else by the kind of work.
double expected_seconds(const Step& step, const StepRecord* record);

/// As large as its files were the last time, else by the kind of file.
double expected_bytes(const Step& step, const StepRecord* record);

}  // namespace isopleth::pipeline
