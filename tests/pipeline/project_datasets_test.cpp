// SPDX-License-Identifier: MIT
#include "pipeline/project_datasets.hpp"

#include <gmock/gmock.h>

#include "small_project.hpp"

namespace isopleth::pipeline {
namespace {

using testing::HasSubstr;

class SmallProject : public testing::Test {
protected:
    SmallProject() : m_project(read_project(write_small_project(m_folder))) {}
    TemporaryFolder m_folder;
    Project m_project;
};

TEST_F(SmallProject, MakesALayerOnceAndNamesItAfterItsSection) {
    ProjectDatasets datasets(m_project, m_folder / "out", {});
    const auto layer = datasets.layer("pm25_by_street");
    EXPECT_EQ(layer->name, "pm25_by_street");
    EXPECT_EQ(layer->column("pm25").number(1), 39.1);
    EXPECT_EQ(datasets.layer("pm25_by_street"), layer);
    EXPECT_EQ(datasets.outcome("pm25_by_street").summary["matches"].integer_or(0), 2);
}

TEST_F(SmallProject, HasTheProjectsCrs) {
    ProjectDatasets datasets(m_project, m_folder / "out", {});
    EXPECT_EQ(datasets.project_crs()->code(), "EPSG:4548");
    EXPECT_EQ(datasets.raster("pm25")->crs.code(), "EPSG:4548");
}

TEST_F(SmallProject, TellsTheLineWhereARasterStandsForALayer) {
    ProjectDatasets datasets(m_project, m_folder / "out", {});
    const base::Error of_raster = error_of([&] { datasets.layer("pm25"); });
    EXPECT_EQ(of_raster.kind(), base::ErrorKind::kInput);
    EXPECT_THAT(of_raster.what(), HasSubstr("small.toml, line"));
    EXPECT_THAT(of_raster.what(), HasSubstr("pm25 is a raster"));
    EXPECT_THAT(error_of([&] { datasets.raster("streets"); }).what(), HasSubstr("streets is no raster"));
}

TEST_F(SmallProject, ReadsARasterThatIsUpToDateFromItsFile) {
    ProjectDatasets datasets(m_project, m_folder / "out", {});
    datasets.mark_current("pm25");
    // There is no file, so reading is what fails.
    EXPECT_EQ(error_of([&] { datasets.raster("pm25"); }).kind(), base::ErrorKind::kInput);
}

TEST_F(SmallProject, TakesANameThatNothingMakesForADefect) {
    ProjectDatasets datasets(m_project, m_folder / "out", {});
    EXPECT_EQ(error_of([&] { datasets.layer("none"); }).kind(), base::ErrorKind::kBug);
}

}  // namespace
}  // namespace isopleth::pipeline
