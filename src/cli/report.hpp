// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "pipeline/task.hpp"

namespace isopleth::cli {

/// The summary as lines "samples     36" for a person.
std::string summary_text(const base::Json& summary);

/// Summary, a table that is shown (columns, rows), and findings, as one JSON document.
std::string summary_json(const pipeline::Outcome& outcome);

}  // namespace isopleth::cli
