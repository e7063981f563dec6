// SPDX-License-Identifier: MIT
#include "base/error.hpp"

namespace isopleth::base {
namespace {

TEST(Error, SaysPlaceThenMessageThenHint) {
    const Error error(ErrorKind::kInput, "\"12,5\" is not a number", "Use a decimal point.",
                      {"stations.csv", "", 14, "", "pm25"});
    // The example of the house rules, section 6.
    EXPECT_STREQ(error.what(),
                 "stations.csv, line 14, column pm25: \"12,5\" is not a number. Use a decimal point.");
}

TEST(Error, IsItsMessageWithoutPlaceAndHint) {
    EXPECT_STREQ(Error(ErrorKind::kUsage, "unknown option --cel; did you mean --cell?").what(),
                 "unknown option --cel; did you mean --cell?");
}

TEST(Error, PutsNoFullStopAfterAQuestion) {
    EXPECT_STREQ(Error(ErrorKind::kUsage, "did you mean a?", "Use a.").what(), "did you mean a? Use a.");
}

TEST(Error, KeepsWhatItKnowsOfItsPlaceAndTakesTheRest) {
    const Error inner(ErrorKind::kInput, "bad", "Mend it.", {"", "", 3, "", ""});
    const Error outer = inner.with_place({"a.csv", "points", 99, "7", "x"});
    EXPECT_STREQ(outer.what(), "a.csv, layer points, line 3, feature 7, column x: bad. Mend it.");
    EXPECT_EQ(outer.kind(), ErrorKind::kInput);
}

TEST(Error, GetsItsPlaceWhereItPasses) {
    try {
        at_place({"a.csv", "", {}, "", ""}, [] { fail_data("too few"); });
        FAIL() << "nothing was thrown";
    } catch (const Error& error) {
        EXPECT_STREQ(error.what(), "a.csv: too few");
        EXPECT_EQ(error.kind(), ErrorKind::kData);
    }
    EXPECT_EQ(at_place({}, [] { return 5; }), 5);
}

TEST(Error, HasTheExitCodesOfTheContract) {
    // cli.md, table of exit codes.
    EXPECT_EQ(exit_code(ErrorKind::kData), 1);
    EXPECT_EQ(exit_code(ErrorKind::kUsage), 2);
    EXPECT_EQ(exit_code(ErrorKind::kInput), 3);
    EXPECT_EQ(exit_code(ErrorKind::kOutput), 4);
    EXPECT_EQ(exit_code(ErrorKind::kBug), 70);
    EXPECT_EQ(exit_code(ErrorKind::kInterrupted), 130);
}

TEST(Error, OfADefectAsksForAReport) {
    try {
        bug("lost a row");
        FAIL() << "nothing was thrown";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::kBug);
        EXPECT_THAT(error.what(), testing::HasSubstr("report"));
    }
}

}  // namespace
}  // namespace isopleth::base
