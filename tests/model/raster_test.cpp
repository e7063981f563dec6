// SPDX-License-Identifier: MIT
#include "model/raster.hpp"

#include "base/error.hpp"

namespace isopleth::model {
namespace {

Raster small_raster() {
    return {Grid{0, 20, 10, 3, 2}, geo::Crs::parse("EPSG:4548"), {"estimate", "standard error"}};
}

TEST(Raster, StartsWithoutAnyValidCell) {
    const Raster raster = small_raster();
    ASSERT_EQ(raster.bands.size(), 2u);
    EXPECT_EQ(raster.bands[1].name, "standard error");
    EXPECT_EQ(raster.bands[0].values.size(), 6u);
    EXPECT_EQ(raster.count_valid(0), 0u);
    EXPECT_EQ(raster.at(0, 1, 2), std::nullopt);
}

TEST(Raster, GivesCellsByRowAndColumn) {
    Raster raster = small_raster();
    raster.bands[1].set(5, 0);
    raster.bands[1].set(0, 2.5);
    EXPECT_EQ(raster.at(1, 1, 2), 0.0) << "0 is a value";
    EXPECT_EQ(raster.at(1, 0, 0), 2.5);
    EXPECT_EQ(raster.at(0, 0, 0), std::nullopt);
    EXPECT_EQ(raster.count_valid(1), 2u);
    raster.bands[1].clear(0);
    EXPECT_EQ(raster.at(1, 0, 0), std::nullopt);
    EXPECT_EQ(raster.count_valid(1), 1u);
    EXPECT_THROW(raster.at(1, 2, 0), base::Error);
    EXPECT_THROW(raster.at(1, 0, 3), base::Error);
    EXPECT_THROW(raster.at(2, 0, 0), base::Error);
    EXPECT_THROW(raster.count_valid(2), base::Error);
}

TEST(BandSummary, LeavesInvalidCellsOut) {
    Raster raster = small_raster();
    EXPECT_EQ(summarise(raster.bands[0]).valid, 0u);
    EXPECT_EQ(summarise(raster.bands[0]).mean, std::nullopt);
    // 2, 4, 9: mean 5, population standard deviation sqrt((9 + 1 + 16) / 3).
    raster.bands[0].set(1, 2);
    raster.bands[0].set(3, 4);
    raster.bands[0].set(4, 9);
    const BandSummary summary = summarise(raster.bands[0]);
    EXPECT_EQ(summary.valid, 3u);
    EXPECT_EQ(summary.minimum, 2);
    EXPECT_EQ(summary.maximum, 9);
    EXPECT_EQ(summary.mean, 5);
    EXPECT_DOUBLE_EQ(*summary.standard_deviation, std::sqrt(26.0 / 3));
}

}  // namespace
}  // namespace isopleth::model
