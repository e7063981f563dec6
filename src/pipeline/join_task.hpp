// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/units.hpp"
#include "pipeline/task.hpp"

namespace isopleth::pipeline {

/// Left features with what the right side says of them, by place or by name.
struct JoinTask : Task {
    std::string left;
    std::string right;
    std::string predicate;
    std::string by;
    std::string aliases;
    std::string separator;
    std::string border = "one";
    std::optional<base::Meters> max_distance;
    std::vector<std::string> columns;
    bool count = false;
    std::vector<std::string> summary;
    bool distance = false;

    void declare(base::ParameterList& list) override;
    void check() const override;
    Outcome run(Datasets& datasets, const base::Job& job) override;
};

}  // namespace isopleth::pipeline
