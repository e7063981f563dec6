// SPDX-License-Identifier: MIT
#include "base/units.hpp"

#include "base/error.hpp"

#include <cstdlib>

namespace isopleth::base {
namespace {

TEST(ParseMeters, ReadsMetresAndKilometres) {
    EXPECT_EQ(parse_meters("500").value, 500);
    EXPECT_EQ(parse_meters("500m").value, 500);
    EXPECT_EQ(parse_meters("2km").value, 2000);
    EXPECT_EQ(parse_meters(" 1.5 km ").value, 1500);
    EXPECT_EQ(parse_meters("0").value, 0);
}

TEST(ParseMeters, MovesTheDecimalPointExactly) {
    EXPECT_NE(1.001 * 1000, 1001);  // what plain multiplication gives
    EXPECT_EQ(parse_meters("1.001km").value, 1001);
}

TEST(ParseMeters, RefusesWhatIsNoLength) {
    for (const char* text : {"", "m", "km", "five", "5 miles", "1,5", "nan", "inf", "-1", "5mm", "1e999"}) {
        try {
            parse_meters(text);
            ADD_FAILURE() << text << " was taken";
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::kUsage);
            EXPECT_THAT(error.message(), testing::HasSubstr("\"" + std::string(text) + "\""));
        }
    }
}

TEST(Shortest, ReadsBackAsTheSameDouble) {
    for (const double value : {0.1, 1.0 / 3, 1e-7, 123456789.125, -2.5e300, 5e-324, 1e17, 0.00001}) {
        EXPECT_EQ(std::strtod(shortest(value).c_str(), nullptr), value) << shortest(value);
    }
}

TEST(Shortest, IsPlainWherePeopleReadIt) {
    EXPECT_EQ(shortest(0.1), "0.1");
    EXPECT_EQ(shortest(2), "2");
    EXPECT_EQ(shortest(100000), "100000");
    EXPECT_EQ(shortest(-38.5), "-38.5");
    EXPECT_EQ(shortest(1e300), "1e+300");
}

}  // namespace
}  // namespace isopleth::base
