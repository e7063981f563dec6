// SPDX-License-Identifier: MIT
#include "pipeline/task.hpp"

#include "memory_datasets.hpp"

namespace isopleth::pipeline {
namespace {

TEST(Task, TakesAQuarterOfAMillionCellsForAWindowAndAtLeastARow) {
    EXPECT_EQ(window_rows({0, 0, 1, 1000, 5000}), 256u);  // 2^18 / 1000 is 262: whole tiles
    EXPECT_EQ(window_rows({0, 0, 1, 5000, 5000}), 52u);   // too few for whole ones
    EXPECT_EQ(window_rows({0, 0, 1, 1000, 20}), 20u);
    EXPECT_EQ(window_rows({0, 0, 1, 5'000'000, 20}), 1u);
}

TEST(Task, ComputesAllRowsOfARecipe) {
    const model::Grid grid{0, 20, 10, 3, 2};
    RasterRecipe recipe{grid, geo::Crs::parse("EPSG:4548"), {"estimate"}, {""}, {}};
    recipe.compute = [&](std::size_t first, std::size_t count, const base::Job&) {
        model::Raster raster(grid.rows_from(first, count), recipe.crs, recipe.band_names);
        for (std::size_t cell = 0; cell < count * 3; ++cell)
            raster.bands[0].set(cell, static_cast<double>(first * 3 + cell));
        return raster;
    };
    const model::Raster whole = compute_all(recipe, {});
    EXPECT_EQ(whole.grid, grid);
    EXPECT_EQ(whole.at(0, 1, 2), 5);
}

TEST(Task, CountsFeaturesWhereItsSummarySaysNothing) {
    Outcome outcome;
    outcome.product = points("p", "EPSG:4548", {{0, 0}, {1, 1}}, {1, 2});
    note_count(outcome);
    EXPECT_EQ(outcome.summary.dump(-1), R"({"features": 2})");
    model::Layer table;
    table.columns = {reals("a", {1, 2, 3})};
    Outcome of_table;
    of_table.product = table;
    note_count(of_table);
    EXPECT_EQ(of_table.summary.dump(-1), R"({"rows": 3})");
    Outcome said;
    said.product = table;
    said.summary.set("by", "a");
    note_count(said);
    EXPECT_EQ(said.summary.dump(-1), R"({"by": "a"})");
}

TEST(Task, HashesAllOfTheProvenanceButItsTime) {
    model::Provenance provenance;
    provenance.version = "0.1.0";
    provenance.command = "map";
    provenance.parameters = base::Json::object();
    provenance.inputs = {{"a.csv", "ba78"}};
    const std::string hash = short_hash(provenance);
    EXPECT_EQ(hash.size(), 8u);
    provenance.time = {1'720'000'000};
    EXPECT_EQ(short_hash(provenance), hash);
    provenance.inputs[0].sha256 = "ba79";
    EXPECT_NE(short_hash(provenance), hash);
}

}  // namespace
}  // namespace isopleth::pipeline
