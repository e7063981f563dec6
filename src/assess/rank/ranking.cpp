// SPDX-License-Identifier: MIT
#include "assess/rank/ranking.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace isopleth::assess {

namespace {

/// 1 + how many values stand before one's own.
template <class Value>
std::vector<std::optional<std::int64_t>> ranks_of(const std::vector<std::optional<Value>>& values,
                                                  bool ascending) {
    std::vector<Value> sorted;
    for (const auto& value : values) {
        if (value) sorted.push_back(*value);
    }
    const auto is_before = [ascending](const Value& a, const Value& b) { return ascending ? a < b : b < a; };
    std::sort(sorted.begin(), sorted.end(), is_before);
    std::vector<std::optional<std::int64_t>> ranks(values.size());
    for (std::size_t row = 0; row < values.size(); ++row) {
        if (!values[row]) continue;
        const auto first = std::lower_bound(sorted.begin(), sorted.end(), *values[row], is_before);
        ranks[row] = first - sorted.begin() + 1;
    }
    return ranks;
}

/// Ranks of some rows by a number column. Integers stay integers; two texts of one real value are one double,
/// so nothing is gained by decimals, and no value is too long for a rank.
std::vector<std::optional<std::int64_t>> ranks_of_rows(const model::Column& column,
                                                       const std::vector<std::size_t>& rows, bool ascending) {
    if (column.type() == model::ColumnType::kInteger) {
        std::vector<std::optional<std::int64_t>> values;
        for (const std::size_t row : rows) values.push_back(column.integer(row));
        return ranks_of(values, ascending);
    }
    std::vector<std::optional<double>> values;
    for (const std::size_t row : rows) values.push_back(column.number(row));
    return ranks_of(values, ascending);
}

/// Rows of each group, groups in the order of their first row; rows without a group come apart.
struct Groups {
    std::vector<std::vector<std::size_t>> rows;
    std::vector<std::size_t> without;
};

Groups groups_of(const model::Layer& table, const std::string& field) {
    Groups groups;
    if (field.empty()) {
        groups.rows.emplace_back(table.row_count());
        std::iota(groups.rows.front().begin(), groups.rows.front().end(), std::size_t{0});
        return groups;
    }
    const model::Column& column = table.column(field);
    std::map<std::string, std::size_t> known;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        if (!column.is_present(row)) {
            groups.without.push_back(row);
            continue;
        }
        const auto [entry, is_new] = known.emplace(column.display(row), groups.rows.size());
        if (is_new) groups.rows.emplace_back();
        groups.rows[entry->second].push_back(row);
    }
    return groups;
}

}  // namespace

std::vector<std::optional<std::int64_t>> competition_ranks(
    const std::vector<std::optional<base::Decimal>>& values, bool ascending) {
    return ranks_of(values, ascending);
}

model::Layer rank_table(const model::Layer& table, const RankOptions& options) {
    const model::Column by = model::number_column(table, options.by);
    const Groups groups = groups_of(table, options.groups);
    std::vector<std::optional<std::int64_t>> ranks(table.row_count());
    std::vector<std::size_t> order;
    std::vector<std::size_t> last = groups.without;
    for (const std::vector<std::size_t>& rows : groups.rows) {
        const auto group_ranks = ranks_of_rows(by, rows, options.ascending);
        const auto first = static_cast<std::ptrdiff_t>(order.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            ranks[rows[i]] = group_ranks[i];
            (group_ranks[i] ? order : last).push_back(rows[i]);
        }
        std::stable_sort(order.begin() + first, order.end(),
                         [&ranks](std::size_t a, std::size_t b) { return *ranks[a] < *ranks[b]; });
    }
    std::sort(last.begin(), last.end());
    order.insert(order.end(), last.begin(), last.end());

    model::Layer ranked = model::select_rows(table, order);
    model::Column column(model::free_name(table, "rank"), model::ColumnType::kInteger);
    for (const std::size_t row : order) {
        if (ranks[row]) {
            column.append(*ranks[row]);
        } else {
            column.append_missing();
        }
    }
    ranked.add(std::move(column));
    return ranked;
}

}  // namespace isopleth::assess
