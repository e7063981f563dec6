// SPDX-License-Identifier: MIT
#include "draw/canvas.hpp"

#include "base/error.hpp"
#include "draw/pencil.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace isopleth::draw {
namespace {

std::string drawn(Format format, double dpi = 100) {
    Canvas canvas(format, {25.4, 50.8, dpi}, "a title", base::Instant{});
    Pencil(canvas.context()).fill({0, 0, 25.4, 25.4}, {255, 0, 0});
    return canvas.finish();
}

unsigned number_at(const std::string& bytes, std::size_t at) {
    unsigned number = 0;
    for (std::size_t i = 0; i < 4; ++i) number = number << 8 | static_cast<unsigned char>(bytes.at(at + i));
    return number;
}

// PNG, ISO/IEC 15948, 11.2.2: width and height are the first eight bytes of IHDR, at byte 16. 1 by 2 inches.
TEST(Canvas, HasAsManyPixelsAsItsResolutionSays) {
    const std::string png = drawn(Format::kPng, 100);
    EXPECT_EQ(png.substr(0, 8), "\x89PNG\r\n\x1a\n");
    EXPECT_EQ(number_at(png, 16), 100U);
    EXPECT_EQ(number_at(png, 20), 200U);
    EXPECT_EQ(number_at(drawn(Format::kPng, 72), 16), 72U);
}

TEST(Canvas, IsAsLargeAsThePaperInVectorFormats) {
    EXPECT_THAT(drawn(Format::kPdf), ::testing::HasSubstr("/MediaBox [ 0 0 72 144 ]"));
    EXPECT_THAT(drawn(Format::kSvg), ::testing::ContainsRegex("width=\"72(pt)?\" height=\"144(pt)?\""));
}

TEST(Canvas, GivesTheSameBytesForTheSameDrawing) {
    for (const Format format : {Format::kPng, Format::kPdf, Format::kSvg})
        EXPECT_EQ(drawn(format), drawn(format));
}

TEST(Canvas, WritesTitleAndDateIntoAPdf) {
    const std::string pdf = drawn(Format::kPdf);
    EXPECT_THAT(pdf, ::testing::HasSubstr("/Title (a title)"));
    EXPECT_THAT(pdf, ::testing::HasSubstr("19700101000000Z"));
}

TEST(Canvas, RefusesAResolutionThatIsNone) {
    EXPECT_THROW(drawn(Format::kPng, 29), base::Error);
    EXPECT_THROW(drawn(Format::kPng, 1201), base::Error);
}

TEST(Canvas, KnowsItsFormatsByExtension) {
    EXPECT_EQ(parse_format("svg"), Format::kSvg);
    try {
        parse_format("pgn");
        FAIL() << "pgn was taken";
    } catch (const base::Error& error) {
        EXPECT_THAT(error.what(), ::testing::HasSubstr("did you mean png?"));
    }
}

}  // namespace
}  // namespace isopleth::draw
