// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "pipeline/task.hpp"

namespace isopleth::pipeline {

/// A folder with a commented project file to start from.
struct NewTask : Task {
    std::string folder;

    void declare(base::ParameterList& list) override;
    Makes makes() const override { return Makes::kNothing; }
    Outcome run(Datasets& datasets, const base::Job& job) override;
};

}  // namespace isopleth::pipeline
