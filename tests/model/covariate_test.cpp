// SPDX-License-Identifier: MIT
#include "model/covariate.hpp"

namespace isopleth::model {
namespace {

/// 3 columns, 2 rows of 10 m; value = 2 x + 3 y at the centres.
Raster sloping() {
    Raster raster({100, 220, 10, 3, 2}, geo::Crs::parse("EPSG:32650"), {"slope"});
    for (std::size_t row = 0; row < 2; ++row) {
        for (std::size_t column = 0; column < 3; ++column) {
            const geo::Point centre = raster.grid.centre(row, column);
            raster.bands[0].set(row * 3 + column, 2 * centre.x + 3 * centre.y);
        }
    }
    return raster;
}

TEST(Covariate, IsTheCellsValueAtItsCentre) {
    const Raster raster = sloping();
    EXPECT_EQ(value_at(raster, {105, 215}), 2 * 105 + 3 * 215.0);
    EXPECT_EQ(value_at(raster, {125, 205}), 2 * 125 + 3 * 205.0);
}

TEST(Covariate, IsBilinearBetweenCentres) {
    EXPECT_NEAR(*value_at(sloping(), {111, 209.5}), 2 * 111 + 3 * 209.5, 1e-9);
}

TEST(Covariate, StaysLevelBeyondTheLastCentres) {
    EXPECT_DOUBLE_EQ(*value_at(sloping(), {101, 219}), 2 * 105 + 3 * 215.0);
}

TEST(Covariate, IsMissingWhereTheRasterIs) {
    Raster raster = sloping();
    raster.bands[0].clear(0);
    EXPECT_FALSE(value_at(raster, {104, 214}));
    EXPECT_FALSE(value_at(raster, {99.9, 210}));
    EXPECT_FALSE(value_at(raster, {110, 220.1}));
    // Beside the missing cell the others have its weight.
    const auto beside = value_at(raster, {111, 215});
    ASSERT_TRUE(beside);
    EXPECT_DOUBLE_EQ(*beside, 2 * 115 + 3 * 215.0);
}

}  // namespace
}  // namespace isopleth::model
