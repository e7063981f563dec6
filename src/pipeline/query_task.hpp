// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipeline/task.hpp"

namespace isopleth::pipeline {

/// One read-only statement of spatial SQL over named layers.
struct QueryTask : Task {
    std::string sql;
    std::vector<std::string> with;
    std::optional<std::string> project;  ///< a project file: what its sections make are tables, too
    double timeout = 60;
    std::optional<int> max_rows;

    void declare(base::ParameterList& list) override;
    void check() const override;
    Makes makes() const override { return Makes::kTable; }
    Outcome run(Datasets& datasets, const base::Job& job) override;
};

}  // namespace isopleth::pipeline
