// SPDX-License-Identifier: MIT
#include "pipeline/plan.hpp"

#include <gmock/gmock.h>

#include "pipeline/convert_task.hpp"
#include "pipeline/crossval_task.hpp"
#include "pipeline/map_task.hpp"
#include "pipeline/new_task.hpp"
#include "pipeline/surface_task.hpp"
#include "small_project.hpp"

namespace isopleth::pipeline {
namespace {

class Plan : public testing::Test {
protected:
    Plan() {
        write_small_project(m_folder);
        m_options.plan = true;
    }
    base::Json plan(Task& task) {
        base::ParameterList list;
        task.declare(list);
        return run_command(task, list, m_options, {"any", "0.1.0", {}}, {}).summary;
    }
    TemporaryFolder m_folder;
    RunOptions m_options;
};

TEST_F(Plan, TellsTimeMemoryAndSizeOfARaster) {
    SurfaceTask task;
    task.input = m_folder / "data/stations.csv";
    task.value = "pm25";
    task.method = "idw";
    task.cell = {100};
    task.extent = "430000,4400000,470000,4440000";
    m_options.inputs.crs = "EPSG:4326";
    m_options.to_crs = "EPSG:4548";
    m_options.output = m_folder / "pm25.tif";
    const base::Json summary = plan(task);
    EXPECT_EQ(summary["would"].string_or(""), "write " + m_options.output);
    EXPECT_EQ(summary["estimated_output_bytes"].integer_or(0),
              400 * 400 * 4 * 4 / 3);  // single precision, with overviews
    EXPECT_GT(summary["estimated_seconds"].number_or(0), 0);
    EXPECT_GT(summary["estimated_memory_bytes"].integer_or(0), 400 * 400 * 8);
    EXPECT_EQ(summary["columns"].integer_or(0), 400);
    EXPECT_FALSE(io::file_exists(m_options.output));
}

TEST_F(Plan, WritesNoLayerAndNoPicture) {
    ConvertTask convert;
    convert.input = m_folder / "shapes/streets.geojson";
    m_options.output = m_folder / "streets.gpkg";
    EXPECT_EQ(plan(convert)["features_read"].integer_or(0), 2);
    EXPECT_FALSE(io::file_exists(m_options.output));
    MapTask map;
    map.layers = {m_folder / "shapes/streets.geojson"};
    map.styles = {m_folder / "styles/plain.toml"};
    m_options.output = m_folder / "streets.png";
    EXPECT_GT(plan(map)["estimated_output_bytes"].integer_or(0), 0);
    EXPECT_FALSE(io::file_exists(m_options.output));
}

TEST_F(Plan, MakesNoFolder) {
    NewTask task;
    task.folder = m_folder / "mycity";
    plan(task);
    EXPECT_FALSE(io::file_exists(m_folder / "mycity/project.toml"));
}

TEST_F(Plan, TellsTheFaultsThatTheRunWouldMeet) {
    ConvertTask task;
    task.input = m_folder / "none.gpkg";
    m_options.output = m_folder / "a.gpkg";
    EXPECT_EQ(error_of([&] { plan(task); }).kind(), base::ErrorKind::kInput);
    task.input = m_folder / "shapes/streets.geojson";
    m_options.output = task.input;
    EXPECT_EQ(error_of([&] { plan(task); }).kind(), base::ErrorKind::kOutput);
}

TEST(Estimate, ConcludesFromThreeBlocksToAll) {
    const model::Grid grid{0, 1000, 1, 3000, 1000};
    RasterRecipe recipe{grid, geo::Crs::parse("EPSG:4548"), {"a", "b"}, {"", ""}, {}};
    std::vector<std::size_t> tried;
    recipe.compute = [&](std::size_t first, std::size_t count, const base::Job&) {
        EXPECT_EQ(count, 10u);  // about 30,000 cells
        tried.push_back(first);
        return model::Raster(grid.rows_from(first, count), recipe.crs, recipe.band_names);
    };
    EXPECT_DOUBLE_EQ(estimate_raster(recipe, {}).output_bytes, 3000 * 1000 * 2 * 4 * 4 / 3.0);
    EXPECT_EQ(tried, (std::vector<std::size_t>{250, 500, 750}));
}

TEST(Estimate, TakesASmallRasterToo) {
    const model::Grid grid{0, 1, 1, 1, 1};
    RasterRecipe recipe{grid, geo::Crs::parse("EPSG:4548"), {"a"}, {""}, {}};
    recipe.compute = [&](std::size_t first, std::size_t count, const base::Job&) {
        return model::Raster(grid.rows_from(first, count), recipe.crs, recipe.band_names);
    };
    recipe.is_exact = true;
    EXPECT_DOUBLE_EQ(estimate_raster(recipe, {}).output_bytes, 8 * 4 / 3.0);
}

TEST(Estimate, CountsWhatIsPreparedBeforeTheFirstWindow) {
    const model::Grid grid{0, 1, 1, 10, 10};
    RasterRecipe recipe{grid, geo::Crs::parse("EPSG:4548"), {"a"}, {""}, {}};
    std::vector<std::string> done;
    recipe.compute = [&](std::size_t first, std::size_t count, const base::Job&) {
        done.emplace_back("rows");
        return model::Raster(grid.rows_from(first, count), recipe.crs, recipe.band_names);
    };
    const double without = estimate_raster(recipe, {}).memory_bytes;
    recipe.prepare = [&](const base::Job&) { done.emplace_back("prepared"); };
    recipe.bytes_prepared = 1e12;
    done.clear();
    EXPECT_GE(estimate_raster(recipe, {}).memory_bytes, without + 1e12);
    EXPECT_EQ(done, (std::vector<std::string>{"prepared", "rows", "rows", "rows"}));
}

TEST_F(Plan, RunsWhatIsMoreThanReadingAndWritesNothing) {
    CrossvalTask task;
    task.input = m_folder / "data/stations.csv";
    task.value = "pm25";
    task.methods = {"idw"};
    task.folds = "loo";
    m_options.inputs.crs = "EPSG:4326";
    m_options.output = m_folder / "errors.csv";
    const base::Json summary = plan(task);
    EXPECT_GT(summary["estimated_seconds"].number_or(0), 0);
    EXPECT_GT(summary["estimated_memory_bytes"].integer_or(0), 0);
    EXPECT_FALSE(io::file_exists(m_options.output));
}

}  // namespace
}  // namespace isopleth::pipeline
