// SPDX-License-Identifier: MIT
#include "draw/cairo_page.hpp"

#include "base/error.hpp"
#include "small_city.hpp"

#include <cstdlib>
#include <fstream>

namespace isopleth::draw {
namespace {

/// Keeps a picture to be looked at where ISOPLETH_LOOK names a folder.
void keep(const std::string& name, const std::string& bytes) {
    if (const char* folder = std::getenv("ISOPLETH_LOOK"))
        std::ofstream(std::string(folder) + "/" + name) << bytes;
}

TEST(CairoPage, DrawsEveryCanvas) {
    const Scene scene = small_scene();
    const std::string png = render(scene, Format::kPng, 150, {});
    keep("small.png", png);
    EXPECT_EQ(png.substr(1, 3), "PNG");
    const std::string pdf = render(scene, Format::kPdf, 150, {});
    keep("small.pdf", pdf);
    EXPECT_EQ(pdf.substr(0, 5), "%PDF-");
    EXPECT_THAT(pdf, testing::HasSubstr("/FontFile"));
    const std::string svg = render(scene, Format::kSvg, 150, {});
    EXPECT_THAT(svg, testing::HasSubstr("<svg"));
}

TEST(CairoPage, DrawsASurfaceUnderTheBorders) {
    Scene scene = small_scene();
    scene.page = kA4Landscape;
    BodyLayer surface{nullptr, small_surface(), 0,
                      style::raster_style(style::Breaks::given({38, 38.5, 39, 39.5}), "YlOrBr")};
    scene.layers.insert(scene.layers.begin(), surface);
    scene.layers[1].style.kind = style::StyleKind::kSingle;
    scene.layers[1].style.fill.alpha = 0;
    scene.layers[1].style.outline = {0x44, 0x44, 0x44};
    const std::string png = render(scene, Format::kPng, 100, {});
    keep("surface.png", png);
    EXPECT_GT(png.size(), 10000u);
}

TEST(CairoPage, GivesTheSameBytesForTheSameScene) {
    for (const Format format : {Format::kPng, Format::kPdf, Format::kSvg}) {
        EXPECT_EQ(render(small_scene(), format, 72, {}), render(small_scene(), format, 72, {}));
    }
}

TEST(CairoPage, NamesTheTextThatTheFontCannotSet) {
    Scene scene = small_scene();
    scene.subtitle = "\xF0\x93\x80\x80";  // U+13000, an Egyptian hieroglyph
    try {
        render(scene, Format::kPng, 72, {});
        GTEST_SKIP() << "a font of this machine has hieroglyphs";
    } catch (const base::Error& error) {
        EXPECT_EQ(base::exit_code(error.kind()), 1);
        EXPECT_THAT(error.what(), testing::HasSubstr(scene.subtitle));
    }
}

TEST(CairoPage, RefusesAnUnknownFormat) {
    EXPECT_EQ(parse_format("pdf"), Format::kPdf);
    EXPECT_THROW(parse_format("pgn"), base::Error);
}

}  // namespace
}  // namespace isopleth::draw
