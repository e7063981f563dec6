// SPDX-License-Identifier: MIT
#include "pipeline/rank_task.hpp"

#include <gmock/gmock.h>

#include "io/csv.hpp"
#include "memory_datasets.hpp"
#include "temporary_folder.hpp"

namespace isopleth::pipeline {
namespace {

using testing::HasSubstr;

model::Layer table_of(const std::string& csv) {
    base::Findings findings;
    model::Layer table = io::parse_csv(csv, "t.csv", {}, findings);
    table.name = "t";
    return table;
}

Outcome run(RankTask task, const std::string& csv) {
    MemoryDatasets datasets;
    datasets.add(table_of(csv));
    task.input = "t";
    task.check();
    return task.run(datasets, {});
}

std::vector<std::string> cells(const Outcome& outcome, const std::string& column) {
    const auto& layer = std::get<model::Layer>(outcome.product);
    std::vector<std::string> texts;
    for (std::size_t row = 0; row < layer.row_count(); ++row)
        texts.push_back(layer.column(column).display(row));
    return texts;
}

TEST(RankTask, RanksTheHighestFirstAndSkipsAfterATie) {
    RankTask task;
    task.by = "v";
    const Outcome outcome = run(task, "name,v\na,38.4\nb,39.1\nc,38.4\nd,36.0\ne,\n");
    EXPECT_EQ(cells(outcome, "name"), (std::vector<std::string>{"b", "a", "c", "d", "e"}));
    EXPECT_EQ(cells(outcome, "rank"), (std::vector<std::string>{"1", "2", "2", "4", ""}));
    EXPECT_EQ(cells(outcome, "v"), (std::vector<std::string>{"39.1", "38.4", "38.4", "36.0", ""}));
    EXPECT_EQ(outcome.summary["ranked"].integer_or(0), 5);
    EXPECT_THAT(outcome.text, HasSubstr("38.4"));
}

TEST(RankTask, RanksTheLowestFirstAndWithinGroupsWhenAsked) {
    RankTask task;
    task.by = "v";
    task.ascending = true;
    task.groups = "g";
    const Outcome outcome = run(task, "g,v\nx,3\ny,1\nx,2\n");
    const auto ranks = cells(outcome, "rank");
    const auto values = cells(outcome, "v");
    for (std::size_t row = 0; row < 3; ++row) EXPECT_EQ(ranks[row], values[row] == "3" ? "2" : "1");
}

TEST(RankTask, SaysWhichPrintedFiguresDoNotFollow) {
    RankTask task;
    task.by = "v";
    task.printed_rank = "r";
    task.printed_rounded = "w";
    task.name = "name";
    const Outcome outcome = run(task, "name,v,r,w\na,38.5,2,39\nb,39.1,1,39\nc,37.2,2,37\n");
    EXPECT_EQ(outcome.summary["ranks_derived"].integer_or(0), 2);
    EXPECT_EQ(outcome.summary["rounded_derived"].integer_or(0), 3);  // 38.5 is 39 half up
    ASSERT_EQ(outcome.findings.size(), 1u);
    EXPECT_THAT(base::to_text(outcome.findings[0]), HasSubstr("c"));
    task.rounding = "half-even";
    EXPECT_EQ(run(task, "name,v,r,w\na,38.5,2,39\nb,39.1,1,39\nc,37.2,3,37\n")
                  .summary["rounded_derived"]
                  .integer_or(0),
              2);
}

TEST(RankTask, DerivesTheYearAgoAndMarksIt) {
    RankTask task;
    task.by = "v";
    task.printed_rounded = "w";
    task.printed_change = "yoy";
    // 39 against 42 is -7.1 % (one decimal), and against no other whole number.
    const Outcome outcome = run(task, "v,w,yoy\n39.0,39,-7.1%\n");
    EXPECT_EQ(cells(outcome, "year_ago"), std::vector<std::string>{"42"});
    EXPECT_EQ(cells(outcome, "year_ago_source"), std::vector<std::string>{"derived"});
}

TEST(RankTask, LeavesOutTheTotalAndChecksItsSums) {
    RankTask task;
    task.by = "总计";
    task.printed_total = "总计";
    task.name = "street";
    const Outcome outcome = run(task, "street,遗撒,积尘,总计\na,1,2,3\nb,4,5,10\n总计,5,7,12\n");
    EXPECT_EQ(cells(outcome, "street"), (std::vector<std::string>{"b", "a"}));
    EXPECT_EQ(outcome.summary["wrong_sums"].items().size(), outcome.findings.size());
    EXPECT_FALSE(outcome.findings.empty());  // 4 + 5 is printed 10
}

TEST(RankTask, ComparesAStatedRangeWithTheTable) {
    RankTask task;
    task.by = "v";
    task.stated_range = {"36", "39"};
    EXPECT_EQ(run(task, "v\n38.6\n36.2\n").summary["stated_range"].string_or(""), "follows from the table");
    task.stated_range = {"36", "120"};
    EXPECT_EQ(run(task, "v\n38.6\n36.2\n").summary["stated_range"].string_or(""),
              "does not follow from the table");
}

TEST(RankTask, RefusesWordsThatDoNotFit) {
    RankTask task;
    task.by = "v";
    task.stated_range = {"38"};
    EXPECT_EQ(error_of([&] { task.check(); }).kind(), base::ErrorKind::kUsage);
    task.stated_range = {};
    task.printed_total = "总计";
    EXPECT_THAT(error_of([&] { task.check(); }).message(), HasSubstr("--name"));
    RankTask misspelt;
    misspelt.by = "men";
    const base::Error error = error_of([&] { run(misspelt, "mean,x\n1,2\n"); });
    EXPECT_EQ(error.kind(), base::ErrorKind::kUsage);
    EXPECT_THAT(error.what(), HasSubstr("did you mean mean?"));
}

}  // namespace
}  // namespace isopleth::pipeline
