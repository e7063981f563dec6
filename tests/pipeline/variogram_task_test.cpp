// SPDX-License-Identifier: MIT
#include "pipeline/variogram_task.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "base/random.hpp"
#include "interpolate/kriging_options.hpp"
#include "memory_datasets.hpp"
#include "temporary_folder.hpp"

namespace isopleth::pipeline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

VariogramTask small_task() {
    VariogramTask task;
    task.input = "stations";
    task.value = "value";
    return task;
}

/// `count` places in a square kilometre; a smooth field with some noise, steeper to the east than to the
/// north.
model::Layer stations(int count) {
    std::vector<geo::Point> places;
    std::vector<std::optional<double>> values;
    for (int i = 0; i < count; ++i) {
        const auto item = static_cast<std::uint64_t>(i);
        const geo::Point place{1000 * base::random_uniform(7, item, 0),
                               1000 * base::random_uniform(7, item, 1)};
        places.push_back(place);
        values.emplace_back(40 + 5 * std::sin(place.x / 150) + 3 * std::cos(place.y / 400) +
                            base::random_uniform(7, item, 2));
    }
    return points("stations", "EPSG:4548", places, values);
}

Outcome run(const VariogramTask& task, model::Layer layer = stations(100)) {
    MemoryDatasets datasets;
    datasets.add(std::move(layer));
    VariogramTask copy = task;
    copy.check();
    return copy.run(datasets, {});
}

std::string fault(const VariogramTask& task, model::Layer layer = stations(100)) {
    const base::Error error = error_of([&] { run(task, std::move(layer)); });
    return error.hint().empty() ? error.message() : error.message() + " | " + error.hint();
}

std::vector<std::string> column_names(const model::Layer& table) {
    std::vector<std::string> names;
    for (const model::Column& column : table.columns) names.push_back(column.name());
    return names;
}

TEST(VariogramTask, MakesATableOfItsBins) {
    const Outcome outcome = run(small_task());
    const auto& table = std::get<model::Layer>(outcome.product);
    EXPECT_THAT(column_names(table), ElementsAre("distance", "pairs", "semivariance", "model"));
    EXPECT_EQ(table.row_count(), 15u);
    EXPECT_FALSE(table.has_geometry);
    EXPECT_EQ(outcome.summary["bins"].integer_or(0), 15);
    EXPECT_EQ(outcome.summary["samples"].integer_or(0), 100);
    double pairs = 0;
    for (std::size_t row = 0; row < table.row_count(); ++row) pairs += *table.column("pairs").number(row);
    EXPECT_EQ(outcome.summary["pairs"].integer_or(0), static_cast<std::int64_t>(pairs));
}

TEST(VariogramTask, ComparesTheModelsAskedFor) {
    VariogramTask task = small_task();
    task.model = {"exp", "mat"};
    task.kappa = 1.5;
    const Outcome outcome = run(task);
    const auto& models = outcome.summary["models"].items();
    ASSERT_EQ(models.size(), 2u);
    EXPECT_EQ(models[0]["model"].string_or(""), "exp");
    EXPECT_EQ(models[1]["kappa"].number_or(0), 1.5);
    const bool is_second =
        models[1]["weighted_error"].number_or(0) < models[0]["weighted_error"].number_or(0);
    EXPECT_EQ(outcome.summary["best"].string_or(""), is_second ? "mat" : "exp");
    EXPECT_THAT(outcome.text, HasSubstr("weighted_error"));
}

TEST(VariogramTask, HandsTheBestModelToKriging) {
    VariogramTask task = small_task();
    task.model = {"mat"};
    task.kappa = 2.5;
    task.degree = 1;
    const Outcome outcome = run(task);
    const std::string method = outcome.summary["method"].string_or("");
    const auto options = interpolate::parse_kriging_options(method);
    const interpolate::VariogramModel model = options.given_model();
    const base::Json& fitted = outcome.summary["models"].items()[0];
    const auto expect_same = [](double found, double exact) { EXPECT_NEAR(found, exact, 1e-9 * exact); };
    expect_same(model.nugget, fitted["nugget"].number_or(-1));
    expect_same(model.structures[0].partial_sill, fitted["psill"].number_or(-1));
    expect_same(model.structures[0].range, fitted["range"].number_or(-1));
    EXPECT_EQ(model.structures[0].smoothness, 2.5);
    EXPECT_EQ(options.degree, 1);
    const auto& table = std::get<model::Layer>(outcome.product);
    for (const std::size_t row : {0u, 7u, 14u}) {
        expect_same(model.semivariance(*table.column("distance").number(row)),
                    *table.column("model").number(row));
    }
}

TEST(VariogramTask, GivesEachDirectionBinsOfItsOwn) {
    VariogramTask task = small_task();
    task.directions = {"0", "90"};
    task.tolerance = 45;
    const Outcome outcome = run(task);
    const auto& table = std::get<model::Layer>(outcome.product);
    EXPECT_EQ(column_names(table).front(), "direction");
    // Two directions with 45 degrees about each share the pairs out between them.
    double pairs = 0;
    double north = 0;
    double east = 0;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        pairs += *table.column("pairs").number(row);
        const bool is_north = *table.column("direction").number(row) == 0;
        (is_north ? north : east) += *table.column("semivariance").number(row);
    }
    EXPECT_EQ(outcome.summary["pairs"].integer_or(0), static_cast<std::int64_t>(pairs));
    EXPECT_GT(east, 2 * north);
    EXPECT_EQ(outcome.summary["method"].string_or(""), run(small_task()).summary["method"].string_or("?"));
}

TEST(VariogramTask, TakesItsDriftOff) {
    VariogramTask task = small_task();
    model::Layer tilted = stations(100);
    model::Column& column = tilted.columns[0];
    std::vector<std::optional<double>> values;
    for (std::size_t row = 0; row < column.size(); ++row)
        values.emplace_back(*column.number(row) + std::get<geo::Point>(tilted.geometry[row]).x / 10);
    tilted.columns[0] = reals("value", values);
    task.model = {"sph"};
    const double with_drift = run(task, tilted).summary["models"].items()[0]["sill"].number_or(0);
    task.degree = 1;
    const double without = run(task, tilted).summary["models"].items()[0]["sill"].number_or(0);
    EXPECT_GT(with_drift, 10 * without);
}

TEST(VariogramTask, DrawsThePlotWithItsWords) {
    VariogramTask task = small_task();
    task.of_plot.language = "en";
    task.of_plot.source = "by hand";
    const Outcome outcome = run(task);
    ASSERT_TRUE(outcome.plot);
    EXPECT_EQ(outcome.plot->render(".png", {}).substr(1, 3), "PNG");
    EXPECT_THAT(outcome.plot->render(".svg", {}), HasSubstr("<svg"));
    EXPECT_EQ(task.plot_file(), "");
}

TEST(VariogramTask, SaysWhyAModelIsNotToBeTrusted) {
    VariogramTask task = small_task();
    std::vector<geo::Point> places;
    std::vector<std::optional<double>> slope;
    for (int i = 0; i < 100; ++i) {
        places.push_back({100.0 * (i % 10), 100.0 * (i / 10) + i % 3});
        slope.emplace_back(places.back().x / 100);
    }
    task.model = {"sph"};
    const Outcome outcome = run(task, points("stations", "EPSG:4548", places, slope));
    EXPECT_EQ(outcome.summary["models"].items()[0]["caveat"].string_or(""),
              "rises beyond the cutoff: the range is the longest allowed");
    EXPECT_THAT(outcome.text, HasSubstr("rises beyond the cutoff"));
}

TEST(VariogramTask, RefusesWhatHasNoVariogram) {
    EXPECT_EQ(fault(small_task(), stations(9)), "9 samples with a value value; a variogram needs 10");
    model::Layer same = stations(20);
    same.columns[0] = reals("value", std::vector<std::optional<double>>(20, 38.0));
    EXPECT_EQ(fault(small_task(), same), "all 20 samples have the value value 38: there is no variogram");
    VariogramTask narrow = small_task();
    narrow.cutoff = base::Meters{50};
    narrow.width = base::Meters{40};
    EXPECT_EQ(fault(narrow),
              "2 bins with pairs up to 50 m; a model needs 3 | Use a larger --cutoff or a smaller --width.");
}

TEST(VariogramTask, RefusesWrongWords) {
    const auto fault_of = [](auto&& change) {
        VariogramTask task = small_task();
        change(task);
        return fault(task);
    };
    EXPECT_EQ(fault_of([](VariogramTask& task) { task.model = {"sph", "sph"}; }), "--model names sph twice");
    EXPECT_THAT(fault_of([](VariogramTask& task) { task.model = {}; }), HasSubstr("names no shape"));
    EXPECT_THAT(fault_of([](VariogramTask& task) { task.kappa = 0; }), HasSubstr("--kappa"));
    EXPECT_EQ(fault_of([](VariogramTask& task) { task.cutoff = base::Meters{0}; }),
              "--cutoff must be above 0, not 0");
    EXPECT_THAT(fault_of([](VariogramTask& task) { task.width = base::Meters{-1}; }), HasSubstr("--width"));
    EXPECT_EQ(
        fault_of([](VariogramTask& task) { task.directions = {"east"}; }),
        "--directions: \"east\" is no direction | They are degrees clockwise from north, from 0 to below "
        "360.");
    EXPECT_THAT(fault_of([](VariogramTask& task) { task.directions = {"360"}; }), HasSubstr("360"));
    EXPECT_EQ(fault_of([](VariogramTask& task) { task.directions.assign(10, "0"); }),
              "10 directions, more than 9");
    EXPECT_EQ(fault_of([](VariogramTask& task) { task.tolerance = 0; }),
              "--tolerance must be above 0 and at most 90, not 0");
    EXPECT_EQ(fault_of([](VariogramTask& task) { task.degree = 4; }), "--degree is 0 to 3, not 4");
}

}  // namespace
}  // namespace isopleth::pipeline
