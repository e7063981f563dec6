// SPDX-License-Identifier: MIT
#include "style/legend.hpp"

namespace isopleth::style {
namespace {

TEST(Legend, StandsHighestClassFirstWithCountsAndMissingLast) {
    const LayerStyle style = graduated("pm25", Breaks::given({38, 38.5, 39, 39.5}), "YlOrBr");
    const LegendBlock block = make_legend(style, SymbolGeometry::kPolygon, {{10, 5, 2}, 1});
    ASSERT_EQ(block.entries.size(), 4u);
    EXPECT_EQ(block.entries[0].label, "39.0–39.5");
    EXPECT_EQ(block.entries[0].count, 2u);
    EXPECT_EQ(block.entries[2].count, 10u);
    EXPECT_EQ(block.entries[3].symbol, LegendSymbol::kMissing);
}

TEST(Legend, ShowsABorderWithoutFillAsALine) {
    LayerStyle style;
    style.title = "区界";
    style.fill.alpha = 0;
    EXPECT_EQ(make_legend(style, SymbolGeometry::kPolygon, {}).entries.at(0).symbol, LegendSymbol::kLine);
}

TEST(Legend, NamesTheHatchingOfWhatIsNotSupported) {
    LayerStyle style = raster_style(Breaks::given({38, 38.5, 39}), "YlOrBr");
    style.unsupported_label = "far from the stations";
    EXPECT_EQ(make_legend(style, SymbolGeometry::kRaster, {}).entries.size(), 2u);
    const LegendBlock block = make_legend(style, SymbolGeometry::kRaster, {{}, 0, true});
    ASSERT_EQ(block.entries.size(), 3u);
    EXPECT_EQ(block.entries[2].symbol, LegendSymbol::kUnsupported);
    EXPECT_EQ(block.entries[2].label, "far from the stations");
}

}  // namespace
}  // namespace isopleth::style
