// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "pipeline/task.hpp"

namespace isopleth::pipeline {

/// Everything that a project file declares, into one folder; makes again only what changed.
struct BuildTask : Task {
    std::string project;
    std::vector<std::string> only;
    bool force = false;

    void declare(base::ParameterList& list) override;
    /// The folder is the command's --output ("out" when none is given): `run_build`.
    Makes makes() const override { return Makes::kFolder; }
    Outcome run(Datasets& datasets, const base::Job& job) override;
};

/// Facts that a build needs beside its parameters.
struct BuildFacts {
    std::string folder;  ///< --output
    std::string version;
    base::Instant time;
    bool plan = false;  ///< say what would be made, and make nothing
};
Outcome run_build(const BuildTask& task, const BuildFacts& facts, const base::Job& job);

}  // namespace isopleth::pipeline
