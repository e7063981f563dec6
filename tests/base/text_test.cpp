// SPDX-License-Identifier: MIT
#include "base/text.hpp"

namespace isopleth::base {
namespace {

TEST(Utf8, IsCheckedStrictly) {
    EXPECT_TRUE(is_valid_utf8("東四 é 😀"));
    // RFC 3629: overlong, surrogate, above U+10FFFF, lone continuation, cut short.
    for (const char* text :
         {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80", "\xE4\xB8", "\xE0\x80\xAF"}) {
        EXPECT_FALSE(is_valid_utf8(text));
    }
}

TEST(CodePoints, ComeBackAsTheSameText) {
    const std::string text = "aé东😀";
    EXPECT_EQ(to_code_points(text), U"aé东😀");
    EXPECT_EQ(to_utf8(to_code_points(text)), text);
}

TEST(CodePoints, ReplaceBytesThatAreNotUtf8) {
    EXPECT_EQ(to_code_points("a\xFF"
                             "b"),
              U"a\uFFFD"
              U"b");
    EXPECT_EQ(to_utf8(std::u32string{char32_t{0xD800}}), "\xEF\xBF\xBD");
}

TEST(Trim, TakesBlanksOfEveryKindOffBothEnds) {
    EXPECT_EQ(trim("\t 东 四\xE3\x80\x80\xC2\xA0\r\n"), "东 四");
    EXPECT_EQ(trim(" \xE3\x80\x80 "), "");
}

TEST(Lower, ChangesAsciiOnly) {
    EXPECT_EQ(to_lower_ascii("PM25 É"), "pm25 É");
}

TEST(StartsWith, IgnoresCase) {
    EXPECT_TRUE(starts_with_ignoring_case("SELECT 1", "select"));
    EXPECT_FALSE(starts_with_ignoring_case("sel", "select"));
}

TEST(Split, KeepsEmptyParts) {
    EXPECT_EQ(split("a,,b,", ','), (std::vector<std::string>{"a", "", "b", ""}));
    EXPECT_EQ(split("", ','), (std::vector<std::string>{""}));
    EXPECT_EQ(join({"a", "b", "c"}, ", "), "a, b, c");
    EXPECT_EQ(join({}, ", "), "");
}

TEST(DisplayWidth, CountsColumnsOfATerminal) {
    EXPECT_EQ(display_width("abc"), 3u);
    EXPECT_EQ(display_width("东城区"), 6u);
    EXPECT_EQ(display_width("e\xCC\x81"), 1u);  // e and a combining acute accent
    EXPECT_EQ(display_width("（ａ）"), 6u);
}

TEST(FoldFullWidth, GivesAsciiTwins) {
    EXPECT_EQ(fold_full_width("１２（Ａ）　东"), "12(A) 东");
}

TEST(ParseNumber, TakesTheWholeTextOrNothing) {
    EXPECT_EQ(parse_number(" -12.5e1 "), -125);
    EXPECT_EQ(parse_number("+3"), 3);
    EXPECT_EQ(parse_number(".5"), 0.5);
    EXPECT_EQ(parse_number("1e-999"), 0);
    for (const char* text : {"", "12,5", "1 2", "inf", "NaN", "0x10", "1e999", "+-1", "5m", "--1"}) {
        EXPECT_EQ(parse_number(text), std::nullopt) << text;
    }
}

TEST(ParseInteger, TakesWholeNumbersOnly) {
    EXPECT_EQ(parse_integer(" -42 "), -42);
    EXPECT_EQ(parse_integer("+7"), 7);
    for (const char* text : {"", "1.0", "1e3", "99999999999999999999", "a"}) {
        EXPECT_EQ(parse_integer(text), std::nullopt) << text;
    }
}

TEST(EditDistance, CountsCodePointsAndSwaps) {
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);  // Levenshtein's usual example
    EXPECT_EQ(edit_distance("clel", "cell"), 1u);
    EXPECT_EQ(edit_distance("东四", "东西"), 1u);
    EXPECT_EQ(edit_distance("", "abc"), 3u);
}

TEST(NearestName, FindsWhatWasMeant) {
    EXPECT_EQ(nearest_name("CEL", {"radius", "cell"}), "cell");
    EXPECT_EQ(nearest_name("ab", {"ac", "ad"}), "ac");
    EXPECT_EQ(nearest_name("x", {"y"}), std::nullopt);  // every letter differs
    EXPECT_EQ(nearest_name("interpolate", {"cell"}), std::nullopt);
    EXPECT_EQ(nearest_name("", {"a"}), std::nullopt);
}

TEST(NearestNames, CountANameThatHoldsTheWord) {
    EXPECT_EQ(nearest_names("pm25", {"tsp", "pm25_mean", "pm10"}, 5),
              (std::vector<std::string>{"pm10", "pm25_mean"}));
    EXPECT_EQ(nearest_names("pm25", {"tsp", "pm25_mean", "pm10"}, 1).size(), 1u);
}

TEST(DidYouMean, EndsAMessage) {
    EXPECT_EQ(did_you_mean("--cel", {"--cell"}), "; did you mean --cell?");
    EXPECT_EQ(did_you_mean("zzzzzz", {"cell"}), "");
}

TEST(WithThousands, GroupsByThree) {
    EXPECT_EQ(with_thousands(32683), "32,683");
    EXPECT_EQ(with_thousands(999), "999");
    EXPECT_EQ(with_thousands(-1000000), "-1,000,000");
    EXPECT_EQ(with_thousands(-100), "-100");
}

}  // namespace
}  // namespace isopleth::base
