// SPDX-License-Identifier: MIT
#include "base/time.hpp"

namespace isopleth::base {
namespace {

TEST(Instant, IsWrittenInUtc) {
    // date -u -d @1719763200
    EXPECT_EQ(to_iso8601(Instant{1719763200}), "2024-06-30T16:00:00Z");
    EXPECT_EQ(to_iso_date(Instant{1719763200}), "2024-06-30");
    EXPECT_EQ(to_iso8601(Instant{0}), "1970-01-01T00:00:00Z");
    EXPECT_EQ(to_iso8601(Instant{-1}), "1969-12-31T23:59:59Z");
}

TEST(ParseIso8601, TakesTheZoneIntoAccount) {
    EXPECT_EQ(to_iso8601(parse_iso8601("2024-03-05T07:32:00+08:00").value()), "2024-03-04T23:32:00Z");
    EXPECT_EQ(to_iso8601(parse_iso8601("2024-02-29T00:00:00-0330").value()), "2024-02-29T03:30:00Z");
    EXPECT_EQ(parse_iso8601("1970-01-02T00:00:00.250Z"), Instant{86400});
}

TEST(ParseIso8601, RefusesImpossibleDatesAndMissingZones) {
    for (const char* text :
         {"2023-02-29T00:00:00Z", "2024-13-01T00:00:00Z", "2024-06-30T24:00:00Z", "2024-06-30",
          "2024-06-30T16:00:00", "2024-06-30T16:00:60Z", "2024-06-30T16:00:00+8", "", "2024/06/30T16:00:00Z",
          "2024-06-30T16:00:00Zjunk", "2024-06-30T16:00:00.Z"}) {
        EXPECT_EQ(parse_iso8601(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace isopleth::base
