// SPDX-License-Identifier: MIT
#include "style/colour.hpp"

#include "base/error.hpp"

namespace isopleth::style {
namespace {

TEST(Colour, IsReadAndWrittenAsHexadecimalDigits) {
    EXPECT_EQ(parse_colour("#CC4c02"), (Colour{0xcc, 0x4c, 0x02, 255}));
    EXPECT_EQ(to_hex(parse_colour("#01020380")), "#01020380");
    for (const char* wrong : {"cc4c02", "#cc4c0", "#cc4c0g", ""}) EXPECT_THROW(parse_colour(wrong), base::Error) << wrong;
}

TEST(Colour, MixesAndTellsLuminance) {
    EXPECT_EQ(mixed({0, 0, 0}, {255, 255, 255}, 0.5), (Colour{128, 128, 128}));
    EXPECT_NEAR(luminance({255, 255, 255}), 1, 1e-12);
    EXPECT_EQ(luminance({0, 0, 0}), 0);
}

}  // namespace
}  // namespace isopleth::style
