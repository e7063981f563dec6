// SPDX-License-Identifier: MIT
#include "pipeline/map_task.hpp"

#include <gmock/gmock.h>

#include "memory_datasets.hpp"
#include "small_project.hpp"

namespace isopleth::pipeline {
namespace {

using testing::HasSubstr;

class Map : public testing::Test {
protected:
    Map() {
        write_small_project(m_folder);
        m_datasets.add(
            squares("streets", "EPSG:4548", 1000, {{500000, 4400000}, {501000, 4400000}}, {"a", "b"}));
        m_task.layers = {"streets"};
        m_task.styles = {m_folder / "styles/plain.toml"};
        m_task.title = "Streets";
    }
    void add_raster(const std::string& crs) {
        model::Raster raster({500000, 4401000, 100, 20, 10}, geo::Crs::parse(crs), {"estimate"});
        for (std::size_t cell = 0; cell < raster.grid.count(); ++cell) raster.bands[0].set(cell, 38.5);
        m_datasets.rasters["surface"] = std::make_shared<const model::Raster>(std::move(raster));
        m_task.layers.insert(m_task.layers.begin(), "surface");
        m_task.styles.insert(m_task.styles.begin(), m_folder / "styles/surface.toml");
    }
    std::string crs() { return m_task.run(m_datasets, {}).summary["crs"].string_or(""); }
    TemporaryFolder m_folder;
    MemoryDatasets m_datasets;
    MapTask m_task;
};

TEST_F(Map, IsDrawnAsPngPdfAndSvg) {
    const Outcome outcome = m_task.run(m_datasets, {});
    const auto& picture = std::get<PictureRecipe>(outcome.product);
    model::Provenance provenance;
    provenance.parameters = base::Json::object();
    provenance.time = {1'720'000'000};
    EXPECT_THAT(picture.render(".png", provenance), testing::StartsWith("\x89PNG"));
    EXPECT_THAT(picture.render(".pdf", provenance), testing::StartsWith("%PDF"));
    EXPECT_THAT(picture.render(".svg", provenance), HasSubstr("<svg"));
    EXPECT_EQ(picture.render(".png", provenance), picture.render(".png", provenance));
}

TEST_F(Map, TakesTheCrsAskedForThenTheProjectsThenTheFirstLayers) {
    EXPECT_EQ(crs(), "EPSG:4548");
    m_datasets.in_project = geo::Crs::parse("EPSG:32650");
    EXPECT_EQ(crs(), "EPSG:32650");
    m_task.crs = "EPSG:32651";
    EXPECT_EQ(crs(), "EPSG:32651");
}

TEST_F(Map, TakesTheCrsOfItsRaster) {
    m_datasets.in_project = geo::Crs::parse("EPSG:4548");
    add_raster("EPSG:32650");
    EXPECT_EQ(crs(), "EPSG:32650");
}

TEST_F(Map, RefusesARasterInAnotherCrs) {
    add_raster("EPSG:32650");
    m_task.crs = "EPSG:4548";
    const base::Error error = error_of([&] { crs(); });
    EXPECT_EQ(error.kind(), base::ErrorKind::kData);
    EXPECT_THAT(error.message(), HasSubstr("rasters are not warped"));
}

TEST_F(Map, RefusesDegreesAndLayersWithoutCrs) {
    m_task.crs = "EPSG:4326";
    EXPECT_EQ(error_of([&] { crs(); }).kind(), base::ErrorKind::kUsage);
    m_task.crs = "EPSG:4548";
    m_datasets.add(points("streets", "", {{1, 1}}, {1}));
    EXPECT_EQ(error_of([&] { crs(); }).kind(), base::ErrorKind::kInput);
}

TEST_F(Map, NotesItsStylesAmongTheInputs) {
    m_task.run(m_datasets, {});
    ASSERT_EQ(m_datasets.inputs.size(), 1u);
    EXPECT_EQ(m_datasets.inputs[0].name, "plain.toml");
}

TEST_F(Map, NeedsAStyleForEachLayer) {
    EXPECT_NO_THROW(m_task.check());
    m_task.styles.clear();
    EXPECT_THAT(error_of([&] { m_task.check(); }).message(), HasSubstr("1 layers but 0 styles"));
    m_task.styles = {"s"};
    m_task.dpi = 5;
    EXPECT_EQ(error_of([&] { m_task.check(); }).kind(), base::ErrorKind::kUsage);
}

TEST_F(Map, NamesTheNearestFieldForItsTable) {
    m_task.table = "streets";
    m_task.table_columns = {"nam"};
    EXPECT_THAT(error_of([&] { crs(); }).what(), HasSubstr("did you mean name?"));
}

TEST_F(Map, ShowsTheBandThatTheStyleAsksFor) {
    add_raster("EPSG:4548");
    EXPECT_NO_THROW(crs());
    m_folder.write("styles/second.toml",
                   "kind = \"raster\"\nramp = \"YlOrBr\"\nbreaks = [38, 39, 40]\nband = 2\n");
    m_task.styles[0] = m_folder / "styles/second.toml";
    EXPECT_THAT(error_of([&] { crs(); }).message(), HasSubstr("raster surface has 1 bands; "));
}

}  // namespace
}  // namespace isopleth::pipeline
