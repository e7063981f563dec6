// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "base/json.hpp"
#include "pipeline/project.hpp"

namespace isopleth::pipeline {

/// One step as the summary tells it.
struct StepSummary {
    std::string kind;
    std::string name;
    base::Json summary;
    std::vector<std::string> findings;
    std::vector<std::string> outputs;
    bool restricted = false;
};

/// summary.json: title, CRS, note, and for each step its figures, findings and files. Does not depend on what
/// was skipped.
base::Json summary_document(const Project& project, const std::vector<StepSummary>& steps);
/// summary.md: the same for a reader, in the project's language; small tables as tables.
std::string summary_markdown(const Project& project, const std::vector<StepSummary>& steps);

}  // namespace isopleth::pipeline
