// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "base/decimal.hpp"
#include "base/finding.hpp"
#include "model/layer.hpp"

namespace isopleth::assess {

/// What a text says of a table's values: "between 96 and 120".
struct StatedRange {
    base::Decimal lowest;
    base::Decimal highest;
};

/// A finding for each end that is not the table's own, rounded to the digits of the text; none when both are.
/// Rows without a value are left out; a Data error when there is no value at all. `name` is the column that
/// names a row, or "".
base::Findings check_stated_range(const model::Layer& table, const std::string& value,
                                  const std::string& name, const StatedRange& stated,
                                  base::Rounding rounding);

}  // namespace isopleth::assess
