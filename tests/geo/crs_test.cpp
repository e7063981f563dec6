// SPDX-License-Identifier: MIT
#include "geo/crs.hpp"

#include "base/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <thread>

namespace isopleth::geo {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

template <class Work>
std::string error_of(base::ErrorKind kind, Work&& work) {
    try {
        work();
    } catch (const base::Error& error) {
        EXPECT_EQ(error.kind(), kind) << error.what();
        return error.what();
    }
    ADD_FAILURE() << "no error";
    return {};
}

void expect_at(Point point, double x, double y, double tolerance) {
    EXPECT_NEAR(point.x, x, tolerance);
    EXPECT_NEAR(point.y, y, tolerance);
}

TEST(Crs, KnowsTheSystemOfBeijingsMaps) {
    // EPSG dataset: 4548 is CGCS2000, 3-degree zone, central meridian 117 E, China onshore 115.5 E to 118.5
    // E.
    const Crs crs = Crs::parse("EPSG:4548");
    EXPECT_EQ(crs.code(), "EPSG:4548");
    EXPECT_EQ(crs.name(), "CGCS2000 / 3-degree Gauss-Kruger CM 117E");
    EXPECT_TRUE(crs.is_metric());
    EXPECT_FALSE(crs.is_geographic());
    EXPECT_THAT(crs.wkt(), StartsWith("PROJCRS["));
    EXPECT_EQ(crs.area_of_use(), (Box{115.5, 22.6, 118.5, 49.88}));
}

TEST(Crs, TakesCodesWktAndProjText) {
    const Crs crs = Crs::parse("EPSG:32650");
    EXPECT_EQ(Crs::parse(" epsg:32650 "), crs);
    EXPECT_EQ(Crs::parse("urn:ogc:def:crs:EPSG::32650"), crs);
    EXPECT_EQ(Crs::parse(crs.wkt()), crs);
    EXPECT_EQ(Crs::parse(crs.wkt()).code(), "EPSG:32650");
    EXPECT_EQ(Crs::parse("WGS 84 / UTM zone 50N"), crs);
    const Crs text = Crs::parse("+proj=utm +zone=50 +datum=WGS84");
    EXPECT_EQ(text, crs);
    EXPECT_EQ(text.code(), "+proj=utm +zone=50 +datum=WGS84");
    EXPECT_TRUE(text.is_metric());
    EXPECT_FALSE(text.area_of_use());
}

TEST(Crs, RefusesWhatProjDoesNotKnow) {
    const auto message_of = [](const std::string& text) {
        return error_of(base::ErrorKind::kUsage, [&] { Crs::parse(text); });
    };
    EXPECT_EQ(message_of("EPSG:99999"),
              "\"EPSG:99999\" is no coordinate reference system that PROJ knows. Use a code such as "
              "EPSG:4548, or WKT "
              "text.");
    EXPECT_THAT(message_of("4548"), HasSubstr("Write the authority too: EPSG:4548."));
    message_of("");
    message_of("Beijing");     // part of many names
    message_of("EPSG:7030");   // an ellipsoid
    message_of("EPSG:4978");   // geocentric
    message_of("EPSG:5737");   // heights
    message_of("EPSG:16250");  // a projection without a system
    EXPECT_LT(message_of("PROJCS[" + std::string(5000, 'x')).size(), 200U);
}

TEST(Crs, TellsMetresFromFeetAndDegrees) {
    EXPECT_FALSE(Crs::parse("EPSG:2263").is_metric()) << "New York in US survey feet";
    EXPECT_FALSE(Crs::wgs84().is_metric());
    EXPECT_TRUE(Crs::wgs84().is_geographic());
    EXPECT_TRUE(Crs::parse("EPSG:5041").is_metric());
}

TEST(Crs, ComparesSystemsNotTheirSpelling) {
    EXPECT_EQ(Crs::parse("OGC:CRS84"), Crs::wgs84()) << "they differ in the order of axes alone";
    EXPECT_FALSE(Crs::parse("EPSG:4490") == Crs::wgs84());
    EXPECT_FALSE(Crs::parse("EPSG:4548") == Crs::parse("EPSG:4549"));
    // As old shapefiles spell it: WKT1 without axes, the same as EPSG:4548 with north first.
    const char* wkt1 =
        "PROJCS[\"CGCS2000 / 3-degree Gauss-Kruger CM 117E\",GEOGCS[\"China Geodetic Coordinate System "
        "2000\","
        "DATUM[\"China_2000\",SPHEROID[\"CGCS2000\",6378137,298.257222101]],PRIMEM[\"Greenwich\",0],"
        "UNIT[\"degree\",0.0174532925199433]],PROJECTION[\"Transverse_Mercator\"],"
        "PARAMETER[\"latitude_of_origin\",0],PARAMETER[\"central_meridian\",117],PARAMETER[\"scale_factor\","
        "1],"
        "PARAMETER[\"false_easting\",500000],PARAMETER[\"false_northing\",0],UNIT[\"metre\",1]]";
    EXPECT_EQ(Crs::parse(wkt1), Crs::parse("EPSG:4548"));
}

TEST(Crs, TakesTheHorizontalPartOfSystemsWithHeights) {
    EXPECT_EQ(Crs::parse("EPSG:4979").code(), "EPSG:4326");
    EXPECT_EQ(Crs::parse("EPSG:4548+5737").code(), "EPSG:4548");
}

TEST(Crs, CountsAnAreaAcrossThe180thMeridianOn) {
    // EPSG:3832, PDC Mercator: from 98.69 E to 68 W.
    EXPECT_EQ(Crs::parse("EPSG:3832").area_of_use(), (Box{98.69, -60, 292, 66.67}));
}

TEST(Transform, ReturnsThePublishedExamplesOfProjections) {
    // IOGP Guidance Note 7-2 (EPSG): worked examples, given to the centimetre or millimetre.
    const Transform british(Crs::parse("EPSG:4277"), Crs::parse("EPSG:27700"));
    expect_at(british({0.5, 50.5}), 577274.99, 69740.50, 0.01);
    const Transform dutch(Crs::parse("EPSG:4289"), Crs::parse("EPSG:28992"));
    expect_at(dutch({6, 53}), 196105.283, 557057.739, 0.001);
    const Transform polar(Crs::wgs84(), Crs::parse("EPSG:5041"));
    expect_at(polar({44, 73}), 3320416.75, 632668.43, 0.01);
    const Transform web(Crs::wgs84(), Crs::parse("EPSG:3857"));
    expect_at(web({-(100 + 20.0 / 60), 24 + 22.0 / 60 + 54.433 / 3600}), -11169055.58, 2800000.00, 0.01);
}

TEST(Transform, PutsTheCentralMeridianAtItsFalseEasting) {
    const Transform transform(Crs::parse("EPSG:4490"), Crs::parse("EPSG:4548"));
    expect_at(transform({117, 0}), 500000, 0, 1e-6);
    // A quarter of the meridian of this ellipsoid: 10 001 965.7293 m (Moritz 1980, GRS 80).
    expect_at(transform({117, 90}), 500000, 10001965.7293, 1e-4);
    const Point west = transform({116.4, 39.9});
    const Point east = transform({117.6, 39.9});
    EXPECT_NEAR(500000 - west.x, east.x - 500000, 1e-6);
    EXPECT_NEAR(west.y, east.y, 1e-6);
}

TEST(Transform, ComesBackToWhereItStarted) {
    for (const char* code : {"EPSG:4548", "EPSG:32650", "EPSG:3857", "EPSG:4326"}) {
        const Transform transform(Crs::parse("EPSG:4490"), Crs::parse(code));
        expect_at(transform.inverse(transform({116.4, 39.9})), 116.4, 39.9, 1e-10);
    }
}

TEST(Transform, KeepsXEastWhateverTheAuthoritySays) {
    // EPSG:4326 has latitude first, EPSG:4548 northing first: not here.
    const Point by_epsg = Transform(Crs::wgs84(), Crs::parse("EPSG:4548"))({116.4, 39.9});
    const Point by_ogc = Transform(Crs::parse("OGC:CRS84"), Crs::parse("EPSG:4548"))({116.4, 39.9});
    EXPECT_EQ(by_epsg, by_ogc);
    EXPECT_GT(by_epsg.y, 4400000);
    EXPECT_LT(by_epsg.x, 500000);
}

TEST(Transform, KeepsTheBitsBetweenEqualSystems) {
    const Point point{448688.8557339, 4418598.0012587};
    EXPECT_EQ(Transform(Crs::parse("EPSG:4548"), Crs::parse("EPSG:4548"))(point), point);
    const Point place{116.4000000001, 39.9000000007};
    EXPECT_EQ(Transform(Crs::wgs84(), Crs::parse("OGC:CRS84"))(place), place);
}

TEST(Transform, NamesThePointThatCannotBeProjected) {
    const Transform transform(Crs::wgs84(), Crs::parse("EPSG:4548"));
    const auto message = error_of(base::ErrorKind::kData, [&] { transform({39.9, 116.4}); });
    EXPECT_THAT(message, AllOf(HasSubstr("(39.9, 116.4)"), HasSubstr("from EPSG:4326 to EPSG:4548")));
    // A zone number before the easting.
    const auto back = error_of(base::ErrorKind::kData, [&] { transform.inverse({39448688, 4418598}); });
    EXPECT_THAT(back, HasSubstr("from EPSG:4548 to EPSG:4326"));
    std::vector<Point> points = {{116.4, 39.9}, {117, 91}, {117, 92}};
    EXPECT_THAT(error_of(base::ErrorKind::kData, [&] { transform.apply(points); }), HasSubstr("(117, 91)"));
    // A failure leaves nothing behind.
    expect_at(transform({117, 0}), 500000, 0, 1e-6);
}

TEST(Transform, RefusesCoordinatesThatAreNotFinite) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinite = std::numeric_limits<double>::infinity();
    const Transform to_plane(Crs::wgs84(), Crs::parse("EPSG:4548"));
    error_of(base::ErrorKind::kData, [&] { to_plane({nan, 39.9}); });
    error_of(base::ErrorKind::kData, [&] { to_plane({116.4, infinite}); });
    const Transform same(Crs::wgs84(), Crs::wgs84());
    error_of(base::ErrorKind::kData, [&] { same({116.4, nan}); });
}

TEST(Transform, ReachesEveryPointOfAGeometry) {
    const Transform transform(Crs::wgs84(), Crs::parse("EPSG:4548"));
    const Polygon polygon{{{116, 39}, {117, 39}, {117, 40}, {116, 39}},
                          {{{116.5, 39.2}, {116.7, 39.3}, {116.5, 39.2}}}};
    const Geometry result = transform.apply(MultiPolygon{{polygon}});
    const auto& moved = std::get<MultiPolygon>(result).polygons.at(0);
    EXPECT_EQ(moved.outer[2], transform({117, 40}));
    EXPECT_EQ(moved.holes[0][1], transform({116.7, 39.3}));
    EXPECT_TRUE(is_missing(transform.apply(Geometry{})));
}

TEST(Transform, WorksInEachThreadOnItsOwn) {
    const Crs plane = Crs::parse("EPSG:4548");
    const Point expected = Transform(Crs::wgs84(), plane)({116.4, 39.9});
    std::vector<Point> results(8);
    std::vector<std::thread> threads;
    for (Point& result : results) {
        threads.emplace_back([&result, &plane] { result = Transform(Crs::wgs84(), plane)({116.4, 39.9}); });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_THAT(results, ::testing::Each(expected));
}

TEST(MetricCrs, IsTheUtmZoneOfTheCentre) {
    const auto code_at = [](double lon, double lat) {
        return metric_crs({lon - 0.1, lat - 0.1, lon + 0.1, lat + 0.1}).code();
    };
    EXPECT_EQ(code_at(116.4, 39.9), "EPSG:32650");   // Beijing
    EXPECT_EQ(code_at(151.2, -33.9), "EPSG:32756");  // Sydney
    EXPECT_EQ(code_at(-0.2, 51.5), "EPSG:32630");    // London
    EXPECT_EQ(code_at(-176.6, -44), "EPSG:32701");   // Chatham Islands
    EXPECT_EQ(code_at(179.9, -17), "EPSG:32760");    // Fiji
    EXPECT_EQ(code_at(183, -17), "EPSG:32701") << "counted on beyond 180";
    EXPECT_EQ(metric_crs({114, 39, 114, 40}).code(), "EPSG:32650") << "a zone owns its western border";
}

TEST(MetricCrs, IsPolarStereographicBeyondUtm) {
    EXPECT_EQ(metric_crs({0, 84, 10, 84}).code(), "EPSG:32631");
    EXPECT_EQ(metric_crs({0, 85, 10, 86}).code(), "EPSG:5041");
    EXPECT_EQ(metric_crs({0, -80, 10, -80}).code(), "EPSG:32731");
    EXPECT_EQ(metric_crs({0, -90, 10, -85}).code(), "EPSG:5042");
}

TEST(MetricCrs, IsNotGuessedWithoutLongitudesAndLatitudes) {
    error_of(base::ErrorKind::kData, [] { metric_crs(Box{}); });
    error_of(base::ErrorKind::kData, [] { metric_crs({440000, 4400000, 450000, 4410000}); });
}

}  // namespace
}  // namespace isopleth::geo
