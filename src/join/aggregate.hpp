// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "join/spatial.hpp"
#include "model/layer.hpp"

namespace isopleth::join {

/// "mean:pm25" -> field pm25_mean; statistics: mean, sum, min, max, median, stdev, pNN (percentile), count.
struct SummaryRequest {
    std::string statistic;
    std::string field;
};
SummaryRequest parse_summary(std::string_view text);  ///< Usage error with the nearest statistic

struct AggregateOptions {
    std::vector<std::string> columns;  ///< of the right side; "*" takes all; empty takes none
    bool count = false;                ///< adds the integer column "count"
    std::vector<SummaryRequest> summaries;
    bool distance = false;  ///< adds the column "distance" (nearest)
    bool keep_unmatched = true;
};

/// Every left row with its own fields, plus what was asked of its matches. With `columns`, a left row with
/// several matches is repeated once for each when neither count nor summaries are asked (a finding says how
/// many were repeated); with them it gets the first match's values. Unmatched rows get missing values, and 0
/// for count. A name that is taken on the left gets the right layer's name in front
/// ("streets_name"), said in a finding-free note in `notes`. Missing right values are left out of statistics;
/// no value at all gives a missing cell.
model::Layer aggregate(const model::Layer& left, const model::Layer& right, const Matches& matches,
                       const AggregateOptions& options, std::vector<std::string>& notes);

}  // namespace isopleth::join
