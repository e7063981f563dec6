// SPDX-License-Identifier: MIT
#include "hotspot/weights.hpp"

#include "base/error.hpp"
#include "base/random.hpp"
#include "oracle.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace isopleth::hotspot {
namespace {

geo::Polygon box(double x0, double y0, double x1, double y1) {
    return {{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}}, {}};
}

model::Layer layer_of(std::vector<geo::Geometry> geometry) {
    model::Layer layer;
    layer.has_geometry = true;
    layer.geometry = std::move(geometry);
    layer.crs = geo::Crs::parse("EPSG:32650");
    return layer;
}

std::vector<std::vector<std::size_t>> neighbours(const model::Layer& layer, const char* method,
                                                 int threads = 1) {
    base::Job job;
    job.threads = threads;
    return make_weights(layer, parse_weights(method), job).neighbours;
}

using Lists = std::vector<std::vector<std::size_t>>;

TEST(Weights, AreReadFromText) {
    EXPECT_EQ(parse_weights("queen").kind, WeightsMethod::Kind::kQueen);
    EXPECT_EQ(parse_weights("rook").kind, WeightsMethod::Kind::kRook);
    EXPECT_EQ(parse_weights("knn:8").count, 8u);
    EXPECT_EQ(parse_weights("distance:2km").distance.value, 2000);
    for (const char* text : {"qeen", "knn", "knn:", "knn:0", "knn:1.5", "knn:-2", "distance", "distance:0",
                             "distance:x", "queen:1", ""}) {
        try {
            parse_weights(text);
            ADD_FAILURE() << text;
        } catch (const base::Error& error) {
            EXPECT_EQ(error.kind(), base::ErrorKind::kUsage) << text;
        }
    }
    EXPECT_THROW(
        {
            try {
                parse_weights("qeen");
            } catch (const base::Error& error) {
                EXPECT_THAT(error.what(), testing::HasSubstr("did you mean queen?"));
                throw;
            }
        },
        base::Error);
}

//  2 3
//  0 1   4: a square apart
TEST(Weights, OfACornerAreQueenOnly) {
    const auto layer =
        layer_of({box(0, 0, 1, 1), box(1, 0, 2, 1), box(0, 1, 1, 2), box(1, 1, 2, 2), box(5, 5, 6, 6)});
    EXPECT_EQ(neighbours(layer, "queen"), (Lists{{1, 2, 3}, {0, 2, 3}, {0, 1, 3}, {0, 1, 2}, {}}));
    EXPECT_EQ(neighbours(layer, "rook"), (Lists{{1, 2}, {0, 3}, {0, 3}, {1, 2}, {}}));
    EXPECT_EQ((Weights{neighbours(layer, "rook")}.islands()), 1u);
}

// A long edge above two short ones whose common corner is no vertex of it.
TEST(Weights, SeeAVertexOnTheInsideOfAnEdge) {
    const auto layer = layer_of({box(0, 1, 3, 2), box(0, 0, 1, 1), box(1, 0, 2, 1), box(2, 0, 3, 1)});
    EXPECT_EQ(neighbours(layer, "queen"), (Lists{{1, 2, 3}, {0, 2}, {0, 1, 3}, {0, 2}}));
    EXPECT_EQ(neighbours(layer, "rook"), (Lists{{1, 2, 3}, {0, 2}, {0, 1, 3}, {0, 2}}));
    // A tip in the middle of an edge.
    const auto tip = layer_of({box(0, 1, 3, 2), geo::Polygon{{{1, 0}, {2, 0}, {1.5, 1}, {1, 0}}, {}}});
    EXPECT_EQ(neighbours(tip, "queen"), (Lists{{1}, {0}}));
    EXPECT_EQ(neighbours(tip, "rook"), (Lists{{}, {}}));
}

TEST(Weights, CompareCoordinatesToTheBit) {
    const double above = std::nextafter(1.0, 2.0);
    const auto layer = layer_of({box(0, 0, 1, 1), box(0, above, 1, 2), box(above, 0, 2, 1)});
    EXPECT_EQ(neighbours(layer, "queen"), (Lists{{}, {}, {}}));
}

TEST(Weights, SeeAHolesContentAndPartsOfMultiPolygons) {
    geo::Polygon ring = box(0, 0, 9, 9);
    ring.holes.push_back(box(3, 3, 6, 6).outer);
    const auto layer = layer_of({ring,
                                 box(3, 3, 6, 6),
                                 box(4, 4, 5, 5),
                                 geo::MultiPolygon{{box(20, 0, 21, 1), box(9, 4, 10, 5)}},
                                 {}});
    EXPECT_EQ(neighbours(layer, "rook"), (Lists{{1, 3}, {0}, {}, {0}, {}}));
}

TEST(Weights, OfTouchNeedPolygonsAndOfDistanceNeedMetres) {
    auto points = layer_of({geo::Point{0, 0}, geo::Point{1, 0}, geo::Point{2, 0}});
    EXPECT_THROW(neighbours(points, "queen"), base::Error);
    EXPECT_EQ(neighbours(points, "distance:1"), (Lists{{1}, {0, 2}, {1}}));
    points.crs = geo::Crs::wgs84();
    EXPECT_THROW(neighbours(points, "knn:1"), base::Error);
    points.crs.reset();
    EXPECT_THROW(neighbours(points, "distance:1"), base::Error);
}

TEST(Weights, OfTheNearestBreakTiesByNumber) {
    const geo::Point same{5, 5};
    const auto layer = layer_of({same, same, same, same, geo::Point{9, 9}, {}});
    EXPECT_EQ(neighbours(layer, "knn:2"), (Lists{{1, 2}, {0, 2}, {0, 1}, {0, 1}, {0, 1}, {}}));
    EXPECT_THROW(neighbours(layer, "knn:5"), base::Error);
}

// Twin of the sweep and of the tree: all pairs.
TEST(Weights, OfRandomPlacesAreThoseOfBruteForce) {
    std::vector<geo::Geometry> squares;
    for (std::uint64_t i = 0; i < 300; ++i) {
        const auto cell = [&](std::uint64_t draw) {
            return static_cast<double>(base::random_below(25, 7, i, draw));
        };
        const double x = cell(0);
        const double y = cell(1);
        // In eighths: no two centres are 2.99 apart, so rounding decides nothing.
        squares.emplace_back(box(x, y, x + 1 + cell(2) / 8, y + 1 + cell(3) / 8));
    }
    const auto layer = layer_of(squares);
    const auto queen = neighbours(layer, "queen");
    const auto near = neighbours(layer, "distance:2.99");
    for (std::size_t i = 0; i < squares.size(); ++i) {
        std::vector<std::size_t> touching;
        std::vector<std::size_t> within;
        const geo::Box a = geo::bounds(squares[i]);
        for (std::size_t j = 0; j < squares.size(); ++j) {
            const geo::Box b = geo::bounds(squares[j]);
            const bool inside =
                (a.min_x < b.min_x && a.max_x > b.max_x && a.min_y < b.min_y && a.max_y > b.max_y) ||
                (b.min_x < a.min_x && b.max_x > a.max_x && b.min_y < a.min_y && b.max_y > a.max_y);
            if (i != j && a.intersects(b) && !inside) touching.push_back(j);
            const double dx = (a.min_x + a.max_x - b.min_x - b.max_x) / 2;
            const double dy = (a.min_y + a.max_y - b.min_y - b.max_y) / 2;
            if (i != j && dx * dx + dy * dy <= 2.99 * 2.99) within.push_back(j);
        }
        EXPECT_EQ(queen[i], touching) << i;
        EXPECT_EQ(near[i], within) << i;
    }
}

TEST(Weights, AreTheSameForAnyNumberOfThreads) {
    std::vector<geo::Geometry> squares;
    for (int i = 0; i < 400; ++i) squares.emplace_back(box(i % 20, i / 20, i % 20 + 1, i / 20 + 1));
    const auto layer = layer_of(squares);
    for (const char* method : {"queen", "rook", "knn:6", "distance:2"}) {
        const auto one = neighbours(layer, method, 1);
        EXPECT_EQ(neighbours(layer, method, 2), one);
        EXPECT_EQ(neighbours(layer, method, 7), one);
    }
    // A grid of 20 x 20: 2 (2 * 19 * 20) links by rook, and 2 (2 * 19 * 19) more by queen.
    const auto links = [&](const char* method) {
        std::size_t count = 0;
        for (const auto& own : neighbours(layer, method)) count += own.size();
        return count;
    };
    EXPECT_EQ(links("rook"), 1520u);
    EXPECT_EQ(links("queen"), 2964u);
}

// spdep 1.2-7: poly2nb, knearneigh and dnearneigh over Columbus (Anselin 1988).
TEST(WeightsOracle, OfColumbusAreThoseOfSpdep) {
    if (!has_shared_data()) GTEST_SKIP() << "needs ../shared/data";
    const auto layer = polygons_of_file("oracle/columbus/columbus.geojson", "POLYID");
    std::map<std::string, std::map<std::string, std::set<std::string>>> expected;
    for (auto& row : rows_of("oracle/columbus/expected_neighbours.csv")) {
        expected[row["weights"]][row["id"]].insert(row["neighbour"]);
    }
    // The band is the largest distance to a nearest neighbour, printed with 15 digits.
    const std::map<std::string, std::string> methods = {{"queen", "queen"},
                                                        {"rook", "rook"},
                                                        {"knn4", "knn:4"},
                                                        {"knn6", "knn:6"},
                                                        {"dband_max_nn", "distance:0.618864158076846"}};
    for (const auto& [name, method] : methods) {
        const auto found = neighbours(layer, method.c_str());
        ASSERT_EQ(found.size(), 49u);
        for (std::size_t i = 0; i < found.size(); ++i) {
            std::set<std::string> ids;
            for (const std::size_t j : found[i]) ids.insert(layer.ids[j]);
            EXPECT_EQ(ids, expected[name][layer.ids[i]]) << name << " of " << layer.ids[i];
        }
    }
}

// GEOS: subdistricts that share at least a point.
TEST(WeightsOracle, OfDongchengAreThoseOfGeos) {
    if (!has_shared_data()) GTEST_SKIP() << "needs ../shared/data";
    const auto layer = polygons_of_file("dongcheng/dongcheng_subdistricts_wgs84.geojson", "Name");
    const auto found = neighbours(layer, "queen");
    std::size_t compared = 0;
    for (auto& row : rows_of("dongcheng/expected_neighbours_touching.csv")) {
        for (std::size_t i = 0; i < found.size(); ++i) {
            if (layer.ids[i] != row["name_zh"]) continue;
            std::set<std::string> names;
            for (const std::size_t j : found[i]) names.insert(layer.ids[j]);
            const auto expected = base::split(row["neighbours"], ' ');
            EXPECT_EQ(names, std::set<std::string>(expected.begin(), expected.end())) << layer.ids[i];
            ++compared;
        }
    }
    EXPECT_EQ(compared, 17u);
}

}  // namespace
}  // namespace isopleth::hotspot
