// SPDX-License-Identifier: MIT
#include "pipeline/file_datasets.hpp"

#include <gmock/gmock.h>

#include "small_project.hpp"

namespace isopleth::pipeline {
namespace {

using testing::HasSubstr;

class Files : public testing::Test {
protected:
    Files() { write_small_project(m_folder); }
    TemporaryFolder m_folder;
    InputSettings m_settings;
};

TEST_F(Files, AreReadAndRememberedWithTheirHashes) {
    FileDatasets datasets(m_settings);
    EXPECT_EQ(datasets.layer(m_folder / "data/means.csv")->row_count(), 2u);
    ASSERT_EQ(datasets.inputs().size(), 1u);
    EXPECT_EQ(datasets.inputs()[0].name, "means.csv");
    EXPECT_EQ(datasets.inputs()[0].sha256, io::sha256_of_file(m_folder / "data/means.csv"));
    EXPECT_EQ(datasets.bytes(), static_cast<double>(io::stamp_of(m_folder / "data/means.csv").size));
}

TEST_F(Files, GetTheStatedCrsOnlyWhereTheyHaveNone) {
    m_settings.crs = "EPSG:4490";
    FileDatasets datasets(m_settings);
    EXPECT_EQ(datasets.layer(m_folder / "data/stations.csv")->crs->code(), "EPSG:4490");
    EXPECT_NE(datasets.layer(m_folder / "shapes/streets.geojson")->crs->code(), "EPSG:4490");
    EXPECT_FALSE(FileDatasets({}).layer(m_folder / "data/stations.csv")->crs);
}

TEST_F(Files, TakeTheColumnsNamedForTheirCoordinates) {
    m_folder.write("p.csv", "a,b\n116.4,39.9\n");
    m_settings.x = "a";
    m_settings.y = "b";
    const auto layer = FileDatasets(m_settings).layer(m_folder / "p.csv");
    EXPECT_EQ(std::get<geo::Point>(layer->geometry.at(0)), (geo::Point{116.4, 39.9}));
}

TEST_F(Files, AreRefusedWithAnInvalidPolygon) {
    // The figure of eight of shared data/dirty: it crosses itself in the middle.
    m_folder.write(
        "eight.geojson",
        R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":)"
        R"({"type":"Polygon","coordinates":[[[116.40,39.90],[116.42,39.92],[116.42,39.90],[116.40,39.92],[116.40,39.90]]]}}]})");
    const base::Error error = error_of([&] { FileDatasets({}).layer(m_folder / "eight.geojson"); });
    EXPECT_EQ(error.kind(), base::ErrorKind::kInput);
    EXPECT_THAT(error.what(), HasSubstr("eight.geojson"));
}

TEST_F(Files, MeasureInTheCrsAskedForTheOutputWhenItIsMetric) {
    EXPECT_EQ(FileDatasets({}, geo::Crs::parse("EPSG:4548")).project_crs()->code(), "EPSG:4548");
    EXPECT_FALSE(FileDatasets({}, geo::Crs::wgs84()).project_crs());
    EXPECT_EQ(FileDatasets({}, geo::Crs::wgs84()).output_crs()->code(), geo::Crs::wgs84().code());
}

TEST_F(Files, AnswerAnUnknownCrsAsWrongUsage) {
    m_settings.crs = "EPSG:0";
    EXPECT_EQ(error_of([&] { FileDatasets(m_settings).layer(m_folder / "data/means.csv"); }).kind(),
              base::ErrorKind::kUsage);
}

TEST_F(Files, NameTheNearestFileForAMissingOne) {
    const base::Error error = error_of([&] { FileDatasets({}).layer(m_folder / "data/mean.csv"); });
    EXPECT_EQ(error.kind(), base::ErrorKind::kInput);
    EXPECT_THAT(error.what(), HasSubstr("did you mean means.csv?"));
}

}  // namespace
}  // namespace isopleth::pipeline
