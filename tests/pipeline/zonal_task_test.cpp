// SPDX-License-Identifier: MIT
#include "pipeline/zonal_task.hpp"

#include <gmock/gmock.h>

#include "memory_datasets.hpp"
#include "temporary_folder.hpp"

namespace isopleth::pipeline {
namespace {

/// 4 x 4 cells of 10 m from (0, 0) on with the numbers 0 to 15 by row, and a second band of ones and twos.
MemoryDatasets numbers_and_squares() {
    MemoryDatasets datasets;
    model::Raster raster({0, 40, 10, 4, 4}, geo::Crs::parse("EPSG:4548"), {"number", "share of it"});
    for (std::size_t cell = 0; cell < 16; ++cell) {
        raster.bands[0].set(cell, static_cast<double>(cell));
        raster.bands[1].set(cell, cell % 2 == 0 ? 1 : 2);
    }
    raster.bands[0].clear(0);
    datasets.rasters["field"] = std::make_shared<const model::Raster>(raster);
    // Whole cells 8, 9, 12 and 13; quarters of 5, 6, 9 and 10; none.
    datasets.add(squares("zones", "EPSG:4548", 20, {{0, 0}, {100, 100}}, {"south-west", "far"}));
    datasets.add(squares("small", "EPSG:4548", 10, {{15, 15}}, {"middle"}));
    return datasets;
}

ZonalTask task_for(const std::string& polygons) {
    ZonalTask task;
    task.raster = "field";
    task.polygons = polygons;
    return task;
}

std::optional<double> figure(const Outcome& outcome, const std::string& field, std::size_t row = 0) {
    const auto& layer = std::get<model::Layer>(outcome.product);
    const model::Column* column = layer.find(field);
    if (column == nullptr) throw std::runtime_error("no field " + field);
    return column->number(row);
}

TEST(ZonalTask, AddsAFieldForEachStatistic) {
    MemoryDatasets datasets = numbers_and_squares();
    ZonalTask task = task_for("zones");
    task.stats = {"mean", "max", "p50", "above:9"};
    const Outcome outcome = task.run(datasets, {});
    EXPECT_DOUBLE_EQ(*figure(outcome, "mean"), (8 + 9 + 12 + 13) / 4.0);
    EXPECT_EQ(figure(outcome, "max"), 13);
    EXPECT_DOUBLE_EQ(*figure(outcome, "p50"), 10.5);
    EXPECT_DOUBLE_EQ(*figure(outcome, "above_9"), 0.5);
    EXPECT_EQ(figure(outcome, "mean", 1), std::nullopt);
    EXPECT_EQ(std::get<model::Layer>(outcome.product).find("name")->display(1), "far");
    EXPECT_EQ(outcome.summary["polygons"].integer_or(0), 2);
    EXPECT_EQ(outcome.summary["rasters"].items()[0]["polygons_without_a_value"].integer_or(0), 1);
    EXPECT_TRUE(outcome.findings.empty());
}

TEST(ZonalTask, WeighsCellsByTheShareThatIsCovered) {
    MemoryDatasets datasets = numbers_and_squares();
    const Outcome outcome = task_for("small").run(datasets, {});
    EXPECT_DOUBLE_EQ(*figure(outcome, "mean"), (5 + 6 + 9 + 10) / 4.0);
    ZonalTask weighted = task_for("small");
    datasets.rasters["weights"] = datasets.rasters["field"];
    weighted.weights = "weights";
    EXPECT_DOUBLE_EQ(*figure(weighted.run(datasets, {}), "mean"), (25 + 36 + 81 + 100) / 30.0);
}

TEST(ZonalTask, NamesBandsAndRastersWhereThereAreSeveral) {
    MemoryDatasets datasets = numbers_and_squares();
    datasets.rasters["other"] = datasets.rasters["field"];
    ZonalTask task = task_for("small");
    task.bands = {"all"};
    EXPECT_DOUBLE_EQ(*figure(task.run(datasets, {}), "share_of_it_mean"), 1.5);
    task.more = {"other"};
    EXPECT_DOUBLE_EQ(*figure(task.run(datasets, {}), "other_number_mean"), 7.5);
    task.bands = {"2"};
    EXPECT_DOUBLE_EQ(*figure(task.run(datasets, {}), "field_mean"), 1.5);
}

TEST(ZonalTask, GivesTheSameBitsForAnyNumberOfThreads) {
    MemoryDatasets datasets;
    model::Raster raster({0, 3000, 1, 300, 3000}, geo::Crs::parse("EPSG:4548"), {"a"});
    for (std::size_t cell = 0; cell < raster.grid.count(); ++cell)
        raster.bands[0].set(cell, static_cast<double>(cell * 7919 % 1009) / 7);
    datasets.rasters["field"] = std::make_shared<const model::Raster>(raster);
    datasets.add(squares("zones", "EPSG:4548", 280.3, {{10.7, 20.1}, {3.3, 1000.9}}, {"a", "b"}));
    ZonalTask task = task_for("zones");
    task.stats = {"mean", "variance"};
    base::Job job;
    const Outcome one = task.run(datasets, job);
    job.threads = 3;
    const Outcome three = task.run(datasets, job);
    for (const char* field : {"mean", "variance"}) {
        for (const std::size_t row : {0, 1}) EXPECT_EQ(figure(one, field, row), figure(three, field, row));
    }
}

TEST(ZonalTask, RefusesWhatItCannotSumUp) {
    MemoryDatasets datasets = numbers_and_squares();
    datasets.add(points("places", "EPSG:4548", {{5, 5}}, {1.0}));
    const auto failure = [&](ZonalTask task) { return error_of([&] { task.run(datasets, {}); }).message(); };
    EXPECT_EQ(failure(task_for("places")), "there are no polygons; the geometry is Point");
    ZonalTask task = task_for("zones");
    task.bands = {"3"};
    EXPECT_EQ(failure(task), "field has 2 bands, no band 3");
    task.bands = {"first"};
    EXPECT_EQ(failure(task), "--bands first: write numbers from 1, or all");
    task = task_for("zones");
    task.weights = "weights";
    datasets.rasters["weights"] = std::make_shared<const model::Raster>(
        model::Raster({0, 40, 20, 2, 2}, geo::Crs::parse("EPSG:4548"), {"a"}));
    EXPECT_EQ(failure(task), "the weights weights and field have different grids");
    task = task_for("zones");
    task.stats = {"average"};
    EXPECT_EQ(error_of([&] { task.check(); }).kind(), base::ErrorKind::kUsage);
}

TEST(ZonalTask, FindsWhereNoPolygonCoversAValue) {
    MemoryDatasets datasets = numbers_and_squares();
    datasets.add(squares("away", "EPSG:4548", 5, {{-50, -50}}, {"a"}));
    const Outcome outcome = task_for("away").run(datasets, {});
    ASSERT_EQ(outcome.findings.size(), 1u);
    EXPECT_EQ(outcome.findings[0].message, "no polygon covers a cell with a value");
}

}  // namespace
}  // namespace isopleth::pipeline
