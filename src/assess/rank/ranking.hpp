// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.hpp"
#include "model/layer.hpp"

namespace isopleth::assess {

struct RankOptions {
    std::string by;          ///< number column
    bool ascending = false;  ///< default: highest value first
    std::string groups;      ///< column; ranks start again in each group; "" for one
};

/// Competition ranks (1, 2, 2, 4) of exact decimals: equal values share the rank, the next one skips. A
/// missing value has no rank.
std::vector<std::optional<std::int64_t>> competition_ranks(
    const std::vector<std::optional<base::Decimal>>& values, bool ascending);

/// The table as it was, sorted by rank, group after group in the order of their first rows (ties keep their
/// order), plus the integer column "rank" ("rank_2" ... when taken). Rows without a value or without a group
/// come last and have no rank. A Usage error for an unknown field, an Input error for a text that is no
/// number.
model::Layer rank_table(const model::Layer& table, const RankOptions& options);

}  // namespace isopleth::assess
