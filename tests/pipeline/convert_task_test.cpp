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

}  // namespace
}  // namespace isopleth::pipeline
