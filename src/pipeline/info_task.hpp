// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "pipeline/file_datasets.hpp"
#include "pipeline/task.hpp"

namespace isopleth::pipeline {

/// What a dataset holds: layers, fields, types, extent, CRS, counts; or bands and grid.
struct InfoTask : Task {
    std::string input;

    void declare(base::ParameterList& list) override;
    Outcome run(Datasets& datasets, const base::Job& job) override;
};

}  // namespace isopleth::pipeline
