// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include "pipeline/task.hpp"

namespace isopleth::pipeline {

/// Statistical hot spots of a field: Gi* adds gi_z, gi_p and gi_class.
struct HotspotTask : Task {
    std::string input;
    std::string method = "gi";
    std::string value;
    std::string weights = "queen";
    int permutations = 0;
    int seed = 1;
    bool fdr = false;

    void declare(base::ParameterList& list) override;
    void check() const override;
    bool is_rehearsed() const override { return true; }
    Outcome run(Datasets& datasets, const base::Job& job) override;
};

}  // namespace isopleth::pipeline
