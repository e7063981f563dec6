// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>
#include <vector>

#include "interpolate/methods.hpp"
#include "sample_points.hpp"

namespace isopleth::interpolate {

/// Sets of samples for methods on triangles: scattered, on a grid (all on circles), in clusters, beside a
/// line.
inline std::vector<std::vector<geo::Point>> mesh_samples() {
    std::vector<std::vector<geo::Point>> sets{scattered(60, 1000, 41), {}, scattered(20, 1000, 42), {}};
    for (int i = 0; i < 56; ++i) sets[1].push_back({125.0 * (i % 8), 150.0 * (i / 8)});
    for (const geo::Point& point : scattered(20, 10, 43)) sets[2].push_back({300 + point.x, 700 + point.y});
    for (const geo::Point& point : scattered(40, 1000, 44))
        sets[3].push_back({point.x, 500 + 1e-3 * point.y});
    sets[3].push_back({500, 1000});
    for (auto& points : sets) {
        for (geo::Point& point : points) point = {450000 + point.x, 4420000 + point.y};
    }
    return sets;
}

/// `count` places in the same square.
inline std::vector<geo::Point> mesh_places(std::size_t count) {
    std::vector<geo::Point> places = scattered(count, 1000, 45);
    for (geo::Point& place : places) place = {450000 + place.x, 4420000 + place.y};
    return places;
}

/// The same values at points that have gone through `move`, which keeps distances, to rounding.
template <class Move>
void expect_the_same_after(Move&& move, const std::string& method) {
    const std::vector<geo::Point> points = mesh_samples()[0];
    std::vector<geo::Point> moved, places = mesh_places(300), moved_places;
    std::transform(points.begin(), points.end(), std::back_inserter(moved), move);
    std::transform(places.begin(), places.end(), std::back_inserter(moved_places), move);
    const std::vector<double> values = field_at(points, 46);
    const Estimates before = estimates_at(*make(method, samples_at(points, values), {}), places);
    const Estimates after = estimates_at(*make(method, samples_at(moved, values), {}), moved_places);
    EXPECT_EQ(after.valid, before.valid);
    for (std::size_t p = 0; p < places.size(); ++p) {
        if (before.valid[p] != 0) {
            EXPECT_NEAR(after.values[p], before.values[p], 1e-8);
        }
    }
}

inline void expect_to_move_with_the_samples(const std::string& method) {
    expect_the_same_after([](geo::Point p) { return geo::Point{p.x - 450300, p.y - 4420700}; }, method);
    const double turn = 0.7;
    expect_the_same_after(
        [turn](geo::Point p) {
            const double x = p.x - 450000, y = p.y - 4420000;
            return geo::Point{std::cos(turn) * x - std::sin(turn) * y,
                              std::sin(turn) * x + std::cos(turn) * y};
        },
        method);
}

/// The same bits for samples in another order and places one by one, last first.
inline void expect_no_order_to_matter(const std::string& method) {
    for (std::vector<geo::Point> points : mesh_samples()) {
        std::vector<double> values = field_at(points, 47);
        std::vector<geo::Point> places = mesh_places(300);
        places.insert(places.end(), points.begin(), points.end());
        const Estimates found = estimates_at(*make(method, samples_at(points, values), {}), places);
        for (std::size_t i = points.size() - 1; i > 0; --i) {
            const std::size_t other = base::random_below(i + 1, 48, i, 0);
            std::swap(points[i], points[other]);
            std::swap(values[i], values[other]);
        }
        const auto again = make(method, samples_at(points, values), {});
        for (std::size_t p = places.size(); p > 0; --p) {
            const Estimates one = estimates_at(*again, {places[p - 1]});
            ASSERT_EQ(one.valid[0], found.valid[p - 1]);
            ASSERT_EQ(one.values[0], found.values[p - 1]);
        }
    }
}

inline void expect_samples_at_their_places(const std::string& method) {
    for (const auto& points : mesh_samples()) {
        const std::vector<double> values = field_at(points, 49);
        const Estimates found = estimates_at(*make(method, samples_at(points, values), {}), points);
        EXPECT_EQ(found.values, values);
        EXPECT_EQ(found.valid, std::vector<std::uint8_t>(points.size(), 1));
    }
}

/// Planes come out to 1e-12 of their highest value, also on slivers and beside the hull.
inline void expect_planes(const std::string& method) {
    const auto plane = [](geo::Point p) { return 30 + 0.02 * (p.x - 450000) - 0.05 * (p.y - 4420000); };
    for (const auto& points : mesh_samples()) {
        std::vector<double> values;
        for (const geo::Point& point : points) values.push_back(plane(point));
        std::vector<geo::Point> places = mesh_places(500);
        for (std::size_t i = 1; i < points.size(); ++i) {
            places.push_back({(points[i].x + points[i - 1].x) / 2, (points[i].y + points[i - 1].y) / 2});
        }
        const Estimates found = estimates_at(*make(method, samples_at(points, values), {}), places);
        EXPECT_GT(std::count(found.valid.begin(), found.valid.end(), 1), 100);
        for (std::size_t p = 0; p < places.size(); ++p) {
            if (found.valid[p] != 0) {
                EXPECT_NEAR(found.values[p], plane(places[p]), 50e-12) << p;
            }
        }
    }
}

/// An estimate where, and only where, the place is in the convex hull, its border included.
inline void expect_estimates_within_the_hull(const std::string& method) {
    const model::Samples samples = samples_at({{0, 0}, {10, 0}, {10, 10}, {0, 10}, {4, 3}}, {1, 2, 3, 4, 9});
    const Estimates found =
        estimates_at(*make(method, samples, {}),
                     {{5, 5}, {5, 0}, {10, 3}, {0, 0}, {5, -1e-9}, {10.001, 3}, {-1, -1}, {20, 0}, {10, 10}});
    EXPECT_EQ(found.valid, (std::vector<std::uint8_t>{1, 1, 1, 1, 0, 0, 0, 0, 1}));
    EXPECT_DOUBLE_EQ(found.values[1], 1.5);
    EXPECT_DOUBLE_EQ(found.values[2], 2.3);
    EXPECT_EQ(found.values[8], 3);
}

}  // namespace isopleth::interpolate
