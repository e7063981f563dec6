// SPDX-License-Identifier: MIT
#include "io/gdal_raster.hpp"

#include "base/error.hpp"
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

TEST(GdalRaster, LeavesNothingUnlessClosed) {
    const auto path = testing::TempDir() + "raster_open_" + std::to_string(::getpid()) + ".tif";
    { RasterWriter writer(path, {{0, 10, 1, 10, 10}, geo::Crs::parse("EPSG:4548"), {"a"}, {}, true}, {}); }
    EXPECT_FALSE(file_exists(path));
    EXPECT_THROW(read_raster({path, ""}, std::nullopt), base::Error);
}

}  // namespace
}  // namespace isopleth::io
