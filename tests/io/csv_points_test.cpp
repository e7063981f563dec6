// SPDX-License-Identifier: MIT
#include "io/csv_points.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>

namespace isopleth::io {
namespace {

TEST(CsvPoints, FindsUsualNamesInAnyCase) {
    const auto found = find_coordinate_columns({"id", "Lat", "LON"}, {});
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->x, 2u);
    EXPECT_EQ(found->y, 1u);
    EXPECT_TRUE(found->is_lon_lat);
    EXPECT_FALSE(find_coordinate_columns({"id", "lat"}, {}).has_value());
}

TEST(CsvPoints, RefusesAStatedColumnThatIsAbsent) {
    CsvOptions options;
    options.x = "eastt";
    options.y = "north";
    EXPECT_THROW(find_coordinate_columns({"east", "north"}, options), base::Error);
    options.x.reset();
    EXPECT_THROW(find_coordinate_columns({"east", "north"}, options), base::Error);
}

TEST(CsvPoints, WktComesBackTheSame) {
    for (const char* text : {"POINT (116.4 39.9)", "LINESTRING (0 0, 1 1.5)",
                             "POLYGON ((0 0, 4 0, 4 4, 0 0), (1 1, 2 1, 2 2, 1 1))",
                             "MULTIPOINT ((0 0), (1 1))", "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))",
                             "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0)), ((9 9, 10 9, 10 10, 9 9)))"}) {
        const auto geometry = parse_wkt(text);
        ASSERT_TRUE(geometry.has_value()) << text;
        EXPECT_EQ(to_wkt(*geometry), text);
    }
}

TEST(CsvPoints, RefusesWhatIsNotWkt) {
    for (const char* text : {"POINT (1)", "POINT 1 2", "LINESTRING (0 0, a 1)", "POLYGON ((0 0, 1 1)",
                             "CIRCLE (0 0)", "POINT (1 2) x"}) {
        EXPECT_FALSE(parse_wkt(text).has_value()) << text;
    }
    EXPECT_TRUE(geo::is_missing(*parse_wkt("POLYGON EMPTY")));
}

}  // namespace
}  // namespace isopleth::io
