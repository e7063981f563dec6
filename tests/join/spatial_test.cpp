// SPDX-License-Identifier: MIT
#include "join/spatial.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "geo/geos.hpp"
#include "layers.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace isopleth::join {
namespace {

using Rows = std::vector<std::size_t>;

template <class Work>
base::Error failure_of(Work&& work) {
    try {
        work();
    } catch (const base::Error& error) {
        return error;
    }
    ADD_FAILURE() << "nothing was thrown";
    return {base::ErrorKind::kBug, ""};
}

Rows rows_of(const Matches& matches, std::size_t left) {
    return {matches.right.begin() + static_cast<std::ptrdiff_t>(matches.start[left]),
            matches.right.begin() + static_cast<std::ptrdiff_t>(matches.start[left + 1])};
}

Matches match(const std::vector<geo::Geometry>& left, const std::vector<geo::Geometry>& right,
              const SpatialOptions& options, int threads = 1) {
    base::Job job;
    job.threads = threads;
    return match_spatially(layer_of("left", left), layer_of("right", right), options, job);
}

std::vector<geo::Geometry> as_geometry(const std::vector<geo::Point>& points) {
    return {points.begin(), points.end()};
}

TEST(SpatialWords, AreReadOrNamedWithTheNearest) {
    EXPECT_EQ(parse_predicate("within"), Predicate::kWithin);
    EXPECT_EQ(parse_predicate("intersects"), Predicate::kIntersects);
    EXPECT_EQ(parse_predicate("nearest"), Predicate::kNearest);
    EXPECT_EQ(parse_border("one"), Border::kOne);
    EXPECT_EQ(parse_border("all"), Border::kAll);
    EXPECT_EQ(parse_border("none"), Border::kNone);
    const base::Error error = failure_of([] { parse_predicate("witin"); });
    EXPECT_EQ(error.kind(), base::ErrorKind::kUsage);
    EXPECT_EQ(error.message(), "unknown predicate witin; did you mean within?");
    EXPECT_EQ(failure_of([] { parse_border("both"); }).kind(), base::ErrorKind::kUsage);
}

TEST(MatchSpatially, NeedsOneMetricSystem) {
    const model::Layer good = layer_of("streets", {box_polygon(0, 0, 1, 1)});
    model::Layer degrees = good;
    degrees.crs = geo::Crs::wgs84();
    model::Layer other = good;
    other.crs = geo::Crs::parse("EPSG:32650");
    model::Layer unknown = good;
    unknown.crs.reset();
    model::Layer table = good;
    table.has_geometry = false;
    for (const model::Layer& bad : {degrees, other, unknown, table}) {
        EXPECT_EQ(failure_of([&] { match_spatially(good, bad, {}, {}); }).kind(), base::ErrorKind::kData);
        EXPECT_EQ(failure_of([&] { match_spatially(bad, good, {}, {}); }).kind(), base::ErrorKind::kData);
    }
    EXPECT_EQ(failure_of([&] { match_spatially(degrees, degrees, {}, {}); }).kind(), base::ErrorKind::kData);
}

/// Whether `found` is what the sides of all polygons say.
bool is_right(Border border, const Rows& found, const std::vector<geo::Geometry>& polygons,
              const geo::Geometry& place) {
    const auto* point = std::get_if<geo::Point>(&place);
    if (point == nullptr) return found.empty();
    Rows inside;
    Rows all;
    for (std::size_t i = 0; i < polygons.size(); ++i) {
        const geo::Side side = geo::side_of(polygons[i], *point);
        if (side == geo::Side::kInside) inside.push_back(i);
        if (side != geo::Side::kOutside) all.push_back(i);
    }
    if (border == Border::kAll) return found == all;
    if (border == Border::kNone || !inside.empty() || all.empty()) return found == inside;
    return found.size() == 1 && std::find(all.begin(), all.end(), found[0]) != all.end();
}

TEST(MatchSpatially, FindsPolygonsOfPointsAndPointsOfPolygonsAlike) {
    const auto shapes = many_shapes(40, true);
    auto points = as_geometry(places_around(shapes, 3000));
    points.emplace_back();
    for (const Border border : {Border::kOne, Border::kAll, Border::kNone}) {
        const SpatialOptions options{Predicate::kWithin, border, std::nullopt};
        // Lines are left out: a point is within a line where it lies on it, which is GEOS's affair.
        std::vector<geo::Geometry> polygons = shapes;
        for (auto& shape : polygons) {
            if (geo::dimension(shape) != 2) shape = {};
        }
        const Matches of_points = match(points, polygons, options);
        const Matches of_polygons = match(polygons, points, options);
        ASSERT_EQ(of_points.right.size(), of_polygons.right.size());
        std::vector<Rows> turned(polygons.size());
        for (std::size_t row = 0; row < points.size(); ++row) {
            const Rows found = rows_of(of_points, row);
            ASSERT_TRUE(is_right(border, found, polygons, points[row])) << row;
            for (const std::size_t item : found) turned[item].push_back(row);
        }
        for (std::size_t i = 0; i < polygons.size(); ++i) ASSERT_EQ(rows_of(of_polygons, i), turned[i]);
    }
}

TEST(MatchSpatially, CountsEachPointOfACoverageOnce) {
    std::vector<geo::Geometry> cells;
    std::vector<geo::Geometry> points;
    for (int i = 0; i < 4; ++i) {
        for (int j = 0; j < 4; ++j) cells.emplace_back(box_polygon(10 * i, 10 * j, 10 * i + 10, 10 * j + 10));
    }
    for (int i = 0; i <= 40; ++i) {
        for (int j = 0; j <= 40; ++j)
            points.emplace_back(geo::Point{static_cast<double>(i), static_cast<double>(j)});
    }
    for (const Predicate predicate : {Predicate::kWithin, Predicate::kIntersects}) {
        EXPECT_EQ(match(cells, points, {predicate, Border::kOne, {}}).right.size(), 41u * 41u);
        EXPECT_EQ(match(cells, points, {predicate, Border::kNone, {}}).right.size(), 16u * 81u);
        // 11 x 11 of each cell's points are in it or on its border.
        EXPECT_EQ(match(cells, points, {predicate, Border::kAll, {}}).right.size(), 16u * 121u);
    }
}

TEST(MatchSpatially, WantsAllOfSeveralPointsWithinButAnyToIntersect) {
    const std::vector<geo::Geometry> cells{box_polygon(0, 0, 10, 10), box_polygon(10, 0, 20, 10)};
    const std::vector<geo::Geometry> points{geo::MultiPoint{{{1, 1}, {15, 5}}},
                                            geo::MultiPoint{{{1, 1}, {2, 2}}},
                                            geo::MultiPoint{{{1, 1}, {50, 50}}}, geo::MultiPoint{}};
    const Matches within = match(points, cells, {Predicate::kWithin, Border::kOne, {}});
    EXPECT_EQ(rows_of(within, 0), Rows{});
    EXPECT_EQ(rows_of(within, 1), Rows{0});
    EXPECT_EQ(rows_of(within, 2), Rows{});
    const Matches meeting = match(points, cells, {Predicate::kIntersects, Border::kOne, {}});
    EXPECT_EQ(rows_of(meeting, 0), (Rows{0, 1}));
    EXPECT_EQ(rows_of(meeting, 2), Rows{0});
    EXPECT_EQ(rows_of(meeting, 3), Rows{});
}

TEST(MatchSpatially, AsksGeosAboutLinesAndPolygons) {
    const auto shapes = many_shapes(40, false);
    auto others = many_shapes(25, true);
    others.emplace_back(geo::LineString{{{499900, 4399900}, {501000, 4400900}}});
    for (std::size_t i = 1; i < 20; ++i) {
        const geo::Point place = *geo::centroid(shapes[i]);
        others.emplace_back(box_polygon(place.x - 2, place.y - 2, place.x + 2, place.y + 2));
    }
    others.emplace_back(geo::Point{500500, 4400400});
    for (const Predicate predicate : {Predicate::kWithin, Predicate::kIntersects}) {
        const Matches matches = match(others, shapes, {predicate, Border::kOne, {}});
        std::size_t found = 0;
        for (std::size_t row = 0; row + 1 < others.size(); ++row) {
            Rows expected;
            for (std::size_t i = 0; i < shapes.size(); ++i) {
                if (geo::is_missing(others[row]) || geo::is_missing(shapes[i])) continue;
                const bool is_related = predicate == Predicate::kWithin
                                            ? geo::is_within(others[row], shapes[i])
                                            : geo::intersects(others[row], shapes[i]);
                if (is_related) expected.push_back(i);
            }
            found += expected.size();
            ASSERT_EQ(rows_of(matches, row), expected) << row;
        }
        EXPECT_GT(found, 0u);
    }
}

TEST(MatchSpatially, MixesPointsLinesAndPolygonsByRisingRow) {
    const std::vector<geo::Geometry> right{box_polygon(0, 0, 10, 10), geo::Point{5, 5},
                                           geo::LineString{{{0, 5}, {10, 5}}}, box_polygon(4, 4, 6, 6),
                                           geo::Geometry{}};
    const std::vector<geo::Geometry> left{geo::Point{5, 5}, box_polygon(0, 0, 10, 10),
                                          geo::LineString{{{5, 0}, {5, 9}}}, geo::Geometry{}};
    const Matches matches = match(left, right, {Predicate::kIntersects, Border::kOne, {}});
    EXPECT_EQ(rows_of(matches, 0), (Rows{0, 1, 2, 3}));
    EXPECT_EQ(rows_of(matches, 1), (Rows{0, 1, 2, 3}));
    EXPECT_EQ(rows_of(matches, 2), (Rows{0, 1, 2, 3}));
    EXPECT_EQ(rows_of(matches, 3), Rows{});
}

void expect_nearest(const std::vector<geo::Geometry>& left, const std::vector<geo::Geometry>& right) {
    const Matches matches = match(left, right, {Predicate::kNearest, Border::kOne, {}});
    for (std::size_t row = 0; row < left.size(); ++row) {
        std::optional<std::size_t> nearest;
        double least = std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i < right.size(); ++i) {
            const auto* point = std::get_if<geo::Point>(&left[row]);
            const auto distance =
                point != nullptr ? geo::distance(right[i], *point) : geo::distance(left[row], right[i]);
            if (!distance || !(distance->value < least)) continue;
            least = distance->value;
            nearest = i;
        }
        ASSERT_EQ(rows_of(matches, row), nearest ? Rows{*nearest} : Rows{}) << row;
        EXPECT_TRUE(!nearest || matches.distance[matches.start[row]] == least) << row;
    }
}

TEST(MatchNearest, AgreesWithMeasuringEveryPair) {
    const auto shapes = many_shapes(30, false);
    const auto places = places_around({}, 400);
    std::vector<geo::Geometry> points = as_geometry(places);
    points.emplace_back();
    std::vector<geo::Geometry> few(points.begin(), points.begin() + 60);
    few.insert(few.begin() + 5, geo::Geometry{});
    expect_nearest(points, few);
    expect_nearest(points, shapes);
    expect_nearest(shapes, few);
    expect_nearest(shapes, many_shapes(12, true));
    expect_nearest(points, {});
    expect_nearest(shapes, {geo::Geometry{}});
}

TEST(MatchNearest, TakesTheSmallerRowOfEqualOnes) {
    const std::vector<geo::Geometry> points{geo::Point{9, 9}, geo::Point{3, 0}, geo::Point{-3, 0},
                                            geo::Point{3, 0}};
    EXPECT_EQ(rows_of(match({geo::Point{0, 0}}, points, {Predicate::kNearest, Border::kOne, {}}), 0),
              Rows{1});
    const std::vector<geo::Geometry> boxes{box_polygon(8, 8, 9, 9), box_polygon(3, -1, 4, 1),
                                           box_polygon(-4, -1, -3, 1)};
    EXPECT_EQ(rows_of(match({geo::Point{0, 0}}, boxes, {Predicate::kNearest, Border::kOne, {}}), 0), Rows{1});
}

TEST(MatchNearest, CountsTheEndOfTheDistance) {
    const std::vector<geo::Geometry> right{geo::Point{3, 4}};
    const auto within = [&](double limit) {
        return match({geo::Point{0, 0}}, right, {Predicate::kNearest, Border::kOne, base::Meters{limit}});
    };
    EXPECT_EQ(within(5).right.size(), 1u);
    EXPECT_EQ(within(5).distance, std::vector<double>{5});
    EXPECT_EQ(within(std::nextafter(5.0, 0.0)).right.size(), 0u);
    EXPECT_EQ(match({geo::Point{4, 4.0}}, {box_polygon(0, 0, 8, 8)},
                    {Predicate::kNearest, Border::kOne, base::Meters{0}})
                  .distance,
              std::vector<double>{0});
}

TEST(MatchSpatially, HasTheSameBitsForAnyNumberOfThreads) {
    const auto shapes = many_shapes(40, true);
    const auto points = as_geometry(places_around(shapes, 10000));
    for (const Predicate predicate : {Predicate::kWithin, Predicate::kNearest}) {
        const SpatialOptions options{predicate, Border::kOne, std::nullopt};
        const Matches expected = match(points, shapes, options, 1);
        for (const int threads : {2, 7}) {
            const Matches found = match(points, shapes, options, threads);
            EXPECT_EQ(found.start, expected.start);
            EXPECT_EQ(found.right, expected.right);
            EXPECT_EQ(found.distance, expected.distance);
        }
    }
}

// ---- 74,401 complaints in 77 areas of Chicago, joined by sf (GEOS): see shared/data/MANIFEST.md ----

std::string bytes_of(const std::filesystem::path& path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
}

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells{""};
    bool is_quoted = false;
    for (const char letter : line) {
        if (letter == '"') {
            is_quoted = !is_quoted;
        } else if (letter == ',' && !is_quoted) {
            cells.emplace_back();
        } else {
            cells.back() += letter;
        }
    }
    return cells;
}

geo::Path ring_of(const base::Json& json) {
    geo::Path ring;
    for (const base::Json& pair : json.items())
        ring.push_back({pair.items()[0].number_or(0), pair.items()[1].number_or(0)});
    return ring;
}

geo::Polygon polygon_of(const base::Json& json) {
    geo::Polygon polygon;
    for (const base::Json& ring : json.items())
        (polygon.outer.empty() ? polygon.outer : polygon.holes.emplace_back()) = ring_of(ring);
    return polygon;
}

TEST(MatchSpatially, CountsComplaintsOfChicagoAsSfDoes) {
    const std::filesystem::path folder = ISOPLETH_ROOT "/../shared/data/chicago311";
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << "the shared data are not there";
    std::vector<geo::Geometry> areas;
    std::vector<std::string> numbers;
    const base::Json collection = base::Json::parse(bytes_of(folder / "community_areas.geojson"));
    for (const base::Json& feature : collection["features"].items()) {
        const base::Json& coordinates = feature["geometry"]["coordinates"];
        numbers.push_back(feature["properties"]["AREA_NUMBE"].string_or(""));
        if (feature["geometry"]["type"].string_or("") == "Polygon") {
            areas.emplace_back(polygon_of(coordinates));
            continue;
        }
        geo::MultiPolygon several;
        for (const base::Json& polygon : coordinates.items()) several.polygons.push_back(polygon_of(polygon));
        areas.emplace_back(several);
    }
    std::vector<geo::Geometry> complaints;
    std::istringstream lines(bytes_of(folder / "sanitation_complaints.csv"));
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
        const auto cells = cells_of(line);
        const auto lat = base::parse_number(cells[13]);
        const auto lon = base::parse_number(cells[14]);
        complaints.push_back(lat && lon ? geo::Geometry(geo::Point{*lon, *lat}) : geo::Geometry());
    }
    ASSERT_EQ(complaints.size(), 74401u);
    // The expected figures are of the plane of longitude and latitude: the layers only call themselves
    // metric.
    const Matches matches = match(areas, complaints, {Predicate::kWithin, Border::kOne, {}}, 2);
    EXPECT_EQ(matches.right.size(), 74183u);
    std::map<std::string, std::size_t> counts;
    for (std::size_t row = 0; row < areas.size(); ++row) counts[numbers[row]] = matches.count(row);
    std::istringstream expected(bytes_of(folder / "expected_by_area.csv"));
    std::getline(expected, line);
    std::size_t compared = 0;
    while (std::getline(expected, line)) {
        const auto cells = cells_of(line);
        EXPECT_EQ(std::to_string(counts[cells[0]]), cells[1]) << "area " << cells[0];
        ++compared;
    }
    EXPECT_EQ(compared, 77u);
}

}  // namespace
}  // namespace isopleth::join
