// SPDX-License-Identifier: MIT
#include "pipeline/convert_task.hpp"

#include "memory_datasets.hpp"

namespace isopleth::pipeline {
namespace {

TEST(ConvertTask, PassesTheLayerThrough) {
    MemoryDatasets datasets;
    datasets.add(points("p", "EPSG:4548", {{1, 2}, {3, 4}}, {38.5, std::nullopt}));
    ConvertTask task;
    task.input = "p";
    const Outcome outcome = task.run(datasets, {});
    const auto& layer = std::get<model::Layer>(outcome.product);
    EXPECT_EQ(layer.row_count(), 2u);
    EXPECT_EQ(std::get<geo::Point>(layer.geometry[1]), (geo::Point{3, 4}));
    EXPECT_FALSE(layer.columns[0].is_present(1));
    EXPECT_EQ(outcome.summary["features"].integer_or(0), 2);
    EXPECT_EQ(outcome.summary["crs"].string_or(""), "EPSG:4548");
}

TEST(ConvertTask, TakesAPlainTable) {
    MemoryDatasets datasets;
    model::Layer table;
    table.name = "t";
    table.columns = {texts("name", {"东四"})};
    datasets.add(table);
    ConvertTask task;
    task.input = "t";
    EXPECT_EQ(task.run(datasets, {}).summary["geometry"].string_or(""), "none");
}

/// (116.404, 39.915) in GCJ-02 by the published vector, with the columns that it was read from.
model::Layer shifted_place() {
    model::Layer layer = points("p", "", {{116.41024449916938, 39.91640428150164}}, {38.5});
    layer.columns.push_back(reals("lon", {116.41024449916938}));
    layer.columns.push_back(reals("lat", {39.91640428150164}));
    return layer;
}

TEST(ConvertTask, TakesTheShiftOfGcj02OffAndSaysHowFar) {
    MemoryDatasets datasets;
    datasets.add(shifted_place());
    ConvertTask task;
    task.input = "p";
    task.from = "gcj02";
    const Outcome outcome = task.run(datasets, {});
    const auto& layer = std::get<model::Layer>(outcome.product);
    EXPECT_NEAR(std::get<geo::Point>(layer.geometry[0]).x, 116.404, 1e-11);
    EXPECT_NEAR(std::get<geo::Point>(layer.geometry[0]).y, 39.915, 1e-11);
    EXPECT_EQ(layer.crs->code(), geo::Crs::wgs84().code());
    EXPECT_EQ(outcome.summary["largest_shift_removed"].string_or(""), "555 m");
}

TEST(ConvertTask, KeepsTheShiftedCoordinatesUnderANameThatSaysSo) {
    MemoryDatasets datasets;
    datasets.add(shifted_place());
    ConvertTask task;
    task.input = "p";
    task.from = "gcj02";
    const Outcome outcome = task.run(datasets, {});
    const auto names = std::get<model::Layer>(outcome.product).column_names();
    EXPECT_EQ(names, (std::vector<std::string>{"value", "lon_gcj02", "lat_gcj02"}));
    EXPECT_EQ(outcome.summary["renamed"].items().size(), 2u);
}

TEST(ConvertTask, ShiftsMetresBackThroughDegrees) {
    MemoryDatasets datasets;
    model::Layer degrees = shifted_place();
    degrees.crs = geo::Crs::wgs84();
    datasets.add(model::transformed(degrees, geo::Crs::parse("EPSG:32650")));
    ConvertTask task;
    task.input = "p";
    task.from = "gcj02";
    const Outcome outcome = task.run(datasets, {});
    const auto& layer = std::get<model::Layer>(outcome.product);
    const geo::Point there =
        geo::Transform(geo::Crs::wgs84(), geo::Crs::parse("EPSG:32650"))(geo::Point{116.404, 39.915});
    EXPECT_EQ(layer.crs->code(), "EPSG:32650");
    EXPECT_NEAR(std::get<geo::Point>(layer.geometry[0]).x, there.x, 1e-4);
    EXPECT_NEAR(std::get<geo::Point>(layer.geometry[0]).y, there.y, 1e-4);
}

TEST(ConvertTask, RefusesToShiftWhatAreNoDegrees) {
    MemoryDatasets datasets;
    datasets.add(points("p", "", {{500000, 4400000}}, {1.0}));
    ConvertTask task;
    task.input = "p";
    task.from = "bd09";
    try {
        task.run(datasets, {});
        FAIL();
    } catch (const base::Error& error) {
        EXPECT_EQ(error.kind(), base::ErrorKind::kInput);
        EXPECT_THAT(error.what(), testing::HasSubstr("these are no degrees"));
    }
}

}  // namespace
}  // namespace isopleth::pipeline
