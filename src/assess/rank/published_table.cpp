// SPDX-License-Identifier: MIT
#include "assess/rank/published_table.hpp"

#include "assess/rank/ranking.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace isopleth::assess {

using base::Decimal;
using base::Rounding;

namespace {

using Decimals = std::vector<std::optional<Decimal>>;

int most_digits(const Decimals& values) {
    int digits = 0;
    for (const auto& value : values) {
        if (value) digits = std::max(digits, value->digits());
    }
    return digits;
}

/// "−7.1%" with any minus of Unicode's, "+2.6 %", "65.1"; nullopt when it is no such text.
std::optional<Decimal> parse_change(std::string_view text) {
    const std::string plain = base::fold_full_width(base::trim(text));
    std::string_view rest = plain;
    if (rest.ends_with('%')) rest.remove_suffix(1);
    if (rest.starts_with('+')) rest.remove_prefix(1);
    for (const std::string_view minus : {"\u2212", "\u2013", "\uFE63"}) {
        if (!rest.starts_with(minus)) continue;
        const auto size = Decimal::parse(base::trim(rest.substr(minus.size())));
        return size ? std::optional(Decimal() - *size) : std::nullopt;
    }
    return Decimal::parse(base::trim(rest));
}

/// Printed changes; an Input error with the place of the first that is none.
Decimals changes_of(const model::Layer& table, const std::string& field) {
    const model::Column& column = table.column(field);
    Decimals changes(column.size());
    for (std::size_t row = 0; row < column.size(); ++row) {
        if (!column.is_present(row)) continue;
        changes[row] = parse_change(column.display(row));
        if (changes[row]) continue;
        base::Place place = table.place_of(row);
        place.column = field;
        base::fail_input(fmt::format("\"{}\" is not a change in per cent", column.display(row)),
                         "Write it as -7.1% or -7.1, or leave the cell blank.", std::move(place));
    }
    return changes;
}

/// The three checks of a published table, one function each; they share its values and its findings.
class TableChecker {
public:
    TableChecker(const model::Layer& table, const TableCheck& check)
        : m_table(table), m_check(check), m_values(published_decimals(table, check.value)) {
        m_result.rows = table.row_count();
        m_result.year_ago.resize(table.row_count());
    }

    TableCheckResult run() {
        if (!m_check.rank.empty()) check_ranks();
        if (!m_check.rounded.empty()) check_rounded();
        if (!m_check.change.empty()) check_changes();
        return std::move(m_result);
    }

private:
    void check_ranks() {
        const Decimals printed = published_decimals(m_table, m_check.rank);
        const auto ranks = competition_ranks(m_values, m_check.ascending);
        for (std::size_t row = 0; row < printed.size(); ++row) {
            if (!printed[row] || !has_value(row, m_check.rank, "rank")) continue;
            if (*printed[row] == Decimal(*ranks[row], 0)) {
                ++m_result.ranks_derived;
            } else {
                contradict(row, m_check.rank,
                           fmt::format("the printed rank is {}; by {} it is {}", printed[row]->to_string(),
                                       m_check.value, *ranks[row]));
            }
        }
    }

    void check_rounded() {
        const Decimals printed = published_decimals(m_table, m_check.rounded);
        const int digits = most_digits(printed);
        for (std::size_t row = 0; row < printed.size(); ++row) {
            if (!printed[row] || !has_value(row, m_check.rounded, "rounded value")) continue;
            const Decimal rounded = m_values[row]->rounded(digits, m_check.rounding);
            if (rounded == *printed[row]) {
                ++m_result.rounded_derived;
            } else {
                contradict(
                    row, m_check.rounded,
                    fmt::format("the printed rounded value is {}; {} rounds to {}", printed[row]->to_string(),
                                m_values[row]->to_string(), rounded.to_string()));
            }
        }
    }

    /// From the rounded values where the table prints them: they are what the bulletin's changes are made of.
    void check_changes() {
        const Decimals printed = changes_of(m_table, m_check.change);
        const Decimals values =
            m_check.rounded.empty() ? m_values : published_decimals(m_table, m_check.rounded);
        const int digits = most_digits(values);
        for (std::size_t row = 0; row < printed.size(); ++row) {
            if (!printed[row] || !has_value(row, m_check.change, "change")) continue;
            const Decimal now = values[row] ? *values[row] : m_values[row]->rounded(digits, m_check.rounding);
            const auto candidates = year_ago_candidates(now, *printed[row], digits, m_check.rounding);
            if (candidates.size() == 1) m_result.year_ago[row] = candidates.front();
            if (!candidates.empty()) {
                ++m_result.changes_derived;
            } else {
                contradict(
                    row, m_check.change,
                    fmt::format("the printed change is {}%; no value of a year ago with {} decimals gives it "
                                "with {}",
                                printed[row]->to_string(), digits, now.to_string()));
            }
        }
    }

    bool has_value(std::size_t row, const std::string& column, const char* what) {
        if (m_values[row]) return true;
        contradict(row, column, fmt::format("there is a printed {} but no {}", what, m_check.value));
        return false;
    }

    void contradict(std::size_t row, const std::string& column, std::string message) {
        base::Place place = m_table.place_of(row);
        place.column = column;
        if (!m_check.name.empty()) message += fmt::format(" ({})", m_table.column(m_check.name).display(row));
        m_result.contradictions.push_back({std::move(message), std::move(place)});
    }

    const model::Layer& m_table;
    const TableCheck& m_check;
    Decimals m_values;
    TableCheckResult m_result;
};

}  // namespace

std::vector<std::optional<Decimal>> published_decimals(const model::Layer& table, const std::string& field) {
    const model::Column column = model::number_column(table, field);
    std::vector<std::optional<Decimal>> values(column.size());
    for (std::size_t row = 0; row < column.size(); ++row) {
        const auto number = column.number(row);
        if (!number) continue;
        values[row] = Decimal::parse(base::trim(column.display(row)));
        if (!values[row]) values[row] = Decimal::from_double(*number);
    }
    return values;
}

Decimal percent_change(const Decimal& now, const Decimal& year_ago, int digits, Rounding rounding) {
    if (year_ago == Decimal()) {
        base::fail_data("a change in per cent of a value that was 0 a year ago is undefined");
    }
    return ((now - year_ago) * Decimal(100, 0)).divided(year_ago, digits, rounding);
}

std::vector<Decimal> year_ago_candidates(const Decimal& now, const Decimal& printed_change, int digits,
                                         Rounding rounding) {
    // The printed change stands for changes within half its last digit; 100 now / (100 + change) falls as the
    // change grows, so its bounds give the first and last value to try. Each is then tried, whatever the
    // rounding.
    const Decimal scaled = now * Decimal(100, 0);
    const Decimal middle = printed_change + Decimal(100, 0);
    const Decimal half(5, printed_change.digits() + 1);
    const Decimal zero;
    std::vector<Decimal> candidates;
    if (now < zero || middle + half <= zero) return candidates;
    const std::int64_t lowest = scaled.divided(middle + half, digits, rounding).units() - 1;
    // From -100 per cent on (rounded) the value of a year ago may be as large as it likes.
    std::optional<std::int64_t> highest;
    if (middle - half > zero) highest = scaled.divided(middle - half, digits, rounding).units() + 1;
    for (std::int64_t units = std::max<std::int64_t>(lowest, 1); !highest || units <= *highest; ++units) {
        const Decimal year_ago(units, digits);
        if (percent_change(now, year_ago, printed_change.digits(), rounding) == printed_change) {
            candidates.push_back(year_ago);
            if (candidates.size() == kMostCandidates) break;
        } else if (!candidates.empty()) {
            break;
        }
    }
    return candidates;
}

TableCheckResult check_published_table(const model::Layer& table, const TableCheck& check) {
    if (!check.name.empty()) table.column(check.name);
    return TableChecker(table, check).run();
}

}  // namespace isopleth::assess
