// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/run.hpp"
#include "pipeline/task.hpp"

namespace isopleth::pipeline {

/// What a run would take: rough figures, told as estimates.
struct Estimate {
    double seconds = 0;
    double memory_bytes = 0;
    double output_bytes = 0;  ///< at most, for a raster: before compression
};

/// Adds estimated_seconds (one decimal), estimated_memory_bytes and estimated_output_bytes.
void tell(const Estimate& estimate, base::Json& summary);

/// What every run takes.
Estimate program_estimate();
/// The memory for what was read from files of so many bytes.
void add_reading(double bytes, Estimate& estimate);
/// The memory of pages with their fonts.
void add_drawing(Estimate& estimate);

/// Computes three blocks of rows and concludes from them to all; what has to be prepared first is rehearsed.
Estimate estimate_raster(const RasterRecipe& recipe, const base::Job& job);

/// What a command would do. Its inputs are read and nothing is written; the errors that reading shows are
/// thrown.
Outcome plan_command(Task& task, const base::ParameterList& list, const RunOptions& options,
                     const base::Job& job);

}  // namespace isopleth::pipeline
