// SPDX-License-Identifier: MIT
#include "io/gdal_raster.hpp"

#include "base/error.hpp"
#include "io/gdal_handles.hpp"
#include "io/part_file.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

namespace isopleth::io {
namespace {

TEST(GdalRaster, ComesBackTheSameWithMissingCells) {
    const auto path = testing::TempDir() + "raster_" + std::to_string(::getpid()) + ".tif";
    model::Raster raster({500000, 4400000, 50, 70, 30}, geo::Crs::parse("EPSG:4548"),
                         {"estimate", "standard error"});
    for (std::size_t i = 0; i < raster.grid.count(); i += 2)
        raster.bands[0].set(i, 0.1 * static_cast<double>(i));
    raster.bands[1].set(7, 1.5);
    WriteOptions options;
    options.overwrite = true;
    write_raster(path, raster, options, {});
    const auto found = read_raster({path, ""}, std::nullopt);
    EXPECT_EQ(found.grid, raster.grid);
    EXPECT_EQ(found.crs.code(), "EPSG:4548");
    for (std::size_t band = 0; band < 2; ++band) {
        EXPECT_EQ(found.bands[band].name, raster.bands[band].name);
        EXPECT_EQ(found.bands[band].values, raster.bands[band].values);
        EXPECT_EQ(found.bands[band].valid, raster.bands[band].valid);
    }
    remove_file(path);
}

TEST(GdalRaster, HalvesUntilABlockHoldsTheWholeOnAnyThreads) {
    const auto path = testing::TempDir() + "raster_large_" + std::to_string(::getpid()) + ".tif";
    model::Raster raster({500000, 4400000, 10, 1032, 702}, geo::Crs::parse("EPSG:4548"), {"estimate"});
    const auto value_at = [&](std::size_t row, std::size_t column) {
        return static_cast<double>((row * 7 + column * 13) % 101);
    };
    for (std::size_t i = 0; i < raster.grid.count(); ++i)
        raster.bands[0].set(i, value_at(i / raster.grid.columns, i % raster.grid.columns));
    raster.bands[0].clear(0);
    WriteOptions options;
    options.overwrite = true;
    base::Job job;
    job.threads = 1;
    write_raster(path, raster, options, job);
    const std::string bytes = read_bytes(path);
    job.threads = 2;
    write_raster(path, raster, options, job);
    EXPECT_TRUE(read_bytes(path) == bytes);
    {
        const gdal::Dataset dataset(GDALDataset::Open(path.c_str(), GDAL_OF_RASTER));
        GDALRasterBand* band = dataset->GetRasterBand(1);
        ASSERT_EQ(band->GetOverviewCount(), 2);
        EXPECT_EQ(band->GetOverview(1)->GetXSize(), 258);
        ASSERT_EQ(band->GetOverview(0)->GetXSize(), 516);
        double cells[2] = {};
        ASSERT_EQ(
            band->GetOverview(0)->RasterIO(GF_Read, 0, 0, 2, 1, cells, 2, 1, GDT_Float64, 0, 0, nullptr),
            CE_None);
        EXPECT_NEAR(cells[0], (value_at(0, 1) + value_at(1, 0) + value_at(1, 1)) / 3, 1e-5);
        EXPECT_EQ(cells[1], (value_at(0, 2) + value_at(0, 3) + value_at(1, 2) + value_at(1, 3)) / 4);
    }
    remove_file(path);
}

TEST(GdalRaster, LeavesNothingUnlessClosed) {
    const auto path = testing::TempDir() + "raster_open_" + std::to_string(::getpid()) + ".tif";
    { RasterWriter writer(path, {{0, 10, 1, 10, 10}, geo::Crs::parse("EPSG:4548"), {"a"}, {}, true}, {}); }
    EXPECT_FALSE(file_exists(path));
    EXPECT_THROW(read_raster({path, ""}, std::nullopt), base::Error);
}

}  // namespace
}  // namespace isopleth::io
