// SPDX-License-Identifier: MIT
#include "pipeline/join_task.hpp"

#include <gmock/gmock.h>

#include "memory_datasets.hpp"
#include "temporary_folder.hpp"

namespace isopleth::pipeline {
namespace {

using testing::HasSubstr;

MemoryDatasets streets_and_events() {
    MemoryDatasets datasets;
    datasets.add(
        squares("streets", "EPSG:4548", 100, {{0, 0}, {100, 0}, {200, 0}}, {"东四", "景山", "龙潭"}));
    // Two in the first, one on the border of the first and the second, none in the third, one outside.
    datasets.add(
        points("events", "EPSG:4548", {{10, 10}, {50, 50}, {100, 50}, {900, 900}}, {1, 2, std::nullopt, 8}));
    return datasets;
}

JoinTask counting() {
    JoinTask task;
    task.left = "streets";
    task.right = "events";
    task.predicate = "within";
    task.count = true;
    return task;
}

std::vector<std::int64_t> counts_of(const Outcome& outcome) {
    const auto& layer = std::get<model::Layer>(outcome.product);
    std::vector<std::int64_t> counts;
    for (std::size_t row = 0; row < layer.row_count(); ++row)
        counts.push_back(*layer.column("count").integer(row));
    return counts;
}

TEST(JoinTask, CountsAPointOnABorderOnce) {
    MemoryDatasets datasets = streets_and_events();
    const Outcome outcome = counting().run(datasets, {});
    const auto counts = counts_of(outcome);
    EXPECT_EQ(counts[0] + counts[1], 3);
    EXPECT_EQ(counts[2], 0);
    EXPECT_EQ(outcome.summary["border"].string_or(""), "one");
    EXPECT_EQ(outcome.summary["matches"].integer_or(0), 3);
}

TEST(JoinTask, CountsItForAllOrForNoneWhenAsked) {
    MemoryDatasets datasets = streets_and_events();
    JoinTask task = counting();
    task.border = "all";
    EXPECT_EQ(counts_of(task.run(datasets, {})), (std::vector<std::int64_t>{3, 1, 0}));
    task.border = "none";
    EXPECT_EQ(counts_of(task.run(datasets, {})), (std::vector<std::int64_t>{2, 0, 0}));
}

TEST(JoinTask, KeepsUnmatchedLeftFeaturesWithMissingStatistics) {
    MemoryDatasets datasets = streets_and_events();
    JoinTask task = counting();
    task.summary = {"mean:value"};
    const Outcome outcome = task.run(datasets, {});
    const auto& layer = std::get<model::Layer>(outcome.product);
    EXPECT_EQ(layer.row_count(), 3u);
    EXPECT_EQ(layer.column("value_mean").number(0), 1.5);
    EXPECT_FALSE(layer.column("value_mean").is_present(2));
}

TEST(JoinTask, FindsAnEmptyJoin) {
    MemoryDatasets datasets = streets_and_events();
    datasets.add(points("events", "EPSG:4548", {{900, 900}}, {1}));
    const Outcome outcome = counting().run(datasets, {});
    ASSERT_EQ(outcome.findings.size(), 1u);
    EXPECT_THAT(base::to_text(outcome.findings[0]), HasSubstr("nothing matched"));
}

TEST(JoinTask, BringsTheRightSideIntoTheLeftsCrsAndSaysSo) {
    MemoryDatasets datasets = streets_and_events();
    const auto& events = *datasets.layers.at("events");
    datasets.add(model::transformed(events, geo::Crs::parse("EPSG:4326")));
    const Outcome outcome = counting().run(datasets, {});
    EXPECT_EQ(outcome.summary["matches"].integer_or(0), 3);
    EXPECT_THAT(outcome.summary["crs_choice"].string_or(""), HasSubstr("EPSG:4326 to EPSG:4548"));
}

TEST(JoinTask, JoinsByNameThroughAliases) {
    MemoryDatasets datasets = streets_and_events();
    model::Layer table;
    table.name = "means";
    table.columns = {texts("street", {"东四街道", "景山", "和平里"}), reals("pm25", {38.5, 37.9, 39.0})};
    model::Layer aliases;
    aliases.name = "aliases";
    aliases.columns = {texts("alias", {"东四街道"}), texts("name", {"东四"})};
    datasets.add(table);
    datasets.add(aliases);
    JoinTask task;
    task.left = "streets";
    task.right = "means";
    task.by = "name=street";
    task.aliases = "aliases";
    task.columns = {"pm25"};
    const Outcome outcome = task.run(datasets, {});
    const auto& layer = std::get<model::Layer>(outcome.product);
    EXPECT_EQ(layer.column("pm25").number(0), 38.5);
    EXPECT_EQ(layer.column("pm25").number(1), 37.9);
    EXPECT_FALSE(layer.column("pm25").is_present(2));
    EXPECT_EQ(outcome.summary["unmatched"].integer_or(0), 1);
    // 龙潭 finds nothing and nobody wants 和平里.
    EXPECT_EQ(outcome.findings.size(), 2u);
}

TEST(JoinTask, KeepsEveryNoteOfARenamedField) {
    MemoryDatasets datasets = streets_and_events();
    model::Layer right = squares("areas", "EPSG:4548", 100, {{0, 0}}, {"东四"});
    right.columns.push_back(texts("code", {"x"}));
    datasets.add(right);
    model::Layer left = points("wells", "EPSG:4548", {{10, 10}}, {1});
    left.columns.push_back(texts("name", {"w"}));
    left.columns.push_back(texts("code", {"y"}));
    datasets.add(left);
    JoinTask task;
    task.left = "wells";
    task.right = "areas";
    task.predicate = "within";
    task.columns = {"name", "code"};
    const Outcome outcome = task.run(datasets, {});
    EXPECT_NE(std::get<model::Layer>(outcome.product).find("areas_code"), nullptr);
    EXPECT_EQ(outcome.summary["notes"].items().size(), 2u);
}

TEST(JoinTask, NeedsOneOfPredicateAndName) {
    JoinTask task;
    EXPECT_EQ(error_of([&] { task.check(); }).kind(), base::ErrorKind::kUsage);
    task.predicate = "within";
    EXPECT_NO_THROW(task.check());
    task.by = "name";
    EXPECT_EQ(error_of([&] { task.check(); }).kind(), base::ErrorKind::kUsage);
}

TEST(JoinTask, RefusesWordsThatDoNotFit) {
    JoinTask task = counting();
    task.summary = {"maen:value"};
    EXPECT_THAT(error_of([&] { task.check(); }).what(), HasSubstr("did you mean mean?"));
    task = counting();
    task.max_distance = base::Meters{100};
    EXPECT_THAT(error_of([&] { task.check(); }).what(), HasSubstr("nearest"));
    task = counting();
    task.separator = ";;";
    EXPECT_EQ(error_of([&] { task.check(); }).kind(), base::ErrorKind::kUsage);
}

TEST(JoinTask, NeedsACrsOnBothSides) {
    MemoryDatasets datasets = streets_and_events();
    datasets.add(points("events", "", {{10, 10}}, {1}));
    EXPECT_EQ(error_of([&] { counting().run(datasets, {}); }).kind(), base::ErrorKind::kInput);
}

}  // namespace
}  // namespace isopleth::pipeline
