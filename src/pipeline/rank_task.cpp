// SPDX-License-Identifier: MIT
#include "pipeline/rank_task.hpp"

#include <optional>

#include "assess/rank/cross_table.hpp"
#include "assess/rank/published_table.hpp"
#include "assess/rank/ranking.hpp"
#include "assess/rank/stated_range.hpp"
#include "base/decimal.hpp"
#include "pipeline/table_text.hpp"

namespace isopleth::pipeline {

void RankTask::declare(base::ParameterList& list) {
    list.add("input", input, "table or layer").required().at(0).dataset().called("TABLE");
    list.add("by", by, "field to rank by, highest first").required().called("FIELD");
    list.add("groups", groups, "field whose values are ranked each on their own").called("FIELD");
    list.add("ascending", ascending, "lowest value first");
    list.add("printed-rank", printed_rank, "field with a published rank to check").called("FIELD");
    list.add("printed-rounded", printed_rounded, "field with a published rounded value to check")
        .called("FIELD");
    list.add("printed-change", printed_change, "field with a published change on a year ago to check")
        .called("FIELD");
    list.add("printed-total", printed_total,
             "label of a published total row and column: their sums are checked, and the row has no rank")
        .called("TEXT");
    list.add("stated-range", stated_range, "lowest and highest value that a text states, to check")
        .called("LOW,HIGH");
    list.add("name", name, "field that names a row in a message").called("FIELD");
    list.add("rounding", rounding, "of published values").one_of({"half-up", "half-even"});
}

namespace {
/// Empty texts are no statement.
std::optional<assess::StatedRange> parse_range(const std::vector<std::string>& texts) {
    if (texts.empty()) return std::nullopt;
    const auto lowest = base::Decimal::parse(texts.front());
    const auto highest = base::Decimal::parse(texts.back());
    if (texts.size() != 2 || !lowest || !highest)
        base::fail_usage("--stated-range needs two numbers: LOW,HIGH");
    return assess::StatedRange{*lowest, *highest};
}

/// The table without its total row, which is no place.
model::Layer without_total(const model::Layer& table, const std::string& name, const std::string& total) {
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        if (table.column(name).display(row) != total) rows.push_back(row);
    }
    return model::select_rows(table, rows);
}

/// Sums of rows and columns against the printed ones; the findings are added to the outcome.
void check_sums(const model::Layer& table, const std::string& name, const std::string& total,
                Outcome& outcome) {
    const assess::CrossTableCheck result = assess::check_cross_table(table, name, total);
    base::Json wrong = base::Json::array();
    for (const base::Finding& finding : result.contradictions) wrong.push(base::to_text(finding));
    outcome.summary.set("total", result.total)
        .set("row_sums_checked", result.rows)
        .set("column_sums_checked", result.columns)
        .set("blank_cells_taken_as_0", result.blank)
        .set("wrong_sums", std::move(wrong));
    outcome.findings.insert(outcome.findings.end(), result.contradictions.begin(),
                            result.contradictions.end());
}

base::Json contradictions_of(const assess::TableCheckResult& result) {
    base::Json list = base::Json::array();
    for (const base::Finding& finding : result.contradictions) list.push(base::to_text(finding));
    return list;
}

/// The values of a year ago are not published: they follow from the printed change, and are marked as
/// derived.
void add_year_ago(model::Layer& table, const assess::TableCheckResult& result) {
    model::Column year_ago("year_ago", model::ColumnType::kReal);
    model::Column source("year_ago_source", model::ColumnType::kText);
    for (const auto& value : result.year_ago) {
        if (value) {
            year_ago.append(value->to_double());
            source.append(std::string("derived"));
        } else {
            year_ago.append_missing();
            source.append_missing();
        }
    }
    table.add(std::move(year_ago));
    table.add(std::move(source));
}
}  // namespace

void RankTask::check() const {
    base::parse_rounding(rounding);
    parse_range(stated_range);
    if (!printed_total.empty() && name.empty()) {
        base::fail_usage("--printed-total needs --name: the field that holds the label");
    }
}

Outcome RankTask::run(Datasets& datasets, const base::Job&) {
    model::Layer table = *datasets.layer(input);
    Outcome outcome;
    if (!printed_total.empty()) {
        check_sums(table, name, printed_total, outcome);
        table = without_total(table, name, printed_total);
    }
    if (table.row_count() == 0) {
        base::fail_data("there is a header but no row to rank", {}, {.file = table.source.file});
    }
    outcome.summary.set("ranked", table.row_count()).set("by", by);
    if (!printed_rank.empty() || !printed_rounded.empty() || !printed_change.empty()) {
        const assess::TableCheck check{
            by,       printed_rank, printed_rounded, printed_change, name, base::parse_rounding(rounding),
            ascending};
        const assess::TableCheckResult result = assess::check_published_table(table, check);
        outcome.summary.set("ranks_derived", result.ranks_derived)
            .set("rounded_derived", result.rounded_derived)
            .set("changes_derived", result.changes_derived)
            .set("not_derived", contradictions_of(result));
        outcome.findings.insert(outcome.findings.end(), result.contradictions.begin(),
                                result.contradictions.end());
        if (!printed_change.empty() && table.find("year_ago") == nullptr &&
            table.find("year_ago_source") == nullptr)
            add_year_ago(table, result);
    }
    if (const auto stated = parse_range(stated_range)) {
        const auto found =
            assess::check_stated_range(table, by, name, *stated, base::parse_rounding(rounding));
        for (const base::Finding& finding : found) outcome.findings.push_back(finding);
        outcome.summary.set("stated_range",
                            found.empty() ? "follows from the table" : "does not follow from the table");
    }
    model::Layer ranked = assess::rank_table(table, {by, ascending, groups});
    if (!name.empty()) {
        outcome.summary.set("first", ranked.column(name).display(0) + " " + ranked.column(by).display(0));
    }
    outcome.text = to_text_table(ranked);
    outcome.product = std::move(ranked);
    return outcome;
}

}  // namespace isopleth::pipeline
