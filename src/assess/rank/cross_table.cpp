// SPDX-License-Identifier: MIT
#include "assess/rank/cross_table.hpp"

#include "assess/rank/published_table.hpp"
#include "base/decimal.hpp"
#include "base/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace isopleth::assess {

namespace {

using base::Decimal;
using Decimals = std::vector<std::optional<Decimal>>;

/// A cross table's numbers: columns without the row names, the total column last.
struct CrossTable {
    std::vector<std::string> names;
    std::vector<Decimals> columns;
    std::size_t total_row = 0;
};

std::size_t find_total_row(const model::Layer& table, const std::string& name_column,
                           const std::string& total) {
    const model::Column& names = table.column(name_column);
    std::vector<std::size_t> found;
    for (std::size_t row = 0; row < names.size(); ++row) {
        if (names.display(row) == total) found.push_back(row);
    }
    if (found.size() != 1) {
        base::fail_data(fmt::format("{} rows are called {} in {}, not one", found.size(), total, name_column),
                        "State the label of the total row and column as it is printed.",
                        {.file = table.source.file, .layer = table.source.layer});
    }
    return found.front();
}

CrossTable read_cross_table(const model::Layer& table, const std::string& name_column,
                            const std::string& total) {
    CrossTable cross;
    cross.total_row = find_total_row(table, name_column, total);
    for (const model::Column& column : table.columns) {
        if (column.name() != name_column && column.name() != total) cross.names.push_back(column.name());
    }
    cross.names.push_back(total);
    for (const std::string& name : cross.names) cross.columns.push_back(published_decimals(table, name));
    return cross;
}

Decimal sum(const std::vector<std::optional<Decimal>>& parts) {
    Decimal total;
    for (const auto& part : parts) {
        if (part) total = total + *part;
    }
    return total;
}

std::int64_t whole_total(const model::Layer& table, const CrossTable& cross, const std::string& total) {
    const auto& printed = cross.columns.back()[cross.total_row];
    base::Place place = table.place_of(cross.total_row);
    place.column = total;
    if (!printed) base::fail_data("the grand total is blank", {}, place);
    const Decimal whole = printed->rounded(0, base::Rounding::kHalfUp);
    if (whole != *printed) {
        base::fail_input(fmt::format("the grand total {} is not a whole number", printed->to_string()),
                         "A cross table holds counts.", place);
    }
    return whole.units();
}

}  // namespace

CrossTableCheck check_cross_table(const model::Layer& table, const std::string& name_column,
                                  const std::string& total_name) {
    const CrossTable cross = read_cross_table(table, name_column, total_name);
    const model::Column& row_names = table.column(name_column);
    CrossTableCheck result;
    result.total = whole_total(table, cross, total_name);
    const auto compare = [&](const std::string& what, const Decimals& parts, std::size_t row,
                             std::size_t column) {
        const auto& printed = cross.columns[column][row];
        if (!printed) return false;
        const Decimal counted = sum(parts);
        if (counted != *printed) {
            base::Place place = table.place_of(row);
            place.column = cross.names[column];
            result.contradictions.push_back({fmt::format("the printed total of {} is {}; its parts are {}",
                                                         what, printed->to_string(), counted.to_string()),
                                             std::move(place)});
        }
        return true;
    };
    const std::size_t last = cross.columns.size() - 1;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        Decimals parts;
        for (std::size_t i = 0; i < last; ++i) parts.push_back(cross.columns[i][row]);
        result.blank += static_cast<std::size_t>(std::count(parts.begin(), parts.end(), std::nullopt));
        if (compare(row_names.display(row), parts, row, last)) ++result.rows;
    }
    for (std::size_t i = 0; i <= last; ++i) {
        Decimals parts = cross.columns[i];
        parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(cross.total_row));
        if (compare(cross.names[i], parts, cross.total_row, i)) ++result.columns;
    }
    return result;
}

}  // namespace isopleth::assess
