// SPDX-License-Identifier: MIT
#include "interpolate/interpolator.hpp"

#include "interpolate/methods.hpp"
#include "sample_points.hpp"

namespace isopleth::interpolate {
namespace {

// More cells than a chunk has.
const model::Grid kGrid{-50, 1050, 11, 100, 90};

model::Samples field() {
    const std::vector<geo::Point> points = scattered(60, 1000, 31);
    return samples_at(points, field_at(points, 31));
}

TEST(Estimate, TakesTheCentreOfEachCell) {
    const model::Samples samples = field();
    const auto idw = make("idw", samples, {});
    const model::Raster raster = estimate(*idw, kGrid, samples.crs(), "ug/m3", {});
    ASSERT_EQ(raster.bands.size(), 1u);
    EXPECT_EQ(raster.bands[0].name, "estimate");
    EXPECT_EQ(raster.bands[0].unit, "ug/m3");
    EXPECT_TRUE(raster.crs == samples.crs());
    for (const auto& [row, column] :
         std::vector<std::pair<std::size_t, std::size_t>>{{0, 0}, {3, 99}, {89, 50}}) {
        const geo::Point centre{-50 + 11 * (static_cast<double>(column) + 0.5),
                                1050 - 11 * (static_cast<double>(row) + 0.5)};
        EXPECT_EQ(raster.at(0, row, column), estimates_at(*idw, {centre}).values[0]);
    }
}

TEST(Estimate, HasABandOfStandardErrors) {
    const model::Samples samples = field();
    const auto kriging = make("kriging", samples, {});
    const model::Raster raster = estimate(*kriging, kGrid, samples.crs(), "", {});
    ASSERT_EQ(raster.bands.size(), 2u);
    EXPECT_EQ(raster.bands[1].name, "standard error");
    EXPECT_EQ(raster.count_valid(0), kGrid.count());
    EXPECT_EQ(raster.count_valid(1), kGrid.count());
    EXPECT_EQ(raster.at(1, 20, 30), estimates_at(*kriging, {kGrid.centre(20, 30)}).errors[0]);
}

TEST(Estimate, LeavesCellsWithoutASampleInvalid) {
    const model::Samples samples = samples_at({{500, 500}}, {7});
    const model::Raster raster = estimate(*make("idw:radius=100", samples, {}), kGrid, samples.crs(), "", {});
    for (std::size_t row = 0; row < kGrid.rows; ++row) {
        for (std::size_t column = 0; column < kGrid.columns; ++column) {
            const geo::Point centre = kGrid.centre(row, column);
            const bool is_near = std::hypot(centre.x - 500, centre.y - 500) <= 100;
            ASSERT_EQ(raster.at(0, row, column).has_value(), is_near);
            ASSERT_DOUBLE_EQ(raster.at(0, row, column).value_or(7), 7);
        }
    }
}

TEST(Estimate, HasTheSameBitsForAnyThreadsAndWindows) {
    const model::Samples samples = field();
    for (const char* method :
         {"idw", "idw:neighbours=12", "kriging", "kriging:neighbours=16", "trend:degree=3", "spline",
          "spline:neighbours=16", "spline:type=tension,smoothing=0.1", "spline:type=tension,neighbours=9",
          "nearest", "tin", "natural"}) {
        SCOPED_TRACE(method);
        const auto interpolator = make(method, samples, {});
        const model::Raster whole = estimate(*interpolator, kGrid, samples.crs(), "", {});
        for (const int threads : {2, 7}) {
            base::Job job;
            job.threads = threads;
            const model::Raster other = estimate(*interpolator, kGrid, samples.crs(), "", job);
            for (std::size_t band = 0; band < whole.bands.size(); ++band) {
                EXPECT_EQ(other.bands[band].values, whole.bands[band].values);
            }
        }
        const model::Raster window = estimate(*interpolator, kGrid.rows_from(37, 11), samples.crs(), "", {});
        for (std::size_t cell = 0; cell < window.grid.count(); ++cell) {
            ASSERT_EQ(window.bands[0].values[cell], whole.bands[0].values[37 * 100 + cell]);
        }
    }
}

TEST(Estimate, StopsWhenCancelled) {
    const model::Samples samples = field();
    const std::atomic<bool> cancelled = true;
    base::Job job;
    job.cancelled = &cancelled;
    EXPECT_THROW(estimate(*make("idw", samples, {}), kGrid, samples.crs(), "", job), base::Error);
}

}  // namespace
}  // namespace isopleth::interpolate
