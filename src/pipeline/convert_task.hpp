// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "pipeline/task.hpp"

namespace isopleth::pipeline {

/// A layer in another format, CRS, datum or encoding: the writing is the caller's, so a layer without `from` passes
/// through.
struct ConvertTask : Task {
    std::string input;
    std::optional<std::string> from;  ///< "gcj02" or "bd09": the coordinates are shifted ones

    void declare(base::ParameterList& list) override;
    Outcome run(Datasets& datasets, const base::Job& job) override;
};

}  // namespace isopleth::pipeline
