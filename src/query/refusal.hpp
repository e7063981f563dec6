// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace isopleth::query {

inline constexpr const char* kOneSelect = "A query is one SELECT statement that only reads.";

struct TableNames {
    std::string table;
    std::vector<std::string> columns;
};

/// A statement that SQLite did not take.
struct Refusal {
    std::string sql;
    std::string message;  ///< SQLite's
    int offset = -1;      ///< byte of `sql` that it is about, -1 where SQLite does not say
    std::string refused;  ///< what was not allowed, "" when that is not the reason
    std::vector<TableNames> names;
};

/// A Usage error that says it in our words: with the place of a syntax error, the nearest name of a table,
/// column or function that there is not.
[[noreturn]] void fail_refused(const Refusal& refusal);

}  // namespace isopleth::query
