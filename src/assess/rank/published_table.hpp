// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.hpp"
#include "base/finding.hpp"
#include "model/layer.hpp"

namespace isopleth::assess {

/// A number column as exact decimals: the source's own text where it was kept, else the shortest text of the
/// number. Missing cells stay missing. A Usage error for an unknown field, an Input error for a text that is
/// no number.
std::vector<std::optional<base::Decimal>> published_decimals(const model::Layer& table,
                                                             const std::string& field);

/// Published change on a year ago in per cent from the rounded means: 39 against 42 is -7.1 (with one digit).
/// A Data error when the value of a year ago is 0.
base::Decimal percent_change(const base::Decimal& now, const base::Decimal& year_ago, int digits,
                             base::Rounding rounding);

/// year_ago_candidates gives no more than these: a change of -100.0 % holds for any number of values.
inline constexpr std::size_t kMostCandidates = 1000;

/// The values of a year ago with `digits` decimals, lowest first, that give the printed change; all are above
/// 0. One value means that it follows uniquely; none means that the printed change cannot be.
std::vector<base::Decimal> year_ago_candidates(const base::Decimal& now, const base::Decimal& printed_change,
                                               int digits, base::Rounding rounding);

/// Which figures of a published table do not follow from its own figures. Each option names a column, ""
/// leaves that check out; a blank printed cell is not checked.
struct TableCheck {
    std::string value;    ///< "mean_ug_m3"
    std::string rank;     ///< printed rank by value
    std::string rounded;  ///< printed rounded value
    std::string
        change;  ///< printed change, "−7.1%" or "-7.1%"; from the rounded values where they are printed
    std::string name;  ///< column that names the row in a message
    base::Rounding rounding = base::Rounding::kHalfUp;
    bool ascending = false;  ///< of the printed ranks; default: highest value first
};
struct TableCheckResult {
    std::size_t rows = 0;
    std::size_t ranks_derived = 0, rounded_derived = 0, changes_derived = 0;
    std::vector<base::Finding> contradictions;  ///< which row and why
    std::vector<std::optional<base::Decimal>>
        year_ago;  ///< derived; one for each row, missing when not unique
};
/// A Usage error for an unknown field, an Input error for a text that is no number or no change in per cent.
TableCheckResult check_published_table(const model::Layer& table, const TableCheck& check);

}  // namespace isopleth::assess
