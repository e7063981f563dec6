// SPDX-License-Identifier: MIT
#include "pipeline/new_task.hpp"

#include <gmock/gmock.h>

#include "memory_datasets.hpp"
#include "pipeline/build_task.hpp"
#include "temporary_folder.hpp"

namespace isopleth::pipeline {
namespace {

TEST(NewTask, MakesAProjectThatBuilds) {
    const TemporaryFolder folder;
    MemoryDatasets none;
    NewTask task;
    task.folder = folder / "mycity";
    const Outcome outcome = task.run(none, {});
    EXPECT_EQ(outcome.summary["project"].string_or(""), folder / "mycity/project.toml");
    EXPECT_EQ(outcome.summary["next"].string_or(""),
              "isopleth build " + (folder / "mycity/project.toml") + " -o out");
    BuildTask build;
    build.project = folder / "mycity/project.toml";
    const Outcome built = run_build(build, {folder / "out", "0.1.0", {}}, {});
    EXPECT_TRUE(built.findings.empty());
    EXPECT_TRUE(io::file_exists(folder / "out/geojson/districts_pm25.geojson"));
}

TEST(NewTask, LeavesAnExistingProjectAsItIs) {
    const TemporaryFolder folder;
    folder.write("mycity/project.toml", "mine");
    MemoryDatasets none;
    NewTask task;
    task.folder = folder / "mycity";
    EXPECT_EQ(error_of([&] { task.run(none, {}); }).kind(), base::ErrorKind::kOutput);
    EXPECT_EQ(io::read_bytes(folder / "mycity/project.toml"), "mine");
    EXPECT_EQ(io::list_folder(folder / "mycity").size(), 1u);
}

TEST(NewTask, LeavesExistingDataAsTheyAre) {
    const TemporaryFolder folder;
    folder.write("mycity/data/readings.csv", "mine");
    MemoryDatasets none;
    NewTask task;
    task.folder = folder / "mycity";
    EXPECT_EQ(error_of([&] { task.run(none, {}); }).kind(), base::ErrorKind::kOutput);
    EXPECT_EQ(io::read_bytes(folder / "mycity/data/readings.csv"), "mine");
    EXPECT_FALSE(io::file_exists(folder / "mycity/shapes/districts.geojson"));
}

}  // namespace
}  // namespace isopleth::pipeline
