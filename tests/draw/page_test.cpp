// SPDX-License-Identifier: MIT
#include "draw/page.hpp"

#include "small_city.hpp"

namespace isopleth::draw {
namespace {

TEST(Page, GivesTheMapTwoThirdsOfALandscapePage) {
    Scene scene = small_scene();
    scene.page = kA4Landscape;
    const PageLayout layout = lay_out(scene);
    EXPECT_GE(layout.map.width, 0.65 * scene.page.width_mm);
    EXPECT_GE(layout.column.width, 60);
    EXPECT_LT(layout.map.right(), layout.column.x);
    EXPECT_LT(layout.map.bottom(), layout.footer.y);
}

TEST(Page, ShowsTheWholeExtentInTheFramesProportions) {
    const Scene scene = small_scene();
    const PageLayout layout = lay_out(scene);
    const geo::Box extent = map_extent(scene);
    EXPECT_LE(layout.map_box.min_x, extent.min_x + 1e-6);
    EXPECT_GE(layout.map_box.max_y, extent.max_y - 1e-6);
    EXPECT_NEAR(layout.map_box.width() / layout.map_box.height(), layout.map.width / layout.map.height, 1e-9);
}

TEST(Page, HasARoundScaleBarOfThirtyToFiftyMillimetres) {
    for (const double scale : {0.7, 3.0, 12.5, 33.0, 41.7, 66.6, 99.9, 100.0}) {
        const double length = round_scale_bar(scale) / scale;
        EXPECT_GE(length, 30) << scale;
        EXPECT_LE(length, 50 + 1e-9) << scale;
    }
}

}  // namespace
}  // namespace isopleth::draw
