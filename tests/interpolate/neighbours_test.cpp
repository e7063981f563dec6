// SPDX-License-Identifier: MIT
#include "interpolate/neighbours.hpp"

#include "sample_points.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace isopleth::interpolate {
namespace {

TEST(Neighbours, AreANumberOrAll) {
    EXPECT_EQ(parse_neighbours("16"), 16u);
    EXPECT_EQ(parse_neighbours("all"), std::nullopt);
    for (const char* text : {"0", "-1", "2.5", "many", ""})
        EXPECT_THROW(parse_neighbours(text), base::Error) << text;
}

TEST(Neighbours, AreAllUpToFiveHundredUnlessToldOtherwise) {
    EXPECT_EQ(choose_neighbours("", 500, 16), std::nullopt);
    EXPECT_EQ(choose_neighbours("", 501, 16), 16u);
    EXPECT_EQ(choose_neighbours("all", 501, 16), std::nullopt);
    EXPECT_EQ(choose_neighbours("20", 500, 16), 20u);
}

TEST(Neighbourhood, OrdersTheSamplesWestToEast) {
    const model::Samples samples = samples_at({{5, 1}, {1, 9}, {1, 2}}, {10, 20, 30});
    const Neighbourhood hood(samples, {});
    EXPECT_EQ(hood.points(), (std::vector<geo::Point>{{1, 2}, {1, 9}, {5, 1}}));
    EXPECT_EQ(hood.values(), (std::vector<double>{30, 20, 10}));
    EXPECT_EQ(hood.origin(), (std::vector<std::size_t>{2, 1, 0}));
    EXPECT_TRUE(hood.is_global());
}

TEST(Neighbourhood, FindsWhatABruteForceSearchFinds) {
    const model::Samples samples = samples_at(scattered(200, 100, 3), field_at(scattered(200, 100, 3), 3));
    const std::vector<NeighbourRule> rules{{16, {}}, {{}, 12.0}, {5, 12.0}, {199, {}}, {300, {}}};
    for (const NeighbourRule& rule : rules) {
        const Neighbourhood hood(samples, rule);
        std::vector<geo::Neighbour> found;
        for (const geo::Point place : scattered(50, 100, 4)) {
            std::vector<std::pair<double, std::size_t>> expected;
            for (std::size_t i = 0; i < hood.size(); ++i) {
                const double distance =
                    std::hypot(hood.points()[i].x - place.x, hood.points()[i].y - place.y);
                if (distance <= rule.radius.value_or(1e9)) expected.emplace_back(distance, i);
            }
            std::sort(expected.begin(), expected.end());
            expected.resize(std::min(expected.size(), rule.count.value_or(1000)));
            hood.find(place, found);
            ASSERT_EQ(found.size(), expected.size());
            for (std::size_t i = 0; i < found.size(); ++i) EXPECT_EQ(found[i].item, expected[i].second);
        }
    }
}

TEST(Neighbourhood, TakesAsManyFromEachSideAsABruteForceSearch) {
    const std::vector<geo::Point> points = scattered(300, 1000, 5);
    for (const std::size_t sectors : {4, 8}) {
        const Neighbourhood hood(points, field_at(points, 5), {16, 250, sectors});
        NeighbourSearch search(hood);
        for (const geo::Point place : scattered(50, 1100, 6)) {
            std::vector<std::vector<geo::Neighbour>> by_side(sectors);
            for (std::size_t i = 0; i < hood.size(); ++i) {
                const geo::Point point = hood.points()[i];
                const double squared = geo::squared_distance(point, place);
                if (squared > 250 * 250) continue;
                double turns = std::atan2(point.y - place.y, point.x - place.x) / (2 * std::numbers::pi);
                if (turns < 0) turns += 1;
                by_side[static_cast<std::size_t>(turns * static_cast<double>(sectors))].push_back(
                    {i, squared});
            }
            std::vector<std::size_t> expected;
            for (auto& side : by_side) {
                std::sort(side.begin(), side.end(),
                          [](const geo::Neighbour& left, const geo::Neighbour& right) {
                              return left.squared_distance < right.squared_distance;
                          });
                for (std::size_t i = 0; i < std::min(16 / sectors, side.size()); ++i)
                    expected.push_back(side[i].item);
            }
            std::sort(expected.begin(), expected.end());
            std::vector<geo::Neighbour> found;
            hood.find(place, found);
            EXPECT_TRUE(std::is_sorted(found.begin(), found.end(), [](const auto& left, const auto& right) {
                return left.squared_distance < right.squared_distance;
            }));
            search.find(place, found);
            std::vector<std::size_t> items;
            list_items(found, items);
            EXPECT_EQ(items, expected);
        }
    }
}

TEST(Neighbourhood, PutsEachBorderInOneSector) {
    // Two on each of the eight borders and two at the place: one of each octant is taken, none twice.
    std::vector<geo::Point> points{{500, 500}};
    for (const double far : {10.0, 20.0}) {
        for (const auto& [east, north] :
             {std::pair(1, 0), {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}, {0, -1}, {1, -1}})
            points.push_back({500 + far * east, 500 + far * north});
    }
    const Neighbourhood hood(points, std::vector<double>(points.size(), 1), {8, 100, 8});
    std::vector<geo::Neighbour> found;
    hood.find({500, 500}, found);
    ASSERT_EQ(found.size(), 8u);
    // The place itself stands for the octant from east on.
    EXPECT_EQ(found.front().squared_distance, 0);
    for (std::size_t i = 1; i < 8; ++i) EXPECT_LE(found[i].squared_distance, 200);
}

TEST(Neighbours, HaveSectorsWithCountAndRadiusAlone) {
    const auto failure = [](const std::string& count, std::optional<double> radius, int sectors) {
        NeighbourOptions options{count, {}, sectors};
        if (radius) options.radius = base::Meters{*radius};
        return error_of([&] { options.check("idw"); });
    };
    EXPECT_EQ(failure("16", 100, 8), "");
    EXPECT_EQ(failure("16", 100, 5), "idw: sectors is 4 or 8, not 5");
    EXPECT_EQ(
        failure("16", {}, 8),
        "idw: sectors needs a radius. A side without samples would be searched to the end of the data.");
    EXPECT_EQ(failure("12", 100, 8), "idw: sectors=8 needs neighbours, a multiple of 8");
    EXPECT_EQ(failure("", 100, 4), "idw: sectors=4 needs neighbours, a multiple of 4");
    EXPECT_EQ(failure("16", 0, 4), "idw: radius must be above 0");
}

TEST(Neighbours, AreListedByTheirItems) {
    std::vector<std::size_t> items{99};
    list_items({{2, 4.0}, {5, 9.0}, {7, 1.0}}, items);
    EXPECT_EQ(items, (std::vector<std::size_t>{2, 5, 7}));
}

TEST(Neighbours, AreHereUpToAMicrometre) {
    EXPECT_EQ(sample_here({}), std::nullopt);
    EXPECT_EQ(sample_here({{2, 4.0}, {5, 1.1e-12}}), std::nullopt);
    EXPECT_EQ(sample_here({{2, 4.0}, {5, 1e-12}, {7, 1.0}}), 5u);
    // The nearest of several, and the first of those as near.
    EXPECT_EQ(sample_here({{2, 1e-13}, {5, 1e-14}, {7, 1e-14}}), 5u);
}

TEST(NeighbourSearch, FindsTheSameSamplesAsTheNeighbourhood) {
    const std::vector<geo::Point> points = scattered(400, 1000, 8);
    const std::vector<geo::Point> places = scattered(200, 1200, 9);
    for (const NeighbourRule& rule : {NeighbourRule{12, {}, 1}, {12, 60, 1}, {{}, 90, 1}, {{}, {}, 1}}) {
        const Neighbourhood hood(points, field_at(points, 5), rule);
        NeighbourSearch search(hood);
        std::vector<geo::Neighbour> found, expected;
        for (std::size_t p = 0; p < places.size(); ++p) {
            search.expect(std::span(places).subspan(p));
            search.find(places[p], found);
            hood.find(places[p], expected);
            std::sort(expected.begin(), expected.end(),
                      [](const auto& left, const auto& right) { return left.item < right.item; });
            ASSERT_EQ(found, expected);
        }
    }
}

TEST(ClosestPair, IsTheOneABruteForceSearchFinds) {
    const std::vector<geo::Point> points = scattered(60, 100, 5);
    double least = 1e9;
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (std::size_t j = i + 1; j < points.size(); ++j) {
            least = std::min(least, std::hypot(points[i].x - points[j].x, points[i].y - points[j].y));
        }
    }
    const ClosestPair found = closest_pair(points);
    const geo::Point first = points[found.first];
    const geo::Point second = points[found.second];
    EXPECT_NE(found.first, found.second);
    EXPECT_NEAR(std::hypot(first.x - second.x, first.y - second.y), least, 1e-12);
    EXPECT_NEAR(found.distance, least, 1e-12);
}

TEST(Neighbourhood, IsGlobalOnlyWithoutALimit) {
    const model::Samples samples = samples_at({{0, 0}, {1, 0}}, {1, 2});
    EXPECT_TRUE(Neighbourhood(samples, {2, {}}).is_global());
    EXPECT_TRUE(Neighbourhood(samples, {3, {}}).is_global());
    EXPECT_FALSE(Neighbourhood(samples, {1, {}}).is_global());
    EXPECT_FALSE(Neighbourhood(samples, {{}, 5.0}).is_global());
}

}  // namespace
}  // namespace isopleth::interpolate
