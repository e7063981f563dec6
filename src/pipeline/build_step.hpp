// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "pipeline/build_record.hpp"
#include "pipeline/project.hpp"

namespace isopleth::pipeline {

/// "surfaces.pm25": the step's name in the record.
std::string id_of(const Step& step);

/// A file of the project, which is read and not made.
bool is_source(const Step& step);

/// Every file that a step may leave, below the output folder. None for sources and for what is restricted:
/// such layers are in the GeoPackage alone.
std::vector<std::string> paths_of(const Step& step);

/// The style files that a map reads.
std::vector<std::string> styles_of(const Step& step);

/// The number of features or rows where the task's summary is empty, and the rows of a small table
/// themselves.
void note_table(Outcome& outcome, const model::Layer& layer);

/// As long as it took the last time (`record`, may be null), else by the kind of work.
double expected_seconds(const Step& step, const StepRecord* record);

/// As large as its files were the last time, else by the kind of file.
double expected_bytes(const Step& step, const StepRecord* record);

}  // namespace isopleth::pipeline
