// SPDX-License-Identifier: MIT
#include "style/ramps.hpp"

#include "base/error.hpp"

namespace isopleth::style {
namespace {

// Colours: colorbrewer2.org, YlOrBr with 5 classes.
TEST(Ramps, GiveColorBrewersColours) {
    const auto colours = ramp("YlOrBr", 5);
    ASSERT_EQ(colours.size(), 5u);
    EXPECT_EQ(to_hex(colours.front()), "#ffffd4");
    EXPECT_EQ(to_hex(colours.back()), "#993404");
    EXPECT_EQ(ramp("YlOrBr", 5, true).front(), colours.back());
}

TEST(Ramps, OfOneHueGetDarkerFromClassToClass) {
    for (const char* name : {"YlOrBr", "Purples", "OrRd", "Greys", "BuPu"}) {
        for (std::size_t n = 3; n <= 7; ++n) {
            const auto colours = ramp(name, n);
            ASSERT_EQ(colours.size(), n);
            for (std::size_t i = 1; i < n; ++i) EXPECT_LT(luminance(colours[i]), luminance(colours[i - 1])) << name << n;
        }
    }
}

TEST(Ramps, NameTheNearestForAnUnknownOne) {
    try {
        ramp("YlOrBt", 5);
        FAIL();
    } catch (const base::Error& error) {
        EXPECT_EQ(base::exit_code(error.kind()), 2);
        EXPECT_THAT(error.what(), testing::HasSubstr("YlOrBr"));
    }
    EXPECT_THROW(ramp("OrRd", 0), base::Error);
    EXPECT_THROW(ramp("OrRd", 8), base::Error);
}

TEST(Ramps, AreContinuousBetweenTheirEnds) {
    EXPECT_EQ(ramp_colour("Greys", 0), ramp("Greys", 7).front());
    EXPECT_EQ(ramp_colour("Greys", 2), ramp("Greys", 7).back());
}

}  // namespace
}  // namespace isopleth::style
