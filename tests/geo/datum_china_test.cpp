// SPDX-License-Identifier: MIT
#include "geo/datum_china.hpp"

#include <cmath>

namespace isopleth::geo {
namespace {

void expect_near(Point got, Point wanted, double tolerance) {
    EXPECT_NEAR(got.x, wanted.x, tolerance);
    EXPECT_NEAR(got.y, wanted.y, tolerance);
}

// Published vectors of two independent open implementations (eviltransform, coordtransform).
TEST(DatumChina, GivesThePublishedGcj02OfFourCities) {
    expect_near(from_wgs84(ChinaDatum::kGcj02, {121.5272106, 31.1774276}),
                {121.531541859215, 31.17530398364597}, 1e-12);
    expect_near(from_wgs84(ChinaDatum::kGcj02, {113.912316, 22.543847}),
                {113.9171764808363, 22.540796131694766}, 1e-12);
    expect_near(from_wgs84(ChinaDatum::kGcj02, {116.377817, 39.911954}),
                {116.38404722455657, 39.91334545536069}, 1e-12);
    expect_near(from_wgs84(ChinaDatum::kGcj02, {116.404, 39.915}), {116.41024449916938, 39.91640428150164},
                1e-12);
}

// coordtransform's README: GCJ-02 (116.404, 39.915) is BD-09 (116.41036949371029, 39.92133699351021).
TEST(DatumChina, GivesThePublishedBd09OfAGcj02Place) {
    const Point wgs84 = to_wgs84(ChinaDatum::kGcj02, {116.404, 39.915});
    expect_near(from_wgs84(ChinaDatum::kBd09, wgs84), {116.41036949371029, 39.92133699351021}, 1e-11);
}

TEST(DatumChina, InvertsItselfAllOverChina) {
    for (const ChinaDatum datum : {ChinaDatum::kGcj02, ChinaDatum::kBd09}) {
        for (double lon = 75; lon <= 134; lon += 1.7) {
            for (double lat = 4; lat <= 53; lat += 1.3) {
                expect_near(to_wgs84(datum, from_wgs84(datum, {lon, lat})), {lon, lat}, 1e-11);
            }
        }
    }
}

TEST(DatumChina, ShiftsDongchengBySome555Metres) {
    const Point place{116.41, 39.92};
    const Point shifted = from_wgs84(ChinaDatum::kGcj02, place);
    const double east = (shifted.x - place.x) * 111320 * std::cos(39.92 * 3.14159265358979 / 180);
    const double north = (shifted.y - place.y) * 111035;
    EXPECT_NEAR(std::hypot(east, north), 555, 5);
}

TEST(DatumChina, LeavesPlacesOutsideTheShiftedBoxAlone) {
    const Point berlin{13.4, 52.5};
    EXPECT_EQ(from_wgs84(ChinaDatum::kGcj02, berlin), berlin);
    EXPECT_EQ(to_wgs84(ChinaDatum::kGcj02, berlin), berlin);
}

TEST(DatumChina, KnowsItsNames) {
    EXPECT_EQ(parse_china_datum("gcj02"), ChinaDatum::kGcj02);
    EXPECT_EQ(parse_china_datum("bd09"), ChinaDatum::kBd09);
    EXPECT_FALSE(parse_china_datum("wgs84"));
}

}  // namespace
}  // namespace isopleth::geo
