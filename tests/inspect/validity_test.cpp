// SPDX-License-Identifier: MIT
#include "inspect/validity.hpp"

#include "base/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <optional>

namespace isopleth::inspect {
namespace {

using geo::Point;
using geo::Polygon;
using ::testing::HasSubstr;

model::Layer layer_of(const std::string& crs, std::vector<geo::Geometry> geometry) {
    model::Layer layer;
    layer.name = "streets";
    layer.source.file = "city.gpkg";
    layer.source.layer = "streets";
    layer.has_geometry = true;
    layer.geometry = std::move(geometry);
    if (!crs.empty()) layer.crs = geo::Crs::parse(crs);
    return layer;
}

/// The features of a table with columns x_name and y_name that hold the coordinates.
model::Layer table_of(const std::string& crs, const std::vector<Point>& points, const std::string& x_name,
                      const std::string& y_name) {
    model::Column x(x_name, model::ColumnType::kReal);
    model::Column y(y_name, model::ColumnType::kReal);
    for (const Point& point : points) {
        x.append(point.x);
        y.append(point.y);
    }
    model::Layer layer = layer_of(crs, {points.begin(), points.end()});
    layer.columns = {x, y};
    return layer;
}

base::Findings findings_of(const model::Layer& layer) {
    base::Findings findings;
    check_coordinates(layer, findings);
    return findings;
}

template <class Work>
std::string input_error_of(Work&& work) {
    try {
        work();
    } catch (const base::Error& error) {
        EXPECT_EQ(error.kind(), base::ErrorKind::kInput) << error.what();
        return error.what();
    }
    ADD_FAILURE() << "nothing was thrown";
    return {};
}

std::string coordinate_error_of(const model::Layer& layer) {
    return input_error_of([&] { findings_of(layer); });
}

/// Crosses itself at (116.41, 39.91), as shared/data/dirty/bowtie.geojson does.
Polygon bow_tie() {
    return {{{116.40, 39.90}, {116.42, 39.92}, {116.42, 39.90}, {116.40, 39.92}, {116.40, 39.90}}, {}};
}
Polygon square() {
    return {{{116.5, 39.9}, {116.6, 39.9}, {116.6, 40.0}, {116.5, 40.0}, {116.5, 39.9}}, {}};
}

TEST(RequireValidPolygons, NamesFeatureAndPlaceOfACrossing) {
    const auto layer = layer_of("EPSG:4326", {bow_tie(), square()});
    EXPECT_EQ(input_error_of([&] { require_valid_polygons(layer); }),
              "city.gpkg, layer streets, feature 1: invalid polygon: self-intersection at (116.41, 39.91). "
              "Mend it in the source, for example with the fix geometries tool of QGIS.");
}

TEST(RequireValidPolygons, CountsFurtherOnes) {
    auto layer = layer_of("EPSG:4326", {square(), bow_tie(), square(), bow_tie()});
    layer.ids = {"11", "12", "13", "14"};
    EXPECT_THAT(input_error_of([&] { require_valid_polygons(layer); }),
                ::testing::AllOf(HasSubstr("feature 12:"), HasSubstr("; 1 further polygon is invalid.")));
    layer.geometry.emplace_back(bow_tie());
    EXPECT_THAT(input_error_of([&] { require_valid_polygons(layer); }),
                HasSubstr("; 2 further polygons are invalid."));
}

TEST(RequireValidPolygons, TellsARingThatIsNotClosed) {
    Polygon open = square();
    open.outer.pop_back();
    EXPECT_THAT(input_error_of([&] { require_valid_polygons(layer_of("EPSG:4326", {open})); }),
                HasSubstr("ring that is not closed"));
}

TEST(RequireValidPolygons, LeavesOtherGeometriesAlone) {
    const geo::LineString crossing{bow_tie().outer};
    require_valid_polygons(layer_of("EPSG:4326", {crossing, Point{1, 1}, geo::Geometry{}, square()}));
}

TEST(CheckCoordinates, FindsNothingInGoodData) {
    EXPECT_THAT(findings_of(layer_of("EPSG:4326", {Point{116.4, 39.9}, geo::Geometry{}, square()})),
                ::testing::IsEmpty());
    EXPECT_THAT(findings_of(layer_of("EPSG:4548", {Point{448688, 4418598}})), ::testing::IsEmpty());
    // The west of Beijing, 115.42 E, is drawn on the map of 117 E whose area of use begins at 115.5 E.
    EXPECT_THAT(findings_of(layer_of("EPSG:4548", {Point{364000, 4425000}})), ::testing::IsEmpty());
    EXPECT_THAT(findings_of(layer_of("EPSG:4326", {Point{190, 10}, Point{-179, 10}})), ::testing::IsEmpty())
        << "longitudes may be counted on beyond 180";
    EXPECT_THAT(findings_of(layer_of("EPSG:4326", {})), ::testing::IsEmpty());
    EXPECT_THAT(findings_of(layer_of("", {Point{5e6, 4e9}, Point{0, 0}})), ::testing::IsEmpty())
        << "nothing is known without a CRS";
}

TEST(CheckCoordinates, RefusesALatitudeAbove90AndSaysThatSwappingHelps) {
    // As in shared/data/dirty/streets_gb18030_swapped.csv.
    const auto layer =
        table_of("EPSG:4326", {{39.911855, 116.399199}, {39.92718, 116.401023}}, "经度", "纬度");
    EXPECT_EQ(
        coordinate_error_of(layer),
        "city.gpkg, layer streets, feature 1: latitude 116.399199 of (39.911855, 116.399199) is above 90. "
        "Swapping columns 经度 and 纬度 would put all features right: do so in the source.");
    auto without_columns = layer;
    without_columns.columns.clear();
    EXPECT_THAT(coordinate_error_of(without_columns),
                HasSubstr("Swapping x and y would put all features right"));
}

TEST(CheckCoordinates, SaysWhenSwappingWouldNotHelp) {
    EXPECT_THAT(coordinate_error_of(layer_of("EPSG:4326", {Point{116.4, 39.9}, Point{448688, 4418598}})),
                ::testing::AllOf(HasSubstr("feature 2: latitude 4418598"),
                                 HasSubstr("would not put all features right")));
    // Swapping puts the second right and the first wrong.
    EXPECT_THAT(coordinate_error_of(layer_of("EPSG:4326", {Point{116.4, 39.9}, Point{39.9, 116.4}})),
                HasSubstr("would not put all features right"));
    // In range the other way round, but not in China (EPSG:4490: longitude 73.62 to 134.77).
    EXPECT_THAT(coordinate_error_of(layer_of("EPSG:4490", {Point{39.9, -116.4}})),
                HasSubstr("would not put all features right"));
}

TEST(CheckCoordinates, RefusesCoordinatesThatAreNotFinite) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    EXPECT_THAT(coordinate_error_of(layer_of("", {Point{1, 2}, geo::LineString{{{1, 2}, {3, nan}}}})),
                HasSubstr("feature 2: the coordinate (3, nan) is not finite"));
}

TEST(CheckCoordinates, SeesASwapInsideBothRangesFromTheAreaOfUse) {
    // Karamay, 84.9 E 45.6 N: both are possible latitudes. EPSG:4490 is for China, 73.62 E to 134.77 E.
    const auto findings =
        findings_of(table_of("EPSG:4490", {{45.6, 84.9}, {45.7, 84.8}, {84.7, 45.5}}, "lon", "lat"));
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(base::to_text(findings[0]),
              "city.gpkg, layer streets, feature 1: 2 of 3 features look swapped in columns lon and lat: "
              "(45.6, 84.9) is "
              "outside the area of use of EPSG:4490 (longitude 73.62 to 134.77, latitude 16.7 to 53.56), "
              "(84.9, 45.6) is "
              "inside");
}

TEST(CheckCoordinates, SeesASwapOfProjectedCoordinates) {
    // Northing first, as Chinese survey tables have it.
    const auto findings =
        findings_of(layer_of("EPSG:4548", {Point{448688, 4418598}, Point{4418000, 449000}}));
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_THAT(base::to_text(findings[0]),
                ::testing::AllOf(HasSubstr("feature 2: 1 of 2 features looks swapped in x and y"),
                                 HasSubstr("(449000, 4418000) is inside")));
}

TEST(CheckCoordinates, FindsPlacesOutsideTheAreaOfUse) {
    // A zone number before the easting; a station in Paris.
    const auto zoned = findings_of(layer_of("EPSG:4548", {Point{39448688, 4418598}}));
    ASSERT_EQ(zoned.size(), 1U);
    EXPECT_THAT(zoned[0].message,
                HasSubstr("1 of 1 features lies outside the area of use of EPSG:4548 (longitude 115.5 to "
                          "118.5, latitude 22.6 to 49.88); the first at (39448688, 4418598)"));
    const auto paris = findings_of(layer_of("EPSG:4490", {Point{116.4, 39.9}, Point{2.35, 48.85}}));
    ASSERT_EQ(paris.size(), 1U);
    EXPECT_EQ(paris[0].place.feature, "2");
    EXPECT_EQ(findings_of(layer_of("EPSG:4326", {Point{448688, 44}})).size(), 1U);
}

TEST(CheckCoordinates, FindsPlacesAtZero) {
    const auto findings = findings_of(layer_of("EPSG:4326", {Point{116.4, 39.9}, Point{0, 0}, Point{0, 0}}));
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].message, "2 of 3 features lie at (0, 0); a missing place written as 0 looks so");
    EXPECT_EQ(findings[0].place.feature, "2");
    EXPECT_EQ(findings_of(layer_of("EPSG:4548", {Point{448688, 4418598}, Point{0, 0}})).size(), 1U);
    EXPECT_EQ(findings_of(layer_of("EPSG:4490", {Point{116.4, 39.9}, Point{0, 0}})).size(), 1U)
        << "once, not outside the area of use as well";
    // At the false origin of this CRS, inside its area of use, (0, 0) is a place like others.
    EXPECT_EQ(findings_of(layer_of("EPSG:3857", {Point{0, 0}})).size(), 0U);
}

TEST(CheckCoordinates, KnowsGradsAndOtherMeridians) {
    // NTF (Paris) counts in grads from Paris: the south coast of Brittany lies at about -6 grads, 53 grads;
    // nothing odd.
    EXPECT_THAT(findings_of(layer_of("EPSG:4807", {Point{-6, 53}})), ::testing::IsEmpty());
}

}  // namespace
}  // namespace isopleth::inspect
