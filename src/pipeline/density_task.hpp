// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "base/units.hpp"
#include "pipeline/task.hpp"

namespace isopleth::pipeline {

/// Events to a planar kernel density in events per square kilometre.
struct DensityTask : Task {
    std::string input;
    base::Meters radius;
    base::Meters cell;
    std::string kernel = "quartic";
    std::string extent;
    std::string mask;
    std::string weight;

    void declare(base::ParameterList& list) override;
    void check() const override;
    Makes makes() const override { return Makes::kRaster; }
    Outcome run(Datasets& datasets, const base::Job& job) override;
};

}  // namespace isopleth::pipeline
