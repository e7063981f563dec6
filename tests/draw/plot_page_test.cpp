// SPDX-License-Identifier: MIT
#include "draw/plot_page.hpp"

#include <gmock/gmock.h>

#include "base/error.hpp"

namespace isopleth::draw {
namespace {

Plot small_plot() {
    Plot plot;
    plot.title = "Two points";
    plot.x = {"distance (m)", 100};
    plot.y = {"semivariance", 4};
    plot.points_name = "a bin";
    plot.panels = {{"0°", {{20, 1, 1, "8"}, {60, 2, 1.5, "16"}}}, {"90°", {{40, 7, 0.7, "4"}}}};
    plot.lines = {{"exponential", "range 10 m", {0xd5, 0x5e, 0x00}, false, {{0, 0}, {100, 3}}},
                  {"spherical", "range 20 m", {0x00, 0x72, 0xb2}, true, {{0, 0}, {50, 2}, {100, 2}}}};
    plot.notes = {"a note"};
    plot.footer.source = "by hand";
    return plot;
}

TEST(PlotPage, DrawsEveryCanvas) {
    EXPECT_EQ(render(small_plot(), Format::kPng, 100, {}).substr(1, 3), "PNG");
    EXPECT_EQ(render(small_plot(), Format::kPdf, 100, {}).substr(0, 5), "%PDF-");
    EXPECT_THAT(render(small_plot(), Format::kSvg, 100, {}), testing::HasSubstr("<svg"));
}

TEST(PlotPage, GivesTheSameBytesForTheSamePlot) {
    for (const Format format : {Format::kPng, Format::kPdf, Format::kSvg})
        EXPECT_EQ(render(small_plot(), format, 72, {}), render(small_plot(), format, 72, {}));
}

TEST(PlotPage, DashesTheLinesThatAreNotTheMainOne) {
    const std::string svg = render(small_plot(), Format::kSvg, 72, {});
    std::size_t dashed = 0;
    for (std::size_t at = svg.find("stroke-dasharray"); at != std::string::npos;
         at = svg.find("stroke-dasharray", at + 1))
        ++dashed;
    EXPECT_EQ(dashed, 3u);  // in two panels and in the legend
}

TEST(PlotPage, NamesTheTextThatTheFontCannotSet) {
    Plot plot = small_plot();
    plot.subtitle = "\xF0\x93\x80\x80";  // U+13000, an Egyptian hieroglyph
    try {
        render(plot, Format::kPng, 72, {});
        GTEST_SKIP() << "a font of this machine has hieroglyphs";
    } catch (const base::Error& error) {
        EXPECT_EQ(error.kind(), base::ErrorKind::kData);
        EXPECT_THAT(error.what(), testing::HasSubstr(plot.subtitle));
    }
}

}  // namespace
}  // namespace isopleth::draw
