// SPDX-License-Identifier: MIT
#include "base/finding.hpp"

namespace isopleth::base {
namespace {

TEST(Finding, StandsAfterItsPlace) {
    EXPECT_EQ(to_text(Finding{"no street is called 东四", {"a.csv", "", 14, "", ""}}),
              "a.csv, line 14: no street is called 东四");
}

TEST(Finding, WithoutPlaceIsItsMessage) {
    EXPECT_EQ(to_text(Finding{"no match", {}}), "no match");
}

TEST(Place, NamesItsPartsFromTheFileToTheColumn) {
    EXPECT_EQ(to_text(Place{"a.gpkg", "stations", 14, "3", "pm25"}),
              "a.gpkg, layer stations, line 14, feature 3, column pm25");
    EXPECT_EQ(to_text(Place{}), "");
}

}  // namespace
}  // namespace isopleth::base
