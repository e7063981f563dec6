// SPDX-License-Identifier: MIT
#include "query/refusal.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "query/read_only.hpp"

#include <fmt/format.h>

#include <optional>
#include <string_view>

namespace isopleth::query {

namespace {

[[noreturn]] void fail_table(const std::string& name, const std::vector<TableNames>& known) {
    std::vector<std::string> names;
    for (const TableNames& table : known) names.push_back(table.table);
    base::fail_usage(fmt::format("there is no table {}{}", name, base::did_you_mean(name, names)),
                     names.empty() ? "Name one with --with name=dataset."
                                   : fmt::format("The tables are: {}.", base::join(names, ", ")));
}

[[noreturn]] void fail_column(const std::string& name, const std::vector<TableNames>& known) {
    std::vector<std::string> names;
    for (const TableNames& table : known)
        names.insert(names.end(), table.columns.begin(), table.columns.end());
    const std::string last = name.substr(name.rfind('.') + 1);
    base::fail_usage(fmt::format("there is no column {}{}", name, base::did_you_mean(last, names)),
                     "Text stands in single quotes, a column's name in double quotes or none.");
}

[[noreturn]] void fail_function(const std::string& name) {
    base::fail_usage(fmt::format("there is no function {} that a query may call{}", name,
                                 base::did_you_mean(base::to_lower_ascii(name), read_only_functions())));
}

}  // namespace

void fail_refused(const Refusal& refusal) {
    const std::string& message = refusal.message;
    const auto name_after = [&](std::string_view start) -> std::optional<std::string> {
        if (!message.starts_with(start)) return std::nullopt;
        return message.substr(start.size());
    };
    if (!refusal.refused.empty()) {
        base::fail_usage(fmt::format("{} is not allowed in a query", refusal.refused), kOneSelect);
    }
    if (const auto table = name_after("no such table: ")) fail_table(*table, refusal.names);
    if (const auto column = name_after("no such column: ")) fail_column(*column, refusal.names);
    if (const auto function = name_after("no such function: ")) fail_function(*function);
    std::string place;
    if (refusal.offset >= 0) {
        const auto before = std::string_view(refusal.sql).substr(0, static_cast<std::size_t>(refusal.offset));
        place = fmt::format(" at character {}", base::to_code_points(before).size() + 1);
    }
    base::fail_usage(fmt::format("the SQL statement is not understood{}: {}", place, message));
}

}  // namespace isopleth::query
