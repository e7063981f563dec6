// SPDX-License-Identifier: MIT
#include "pipeline/crossval_task.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "base/random.hpp"
#include "model/covariate.hpp"
#include "memory_datasets.hpp"
#include "temporary_folder.hpp"

namespace isopleth::pipeline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// Stations of a smooth field.
model::Layer stations(std::size_t count) {
    std::vector<geo::Point> places;
    std::vector<std::optional<double>> values;
    for (std::size_t i = 0; i < count; ++i) {
        places.push_back({3000 * base::random_uniform(5, i, 0), 3000 * base::random_uniform(5, i, 1)});
        values.emplace_back(40 + 10 * std::sin(places[i].x / 500) + base::random_uniform(5, i, 2));
    }
    return points("stations", "EPSG:4548", places, values);
}

CrossvalTask small_task() {
    CrossvalTask task;
    task.input = "stations";
    task.value = "value";
    task.methods = {"idw:power=2"};
    task.folds = "loo";
    return task;
}

Outcome outcome_of(CrossvalTask task, model::Layer layer) {
    MemoryDatasets datasets;
    datasets.add(std::move(layer));
    task.check();
    return task.run(datasets, {});
}

std::string failure_of(const CrossvalTask& task, const model::Layer& layer) {
    return error_of([&] { outcome_of(task, layer); }).what();
}

TEST(CrossvalTask, AddsWhatWasObservedAndEstimated) {
    model::Layer layer =
        points("stations", "EPSG:4548", {{0, 0}, {5, 5}, {100, 0}, {300, 0}}, {10, std::nullopt, 20, 60});
    const Outcome outcome = outcome_of(small_task(), layer);
    const auto& made = std::get<model::Layer>(outcome.product);
    EXPECT_THAT(made.column_names(), ElementsAre("value", "observed", "estimate", "error", "fold"));
    ASSERT_EQ(made.row_count(), 3u);
    // The first from 20 at 100 m and 60 at 300 m, by 1 / distance^2.
    const double estimate = (20.0 / 1e4 + 60.0 / 9e4) / (1 / 1e4 + 1 / 9e4);
    EXPECT_DOUBLE_EQ(*made.column("estimate").number(0), estimate);
    EXPECT_DOUBLE_EQ(*made.column("error").number(0), estimate - 10);
    EXPECT_EQ(made.column("fold").integer(2), 3);
    EXPECT_EQ(outcome.summary["samples"].integer_or(0), 3);
    EXPECT_EQ(outcome.summary["left_out"].integer_or(0), 1);
    EXPECT_TRUE(outcome.summary["best"].is_null());
}

TEST(CrossvalTask, ComparesMethodsByTheirCrps) {
    CrossvalTask task = small_task();
    task.methods = {"kriging:model=exp,psill=40,range=1", "kriging"};
    const Outcome outcome = outcome_of(task, stations(60));
    const auto& rows = outcome.summary["scores"].items();
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0]["method"].string_or(""), "kriging:model=exp,psill=40,range=1");
    EXPECT_LT(rows[1]["crps"].number_or(9), rows[0]["crps"].number_or(0));
    EXPECT_EQ(outcome.summary["scored"].integer_or(0), 60);
    EXPECT_EQ(outcome.summary["best"].string_or(""), "kriging");
    EXPECT_EQ(outcome.summary["best_by"].string_or(""), "crps");
    EXPECT_EQ(outcome.summary["methods"]["kriging"]["samples"].integer_or(0), 60);
    const auto& made = std::get<model::Layer>(outcome.product);
    EXPECT_THAT(made.column_names(),
                ElementsAre("value", "observed", "estimate", "error", "standard_error", "fold"));
    double squares = 0;
    for (std::size_t i = 0; i < 60; ++i) squares += std::pow(*made.column("error").number(i), 2);
    EXPECT_NEAR(std::sqrt(squares / 60), rows[1]["rmse"].number_or(0), 1e-12);
}

TEST(CrossvalTask, ComparesByRmseWhereAMethodHasNoStandardError) {
    CrossvalTask task = small_task();
    task.methods = {"idw:power=2", "kriging"};
    const Outcome outcome = outcome_of(task, stations(60));
    EXPECT_EQ(outcome.summary["best"].string_or(""), "kriging");
    EXPECT_EQ(outcome.summary["best_by"].string_or(""), "rmse");
    EXPECT_TRUE(outcome.summary["scores"].items()[0]["crps"].is_null());
}

TEST(CrossvalTask, ScoresAllMethodsAtTheSamplesThatAllEstimate) {
    CrossvalTask task = small_task();
    task.methods = {"idw:radius=150", "idw"};
    model::Layer layer =
        points("stations", "EPSG:4548", {{0, 0}, {100, 0}, {200, 0}, {900, 0}}, {10, 20, 30, 90});
    const Outcome outcome = outcome_of(task, layer);
    const auto& rows = outcome.summary["scores"].items();
    EXPECT_EQ(rows[0]["without_estimate"].integer_or(-1), 1);
    EXPECT_EQ(rows[1]["without_estimate"].integer_or(-1), 0);
    EXPECT_EQ(outcome.summary["scored"].integer_or(0), 3);
    const auto& made = std::get<model::Layer>(outcome.product);
    EXPECT_EQ(outcome.summary["best"].string_or(""), "idw:radius=150");
    EXPECT_FALSE(made.column("estimate").is_present(3));
    EXPECT_EQ(made.column("observed").number(3), 90);
}

TEST(CrossvalTask, TakesFoldsFromAField) {
    CrossvalTask task = small_task();
    task.folds = "field:district";
    model::Layer layer = stations(6);
    layer.columns.push_back(texts("district", {"b", "a", "b", "a", "c", "c"}));
    const Outcome outcome = outcome_of(task, layer);
    const auto& made = std::get<model::Layer>(outcome.product);
    EXPECT_EQ(made.column("fold").integer(0), 2);
    EXPECT_EQ(made.column("fold").integer(5), 3);
    EXPECT_EQ(outcome.summary["folds"]["count"].integer_or(0), 3);
    task.folds = "field:distrikt";
    EXPECT_THAT(failure_of(task, layer), HasSubstr("did you mean district?"));
    layer.columns.back() = reals("district", {1, 2, 3, std::nullopt, 2, 1});
    task.folds = "field:district";
    EXPECT_THAT(failure_of(task, layer),
                HasSubstr("feature 4: the sample has no district that says its fold"));
}

TEST(CrossvalTask, TakesCovariatesFromTheirRaster) {
    // Values are three times the covariate, which is rough, and a little noise.
    auto raster = std::make_shared<model::Raster>(
        model::Grid{0, 3000, 100, 30, 30}, geo::Crs::parse("EPSG:4548"), std::vector<std::string>{"roads"});
    for (std::size_t cell = 0; cell < 900; ++cell)
        raster->bands[0].set(cell, base::random_uniform(6, cell, 0));
    model::Layer layer = stations(80);
    std::vector<std::optional<double>> values;
    for (std::size_t i = 0; i < 80; ++i) {
        const auto value = model::value_at(*raster, std::get<geo::Point>(layer.geometry[i]));
        values.emplace_back(3 * value.value() + 0.01 * base::random_uniform(6, i, 1));
    }
    layer.columns = {reals("value", values)};
    MemoryDatasets datasets;
    datasets.add(layer);
    datasets.rasters["roads"] = raster;
    CrossvalTask task = small_task();
    task.methods = {"kriging:model=exp,psill=1,range=100"};
    const double without = task.run(datasets, {}).summary["scores"].items()[0]["rmse"].number_or(0);
    task.of_samples.covariates = {"roads"};
    const double with = task.run(datasets, {}).summary["scores"].items()[0]["rmse"].number_or(1);
    EXPECT_GT(without, 0.3);
    EXPECT_LT(with, 0.01);
}

TEST(CrossvalTask, DrawsThePlotThatIsAskedFor) {
    CrossvalTask task = small_task();
    EXPECT_FALSE(task.plot_file());
    EXPECT_FALSE(outcome_of(task, stations(12)).plot);
    task.of_plot.file = "held_out.svg";
    task.of_plot.language = "en";
    EXPECT_EQ(task.plot_file(), "held_out.svg");
    const Outcome outcome = outcome_of(task, stations(12));
    ASSERT_TRUE(outcome.plot);
    EXPECT_THAT(outcome.plot->render(".svg", {}), testing::HasSubstr("<svg"));
}

TEST(CrossvalTask, StepsAsideForFieldsOfItsNames) {
    model::Layer layer = stations(4);
    layer.columns.push_back(reals("error", {0, 0, 0, 0}));
    const Outcome outcome = outcome_of(small_task(), layer);
    EXPECT_THAT(std::get<model::Layer>(outcome.product).column_names(),
                ElementsAre("value", "error", "observed", "estimate", "error_2", "fold"));
}

TEST(CrossvalTask, AveragesDuplicatesWhenTold) {
    model::Layer layer =
        points("stations", "EPSG:4548", {{0, 0}, {100, 0}, {0, 0}, {300, 0}}, {10, 20, 30, 60});
    EXPECT_THAT(failure_of(small_task(), layer), HasSubstr("several samples at one place"));
    CrossvalTask task = small_task();
    task.of_samples.duplicates = "mean";
    const Outcome outcome = outcome_of(task, layer);
    const auto& made = std::get<model::Layer>(outcome.product);
    EXPECT_EQ(made.row_count(), 3u);
    EXPECT_EQ(made.column("observed").number(0), 20);
    EXPECT_EQ(outcome.summary["averaged"].integer_or(0), 1);
}

TEST(CrossvalTask, RefusesWhatCannotBeCompared) {
    CrossvalTask task = small_task();
    task.methods = {"kriging", "kriging:above=40"};
    EXPECT_EQ(
        failure_of(task, stations(30)),
        "kriging and kriging:above=40 estimate different things, which cannot be compared. Give the same "
        "above to all methods, or to none.");
    task.methods = {"idw", "idw"};
    EXPECT_EQ(failure_of(task, stations(30)), "--method idw is given twice");
    task.methods = {"idw:radius=1"};
    EXPECT_EQ(failure_of(task, stations(30)), "no sample has an estimate. Use a longer radius.");
}

TEST(CrossvalTask, ShowsItsSummaryWhereNoOutputIsNamed) {
    EXPECT_EQ(small_task().makes(), Makes::kTable);
    EXPECT_EQ(outcome_of(small_task(), stations(5)).text, "");
}

}  // namespace
}  // namespace isopleth::pipeline
