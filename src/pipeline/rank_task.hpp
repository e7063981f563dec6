// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "pipeline/task.hpp"

namespace isopleth::pipeline {

/// A table with the column `rank`; with the names of printed columns it also says which figures do not
/// follow.
struct RankTask : Task {
    std::string input;
    std::string by;
    std::string groups;
    bool ascending = false;
    std::string printed_rank;
    std::string printed_rounded;
    std::string printed_change;
    std::string printed_total;
    std::vector<std::string> stated_range;
    std::string name;
    std::string rounding = "half-up";

    void declare(base::ParameterList& list) override;
    void check() const override;
    Makes makes() const override { return Makes::kTable; }
    Outcome run(Datasets& datasets, const base::Job& job) override;
};

}  // namespace isopleth::pipeline
