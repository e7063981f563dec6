// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "base/json.hpp"
#include "model/layer.hpp"

namespace isopleth::pipeline {

/// The table as aligned columns (wide characters count as two), numbers to the right, missing cells blank,
/// geometry as its type.
std::string to_text_table(const model::Layer& table);

/// Objects with the same members, at least one, as aligned columns: numbers of a column to so many decimals
/// that its largest shows four digits, six at most; with an exponent where it is below 0.00001. A member that
/// is null everywhere is left out.
std::string to_text_table(const base::Json& rows);

/// {"columns": [...], "rows": [{...}]}; missing cells are null.
base::Json to_json_rows(const model::Layer& table);

}  // namespace isopleth::pipeline
