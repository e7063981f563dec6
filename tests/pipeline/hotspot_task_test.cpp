// SPDX-License-Identifier: MIT
#include "pipeline/hotspot_task.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "memory_datasets.hpp"
#include "temporary_folder.hpp"

namespace isopleth::pipeline {
namespace {

/// Five squares in a row, the first two high.
model::Layer row_of_squares() {
    model::Layer layer = squares("areas", "EPSG:4548", 10, {{0, 0}, {10, 0}, {20, 0}, {30, 0}, {40, 0}},
                                 {"a", "b", "c", "d", "e"});
    layer.columns.push_back(reals("count", {10, 8, 1, 2, 0}));
    return layer;
}

HotspotTask small_task() {
    HotspotTask task;
    task.input = "areas";
    task.value = "count";
    return task;
}

TEST(HotspotTask, AddsScoreProbabilityAndClass) {
    MemoryDatasets datasets;
    datasets.add(row_of_squares());
    const Outcome outcome = small_task().run(datasets, {});
    const auto& layer = std::get<model::Layer>(outcome.product);
    EXPECT_EQ(layer.column_names(), (std::vector<std::string>{"name", "count", "gi_z", "gi_p", "gi_class"}));
    // Ord and Getis (1995), eq. 14, by hand for the first square: neighbourhood {10, 8}, n 5, mean 4.2,
    // s = sqrt(169 / 5 - 4.2^2), z = (18 - 2 * 4.2) / (s sqrt((5 * 2 - 4) / 4)).
    const double s = std::sqrt(169.0 / 5 - 4.2 * 4.2);
    EXPECT_NEAR(*layer.column("gi_z").number(0), (18 - 8.4) / (s * std::sqrt(1.5)), 1e-12);
    EXPECT_EQ(outcome.summary["features"].integer_or(0), 5);
    EXPECT_EQ(outcome.summary["islands"].integer_or(-1), 0);
}

TEST(HotspotTask, CountsTheClassesItGives) {
    MemoryDatasets datasets;
    datasets.add(row_of_squares());
    const base::Json classes = small_task().run(datasets, {}).summary["classes"];
    std::int64_t sum = 0;
    for (const auto& [name, count] : classes.members()) sum += count.integer_or(0);
    EXPECT_EQ(sum, 5);
}

TEST(HotspotTask, StepsAsideForFieldsOfItsNames) {
    MemoryDatasets datasets;
    model::Layer layer = row_of_squares();
    layer.columns.push_back(reals("gi_z", {0, 0, 0, 0, 0}));
    datasets.add(layer);
    const Outcome outcome = small_task().run(datasets, {});
    EXPECT_EQ(std::get<model::Layer>(outcome.product).column_names(),
              (std::vector<std::string>{"name", "count", "gi_z", "gi_z_2", "gi_p", "gi_class"}));
}

TEST(HotspotTask, GivesTheSamePseudoProbabilitiesForASeed) {
    MemoryDatasets datasets;
    datasets.add(row_of_squares());
    HotspotTask task = small_task();
    task.permutations = 99;
    const Outcome one = task.run(datasets, {});
    base::Job job;
    job.threads = 3;
    const Outcome other = task.run(datasets, job);
    for (std::size_t row = 0; row < 5; ++row) {
        EXPECT_EQ(std::get<model::Layer>(one.product).column("gi_p").number(row),
                  std::get<model::Layer>(other.product).column("gi_p").number(row));
    }
}

TEST(HotspotTask, NamesTheNearestFieldAndWeights) {
    MemoryDatasets datasets;
    datasets.add(row_of_squares());
    HotspotTask task = small_task();
    task.value = "cout";
    const base::Error error = error_of([&] { task.run(datasets, {}); });
    EXPECT_EQ(error.kind(), base::ErrorKind::kUsage);
    EXPECT_THAT(error.what(), testing::HasSubstr("did you mean count?"));
    task = small_task();
    task.weights = "quen";
    EXPECT_THAT(error_of([&] { task.check(); }).what(), testing::HasSubstr("did you mean queen?"));
    task = small_task();
    task.permutations = -1;
    EXPECT_EQ(error_of([&] { task.check(); }).kind(), base::ErrorKind::kUsage);
}

}  // namespace
}  // namespace isopleth::pipeline
