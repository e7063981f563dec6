// SPDX-License-Identifier: MIT
#include "pipeline/build_step.hpp"

#include <gmock/gmock.h>

#include "memory_datasets.hpp"
#include "pipeline/layer_task.hpp"
#include "pipeline/map_task.hpp"
#include "pipeline/rank_task.hpp"
#include "pipeline/surface_task.hpp"
#include "pipeline/variogram_task.hpp"
#include "temporary_folder.hpp"

namespace isopleth::pipeline {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

template <class T>
Step step_of(const std::string& kind) {
    Step step;
    step.kind = kind;
    step.name = "pm25";
    step.task = std::make_shared<T>();
    return step;
}

TEST(BuildStep, LeavesFilesByWhatItMakes) {
    EXPECT_THAT(paths_of(step_of<SurfaceTask>("surfaces")), ElementsAre("rasters/pm25.tif"));
    EXPECT_THAT(paths_of(step_of<MapTask>("maps")), ElementsAre("maps/pm25.png", "maps/pm25.pdf"));
    EXPECT_THAT(paths_of(step_of<RankTask>("ranks")), ElementsAre("geojson/pm25.geojson"));
    EXPECT_THAT(paths_of(step_of<VariogramTask>("variogram")),
                ElementsAre("plots/pm25.png", "plots/pm25.pdf"));
    EXPECT_THAT(paths_of(step_of<LayerTask>("layers")), IsEmpty());
}

TEST(BuildStep, KeepsRestrictedLayersOutOfGeoJson) {
    Step step = step_of<RankTask>("ranks");
    step.restricted = true;
    EXPECT_THAT(paths_of(step), IsEmpty());
    Step variogram = step_of<VariogramTask>("variogram");
    variogram.restricted = true;
    EXPECT_THAT(paths_of(variogram), IsEmpty());
}

TEST(BuildStep, ExpectsWhatTheLastBuildTook) {
    const Step step = step_of<SurfaceTask>("surfaces");
    StepRecord record;
    record.seconds = 7.5;
    record.outputs["rasters/pm25.tif"] = {1234, 1};
    EXPECT_EQ(expected_seconds(step, &record), 7.5);
    EXPECT_EQ(expected_bytes(step, &record), 1234);
    EXPECT_GT(expected_seconds(step, nullptr), 0);
    record.outputs["rasters/pm25.tif"] = {};  // claimed, never written
    EXPECT_GT(expected_bytes(step, &record), 0);
}

TEST(BuildStep, NamesAFileBelowTheProjectsFolder) {
    Project project;
    project.folder = "/home/ana/city";
    EXPECT_EQ(within_project(project, "/home/ana/city/data/a.csv"), "data/a.csv");
    EXPECT_EQ(within_project(project, "/mnt/a.csv"), "/mnt/a.csv");
    project.folder = "";
    EXPECT_EQ(within_project(project, "data/a.csv"), "data/a.csv");
}

TEST(BuildStep, TakesTheStyleOfTheMapWithFewestLayersBelow) {
    const TemporaryFolder folder;
    const std::string plain = folder.write("plain.toml", "title = 's'\nfill = '#dddddd'\n");
    MemoryDatasets datasets;
    datasets.add(squares("streets", "EPSG:4548", 100, {{0, 0}}, {"West"}));
    datasets.add(squares("units", "EPSG:4548", 100, {{0, 0}}, {"West"}));
    Project project;
    const auto map = [&](const std::string& name, const std::vector<std::string>& layers) {
        const auto task = std::make_shared<MapTask>();
        task->layers = layers;
        task->styles.assign(layers.size(), plain);
        Step step;
        step.name = name;
        step.task = task;
        project.steps.push_back(step);
    };
    const auto map_of_streets = [&] {
        for (const io::EmbeddedStyle& style : embedded_styles(project, datasets)) {
            if (style.layer == "streets") return style.name;
        }
        return std::string("none");
    };
    EXPECT_EQ(map_of_streets(), "none");
    map("alone", {"streets"});
    map("over_units", {"units", "streets"});
    EXPECT_EQ(map_of_streets(), "alone");
    map("alone_again", {"streets"});
    EXPECT_EQ(map_of_streets(), "alone_again");
}

TEST(BuildStep, ShowsASmallTableInTheSummary) {
    model::Layer table;
    table.columns = {reals("difference", {0, 0})};
    Outcome outcome;
    note_table(outcome, table);
    EXPECT_EQ(outcome.summary.dump(-1), R"({"rows": 2, "table": [{"difference": 0}, {"difference": 0}]})");
    table.columns = {reals("difference", std::vector<std::optional<double>>(31, 0.0))};
    Outcome large;
    note_table(large, table);
    EXPECT_EQ(large.summary.dump(-1), R"({"rows": 31})");
}

}  // namespace
}  // namespace isopleth::pipeline
