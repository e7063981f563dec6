// SPDX-License-Identifier: MIT
#include "style/layer_style.hpp"

#include "base/error.hpp"

namespace isopleth::style {
namespace {

TEST(LayerStyle, GivesEachValueItsClassColourAndMissingNone) {
    const LayerStyle style = graduated("pm25", Breaks::given({38, 38.5, 39, 39.5}), "YlOrBr");
    EXPECT_EQ(colour_of(style, 38.2, ""), style.colours[0]);
    EXPECT_EQ(colour_of(style, std::nullopt, ""), std::nullopt);
    EXPECT_EQ(colour_of(style, 40, ""), std::nullopt);
}

TEST(LayerStyle, ClampsASurfaceThatOvershoots) {
    const LayerStyle style = raster_style(Breaks::given({38, 38.5, 39, 39.5}), "YlOrBr");
    EXPECT_EQ(colour_of(style, 40, ""), style.colours.back());
}

TEST(LayerStyle, RefusesClassesWithoutTheirColours) {
    LayerStyle style = graduated("pm25", Breaks::given({38, 38.5, 39, 39.5}), "YlOrBr");
    EXPECT_NO_THROW(check(style));
    style.colours.pop_back();
    EXPECT_THROW(check(style), base::Error);
    EXPECT_THROW(check(categorised("class", {})), base::Error);
}

TEST(LayerStyle, KnowsMarkersByName) {
    EXPECT_EQ(parse_marker(name_of(Marker::kTriangle)), Marker::kTriangle);
    EXPECT_THROW(parse_marker("cirkle"), base::Error);
}

}  // namespace
}  // namespace isopleth::style
