// SPDX-License-Identifier: MIT
#include "draw/pencil.hpp"

#include "base/error.hpp"
#include "draw/canvas.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace isopleth::draw {
namespace {
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

/// A page of 25.4 by 25.4 mm, 72 points, as SVG.
template <class Draw>
std::string svg(Draw draw) {
    Canvas canvas(Format::kSvg, {25.4, 25.4, 100}, "", base::Instant{});
    draw(Pencil(canvas.context()));
    return canvas.finish();
}

TEST(Pencil, TakesMillimetresAndGivesPoints) {
    const std::string drawn = svg([](const Pencil& pencil) {
        pencil.fill({2.54, 5.08, 12.7, 2.54}, {255, 0, 0});
    });
    // 2.54 mm are 7.2 points: corners (7.2, 14.4) and (43.2, 21.6)
    EXPECT_THAT(drawn, ContainsRegex("M 7\\.19[0-9]* 14\\.39|M 7\\.2[0-9]* 14\\.4|x=\"7\\.2\" y=\"14\\.4\""));
}

TEST(Pencil, SetsAWordTwiceAsWideAtTwiceTheSize) {
    svg([](const Pencil& pencil) {
        const double small = pencil.width("东城区 PM", {8, false, kInk, 0, false});
        const double large = pencil.width("东城区 PM", {16, false, kInk, 0, false});
        EXPECT_NEAR(large, 2 * small, 0.01 * large);
        // Three ideographs of 1 em, 8 pt = 2.82 mm, are the least of it.
        EXPECT_GT(small, 3 * 8 / 72.0 * 25.4);
    });
}

TEST(Pencil, WrapsAtTheWidthAndSaysHowHighTheTextIs) {
    svg([](const Pencil& pencil) {
        const std::string words = "one two three four five six";
        const double one = pencil.text(0, 0, words, {8, false, kInk, 0, false});
        const double wrapped = pencil.text(0, 0, words, {8, false, kInk, 12, false});
        EXPECT_GE(wrapped, 2 * one - 1e-6);
    });
}

TEST(Pencil, NamesTheTextThatTheFontCannotSet) {
    const std::string hieroglyph = "\xF0\x93\x80\x80";  // U+13000
    try {
        svg([&](const Pencil& pencil) { pencil.text(0, 0, hieroglyph, TextStyle{}); });
        GTEST_SKIP() << "a font of this machine has hieroglyphs";
    } catch (const base::Error& error) {
        EXPECT_EQ(error.kind(), base::ErrorKind::kData);
        EXPECT_THAT(error.what(), HasSubstr(hieroglyph));
    }
}

TEST(Pencil, KeepsADrawingInsideItsFrame) {
    const auto fill = [](const Pencil& pencil) { pencil.fill({0, 0, 20, 20}, {0, 0, 255}); };
    EXPECT_THAT(svg(fill), Not(HasSubstr("clip-path")));
    EXPECT_THAT(svg([&](const Pencil& pencil) {
                    pencil.inside({5, 5, 5, 5}, [&] { fill(pencil); });
                }),
                HasSubstr("clip"));
}

TEST(Pencil, PutsAPictureOfCellsOnThePage) {
    const CellPicture cells{2, 1, {0xffff0000u, 0u}, 1, 1, 5, 1};
    EXPECT_THAT(svg([&](const Pencil& pencil) { pencil.picture(cells); }), HasSubstr("<image"));
    CellPicture large = cells;
    large.columns = 100000;
    EXPECT_THROW(svg([&](const Pencil& pencil) { pencil.picture(large); }), base::Error);
}

TEST(Markup, SetsThePollutantsDigitsLow) {
    EXPECT_THAT(markup("PM2.5"), ContainsRegex("^PM<span [^>]*rise=\"-1.5pt\">2.5</span>$"));
    EXPECT_THAT(markup("PM10 NO2"), ContainsRegex("PM<span [^>]*>10</span> NO<span [^>]*>2</span>"));
    EXPECT_EQ(markup("µg/m3"), "µg/m³");
}

TEST(Markup, EscapesWhatWouldBeMarkup) {
    EXPECT_EQ(markup("a < b & c > d"), "a &lt; b &amp; c &gt; d");
}

}  // namespace
}  // namespace isopleth::draw
