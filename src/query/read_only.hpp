// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace isopleth::query {

/// Functions that a statement may call, in lower case and sorted: those of SQLite and SpatiaLite that look at
/// their arguments only. All others are refused, so that a function of a newer SpatiaLite that opens files is
/// refused too.
std::vector<std::string> read_only_functions();

/// Ignores ASCII case.
bool is_read_only_function(std::string_view name);

/// Takes two geometries, or gathers many, that must lie in one CRS; SpatiaLite itself does not look.
bool compares_geometries(std::string_view name);

}  // namespace isopleth::query
