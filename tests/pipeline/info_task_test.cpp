// SPDX-License-Identifier: MIT
#include "pipeline/info_task.hpp"

#include <gmock/gmock.h>

#include "memory_datasets.hpp"
#include "small_project.hpp"

namespace isopleth::pipeline {
namespace {

using testing::HasSubstr;

class Info : public testing::Test {
protected:
    Info() { write_small_project(m_folder); }
    Outcome look(const std::string& file) {
        m_task.input = m_folder / file;
        return m_task.run(m_none, {});
    }
    TemporaryFolder m_folder;
    MemoryDatasets m_none;
    InfoTask m_task;
};

TEST_F(Info, TellsLayersWithFieldsExtentAndCrs) {
    const Outcome outcome = look("shapes/streets.geojson");
    ASSERT_EQ(outcome.summary["layers"].items().size(), 1u);
    const base::Json& layer = outcome.summary["layers"].items()[0];
    EXPECT_EQ(layer["geometry"].string_or(""), "Polygon");
    EXPECT_EQ(layer["features"].integer_or(0), 2);
    EXPECT_EQ(layer["extent"].dump(-1), "[116.38, 39.9, 116.42, 39.92]");
    EXPECT_EQ(layer["fields"].items()[0]["name"].string_or(""), "name");
    EXPECT_THAT(outcome.text, HasSubstr("features  2"));
}

TEST_F(Info, SaysThatACrsIsNotStated) {
    const Outcome outcome = look("data/stations.csv");
    EXPECT_TRUE(outcome.summary["layers"].items()[0]["crs"].is_null());
    EXPECT_THAT(outcome.text, HasSubstr("CRS       not stated"));
}

TEST_F(Info, HeedsTheSharedOptions) {
    m_task.settings.crs = "EPSG:4326";
    EXPECT_EQ(look("data/stations.csv").summary["layers"].items()[0]["crs"].string_or(""), "EPSG:4326");
}

TEST_F(Info, TakesAPlainTable) {
    const Outcome outcome = look("data/means.csv");
    EXPECT_EQ(outcome.summary["layers"].items()[0]["geometry"].string_or(""), "none");
    EXPECT_TRUE(outcome.summary["layers"].items()[0]["extent"].is_null());
}

TEST_F(Info, NamesAFileThatCannotBeRead) {
    m_folder.write("empty.csv", "");
    const base::Error error = error_of([&] { look("empty.csv"); });
    EXPECT_EQ(error.kind(), base::ErrorKind::kInput);
    EXPECT_THAT(error.what(), HasSubstr("empty.csv"));
}

}  // namespace
}  // namespace isopleth::pipeline
