// SPDX-License-Identifier: MIT
#include "pipeline/rank_task.hpp"

#include "assess/rank/ranking.hpp"
#include "base/decimal.hpp"
#include "pipeline/table_text.hpp"

namespace isopleth::pipeline {

void RankTask::declare(base::ParameterList& list) {
    list.add("input", input, "table or layer").required().at(0).dataset().called("TABLE");
    list.add("by", by, "field to rank by, highest first").required().called("FIELD");
    list.add("groups", groups, "field whose values are ranked each on their own").called("FIELD");
    list.add("ascending", ascending, "lowest value first");
    list.add("printed-rank", printed_rank, "field with a published rank to check").called("FIELD");
    list.add("printed-rounded", printed_rounded, "field with a published rounded value to check").called("FIELD");
    list.add("printed-change", printed_change, "field with a published change on a year ago to check").called("FIELD");
    list.add("name", name, "field that names a row in a message").called("FIELD");
    list.add("rounding", rounding, "of published values").one_of({"half-up", "half-even"});
}

void RankTask::check() const { base::parse_rounding(rounding); }

namespace {
base::Json contradictions_of(const assess::TableCheckResult& result) {
    base::Json list = base::Json::array();
    for (const base::Finding& finding : result.contradictions) list.push(base::to_text(finding));
    return list;
}

/// The values of a year ago are not published: they follow from the printed change, and are marked as derived.
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

Outcome RankTask::run(Datasets& datasets, const base::Job&) {
    model::Layer table = *datasets.layer(input);
    Outcome outcome;
    outcome.summary.set("rows", table.row_count()).set("by", by);
    if (!printed_rank.empty() || !printed_rounded.empty() || !printed_change.empty()) {
        const assess::TableCheck check{by,   printed_rank, printed_rounded, printed_change,
                                       name, base::parse_rounding(rounding)};
        const assess::TableCheckResult result = assess::check_published_table(table, check);
        outcome.summary.set("ranks_derived", result.ranks_derived)
            .set("rounded_derived", result.rounded_derived)
            .set("changes_derived", result.changes_derived)
            .set("not_derived", contradictions_of(result));
        outcome.findings = result.contradictions;
        if (!printed_change.empty() && table.find("year_ago") == nullptr) add_year_ago(table, result);
    }
    model::Layer ranked = assess::rank_table(table, {by, ascending, groups});
    outcome.text = to_text_table(ranked);
    outcome.product = std::move(ranked);
    return outcome;
}

}  // namespace isopleth::pipeline
