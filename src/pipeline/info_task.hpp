// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "pipeline/file_datasets.hpp"
#include "pipeline/task.hpp"

namespace isopleth::pipeline {

/// What a dataset holds: layers, fields, types, extent, CRS, counts; or bands and grid.
struct InfoTask : Task {
    std::string input;
    InputSettings settings;  ///< the shared options, set by `run_command`

    void declare(base::ParameterList& list) override;
    Makes makes() const override { return Makes::kNothing; }
    Outcome run(Datasets& datasets, const base::Job& job) override;
};

}  // namespace isopleth::pipeline
