// SPDX-License-Identifier: MIT
#include "query/spatialite_blob.hpp"

#include "base/error.hpp"

namespace isopleth::query {
namespace {

std::string from_hex(std::string_view hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
    }
    return bytes;
}

const geo::Polygon kSquareWithHole{{{0, 0}, {9, 0}, {9, 9}, {0, 9}, {0, 0}},
                                   {{{1, 1}, {1, 2}, {2, 2}, {1, 1}}}};

std::vector<geo::Geometry> geometries() {
    return {geo::Point{116.4, 39.9},
            geo::LineString{{{0, 0}, {1, 0.1}, {2, 0}}},
            kSquareWithHole,
            geo::MultiPoint{{{1, 2}}},
            geo::MultiLineString{{{{{0, 0}, {1, 1}}}, {{{2, 2}, {3, 3}}}}},
            geo::MultiPolygon{{kSquareWithHole, {{{20, 0}, {21, 0}, {20, 1}, {20, 0}}, {}}}}};
}

// hex(MakePoint(1, 2, 4326)) of SpatiaLite 5.0.1.
TEST(SpatialiteBlob, HasTheBytesOfSpatialite) {
    const std::string expected = from_hex(
        "0001E6100000000000000000F03F0000000000000040000000000000F03F00000000000000407C01000000000000000000F0"
        "3F"
        "0000000000000040FE");
    EXPECT_EQ(to_blob(geo::Point{1, 2}, 4326), expected);
}

TEST(SpatialiteBlob, ComesBackAsItWent) {
    for (const geo::Geometry& geometry : geometries()) {
        const auto back = from_blob(to_blob(geometry, 4548));
        ASSERT_TRUE(back) << geo::type_name(geometry);
        EXPECT_EQ(back->srid, 4548);
        EXPECT_TRUE(back->geometry == geometry) << geo::type_name(geometry);
    }
    EXPECT_EQ(to_blob({}, 4548), "");
}

TEST(SpatialiteBlob, CutShortOrChangedIsNoGeometry) {
    for (const geo::Geometry& geometry : geometries()) {
        const std::string whole = to_blob(geometry, 1);
        for (std::size_t size = 0; size < whole.size(); ++size) {
            EXPECT_FALSE(from_blob(whole.substr(0, size)));
            if (size + 1 == whole.size()) break;  // with its end it is whole again
            EXPECT_FALSE(from_blob(whole.substr(0, size) + '\xFE'))
                << geo::type_name(geometry) << " " << size;
        }
        EXPECT_FALSE(from_blob(whole.substr(0, whole.size() - 1) + "12345678\xFE"));
    }
}

// hex(CastToXYZM(MakePoint(1, 2, 4326))) of SpatiaLite 5.0.1.
TEST(SpatialiteBlob, LosesHeightsAndMeasures) {
    const auto point =
        from_blob(from_hex("0001E6100000000000000000F03F0000000000000040000000000000F03F00000000000000407CB90"
                           "B0000000000000000F03F0000"
                           "00000000004000000000000000000000000000000000FE"));
    ASSERT_TRUE(point);
    EXPECT_TRUE(point->geometry == geo::Geometry(geo::Point{1, 2}));
}

/// A collection of `entities`, each a class with its coordinates (what stands behind the bounds in a blob).
std::string collection_of(const std::vector<geo::Geometry>& entities) {
    std::string bytes = to_blob(geo::Point{0, 0}, 1).substr(0, 39);
    bytes += std::string("\x07\0\0\0", 4) + static_cast<char>(entities.size()) + std::string(3, '\0');
    for (const geo::Geometry& entity : entities) {
        const std::string blob = to_blob(entity, 1);
        bytes += '\x69' + blob.substr(39, blob.size() - 40);
    }
    return bytes + '\xFE';
}

TEST(SpatialiteBlob, OfACollectionIsAMultiOfItsOneKind) {
    const auto points = from_blob(collection_of({geo::Point{1, 2}, geo::Point{3, 4}}));
    ASSERT_TRUE(points);
    EXPECT_TRUE(points->geometry == geo::Geometry(geo::MultiPoint{{{1, 2}, {3, 4}}}));
    const auto nothing = from_blob(collection_of({}));
    ASSERT_TRUE(nothing);
    EXPECT_TRUE(geo::is_missing(nothing->geometry));
    EXPECT_THROW(from_blob(collection_of({geo::Point{1, 2}, kSquareWithHole})), base::Error);
}

// OGC 06-103r4, section 7.2.
TEST(Wkt, WritesEveryType) {
    EXPECT_EQ(to_wkt(geo::Point{116.4, 39.9}), "POINT (116.4 39.9)");
    EXPECT_EQ(to_wkt(geo::LineString{{{0, 0}, {1, 0.1}}}), "LINESTRING (0 0, 1 0.1)");
    EXPECT_EQ(to_wkt(kSquareWithHole), "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 1 2, 2 2, 1 1))");
    EXPECT_EQ(to_wkt(geo::MultiPoint{{{1, 2}, {3, 4}}}), "MULTIPOINT ((1 2), (3 4))");
    EXPECT_EQ(to_wkt(geo::MultiLineString{{{{{0, 0}, {1, 1}}}, {{{2, 2}, {3, 3}}}}}),
              "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))");
    EXPECT_EQ(to_wkt(geo::MultiPolygon{{{{{0, 0}, {1, 0}, {0, 1}, {0, 0}}, {}}}}),
              "MULTIPOLYGON (((0 0, 1 0, 0 1, 0 0)))");
    EXPECT_EQ(to_wkt({}), "");
}

}  // namespace
}  // namespace isopleth::query
