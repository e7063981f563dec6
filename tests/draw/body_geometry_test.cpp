// SPDX-License-Identifier: MIT
#include "draw/body_geometry.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace isopleth::draw {
namespace {

geo::Polygon square(double x, double y, double side) {
    return {{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}}, {}};
}

double ring_area(const geo::Path& ring) {
    return std::abs(geo::area(geo::Geometry(geo::Polygon{ring, {}})).value);
}

TEST(MarkerRing, IsClosedAroundItsCentre) {
    for (const auto& [marker, corners] : {std::pair{style::Marker::kSquare, 4U},
                                          {style::Marker::kDiamond, 4U},
                                          {style::Marker::kTriangle, 3U}}) {
        const geo::Path ring = marker_ring({100, 200}, marker, 10);
        EXPECT_EQ(ring.size(), corners + 1);
        EXPECT_EQ(ring.front(), ring.back());
        for (const geo::Point p : ring) EXPECT_LT(std::hypot(p.x - 100, p.y - 200), 14);
    }
}

// A circle of radius 10 has 314.2; a polygon of 28 corners 28/2 r² sin(2 pi / 28) = 311.5.
TEST(MarkerRing, HasTheAreaOfACircle) {
    EXPECT_NEAR(ring_area(marker_ring({0, 0}, style::Marker::kCircle, 10)),
                1400 * std::sin(2 * 3.14159265358979 / 28), 1e-6);
    for (const style::Marker marker :
         {style::Marker::kSquare, style::Marker::kDiamond, style::Marker::kTriangle}) {
        const double area = ring_area(marker_ring({0, 0}, marker, 10));
        EXPECT_GT(area, 314 * 0.7);
        EXPECT_LT(area, 314 * 1.1);
    }
}

// Lines x - y = k step inside a square of side 10 whose corner is the origin: k step in (-10, 10), each
// (10 - |k step|) sqrt 2 long.
TEST(Hatch, IsDiagonalAndInsideThePolygon) {
    const geo::Geometry hatch = hatch_of(square(0, 0, 10), 4);
    double length = 0;
    for (const geo::LineString& line : geo::lines_of(hatch)) {
        length += geo::length(line).value;
        for (const geo::Point p : line.path) {
            const double number = (p.x - p.y) / 4;
            EXPECT_NEAR(number, std::round(number), 1e-9);
            EXPECT_TRUE(p.x > -1e-9 && p.x < 10 + 1e-9 && p.y > -1e-9 && p.y < 10 + 1e-9);
        }
    }
    EXPECT_NEAR(length, (10 + 2 * 6 + 2 * 2) * std::sqrt(2), 1e-9);
}

TEST(Hatch, OfNeighboursJoins) {
    const auto crossings = [](const geo::Geometry& hatch) {
        std::vector<double> heights;
        for (const geo::LineString& line : geo::lines_of(hatch)) {
            for (const geo::Point p : line.path) {
                if (std::abs(p.x - 17) < 1e-9) heights.push_back(p.y);
            }
        }
        std::sort(heights.begin(), heights.end());
        return heights;
    };
    const auto left = crossings(hatch_of(square(7, 3, 10), 3));
    const auto right = crossings(hatch_of(square(17, 3, 10), 3));
    ASSERT_EQ(left.size(), right.size());
    ASSERT_GE(left.size(), 3U);
    for (std::size_t i = 0; i < left.size(); ++i) EXPECT_NEAR(left[i], right[i], 1e-9);
}

TEST(LongestByName, NamesARiverOnceOnItsLongestReach) {
    auto layer = std::make_shared<model::Layer>();
    layer->has_geometry = true;
    model::Column name("name", model::ColumnType::kText);
    for (const auto& [text, length] : {std::pair{"a", 3.0}, {"a", 5.0}, {"", 9.0}, {"b", 1.0}}) {
        text[0] == '\0' ? name.append_missing() : name.append(std::string(text));
        layer->geometry.emplace_back(geo::LineString{{{0, 0}, {length, 0}}});
    }
    layer->add(std::move(name));
    BodyLayer body;
    body.features = layer;
    body.style.label.field = "name";
    const auto longest = longest_by_name(body);
    ASSERT_EQ(longest.size(), 2U);
    EXPECT_EQ(geo::length(longest.at("a")).value, 5.0);
    EXPECT_EQ(geo::length(longest.at("b")).value, 1.0);
}

// By brute force: each line walked in small steps.
TEST(HatchOfZeros, CoversTheCellsOfZeroAndNoOthers) {
    model::Raster raster(model::Grid{100, 350, 10, 30, 25}, geo::Crs::parse("EPSG:4548"), {"supported"});
    for (std::size_t cell = 0; cell < raster.grid.count(); ++cell) {
        const std::size_t kind = (cell * 2654435761u >> 7) % 3;
        if (kind < 2) raster.bands[0].set(cell, static_cast<double>(kind));
    }
    const double step = 7.3;
    double drawn = 0;
    for (const geo::LineString& line : hatch_of_zeros(raster, 0, step)) {
        ASSERT_EQ(line.path.size(), 2u);
        const double k = line.path[0].x - line.path[0].y;
        EXPECT_NEAR(k / step, std::round(k / step), 1e-9);
        EXPECT_NEAR(line.path[1].x - line.path[1].y, k, 1e-9);
        drawn += line.path[1].x - line.path[0].x;
    }
    double walked = 0;
    const double stride = 0.01;
    for (double k = -350; k < 400; k += 1) {
        if (std::abs(k) > 50) continue;
        for (double x = 100 + stride / 2; x < 400; x += stride) {
            const double y = x - k * step;
            if (y <= 100 || y >= 350) continue;
            const auto value = raster.at(0, static_cast<std::size_t>((350 - y) / 10),
                                         static_cast<std::size_t>((x - 100) / 10));
            if (value && *value == 0) walked += stride;
        }
    }
    EXPECT_GT(drawn, 1000);
    EXPECT_NEAR(drawn, walked, 0.002 * walked);
}

TEST(HatchOfZeros, RunsOnFromCellToCell) {
    model::Raster raster(model::Grid{0, 100, 10, 10, 10}, geo::Crs::parse("EPSG:4548"), {"supported"});
    for (std::size_t cell = 0; cell < raster.grid.count(); ++cell) raster.bands[0].set(cell, 0);
    const auto lines = hatch_of_zeros(raster, 0, 100);
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(lines[0].path, (geo::Path{{0, 0}, {100, 100}}));
    for (std::size_t cell = 0; cell < raster.grid.count(); ++cell) raster.bands[0].set(cell, 1);
    EXPECT_TRUE(hatch_of_zeros(raster, 0, 100).empty());
}

}  // namespace
}  // namespace isopleth::draw
