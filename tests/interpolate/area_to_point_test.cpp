// SPDX-License-Identifier: MIT
#include "interpolate/area_to_point.hpp"

#include "bordered_system.hpp"
#include "sample_points.hpp"

namespace isopleth::interpolate {
namespace {

const model::Grid kGrid{0, 80, 10, 11, 8};
const geo::Crs kCrs = geo::Crs::parse("EPSG:4548");

/// Three areas of many shapes: the west, the north-east, the south-east with a hole; some cells in none.
std::vector<AreaMean> three_areas() {
    std::vector<AreaMean> areas{{{}, 12}, {{}, 30.5}, {{}, 21}};
    for (std::size_t row = 0; row < kGrid.rows; ++row) {
        for (std::size_t column = 0; column < kGrid.columns; ++column) {
            if (column == 10 || (row == 6 && column == 7)) continue;
            const std::size_t area = column + row / 3 < 5 ? 0 : row < 4 ? 1 : 2;
            areas[area].cells.push_back(row * kGrid.columns + column);
        }
    }
    return areas;
}

VariogramModel model_of(const std::string& options) {
    return AreaToPoint::parse("area-to-point:" + options);
}

double mean_over(const model::Raster& raster, const AreaMean& area) {
    double sum = 0;
    for (const std::size_t cell : area.cells) sum += raster.bands[0].values[cell];
    return sum / static_cast<double>(area.cells.size());
}

TEST(AreaToPoint, ReproducesTheMeansOfTheAreas) {
    for (const char* options : {"model=exp,psill=20,range=40", "model=sph,psill=9,range=60,nugget=3",
                                "model=gau,psill=30,range=20", "model=mat,kappa=1.5,psill=5,range=15"}) {
        const AreaToPoint kriging(kGrid, three_areas(), model_of(options), {});
        const model::Raster raster = kriging.rows(0, kGrid.rows, kCrs, "", {});
        for (const AreaMean& area : three_areas())
            EXPECT_NEAR(mean_over(raster, area), area.mean, 1e-9) << options;
    }
}

TEST(AreaToPoint, IsTheSolutionOfTheWholeSystem) {
    // Averages of covariances pair by pair and the bordered system, in long double.
    const VariogramModel model = model_of("model=exp,psill=20,range=40,nugget=2");
    const std::vector<AreaMean> areas = three_areas();
    const auto between = [&](std::size_t left, std::size_t right) -> long double {
        const geo::Point p = kGrid.centre(left / kGrid.columns, left % kGrid.columns);
        const geo::Point q = kGrid.centre(right / kGrid.columns, right % kGrid.columns);
        return 20 * std::exp(-std::hypot(static_cast<long double>(p.x - q.x),
                                         static_cast<long double>(p.y - q.y)) /
                             40);
    };
    const auto mean_with = [&](const std::vector<std::size_t>& left, const std::vector<std::size_t>& right) {
        long double sum = 0;
        for (const std::size_t p : left)
            for (const std::size_t q : right) sum += between(p, q);
        return sum / static_cast<long double>(left.size() * right.size());
    };
    const AreaToPoint kriging(kGrid, areas, model, {});
    const model::Raster raster = kriging.rows(0, kGrid.rows, kCrs, "", {});
    for (const std::size_t cell : {std::size_t{0}, std::size_t{37}, std::size_t{54}, std::size_t{87}}) {
        std::vector<std::vector<long double>> a(4, std::vector<long double>(4, 1));
        std::vector<long double> b(4, 1);
        a[3][3] = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            for (std::size_t j = 0; j < 3; ++j) a[i][j] = mean_with(areas[i].cells, areas[j].cells);
            b[i] = mean_with(areas[i].cells, {cell});
        }
        const auto weights = solved(a, b);
        long double estimate = 0;
        long double variance = 22 - weights[3];
        for (std::size_t i = 0; i < 3; ++i) {
            estimate += weights[i] * areas[i].mean;
            variance -= weights[i] * b[i];
        }
        EXPECT_NEAR(raster.bands[0].values[cell], static_cast<double>(estimate), 1e-10);
        EXPECT_NEAR(raster.bands[1].values[cell], static_cast<double>(std::sqrt(variance)), 1e-10);
    }
}

TEST(AreaToPoint, GivesTheSameBitsForWindowsAndThreads) {
    const AreaToPoint kriging(kGrid, three_areas(), model_of("model=exp,psill=20,range=40"), {});
    const model::Raster whole = kriging.rows(0, kGrid.rows, kCrs, "", base::Job{1, {}, {}});
    const AreaToPoint other(kGrid, three_areas(), model_of("model=exp,psill=20,range=40"),
                            base::Job{7, {}, {}});
    const model::Raster part = other.rows(3, 2, kCrs, "", base::Job{7, {}, {}});
    for (std::size_t cell = 0; cell < part.grid.count(); ++cell) {
        EXPECT_EQ(part.bands[0].values[cell], whole.bands[0].values[3 * kGrid.columns + cell]);
        EXPECT_EQ(part.bands[1].values[cell], whole.bands[1].values[3 * kGrid.columns + cell]);
    }
}

TEST(AreaToPoint, RefusesWhatItCannotSolve) {
    const VariogramModel model = model_of("model=exp,psill=20,range=40");
    EXPECT_EQ(error_of([&] { AreaToPoint(kGrid, {three_areas()[0]}, model, {}); }),
              "1 area with a mean; area-to-point kriging takes 2 to 2000");
    std::vector<AreaMean> twice = three_areas();
    twice.push_back(twice[0]);
    EXPECT_THAT(error_of([&] { AreaToPoint(kGrid, twice, model, {}); }),
                testing::StartsWith("the areas cannot be told apart"));
    EXPECT_THAT(error_of([&] { AreaToPoint::parse("area-to-point"); }),
                testing::StartsWith("area-to-point needs the variogram at points"));
    EXPECT_THAT(error_of([&] { AreaToPoint::parse("area-to-point:model=exp,psill=1,range=5,block=20"); }),
                testing::StartsWith("area-to-point takes no options but model="));
}

}  // namespace
}  // namespace isopleth::interpolate
