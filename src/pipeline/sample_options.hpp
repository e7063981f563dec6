// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "base/parameters.hpp"
#include "model/layer.hpp"
#include "model/samples.hpp"
#include "pipeline/task.hpp"

namespace isopleth::pipeline {

/// What commands that estimate from samples ask about them.
struct SampleOptions {
    std::string duplicates = "refuse";
    std::vector<std::string> covariates;
    std::string measurement_error;
    std::string secondary;         ///< field of the second variable, or ""
    std::string secondary_points;  ///< where it is; "" for the same points

    void declare(base::ParameterList& list);
    /// A Usage error for a second variable that none of the methods takes, and for its points without a
    /// field.
    void check(const std::vector<std::string>& methods) const;
    /// The samples of `value` with all that belongs to them. The layer is in metres. The second variable's
    /// points are brought to its CRS.
    model::Samples gather(const model::Layer& layer, const std::string& value, Datasets& datasets) const;
};

/// Adds "samples", "left_out" and "averaged".
void tell_samples(const model::Samples& samples, base::Json& summary);

}  // namespace isopleth::pipeline
