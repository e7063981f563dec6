// SPDX-License-Identifier: MIT
#include "interpolate/sample_checks.hpp"

#include "sample_points.hpp"

namespace isopleth::interpolate {
namespace {

TEST(SampleChecks, SayHowManySamplesAreNeeded) {
    require_count(3, "pm25", "a spline", 3);
    EXPECT_EQ(error_of([] { require_count(1, "pm25", "a spline", 3); }),
              "1 sample with a pm25 value; a spline needs 3. Use --method idw.");
    EXPECT_EQ(error_of([] { require_count(0, "tsp", "cross-validation", 2, ""); }),
              "0 samples with a tsp value; cross-validation needs 2");
}

TEST(SampleChecks, TellALineToABillionthOfItsLength) {
    const std::vector<geo::Point> line{{448000, 4417000}, {448300, 4417400}, {448600, 4417800}};
    EXPECT_TRUE(is_on_one_line(line));
    EXPECT_EQ(error_of([&] { require_width(line); }),
              "all 3 samples lie on one line, which tells nothing of the places beside it. "
              "Add samples beside the line, or use --method idw.");
    std::vector<geo::Point> bent = line;
    bent[1].y += 0.001;  // 6e-7 of the length aside
    EXPECT_FALSE(is_on_one_line(bent));
    require_width(bent);
    EXPECT_TRUE(is_on_one_line({{1, 2}}));
}

TEST(SampleChecks, RefuseASystemOfTooMany) {
    require_room_for_all(10'000, "kriging");
    EXPECT_EQ(
        error_of([] { require_room_for_all(10'001, "kriging"); }),
        "kriging with all of 10,001 samples as neighbours takes too much memory; 10,000 are the most. Use "
        "neighbours=16.");
}

}  // namespace
}  // namespace isopleth::interpolate
