// SPDX-License-Identifier: MIT
#include "pipeline/surface_task.hpp"

#include <gmock/gmock.h>

#include "memory_datasets.hpp"
#include "temporary_folder.hpp"

namespace isopleth::pipeline {
namespace {

using testing::HasSubstr;

SurfaceTask small_task() {
    SurfaceTask task;
    task.input = "stations";
    task.value = "value";
    task.method = "idw:power=2";
    task.cell = {10};
    return task;
}

MemoryDatasets two_stations() {
    MemoryDatasets datasets;
    datasets.add(points("stations", "EPSG:4548", {{5, 5}, {25, 5}, {8, 8}}, {10, 20, std::nullopt}));
    return datasets;
}

model::Raster surface_of(const Outcome& outcome) {
    return compute_all(std::get<RasterRecipe>(outcome.product), {});
}

TEST(SurfaceTask, CoversTheSamplesInWholeCells) {
    MemoryDatasets datasets = two_stations();
    const Outcome outcome = small_task().run(datasets, {});
    const model::Raster raster = surface_of(outcome);
    // Bounds (5, 5) to (25, 5), snapped outward to multiples of 10.
    EXPECT_EQ(raster.grid, (model::Grid{0, 10, 10, 3, 1}));
    // The outer cells' centres are the stations; the middle one is as far from both: (10 + 20) / 2.
    EXPECT_EQ(raster.at(0, 0, 0), 10);
    EXPECT_NEAR(*raster.at(0, 0, 1), 15, 1e-12);
    EXPECT_EQ(raster.at(0, 0, 2), 20);
    EXPECT_EQ(outcome.summary["samples"].integer_or(0), 2);
    EXPECT_EQ(outcome.summary["left_out"].integer_or(0), 1);
}

TEST(SurfaceTask, TakesTheExtentAsTheOuterEdge) {
    MemoryDatasets datasets = two_stations();
    SurfaceTask task = small_task();
    task.extent = "0,0,50,40";
    const model::Raster raster = surface_of(task.run(datasets, {}));
    EXPECT_EQ(raster.grid, (model::Grid{0, 40, 10, 5, 4}));
}

TEST(SurfaceTask, GivesEachWindowAsInTheWhole) {
    MemoryDatasets datasets = two_stations();
    SurfaceTask task = small_task();
    task.extent = "0,0,50,40";
    const Outcome outcome = task.run(datasets, {});
    const auto& recipe = std::get<RasterRecipe>(outcome.product);
    const model::Raster whole = compute_all(recipe, {});
    const model::Raster last = recipe.compute(3, 1, {});
    for (std::size_t column = 0; column < 5; ++column)
        EXPECT_EQ(last.at(0, 0, column), whole.at(0, 3, column));
}

TEST(SurfaceTask, EstimatesNothingOutsideItsMask) {
    MemoryDatasets datasets = two_stations();
    datasets.add(squares("mask", "EPSG:4548", 20, {{0, 0}}, {"a"}));
    SurfaceTask task = small_task();
    task.mask = "mask";
    model::Raster raster = surface_of(task.run(datasets, {}));
    EXPECT_EQ(raster.grid, (model::Grid{0, 20, 10, 2, 2}));
    task.extent = "0,0,40,40";
    raster = surface_of(task.run(datasets, {}));
    EXPECT_FALSE(raster.at(0, 0, 0));  // rows of a window that the mask does not reach
    EXPECT_TRUE(raster.at(0, 3, 1));
    EXPECT_FALSE(raster.at(0, 3, 2));
}

TEST(SurfaceTask, RefusesAMaskElsewhere) {
    MemoryDatasets datasets = two_stations();
    datasets.add(squares("mask", "EPSG:4548", 20, {{1000, 0}}, {"a"}));
    SurfaceTask task = small_task();
    task.mask = "mask";
    task.extent = "0,0,40,40";
    EXPECT_EQ(error_of([&] { task.run(datasets, {}); }).kind(), base::ErrorKind::kData);
}

TEST(SurfaceTask, HasAStandardErrorForKriging) {
    MemoryDatasets datasets;
    datasets.add(points("stations", "EPSG:4548", {{0, 0}, {100, 0}, {0, 100}, {100, 100}}, {1, 2, 3, 4}));
    SurfaceTask task = small_task();
    task.method = "kriging:model=exp,nugget=0.1,psill=1,range=80";
    task.cell = {50};
    task.unit = "µg/m³";
    const Outcome outcome = task.run(datasets, {});
    const auto& recipe = std::get<RasterRecipe>(outcome.product);
    EXPECT_THAT(recipe.band_names, testing::ElementsAre("estimate", "standard error"));
    EXPECT_THAT(recipe.band_units, testing::ElementsAre("µg/m³", "µg/m³"));
    EXPECT_EQ(compute_all(recipe, {}).bands.size(), 2u);
}

TEST(SurfaceTask, RefusesDuplicatesUnlessToldToAverage) {
    MemoryDatasets datasets;
    datasets.add(points("stations", "EPSG:4548", {{5, 5}, {5, 5}, {25, 5}}, {10, 14, 20}));
    SurfaceTask task = small_task();
    EXPECT_EQ(error_of([&] { task.run(datasets, {}); }).kind(), base::ErrorKind::kData);
    task.of_samples.duplicates = "mean";
    const Outcome outcome = task.run(datasets, {});
    EXPECT_EQ(surface_of(outcome).at(0, 0, 0), 12);
    EXPECT_EQ(outcome.summary["averaged"].integer_or(0), 1);
}

TEST(SurfaceTask, ComputesInTheOutputsCrsWhenOneIsAsked) {
    MemoryDatasets datasets;
    datasets.add(points("stations", "EPSG:4326", {{116.40, 39.90}, {116.41, 39.91}}, {10, 20}));
    datasets.in_output = geo::Crs::parse("EPSG:4548");
    SurfaceTask task = small_task();
    task.cell = {100};
    const Outcome outcome = task.run(datasets, {});
    EXPECT_EQ(std::get<RasterRecipe>(outcome.product).crs.code(), "EPSG:4548");
    EXPECT_TRUE(outcome.summary["crs_choice"].is_null());
}

TEST(SurfaceTask, SaysWhichCrsItChose) {
    MemoryDatasets datasets;
    datasets.add(points("stations", "EPSG:4326", {{116.40, 39.90}, {116.41, 39.91}}, {10, 20}));
    SurfaceTask task = small_task();
    task.cell = {100};
    EXPECT_THAT(task.run(datasets, {}).summary["crs_choice"].string_or(""), HasSubstr("EPSG:32650"));
}

TEST(SurfaceTask, ReadsAnExtentOfFourNumbers) {
    EXPECT_EQ(parse_extent("-10, 0,20.5,1e3"), (geo::Box{-10, 0, 20.5, 1000}));
    for (const std::string text : {"0,0,10", "0,0,0,10", "0,10,10,0", "a,0,1,1", "0,0,1,1,1", ""}) {
        EXPECT_EQ(error_of([&] { parse_extent(text); }).kind(), base::ErrorKind::kUsage) << text;
    }
}

TEST(SurfaceTask, ChecksItsWordsBeforeAnyDataAreRead) {
    SurfaceTask task = small_task();
    task.cell = {0};
    EXPECT_THAT(error_of([&] { task.check(); }).message(), HasSubstr("--cell must be above 0"));
    task = small_task();
    task.method = "krigging";
    EXPECT_THAT(error_of([&] { task.check(); }).message(), HasSubstr("did you mean kriging?"));
    task = small_task();
    task.method = "idw:pover=2";
    EXPECT_THAT(error_of([&] { task.check(); }).message(), HasSubstr("did you mean power?"));
    task = small_task();
    task.extent = "0,0";
    EXPECT_EQ(error_of([&] { task.check(); }).kind(), base::ErrorKind::kUsage);
}

/// Twelve stations on a slope with a bump, the nearest to 0 in the west.
MemoryDatasets sloping_stations() {
    std::vector<geo::Point> places;
    std::vector<std::optional<double>> values;
    for (int i = 0; i < 12; ++i) {
        places.push_back({10.0 * i + 3 * (i % 3), 25.0 * (i % 4)});
        values.emplace_back(1 + i + (i % 5 == 0 ? 2 : 0));
    }
    MemoryDatasets datasets;
    datasets.add(points("stations", "EPSG:4548", places, values));
    return datasets;
}

TEST(SurfaceTask, SaysAndCutsOffNegativeEstimates) {
    MemoryDatasets datasets = sloping_stations();
    SurfaceTask task = small_task();
    task.method = "trend:degree=1";
    task.extent = "-100,0,100,100";
    const Outcome plain = task.run(datasets, {});
    const model::Raster raster = surface_of(plain);
    EXPECT_LT(*raster.at(0, 0, 0), 0);
    const auto& recipe = std::get<RasterRecipe>(plain.product);
    ASSERT_EQ(recipe.findings().size(), 1u);
    EXPECT_THAT(recipe.findings()[0].message, HasSubstr("estimates are negative, though no sample is"));
    task.clamp = 0;
    const Outcome cut = task.run(datasets, {});
    const model::Raster cut_raster = surface_of(cut);
    EXPECT_EQ(*cut_raster.at(0, 0, 0), 0);
    EXPECT_EQ(cut_raster.at(0, 0, 19), raster.at(0, 0, 19));
    ASSERT_EQ(std::get<RasterRecipe>(cut.product).findings().size(), 1u);
    EXPECT_THAT(std::get<RasterRecipe>(cut.product).findings()[0].message,
                HasSubstr("estimates below 0 were set to it"));
}

TEST(SurfaceTask, SaysWhenNoCellHasAnEstimate) {
    MemoryDatasets datasets = sloping_stations();
    SurfaceTask task = small_task();
    task.method = "idw:radius=5";
    task.extent = "150,150,250,250";
    const Outcome outcome = task.run(datasets, {});
    surface_of(outcome);
    const base::Findings findings = std::get<RasterRecipe>(outcome.product).findings();
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].message, "no cell has an estimate: look at radius, extent and mask");
}

TEST(SurfaceTask, CountsNegativeEstimatesWithinTheMaskAlone) {
    MemoryDatasets datasets = sloping_stations();
    datasets.add(squares("east", "EPSG:4548", 100, {{0, 0}}, {"east"}));
    SurfaceTask task = small_task();
    task.method = "trend:degree=1";
    task.extent = "-100,0,100,100";
    // All negative estimates lie west of the stations, where the mask leaves nothing.
    task.mask = "east";
    const Outcome outcome = task.run(datasets, {});
    const model::Raster raster = surface_of(outcome);
    EXPECT_FALSE(raster.at(0, 0, 0));
    EXPECT_GE(*raster.at(0, 0, 10), 0);
    EXPECT_TRUE(std::get<RasterRecipe>(outcome.product).findings().empty());
    task.clamp = 0;
    const Outcome cut = task.run(datasets, {});
    static_cast<void>(surface_of(cut));
    EXPECT_TRUE(std::get<RasterRecipe>(cut.product).findings().empty());
}

TEST(SurfaceTask, CalibratesErrorsAndTellsWhatTheySupport) {
    MemoryDatasets datasets = sloping_stations();
    SurfaceTask task = small_task();
    task.method = "kriging:model=exp,psill=20,range=30";
    task.extent = "0,0,200,100";
    const model::Raster plain = surface_of(task.run(datasets, {}));
    EXPECT_EQ(plain.bands.size(), 2u);
    task.calibration = 1.5;
    task.supported = 1;
    const Outcome outcome = task.run(datasets, {});
    const model::Raster raster = surface_of(outcome);
    const auto& recipe = std::get<RasterRecipe>(outcome.product);
    EXPECT_EQ(recipe.band_names, (std::vector<std::string>{"estimate", "standard error", "supported"}));
    ASSERT_EQ(raster.bands.size(), 3u);
    EXPECT_EQ(outcome.summary["calibration"].number_or(0), 1.5);
    const double limit = outcome.summary["supported_up_to"].number_or(0);
    EXPECT_GT(limit, 3);
    for (std::size_t cell = 0; cell < raster.grid.count(); ++cell) {
        EXPECT_EQ(raster.bands[1].values[cell], 1.5 * plain.bands[1].values[cell]);
        EXPECT_EQ(raster.bands[2].values[cell], raster.bands[1].values[cell] <= limit ? 1 : 0);
    }
    EXPECT_EQ(raster.at(2, 0, 19), 0);
}

TEST(SurfaceTask, RefusesToRateAMethodWithoutErrors) {
    MemoryDatasets datasets = sloping_stations();
    SurfaceTask task = small_task();
    task.supported = 0.5;
    EXPECT_THAT(error_of([&] { task.run(datasets, {}); }).message(),
                HasSubstr("idw gives no standard error for --supported"));
}

TEST(SurfaceTask, EstimatesWithACovariate) {
    MemoryDatasets datasets = sloping_stations();
    auto east = std::make_shared<model::Raster>(
        model::Grid{-10, 110, 10, 21, 12}, geo::Crs::parse("EPSG:4548"), std::vector<std::string>{"east"});
    for (std::size_t cell = 0; cell < east->grid.count(); ++cell)
        east->bands[0].set(cell, static_cast<double>(cell % 21));
    datasets.rasters["east.tif"] = east;
    SurfaceTask task = small_task();
    task.extent = "0,0,300,100";
    task.of_samples.covariates = {"east.tif"};
    EXPECT_THAT(error_of([&] { task.run(datasets, {}); }).message(), HasSubstr("idw takes no covariates"));
    task.method = "kriging:model=exp,psill=4,range=30";
    const Outcome outcome = task.run(datasets, {});
    EXPECT_EQ(outcome.summary["method"]["kind"].string_or(""), "external drift");
    const model::Raster raster = surface_of(outcome);
    EXPECT_TRUE(raster.at(0, 0, 19));
    // Beyond the covariate's raster nothing is known.
    EXPECT_FALSE(raster.at(0, 0, 20));
    EXPECT_FALSE(raster.at(1, 0, 20));
}

TEST(SurfaceTask, SimulatesFieldsAsBands) {
    MemoryDatasets datasets = sloping_stations();
    SurfaceTask task = small_task();
    task.method = "simulation:realisations=20,keep=2,above=6,model=exp,psill=20,range=30";
    task.extent = "-5,-5,195,95";
    task.unit = "mg/m³";
    task.supported = 1;
    const Outcome outcome = task.run(datasets, {});
    const auto& recipe = std::get<RasterRecipe>(outcome.product);
    EXPECT_THAT(recipe.band_names, testing::ElementsAre("estimate", "standard error", "probability above",
                                                        "realisation 1", "realisation 2", "supported"));
    EXPECT_THAT(recipe.band_units, testing::ElementsAre("mg/m³", "mg/m³", "", "mg/m³", "mg/m³", ""));
    EXPECT_EQ(outcome.summary["method"]["realisations"].integer_or(0), 20);
    const model::Raster raster = surface_of(outcome);
    ASSERT_EQ(raster.bands.size(), 6u);
    // The first station, of 3, is the centre of the first cell of the last row.
    EXPECT_EQ(raster.at(0, 9, 0), 3);
    EXPECT_EQ(raster.at(1, 9, 0), 0);
    EXPECT_EQ(raster.at(2, 9, 0), 0);
    EXPECT_EQ(raster.at(4, 9, 0), 3);
    EXPECT_EQ(raster.at(5, 9, 0), 1);
    const model::Raster window = recipe.compute(4, 3, {});
    for (std::size_t band = 0; band < 6; ++band) EXPECT_EQ(window.at(band, 1, 7), raster.at(band, 5, 7));
}

TEST(SurfaceTask, RefusesToChangeWhatASimulationSumsUp) {
    MemoryDatasets datasets = sloping_stations();
    SurfaceTask task = small_task();
    task.method = "simulation:model=exp,psill=20,range=30";
    task.clamp = 0;
    EXPECT_THAT(error_of([&] { task.run(datasets, {}); }).message(),
                HasSubstr("--clamp would change the bands and not the realisations"));
    task.clamp.reset();
    task.calibration = 1.2;
    EXPECT_THAT(error_of([&] { task.run(datasets, {}); }).message(), HasSubstr("--calibration would change"));
    task.calibration = 1;
    task.of_samples.covariates = {"east.tif"};
    EXPECT_THAT(error_of([&] { task.run(datasets, {}); }).message(),
                HasSubstr("simulation takes no covariates"));
}

/// Three streets of 100 m with means, a fourth without.
MemoryDatasets four_streets() {
    model::Layer layer =
        squares("streets", "EPSG:4548", 100, {{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {"a", "b", "c", "d"});
    layer.columns.push_back(reals("dust", {5, 9.5, 7, std::nullopt}));
    MemoryDatasets datasets;
    datasets.add(layer);
    return datasets;
}

SurfaceTask of_streets() {
    SurfaceTask task = small_task();
    task.input = "streets";
    task.value = "dust";
    task.method = "area-to-point:model=exp,psill=4,range=80";
    return task;
}

TEST(SurfaceTask, KeepsTheMeansOfAreas) {
    MemoryDatasets datasets = four_streets();
    const Outcome outcome = of_streets().run(datasets, {});
    EXPECT_EQ(outcome.summary["areas"].integer_or(0), 3);
    EXPECT_EQ(outcome.summary["left_out"].integer_or(0), 1);
    EXPECT_TRUE(std::get<RasterRecipe>(outcome.product).is_exact);
    const model::Raster raster = surface_of(outcome);
    ASSERT_EQ(raster.grid.count(), 400u);
    double a = 0, b = 0;
    for (std::size_t row = 10; row < 20; ++row) {
        for (std::size_t column = 0; column < 10; ++column) {
            a += *raster.at(0, row, column) / 100;
            b += *raster.at(0, row, column + 10) / 100;
        }
    }
    EXPECT_NEAR(a, 5, 1e-9);
    EXPECT_NEAR(b, 9.5, 1e-9);
    EXPECT_TRUE(raster.at(0, 0, 0));
}

TEST(SurfaceTask, NamesTheAreaWithoutACell) {
    MemoryDatasets datasets = four_streets();
    SurfaceTask task = of_streets();
    task.extent = "0,0,80,200";
    const base::Error error = error_of([&] { task.run(datasets, {}); });
    EXPECT_EQ(error.kind(), base::ErrorKind::kData);
    EXPECT_EQ(error.message(), "no cell has its centre in the polygon");
    EXPECT_EQ(error.place().feature, "2");
}

TEST(SurfaceTask, RefusesForAreasWhatWouldBreakTheirMeans) {
    MemoryDatasets datasets = four_streets();
    SurfaceTask task = of_streets();
    task.clamp = 0;
    EXPECT_THAT(error_of([&] { task.run(datasets, {}); }).message(),
                HasSubstr("--clamp would change the means"));
    task.clamp.reset();
    datasets = two_stations();
    task.input = "stations";
    task.value = "value";
    EXPECT_NE(error_of([&] { task.run(datasets, {}); }).kind(), base::ErrorKind::kBug);
}

}  // namespace
}  // namespace isopleth::pipeline
