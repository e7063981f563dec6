// SPDX-License-Identifier: MIT
#include "base/decimal.hpp"

#include "base/error.hpp"

#include <limits>

namespace isopleth::base {
namespace {

Decimal decimal(const char* text) {
    return Decimal::parse(text).value();
}

std::string rounded(const char* text, int digits, Rounding rounding) {
    return decimal(text).rounded(digits, rounding).to_string();
}

TEST(Decimal, KeepsTheDigitsOfItsText) {
    for (const char* text :
         {"39", "-7.1", "38.0", "0", "0.05", "-0.5", "999999999999999999", "0.000000000000000001"}) {
        EXPECT_EQ(decimal(text).to_string(), text);
    }
    EXPECT_EQ(decimal("38.0").digits(), 1);
    EXPECT_EQ(decimal("-0").to_string(), "0");
}

TEST(Decimal, ReadsNothingElse) {
    for (const char* text :
         {"", "-", ".", "5.", ".5", "+1", "1e3", " 1", "1 ", "1,5", "1.2.3", "--1", "nan", "1-2"}) {
        EXPECT_EQ(Decimal::parse(text), std::nullopt) << text;
    }
}

TEST(Decimal, RefusesMoreThan18Digits) {
    EXPECT_THROW(Decimal::parse("1000000000000000000"), Error);
    EXPECT_THROW(Decimal::parse("0.0000000000000000001"), Error);
    EXPECT_THROW(decimal("999999999999999999") + decimal("1"), Error);
    EXPECT_THROW(decimal("1000000000000") * decimal("1000000000000"), Error);
}

TEST(Decimal, RoundsAHalfByTheRuleAsked) {
    // The bulletin prints 崇文门外's 38.5 as 39: half up (city.md).
    EXPECT_EQ(rounded("38.5", 0, Rounding::kHalfUp), "39");
    EXPECT_EQ(rounded("38.5", 0, Rounding::kHalfEven), "38");
    EXPECT_EQ(rounded("39.5", 0, Rounding::kHalfEven), "40");
    EXPECT_EQ(rounded("38.45", 1, Rounding::kHalfUp), "38.5");
    EXPECT_EQ(rounded("-38.5", 0, Rounding::kHalfUp), "-39");
    EXPECT_EQ(rounded("38.4999", 0, Rounding::kHalfUp), "38");
    EXPECT_EQ(rounded("38.5001", 0, Rounding::kHalfEven), "39");
    EXPECT_EQ(rounded("38.5", 3, Rounding::kHalfUp), "38.500");
}

TEST(Decimal, CalculatesExactly) {
    EXPECT_EQ((decimal("0.1") + decimal("0.2")).to_string(), "0.3");  // 0.30000000000000004 in binary
    EXPECT_EQ((decimal("1") - decimal("0.01")).to_string(), "0.99");
    EXPECT_EQ((decimal("-1.5") * decimal("0.3")).to_string(), "-0.45");
    EXPECT_EQ(decimal("0.5") * decimal("0.000000000000000002"), decimal("0.000000000000000001"));
}

TEST(Decimal, DividesToTheDigitsAsked) {
    EXPECT_EQ(decimal("77").divided(decimal("2"), 0, Rounding::kHalfUp).to_string(), "39");
    EXPECT_EQ(decimal("77").divided(decimal("2"), 0, Rounding::kHalfEven).to_string(), "38");
    EXPECT_EQ(decimal("1").divided(decimal("-3"), 4, Rounding::kHalfUp).to_string(), "-0.3333");
    EXPECT_EQ(decimal("2").divided(decimal("0.03"), 1, Rounding::kHalfUp).to_string(), "66.7");
    EXPECT_EQ(decimal("0.001").divided(decimal("2"), 1, Rounding::kHalfUp).to_string(), "0.0");
    EXPECT_THROW(decimal("1").divided(decimal("0.0"), 1, Rounding::kHalfUp), Error);
}

TEST(Decimal, ComparesValuesNotDigits) {
    EXPECT_EQ(decimal("38.0"), decimal("38"));
    EXPECT_LT(decimal("-1"), decimal("-0.99"));
    EXPECT_GT(decimal("999999999999999999"), decimal("0.999999999999999999"));
}

TEST(Decimal, GoesToTheNearestDoubleAndBack) {
    EXPECT_EQ(decimal("38.45").to_double(), 38.45);
    EXPECT_EQ(decimal("0.123456789012345678").to_double(), 0.123456789012345678);
    EXPECT_EQ(Decimal::from_double(38.45).to_string(), "38.45");
    EXPECT_EQ(Decimal::from_double(1e-7).to_string(), "0.0000001");
    EXPECT_THROW(Decimal::from_double(1e300), Error);
    EXPECT_THROW(Decimal::from_double(std::numeric_limits<double>::quiet_NaN()), Error);
}

TEST(Rounding, IsReadByName) {
    EXPECT_EQ(parse_rounding("half-up"), Rounding::kHalfUp);
    EXPECT_EQ(parse_rounding("half-even"), Rounding::kHalfEven);
    EXPECT_THROW(parse_rounding("up"), Error);
}

}  // namespace
}  // namespace isopleth::base
