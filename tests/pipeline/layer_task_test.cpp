// SPDX-License-Identifier: MIT
#include "pipeline/layer_task.hpp"

#include "base/text.hpp"
#include "memory_datasets.hpp"
#include "small_project.hpp"

namespace isopleth::pipeline {
namespace {

TEST(LayerTask, ReadsItsFileAndSaysItsCrs) {
    const TemporaryFolder folder;
    write_small_project(folder);
    MemoryDatasets none;
    LayerTask task;
    task.path = folder / "data/stations.csv";
    EXPECT_EQ(task.run(none, {}).summary["crs"].string_or(""), "not stated");
    task.settings.crs = "EPSG:4326";
    const Outcome outcome = task.run(none, {});
    EXPECT_EQ(outcome.summary["crs"].string_or(""), "EPSG:4326");
    EXPECT_EQ(outcome.summary["features"].integer_or(0), 3);
    EXPECT_EQ(std::get<model::Layer>(outcome.product).row_count(), 3u);
}

TEST(LayerTask, ReadsTheEncodingStated) {
    const TemporaryFolder folder;
    // "街道" in GB18030.
    folder.write("a.csv", "name\n\xBD\xD6\xB5\xC0\n");
    MemoryDatasets none;
    LayerTask task;
    task.path = folder / "a.csv";
    task.settings.encoding = "GB18030";
    const Outcome outcome = task.run(none, {});
    EXPECT_EQ(std::get<model::Layer>(outcome.product).column("name").text(0), "街道");
    EXPECT_EQ(base::to_lower_ascii(outcome.summary["encoding"].string_or("")), "gb18030");
}

}  // namespace
}  // namespace isopleth::pipeline
