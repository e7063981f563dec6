// SPDX-License-Identifier: MIT
#include "interpolate/surface_bands.hpp"

namespace isopleth::interpolate {
namespace {

/// Estimates -2, 0, 3 and a cell without; errors 1, 2, 3.
model::Raster row_of_four() {
    model::Raster raster({0, 1, 1, 4, 1}, geo::Crs::parse("EPSG:4548"), {"estimate", "standard error"});
    const double estimates[] = {-2, 0, 3};
    for (std::size_t cell = 0; cell < 3; ++cell) {
        raster.bands[0].set(cell, estimates[cell]);
        raster.bands[1].set(cell, 1 + static_cast<double>(cell));
    }
    return raster;
}

TEST(SurfaceBands, MultiplyTheErrors) {
    model::Raster raster = row_of_four();
    calibrate(raster, 1.5);
    EXPECT_EQ(raster.bands[1].values, (std::vector<double>{1.5, 3, 4.5, 0}));
    EXPECT_EQ(raster.bands[0].values, (std::vector<double>{-2, 0, 3, 0}));
}

TEST(SurfaceBands, ClampAndCountWhatIsBelow) {
    model::Raster raster = row_of_four();
    EXPECT_EQ(count_negative(raster), 1u);
    EXPECT_EQ(clamp_estimates(raster, 1), 2u);
    EXPECT_EQ(raster.bands[0].values, (std::vector<double>{1, 1, 3, 0}));
    EXPECT_EQ(raster.bands[0].valid[3], 0);
    EXPECT_EQ(count_negative(raster), 0u);
}

TEST(SurfaceBands, TellWhatIsSupportedWithItsEnd) {
    model::Raster raster = row_of_four();
    add_supported(raster, 2);
    ASSERT_EQ(raster.bands.size(), 3u);
    EXPECT_EQ(raster.bands[2].name, "supported");
    EXPECT_EQ(raster.at(2, 0, 0), 1);
    EXPECT_EQ(raster.at(2, 0, 1), 1);
    EXPECT_EQ(raster.at(2, 0, 2), 0);
    EXPECT_FALSE(raster.at(2, 0, 3));
}

}  // namespace
}  // namespace isopleth::interpolate
