// SPDX-License-Identifier: MIT
#include "interpolate/nearest_sample.hpp"

#include "sample_points.hpp"

#include <algorithm>

namespace isopleth::interpolate {
namespace {

TEST(NearestSample, ReturnsTheNearestOfAll) {
    const std::vector<geo::Point> points = scattered(300, 1000, 1);
    const std::vector<double> values = field_at(points, 1);
    const std::vector<geo::Point> places = scattered(500, 1000, 2);
    const auto nearest = make_nearest("nearest", samples_at(points, values), {});
    EXPECT_FALSE(nearest->has_standard_error());
    const Estimates found = estimates_at(*nearest, places);
    for (std::size_t p = 0; p < places.size(); ++p) {
        std::size_t best = 0;
        const auto distance = [&](std::size_t i) {
            return std::hypot(points[i].x - places[p].x, points[i].y - places[p].y);
        };
        for (std::size_t i = 1; i < points.size(); ++i) {
            if (distance(i) < distance(best)) best = i;
        }
        ASSERT_EQ(found.values[p], values[best]);
        ASSERT_EQ(found.valid[p], 1);
    }
    EXPECT_EQ(estimates_at(*nearest, points).values, values);
}

TEST(NearestSample, TakesTheWesternmostThenSouthernmostOfThoseEquallyNear) {
    std::vector<geo::Point> points{{5, 5}, {5, -5}, {-5, 5}, {-5, -5}};
    std::vector<double> values{1, 2, 3, 4};
    for (int times = 0; times < 4; ++times) {
        const auto nearest = make_nearest("nearest", samples_at(points, values), {});
        EXPECT_EQ(estimates_at(*nearest, {{0, 0}, {0, 1}, {1, 0}}).values, (std::vector<double>{4, 3, 2}));
        std::rotate(points.begin(), points.begin() + 1, points.end());
        std::rotate(values.begin(), values.begin() + 1, values.end());
    }
}

TEST(NearestSample, EstimatesNothingWithoutASampleWithinTheRadius) {
    const auto nearest = make_nearest("nearest:radius=2", samples_at({{0, 0}, {100, 0}}, {10, 7}), {});
    const Estimates found = estimates_at(*nearest, {{0, 2}, {0, 2.1}, {2, 1}, {101, 1}});
    EXPECT_EQ(found.valid, (std::vector<std::uint8_t>{1, 0, 0, 1}));
    EXPECT_EQ(found.values[0], 10);
    EXPECT_EQ(found.values[3], 7);
    const auto one = make_nearest("nearest:radius=1km", samples_at({{0, 0}}, {10}), {});
    EXPECT_EQ(estimates_at(*one, {{0, 1000}, {0, 1000.1}}).valid, (std::vector<std::uint8_t>{1, 0}));
}

TEST(NearestSample, SaysWhatItDid) {
    const model::Samples samples = samples_at({{0, 0}, {1, 0}}, {1, 2});
    EXPECT_EQ(make_nearest("nearest", samples, {})->description().dump(-1),
              R"({"method": "nearest", "samples": 2})");
    EXPECT_EQ(make_nearest("nearest:radius=1km", samples, {})->description().dump(-1),
              R"({"method": "nearest", "samples": 2, "radius": 1000})");
}

TEST(NearestSample, RefusesOptionsThatDoNotFit) {
    EXPECT_EQ(error_of([] { check_nearest("nearest:radius=0"); }), "nearest: radius must be above 0");
    EXPECT_EQ(error_of([] { check_nearest("nearest:neighbours=2"); }),
              "unknown option neighbours of nearest. It takes: radius.");
    check_nearest("nearest:radius=2km");
}

}  // namespace
}  // namespace isopleth::interpolate
