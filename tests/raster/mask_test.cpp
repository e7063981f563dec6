// SPDX-License-Identifier: MIT
#include "raster/mask.hpp"

#include "base/error.hpp"
#include "base/random.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace isopleth::raster {
namespace {

using geo::Path;
using geo::Polygon;
using std::numbers::pi;
using ::testing::HasSubstr;

Path ring(double x0, double y0, double x1, double y1) {
    return {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}};
}

model::Layer layer_of(std::vector<geo::Geometry> geometry) {
    model::Layer layer;
    layer.name = "district";
    layer.source.file = "district.gpkg";
    layer.has_geometry = true;
    layer.geometry = std::move(geometry);
    return layer;
}

/// The slow twin: every centre against every polygon.
std::vector<std::uint8_t> slowly(const model::Grid& grid, const model::Layer& layer) {
    std::vector<std::uint8_t> inside;
    for (std::size_t row = 0; row < grid.rows; ++row)
        for (std::size_t column = 0; column < grid.columns; ++column)
            inside.push_back(
                std::any_of(layer.geometry.begin(), layer.geometry.end(), [&](const auto& geometry) {
                    return geo::side_of(geometry, grid.centre(row, column)) != geo::Side::kOutside;
                }));
    return inside;
}

std::string picture(const model::Grid& grid, const std::vector<std::uint8_t>& inside) {
    std::string text;
    for (std::size_t row = 0; row < grid.rows; ++row) {
        for (std::size_t column = 0; column < grid.columns; ++column)
            text += inside[row * grid.columns + column] != 0 ? '#' : '.';
        text += '\n';
    }
    return text;
}

/// A star round its centre: its rays turn, so it does not cross itself. With `is_whole` its corners are whole
/// numbers.
Path star(std::uint64_t seed, geo::Point centre, double largest, int corners, bool is_whole) {
    Path path;
    for (int i = 0; i < corners; ++i) {
        const double radius =
            largest * (0.2 + 0.8 * base::random_uniform(seed, 1, static_cast<std::uint64_t>(i)));
        geo::Point point{centre.x + radius * std::cos(2 * pi * i / corners),
                         centre.y + radius * std::sin(2 * pi * i / corners)};
        if (is_whole) point = {std::round(point.x), std::round(point.y)};
        path.push_back(point);
    }
    path.push_back(path.front());
    return path;
}

TEST(CellsInside, DrawsAShapeWithAHole) {
    const model::Grid grid{0, 6, 1, 8, 6};
    const auto inside = cells_inside(grid, layer_of({Polygon{ring(1, 1, 7, 5), {ring(3, 2, 5, 4)}}}));
    EXPECT_EQ(picture(grid, inside),
              "........\n"
              ".######.\n"
              ".##..##.\n"
              ".##..##.\n"
              ".######.\n"
              "........\n");
}

TEST(CellsInside, CountsACentreOnTheBorderIn) {
    // Centres at 0.5, 1.5, ...: all corners, level, upright and slanting edges run through centres.
    const model::Grid grid{0, 5, 1, 5, 5};
    EXPECT_EQ(picture(grid, cells_inside(grid, layer_of({Polygon{ring(0.5, 0.5, 3.5, 2.5), {}}}))),
              ".....\n.....\n####.\n####.\n####.\n");
    const Polygon diamond{{{2.5, 0.5}, {4.5, 2.5}, {2.5, 4.5}, {0.5, 2.5}, {2.5, 0.5}}, {}};
    EXPECT_EQ(picture(grid, cells_inside(grid, layer_of({diamond}))), "..#..\n.###.\n#####\n.###.\n..#..\n");
    // The border of a hole is not outside.
    const Polygon holed{ring(0, 0, 5, 5), {ring(0.5, 0.5, 3.5, 3.5)}};
    EXPECT_EQ(picture(grid, cells_inside(grid, layer_of({holed}))), "#####\n#####\n#..##\n#..##\n#####\n");
}

TEST(CellsInside, AgreesWithEveryCentreTestedAlone) {
    const model::Grid grid{440000.1, 4400100.3, 0.7, 140, 120};
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const double x = grid.min_x + 98 * base::random_uniform(seed, 2, 0);
        const double y = grid.max_y - 84 * base::random_uniform(seed, 2, 1);
        const auto layer =
            layer_of({Polygon{star(seed, {x, y}, 60, 17, false), {star(seed + 100, {x, y}, 10, 5, false)}}});
        ASSERT_EQ(cells_inside(grid, layer), slowly(grid, layer)) << seed;
    }
}

TEST(CellsInside, AgreesWhereCornersLieOnCentres) {
    // Centres are whole numbers here, and so are the corners.
    const model::Grid grid{-0.5, 59.5, 1, 60, 60};
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        const double x = static_cast<double>(base::random_below(60, seed, 3, 0));
        const double y = static_cast<double>(base::random_below(60, seed, 3, 1));
        const auto layer = layer_of({Polygon{star(seed, {x, y}, 40, 9, true), {}}});
        ASSERT_EQ(cells_inside(grid, layer), slowly(grid, layer)) << seed;
    }
}

TEST(CellsInside, TakesAllPolygonsOfAllFeatures) {
    const model::Grid grid{0, 4, 1, 12, 4};
    const geo::MultiPolygon two{{Polygon{ring(0, 0, 2, 4), {}}, Polygon{ring(4, 0, 6, 2), {}}}};
    const auto layer =
        layer_of({two, geo::Geometry{}, Polygon{ring(1, 1, 5, 3), {}}, Polygon{ring(-9, -9, 99, -1), {}}});
    EXPECT_EQ(picture(grid, cells_inside(grid, layer)),
              "##..........\n"
              "#####.......\n"
              "######......\n"
              "##..##......\n");
}

TEST(CellsInside, LosesNoCellBetweenNeighbours) {
    // A square cut along a slanting line that meets some centres: together both halves are the square.
    const model::Grid grid{0, 90, 1, 90, 90};
    const Polygon left{{{0, 0}, {90, 45}, {90, 90}, {0, 90}, {0, 0}}, {}};
    const Polygon right{{{0, 0}, {90, 0}, {90, 45}, {0, 0}}, {}};
    const auto inside = cells_inside(grid, layer_of({left, right}));
    EXPECT_EQ(std::count(inside.begin(), inside.end(), 1), 8100);
}

TEST(CellsInside, CoversTheAreaOfACircle) {
    Path circle;
    for (int i = 0; i <= 3600; ++i)
        circle.push_back({500 + 400 * std::cos(pi * i / 1800), 500 + 400 * std::sin(pi * i / 1800)});
    circle.back() = circle.front();
    const model::Grid grid{0, 1000, 1, 1000, 1000};
    const auto inside = cells_inside(grid, layer_of({Polygon{circle, {}}}));
    // Gauss's circle problem: the error is of the order of the root of the radius, far below 0.1 %.
    EXPECT_NEAR(static_cast<double>(std::count(inside.begin(), inside.end(), 1)), pi * 160000, 200);
}

TEST(CellsInside, IsTheSameInWindowsOfAGrid) {
    const model::Grid grid{0, 60, 1, 60, 60};
    const auto layer = layer_of({Polygon{star(5, {30, 30}, 29, 15, false), {}}});
    const auto whole = cells_inside(grid, layer);
    std::vector<std::uint8_t> joined;
    for (std::size_t first = 0; first < 60; first += 20) {
        const auto part = cells_inside(grid.rows_from(first, 20), layer);
        joined.insert(joined.end(), part.begin(), part.end());
    }
    EXPECT_EQ(joined, whole);
}

TEST(CellsInside, SaysWhenThereIsNothingInside) {
    const model::Grid grid{0, 10, 1, 10, 10};
    const auto error_of = [&grid](const model::Layer& layer) {
        try {
            cells_inside(grid, layer);
        } catch (const base::Error& error) {
            return std::pair(error.kind(), std::string(error.what()));
        }
        return std::pair(base::ErrorKind::kBug, std::string("no error"));
    };
    const auto [far_kind, far] = error_of(layer_of({Polygon{ring(100, 100, 110, 110), {}}}));
    EXPECT_EQ(far_kind, base::ErrorKind::kData);
    EXPECT_THAT(far, HasSubstr("district.gpkg: no cell's centre lies inside the mask"));
    const auto [small_kind, small] = error_of(layer_of({Polygon{ring(0.1, 0.1, 0.4, 0.4), {}}}));
    EXPECT_EQ(small_kind, base::ErrorKind::kData);
    const auto [point_kind, point] = error_of(layer_of({geo::Point{5, 5}}));
    EXPECT_EQ(point_kind, base::ErrorKind::kInput);
    EXPECT_THAT(point, HasSubstr("the mask has no polygons; its geometry is Point"));
}

TEST(ApplyMask, MakesCellsOutsideInvalidInEveryBand) {
    model::Raster raster({0, 1, 1, 3, 1}, geo::Crs::parse("EPSG:4548"), {"estimate", "standard error"});
    for (model::Band& band : raster.bands)
        for (std::size_t cell = 0; cell < 2; ++cell) band.set(cell, 7);
    apply_mask(raster, {0, 1, 1});
    for (std::size_t band = 0; band < 2; ++band) {
        EXPECT_EQ(raster.at(band, 0, 0), std::nullopt);
        EXPECT_EQ(raster.at(band, 0, 1), 7);
        EXPECT_EQ(raster.at(band, 0, 2), std::nullopt) << "what was invalid stays so";
        EXPECT_EQ(raster.bands[band].values[0], 0);
    }
    EXPECT_THROW(apply_mask(raster, {1, 1}), base::Error);
}

}  // namespace
}  // namespace isopleth::raster
