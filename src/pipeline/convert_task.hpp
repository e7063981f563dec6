// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "pipeline/task.hpp"

namespace isopleth::pipeline {

/// A layer in another format, CRS or encoding: the writing is the caller's, so the layer passes through.
struct ConvertTask : Task {
    std::string input;

    void declare(base::ParameterList& list) override;
    Outcome run(Datasets& datasets, const base::Job& job) override;
};

}  // namespace isopleth::pipeline
