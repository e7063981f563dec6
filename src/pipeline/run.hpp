// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "pipeline/file_datasets.hpp"
#include "pipeline/task.hpp"

namespace isopleth::pipeline {

/// What every command shares beside its own parameters.
struct RunOptions {
    InputSettings inputs;
    std::string output;
    std::optional<std::string> to_crs;
    bool overwrite = false;
    bool wkt = false;
    bool plan = false;

    void declare(base::ParameterList& list);
};

/// Facts about this run for the provenance.
struct RunFacts {
    std::string command;  ///< "surface"
    std::string version;
    base::Instant time;
};

/// The version that `--version` prints.
std::string version();
/// A line for each library with its version.
std::string library_versions();

/// SOURCE_DATE_EPOCH where it is set (a Usage error when it is no number), else the clock.
base::Instant now(const char* source_date_epoch);

/// Runs a command: reads, computes, writes `output` whole or not at all. The outcome's product is consumed
/// when it was written; summary and findings hold everything to be said.
Outcome run_command(Task& task, const base::ParameterList& list, const RunOptions& options,
                    const RunFacts& facts, const base::Job& job);

/// The parameters as the provenance keeps them: files without their folder, and the shared options that bear
/// on the result.
base::Json provenance_parameters(const base::ParameterList& list, const RunOptions& options);

/// Writes the plot of a task that draws one beside its product, with its provenance.
void write_plot(const Outcome& outcome, const std::string& target, const RunOptions& options,
                const model::Provenance& provenance);

/// Writes any product to a file by its extension, with its provenance.
void write_product(Outcome& outcome, const std::string& target, const RunOptions& options,
                   const model::Provenance& provenance, const base::Job& job);

}  // namespace isopleth::pipeline
