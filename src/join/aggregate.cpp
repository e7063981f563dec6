// SPDX-License-Identifier: MIT
#include "join/aggregate.hpp"

#include "base/statistics.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace isopleth::join {

namespace {
using Values = std::span<const double>;
using Statistic = std::optional<double> (*)(Values);

std::optional<double> sum_of(Values values) {
    if (values.empty()) return std::nullopt;
    return base::sum(values);
}
std::optional<double> median(Values values) {
    return base::quantile(values, 0.5);
}

struct NamedStatistic {
    std::string_view name;
    Statistic compute;
};
constexpr std::array<NamedStatistic, 6> kStatistics{{{"mean", base::mean},
                                                     {"sum", sum_of},
                                                     {"min", base::minimum},
                                                     {"max", base::maximum},
                                                     {"median", median},
                                                     {"stdev", base::standard_deviation}}};

/// "p95" is 0.95.
std::optional<double> share_of(std::string_view statistic) {
    if (statistic.size() < 2 || statistic.size() > 4 || statistic[0] != 'p') return std::nullopt;
    for (const char letter : statistic.substr(1)) {
        if (letter < '0' || letter > '9') return std::nullopt;
    }
    const auto percent = base::parse_integer(statistic.substr(1));
    if (!percent || *percent > 100) return std::nullopt;
    return static_cast<double>(*percent) / 100;
}

std::optional<double> compute(const std::string& statistic, Values values) {
    if (const auto share = share_of(statistic)) return base::quantile(values, *share);
    for (const NamedStatistic& known : kStatistics) {
        if (known.name == statistic) return known.compute(values);
    }
    base::bug("statistic " + statistic);
}
}  // namespace

SummaryRequest parse_summary(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size()) {
        base::fail_usage(fmt::format("the summary \"{}\" is not STATISTIC:FIELD", text),
                         "Write it like mean:pm25.");
    }
    SummaryRequest request{std::string(text.substr(0, colon)), std::string(text.substr(colon + 1))};
    std::vector<std::string> names;
    for (const NamedStatistic& known : kStatistics) names.emplace_back(known.name);
    names.emplace_back("count");
    const bool is_known = std::find(names.begin(), names.end(), request.statistic) != names.end();
    if (is_known || share_of(request.statistic)) return request;
    base::fail_usage(fmt::format("unknown statistic {}{}", request.statistic,
                                 base::did_you_mean(request.statistic, names)),
                     fmt::format("It is one of {}, p0 to p100.", base::join(names, ", ")));
}

namespace {
/// A row of the result: a left row with the match that it shows.
struct ResultRow {
    std::size_t left;
    std::optional<std::size_t> match;  ///< position in Matches::right
};

std::vector<ResultRow> plan_rows(std::size_t left_rows, const Matches& matches, bool is_repeated,
                                 bool keep_unmatched) {
    std::vector<ResultRow> rows;
    rows.reserve(left_rows);
    for (std::size_t left = 0; left < left_rows; ++left) {
        const std::size_t first = matches.start[left];
        const std::size_t count = matches.count(left);
        if (count == 0 && keep_unmatched) rows.push_back({left, std::nullopt});
        for (std::size_t i = 0; i < (is_repeated ? count : std::min<std::size_t>(count, 1)); ++i)
            rows.push_back({left, first + i});
    }
    return rows;
}

/// Builds the result, column by column.
class Joined {
public:
    Joined(const model::Layer& left, const model::Layer& right, const Matches& matches,
           std::vector<ResultRow> rows, std::vector<std::string>& notes)
        : m_right(right), m_matches(matches), m_rows(std::move(rows)), m_notes(notes) {
        std::vector<std::size_t> taken;
        taken.reserve(m_rows.size());
        bool is_same = m_rows.size() == left.row_count();
        for (const ResultRow& row : m_rows) {
            is_same = is_same && row.left == taken.size();
            taken.push_back(row.left);
        }
        m_result = is_same ? left : model::select_rows(left, taken);
    }

    void add_column(const model::Column& source) {
        model::Column column(source.name(), source.type());
        column.reserve(m_rows.size());
        for (const ResultRow& row : m_rows) {
            if (row.match) {
                column.append_from(source, m_matches.right[*row.match]);
            } else {
                column.append_missing();
            }
        }
        add(std::move(column));
    }

    void add_count() {
        model::Column column("count", model::ColumnType::kInteger);
        for (const ResultRow& row : m_rows)
            column.append(static_cast<std::int64_t>(m_matches.count(row.left)));
        add(std::move(column));
    }

    void add_distance() {
        if (m_matches.distance.size() != m_matches.right.size())
            base::fail_usage("there are distances only where the nearest was looked for",
                             "Use --predicate nearest.");
        model::Column column("distance", model::ColumnType::kReal);
        for (const ResultRow& row : m_rows)
            append(column, row.match ? std::optional(m_matches.distance[*row.match]) : std::nullopt);
        add(std::move(column));
    }

    void add_summary(const SummaryRequest& request) {
        const std::string name = request.field + "_" + request.statistic;
        if (request.statistic == "count") {
            add_present_count(name, m_right.column(request.field));
            return;
        }
        const model::Column numbers = model::number_column(m_right, request.field);
        model::Column column(name, model::ColumnType::kReal);
        std::vector<double> values;
        for (const ResultRow& row : m_rows) {
            values.clear();
            for_each_match(row.left, [&](std::size_t right) {
                if (const auto value = numbers.number(right)) values.push_back(*value);
            });
            append(column, compute(request.statistic, values));
        }
        add(std::move(column));
    }

    model::Layer take() { return std::move(m_result); }

private:
    static void append(model::Column& column, const std::optional<double>& value) {
        if (value) {
            column.append(*value);
        } else {
            column.append_missing();
        }
    }

    template <class Visit>
    void for_each_match(std::size_t left, Visit&& visit) const {
        for (std::size_t i = m_matches.start[left]; i < m_matches.start[left + 1]; ++i)
            visit(m_matches.right[i]);
    }

    void add_present_count(const std::string& name, const model::Column& source) {
        model::Column column(name, model::ColumnType::kInteger);
        for (const ResultRow& row : m_rows) {
            std::int64_t count = 0;
            for_each_match(row.left, [&](std::size_t right) { count += source.is_present(right) ? 1 : 0; });
            column.append(count);
        }
        add(std::move(column));
    }

    void add(model::Column column) {
        const std::string own = column.name();
        std::string name = own;
        for (int number = 1; m_result.find(name) != nullptr; ++number) {
            name = m_right.name + "_" + own;
            if (number > 1) name += fmt::format("_{}", number);
        }
        if (name != own) {
            m_notes.push_back(fmt::format("{} has a field {} already: that of {} is called {}", m_result.name,
                                          own, m_right.name, name));
            column.rename(name);
        }
        m_result.add(std::move(column));
    }

    const model::Layer& m_right;
    const Matches& m_matches;
    std::vector<ResultRow> m_rows;
    std::vector<std::string>& m_notes;
    model::Layer m_result;
};

std::string repetition_note(const std::vector<ResultRow>& rows, const Matches& matches) {
    std::size_t repeated = 0;
    for (std::size_t left = 0; left + 1 < matches.start.size(); ++left)
        repeated += matches.count(left) > 1 ? 1 : 0;
    if (repeated == 0) return {};
    return fmt::format("{} with several matches {} repeated once for each; there are {} rows",
                       repeated == 1 ? std::string("1 row") : fmt::format("{} rows", repeated),
                       repeated == 1 ? "is" : "are", rows.size());
}
}  // namespace

model::Layer aggregate(const model::Layer& left, const model::Layer& right, const Matches& matches,
                       const AggregateOptions& options, std::vector<std::string>& notes) {
    if (matches.start.size() != left.row_count() + 1) base::bug("matches of another layer");
    const bool is_repeated = !options.columns.empty() && !options.count && options.summaries.empty();
    std::vector<ResultRow> rows = plan_rows(left.row_count(), matches, is_repeated, options.keep_unmatched);
    if (is_repeated) {
        const std::string note = repetition_note(rows, matches);
        if (!note.empty()) notes.push_back(note);
    }
    Joined joined(left, right, matches, std::move(rows), notes);
    for (const std::string& name : options.columns) {
        if (name != "*") {
            joined.add_column(right.column(name));
            continue;
        }
        for (const model::Column& column : right.columns) joined.add_column(column);
    }
    if (options.count) joined.add_count();
    for (const SummaryRequest& request : options.summaries) joined.add_summary(request);
    if (options.distance) joined.add_distance();
    return joined.take();
}

}  // namespace isopleth::join
