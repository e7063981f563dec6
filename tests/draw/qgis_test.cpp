// SPDX-License-Identifier: MIT
#include "draw/qgis.hpp"

#include "base/error.hpp"
#include "style/standard_colours.hpp"

namespace isopleth::draw {
namespace {

TEST(Qgis, ShowsTheSameClassesColoursAndLabels) {
    style::LayerStyle style = style::graduated("pm25", style::Breaks::given({38, 38.5, 39, 39.5}), "YlOrBr");
    style.label.field = "name";
    style.label.second_field = "pm25";
    const std::string text = qml(style, style::SymbolGeometry::kPolygon);
    EXPECT_THAT(text, testing::HasSubstr("type=\"graduatedSymbol\""));
    EXPECT_THAT(text, testing::HasSubstr("lower=\"38.5\" upper=\"39\" label=\"38.5–39.0\""));
    EXPECT_THAT(text, testing::HasSubstr("217,95,14,255"));  // #d95f0e, the last of three
    EXPECT_THAT(text, testing::HasSubstr("coalesce('\\n' || to_string(&quot;pm25&quot;), '')"));
}

TEST(Qgis, DrawsOtherValuesAsMissing) {
    const std::string text =
        qml(style::categorised("class", style::water_class_categories(style::Language::kChinese)),
            style::SymbolGeometry::kPolygon);
    EXPECT_THAT(text, testing::HasSubstr("value=\"劣Ⅴ类\""));
    EXPECT_THAT(text, testing::HasSubstr("LinePatternFill"));
}

TEST(Qgis, StylesRastersInClasses) {
    const auto style = style::raster_style(style::Breaks::given({38, 38.5, 39, 39.5}), "YlOrBr");
    EXPECT_THAT(qml(style, style::SymbolGeometry::kRaster), testing::HasSubstr("colorRampType=\"DISCRETE\""));
    EXPECT_THROW(qml(style, style::SymbolGeometry::kPoint), base::Error);
}

}  // namespace
}  // namespace isopleth::draw
