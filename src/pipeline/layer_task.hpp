// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "pipeline/file_datasets.hpp"
#include "pipeline/task.hpp"

namespace isopleth::pipeline {

/// A [layers.NAME] or [tables.NAME] section: a file of the project.
struct LayerTask : Task {
    std::string path;  ///< already joined with the project's folder when run
    std::string sensitivity = "public";
    InputSettings settings;

    void declare(base::ParameterList& list) override;
    Outcome run(Datasets& datasets, const base::Job& job) override;
};

}  // namespace isopleth::pipeline
