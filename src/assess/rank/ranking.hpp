// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/decimal.hpp"
#include "base/finding.hpp"
#include "model/layer.hpp"

namespace isopleth::assess {

struct RankOptions {
    std::string by;                 ///< number column
    bool ascending = false;         ///< default: highest value first
    std::string groups;             ///< column; ranks start again in each group; "" for one
};

/// Competition ranks (1, 2, 2, 4) of exact decimals: equal values share the rank, the next one skips. A missing value has no rank.
std::vector<std::optional<std::int64_t>> competition_ranks(const std::vector<std::optional<base::Decimal>>& values,
                                                           bool ascending);

/// The table as it was, sorted by rank (ties keep their order; rows without a value last), plus the integer column "rank" ("rank_2" ... when taken).
model::Layer rank_table(const model::Layer& table, const RankOptions& options);

/// Published change on a year ago in per cent from the rounded means: 39 against 42 is -7.1 (one decimal, by `rounding`).
base::Decimal percent_change(const base::Decimal& now, const base::Decimal& year_ago, int digits,
                             base::Rounding rounding);

/// The whole numbers (with `digits` decimals) of a year ago that give the printed change; the bulletin's values follow uniquely from them.
std::vector<base::Decimal> year_ago_candidates(const base::Decimal& now, const base::Decimal& printed_change,
                                               int digits, base::Rounding rounding);

/// Which figures of a published table do not follow from its own figures. Each option names a column, "" leaves that check out.
struct TableCheck {
    std::string value;          ///< "mean_ug_m3"
    std::string rank;           ///< printed rank by value
    std::string rounded;        ///< printed rounded value
    std::string change;         ///< printed change, "−7.1%" or "-7.1%"
    std::string name;           ///< column that names the row in a message
    base::Rounding rounding = base::Rounding::kHalfUp;
};
struct TableCheckResult {
    std::size_t rows = 0;
    std::size_t ranks_derived = 0, rounded_derived = 0, changes_derived = 0;
    std::vector<base::Finding> contradictions;  ///< which row and why
    std::vector<std::optional<base::Decimal>> year_ago;  ///< derived; one for each row, missing when not unique
};
TableCheckResult check_published_table(const model::Layer& table, const TableCheck& check);

/// Row and column sums of a cross table with a total row and column: contradictions by row and column.
/// `total_name` is the label of the total row and column ("总计"). Blank cells count as 0 here, which is said.
struct CrossTableCheck {
    std::size_t rows = 0, columns = 0;
    std::int64_t total = 0;
    std::vector<base::Finding> contradictions;
};
CrossTableCheck check_cross_table(const model::Layer& table, const std::string& name_column,
                                  const std::string& total_name);

}  // namespace isopleth::assess
