// SPDX-License-Identifier: MIT
#include "pipeline/density_task.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <numbers>

#include "memory_datasets.hpp"
#include "temporary_folder.hpp"

namespace isopleth::pipeline {
namespace {

using testing::HasSubstr;

DensityTask small_task() {
    DensityTask task;
    task.input = "events";
    task.radius = {100};
    task.cell = {10};
    task.extent = "0,0,200,200";
    return task;
}

MemoryDatasets one_event() {
    MemoryDatasets datasets;
    datasets.add(points("events", "EPSG:4548", {{105, 95}}, {2.0}));
    return datasets;
}

TEST(DensityTask, GivesTheQuarticKernelAtItsEvent) {
    MemoryDatasets datasets = one_event();
    const Outcome outcome = small_task().run(datasets, {});
    const model::Raster raster = compute_all(std::get<RasterRecipe>(outcome.product), {});
    // Silverman (1986), eq. 4.5: 3 / (pi r^2) at the event itself, which lies at the centre of cell (10, 10).
    EXPECT_NEAR(*raster.at(0, 10, 10), 3 / (std::numbers::pi * 0.1 * 0.1), 1e-9);
    EXPECT_EQ(raster.at(0, 0, 0), 0);
    EXPECT_EQ(outcome.summary["events"].integer_or(0), 1);
}

TEST(DensityTask, CountsAnEventByItsWeight) {
    MemoryDatasets datasets = one_event();
    DensityTask task = small_task();
    task.weight = "value";
    const Outcome outcome = task.run(datasets, {});
    const model::Raster raster = compute_all(std::get<RasterRecipe>(outcome.product), {});
    EXPECT_NEAR(*raster.at(0, 10, 10), 6 / (std::numbers::pi * 0.1 * 0.1), 1e-9);
}

TEST(DensityTask, GivesTheSameCellsInWindowsAsInOnePiece) {
    MemoryDatasets datasets;
    datasets.add(points("events", "EPSG:4548", {{105, 95}, {31, 170}, {180, 12}, {77, 77}}, {1, 1, 1, 1}));
    const Outcome outcome = small_task().run(datasets, {});
    const auto& recipe = std::get<RasterRecipe>(outcome.product);
    const model::Raster whole = compute_all(recipe, {});
    for (std::size_t row = 0; row < 20; ++row) {
        const model::Raster window = recipe.compute(row, 1, {});
        for (std::size_t column = 0; column < 20; ++column) {
            EXPECT_NEAR(*window.at(0, 0, column), *whole.at(0, row, column), 1e-9);
        }
    }
}

TEST(DensityTask, ShowsNothingOutsideItsMask) {
    MemoryDatasets datasets = one_event();
    datasets.add(squares("mask", "EPSG:4548", 100, {{100, 0}}, {"a"}));
    DensityTask task = small_task();
    task.mask = "mask";
    const Outcome outcome = task.run(datasets, {});
    const model::Raster raster = compute_all(std::get<RasterRecipe>(outcome.product), {});
    EXPECT_FALSE(raster.at(0, 10, 9));
    EXPECT_TRUE(raster.at(0, 10, 10));
    EXPECT_FALSE(raster.at(0, 9, 10));
}

TEST(DensityTask, RefusesAMaskElsewhereAndEventsWithoutPlace) {
    MemoryDatasets datasets = one_event();
    datasets.add(squares("mask", "EPSG:4548", 100, {{9000, 0}}, {"a"}));
    DensityTask task = small_task();
    task.mask = "mask";
    EXPECT_EQ(error_of([&] { task.run(datasets, {}); }).kind(), base::ErrorKind::kData);
    model::Layer nowhere = points("events", "EPSG:4548", {{0, 0}}, {1});
    nowhere.geometry[0] = std::monostate();
    datasets.add(nowhere);
    EXPECT_EQ(error_of([&] { small_task().run(datasets, {}); }).kind(), base::ErrorKind::kData);
}

TEST(DensityTask, NeedsPoints) {
    MemoryDatasets datasets;
    datasets.add(squares("events", "EPSG:4548", 100, {{0, 0}}, {"a"}));
    const base::Error error = error_of([&] { small_task().run(datasets, {}); });
    EXPECT_EQ(error.kind(), base::ErrorKind::kInput);
    EXPECT_THAT(error.message(), HasSubstr("a Polygon"));
}

TEST(DensityTask, RefusesCellsAndRadiiOfNothing) {
    DensityTask task = small_task();
    task.cell = {0};
    EXPECT_EQ(error_of([&] { task.check(); }).kind(), base::ErrorKind::kUsage);
    task = small_task();
    task.radius = {0};
    EXPECT_EQ(error_of([&] { task.check(); }).kind(), base::ErrorKind::kUsage);
    EXPECT_NO_THROW(small_task().check());
}

}  // namespace
}  // namespace isopleth::pipeline
