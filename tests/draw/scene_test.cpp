// SPDX-License-Identifier: MIT
#include "draw/scene.hpp"

#include "base/error.hpp"
#include "small_city.hpp"

namespace isopleth::draw {
namespace {

TEST(Scene, CountsTheFeaturesOfEachClassInTheLegend) {
    const auto legend = small_scene().legend;
    ASSERT_EQ(legend.size(), 2u);
    EXPECT_EQ(legend[0].entries.size(), 2u);  // station and river stand as one plain list
    ASSERT_EQ(legend[1].entries.size(), 4u);
    EXPECT_EQ(legend[1].entries[0].count, 1u);
    EXPECT_EQ(legend[1].entries[3].label, "无数据");
}

TEST(Scene, TellsItselfAsText) {
    const std::string text = to_text(small_scene());
    EXPECT_THAT(text, testing::HasSubstr("title: 东城区各街道 PM2.5 浓度"));
    EXPECT_THAT(text, testing::HasSubstr("1 | 东华门街道 | 39.2 | 39.2 | 39.0–39.5"));
    EXPECT_THAT(text, testing::HasSubstr("和平里街道 | 无数据"));
    EXPECT_EQ(text, to_text(small_scene()));
}

TEST(Scene, RefusesLayersOfTwoCrsAndDegrees) {
    Scene scene = small_scene();
    auto other = std::make_shared<model::Layer>(*small_river());
    other->crs = geo::Crs::parse("EPSG:32650");
    scene.layers[1].features = other;
    EXPECT_THROW(check(scene), base::Error);
    other->crs = geo::Crs::wgs84();
    EXPECT_THROW(check(scene), base::Error);
    EXPECT_NO_THROW(check(small_scene()));
}

TEST(Scene, RefusesAFieldThatIsNotThere) {
    Scene scene = small_scene();
    scene.layers[0].style.field = "pm52";
    EXPECT_THROW(check(scene), base::Error);
}

TEST(Scene, HatchesTheCellsThatTheRasterSaysAreNotSupported) {
    model::Raster raster(model::Grid{0, 100, 10, 10, 10}, geo::Crs::parse("EPSG:4548"),
                         {"estimate", "standard error", "supported"});
    for (std::size_t cell = 0; cell < 60; ++cell) {
        raster.bands[0].set(cell, 38.2);
        raster.bands[2].set(cell, cell < 50 ? 1 : 0);
    }
    BodyLayer surface{nullptr, std::make_shared<const model::Raster>(raster), 0,
                      style::raster_style(style::Breaks::given({38, 38.5, 39}), "YlOrBr")};
    EXPECT_EQ(support_band_of(surface), 2u);
    EXPECT_EQ(legend_of(surface).entries.back().symbol, style::LegendSymbol::kUnsupported);
    Scene scene;
    scene.layers = {surface};
    EXPECT_THAT(to_text(scene), testing::HasSubstr("  10 cells hatched: not supported\n"));
    surface.band = 2;
    EXPECT_FALSE(support_band_of(surface));
    EXPECT_FALSE(support_band_of(small_scene().layers[0]));
}

}  // namespace
}  // namespace isopleth::draw
