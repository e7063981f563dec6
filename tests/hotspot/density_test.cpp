// SPDX-License-Identifier: MIT
#include "hotspot/density.hpp"

#include "base/error.hpp"
#include "base/random.hpp"
#include "oracle.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numbers>

namespace isopleth::hotspot {
namespace {

constexpr double kSquareKilometre = 1e6;  // square metres
const std::vector<Kernel> kKernels = {Kernel::kQuartic, Kernel::kGaussian, Kernel::kEpanechnikov,
                                      Kernel::kUniform};

const geo::Crs& metres() {
    static const geo::Crs crs = geo::Crs::parse("EPSG:32650");
    return crs;
}

base::Job with_threads(int threads) {
    base::Job job;
    job.threads = threads;
    return job;
}

std::vector<geo::Point> random_events(std::size_t count, const geo::Box& box) {
    std::vector<geo::Point> events;
    for (std::size_t i = 0; i < count; ++i) {
        events.push_back({box.min_x + box.width() * base::random_uniform(11, i, 0),
                          box.min_y + box.height() * base::random_uniform(11, i, 1)});
    }
    return events;
}

/// Published forms, one cell and one event at a time.
double by_hand(Kernel kernel, double distance, double r) {
    const double area = std::numbers::pi * r * r;
    if (distance > r) return 0;
    const double u = distance / r;
    switch (kernel) {
        case Kernel::kQuartic:
            return 3 / area * std::pow(1 - u * u, 2);
        case Kernel::kEpanechnikov:
            return 2 / area * (1 - u * u);
        case Kernel::kUniform:
            return 1 / area;
        case Kernel::kGaussian: {
            const double s = r / 3;
            const double inside = 1 - std::exp(-r * r / (2 * s * s));  // of the volume of the uncut one
            return std::exp(-distance * distance / (2 * s * s)) / (2 * std::numbers::pi * s * s) / inside;
        }
    }
    return 0;
}

TEST(KernelDensity, ReadsTheKernelsName) {
    EXPECT_EQ(parse_kernel("quartic"), Kernel::kQuartic);
    EXPECT_EQ(parse_kernel("uniform"), Kernel::kUniform);
    try {
        parse_kernel("quatric");
        ADD_FAILURE();
    } catch (const base::Error& error) {
        EXPECT_EQ(error.kind(), base::ErrorKind::kUsage);
        EXPECT_THAT(error.what(), testing::HasSubstr("did you mean quartic?"));
    }
}

// Twin: every event on every cell. Events also lie outside the grid, from where they reach into it.
TEST(KernelDensity, IsThatOfBruteForce) {
    const model::Grid grid{448000, 4421000, 40, 30, 20};
    geo::Box around = grid.box();
    around.extend(geo::Point{around.min_x - 300, around.min_y - 300});
    around.extend(geo::Point{around.max_x + 300, around.max_y + 300});
    const auto events = random_events(400, around);
    std::vector<double> weights;
    for (std::size_t i = 0; i < events.size(); ++i) weights.push_back(static_cast<double>(i % 5));
    for (const Kernel kernel : kKernels) {
        for (const double radius : {15.0, 137.0, 5000.0}) {
            const auto raster = kernel_density({events, weights}, grid, metres(), {kernel, {radius}}, {});
            ASSERT_EQ(raster.count_valid(0), grid.count());
            for (std::size_t row = 0; row < grid.rows; ++row) {
                for (std::size_t column = 0; column < grid.columns; ++column) {
                    double expected = 0;
                    for (std::size_t i = 0; i < events.size(); ++i) {
                        const geo::Point centre = grid.centre(row, column);
                        const double distance = std::hypot(centre.x - events[i].x, centre.y - events[i].y);
                        expected += weights[i] * by_hand(kernel, distance, radius) * kSquareKilometre;
                    }
                    ASSERT_NEAR(*raster.at(0, row, column), expected, 1e-12 * expected + 1e-13);
                }
            }
        }
    }
}

// Silverman (1986), eq. 4.5: 3/(pi r^2) at the event itself.
TEST(KernelDensity, HasThePublishedHeightAtAnEvent) {
    const model::Grid grid{0, 300, 100, 3, 3};
    const auto raster = kernel_density({{{150, 150}}, {}}, grid, metres(), {Kernel::kQuartic, {500}}, {});
    EXPECT_DOUBLE_EQ(*raster.at(0, 1, 1), 3 / (std::numbers::pi * 0.25));
    EXPECT_DOUBLE_EQ(*raster.at(0, 1, 2), 3 / (std::numbers::pi * 0.25) * 0.96 * 0.96);
    EXPECT_EQ(raster.bands[0].name, "density");
    EXPECT_EQ(raster.bands[0].unit, "events/km2");
}

TEST(KernelDensity, CountsAnEventExactlyAtTheRadius) {
    const model::Grid grid{0, 100, 100, 1, 1};  // its centre is (50, 50)
    const auto at = [&](geo::Point event, double radius) {
        return *kernel_density({{event}, {}}, grid, metres(), {Kernel::kUniform, {radius}}, {}).at(0, 0, 0);
    };
    EXPECT_GT(at({350, 450}, 500), 0);  // 300, 400, 500
    EXPECT_EQ(at({350, 450}, std::nextafter(500, 0)), 0);
    EXPECT_GT(at({50, -450}, 500), 0);
    EXPECT_GT(at({-450, 50}, 500), 0);
}

TEST(KernelDensity, AddsUpToTheNumberOfEvents) {
    const model::Grid grid{0, 3000, 5, 600, 600};
    const std::vector<geo::Point> events = {{1000, 1000}, {1003, 1501}, {1999, 1234}};
    for (const Kernel kernel : kKernels) {
        const auto raster = kernel_density({events, {1, 2, 0.5}}, grid, metres(), {kernel, {900}}, {});
        double total = 0;
        for (const double value : raster.bands[0].values)
            total += value * grid.cell * grid.cell / kSquareKilometre;
        EXPECT_NEAR(total, 3.5, 3.5e-3);
    }
}

TEST(KernelDensity, GivesTheSameBitsForAnyOrderAndNumberOfThreads) {
    const model::Grid grid{0, 1000, 10, 100, 100};
    auto events = random_events(2000, grid.box());
    events.insert(events.end(), 5, events.front());
    for (const Kernel kernel : kKernels) {
        const auto one = kernel_density({events, {}}, grid, metres(), {kernel, {120}}, with_threads(1));
        for (const int threads : {2, 7}) {
            const auto many =
                kernel_density({events, {}}, grid, metres(), {kernel, {120}}, with_threads(threads));
            EXPECT_TRUE(many.bands[0].values == one.bands[0].values);
        }
        auto reversed = events;
        std::reverse(reversed.begin(), reversed.end());
        const auto other = kernel_density({reversed, {}}, grid, metres(), {kernel, {120}}, with_threads(2));
        EXPECT_TRUE(other.bands[0].values == one.bands[0].values);
    }
}

TEST(KernelDensity, IsZeroWithoutEventsInReach) {
    const model::Grid grid{0, 100, 10, 10, 10};
    for (const auto& events : {std::vector<geo::Point>{}, std::vector<geo::Point>{{1e7, 50}, {50, -1e7}}}) {
        const auto raster = kernel_density({events, {}}, grid, metres(), {Kernel::kQuartic, {100}}, {});
        EXPECT_THAT(raster.bands[0].values, testing::Each(0.0));
        EXPECT_EQ(raster.count_valid(0), 100u);
    }
}

TEST(KernelDensity, RefusesARadiusOfNothingAndStopsWhenCancelled) {
    const model::Grid grid{0, 100, 10, 10, 10};
    EXPECT_THROW(kernel_density({{{1, 1}}, {}}, grid, metres(), {Kernel::kQuartic, {0}}, {}), base::Error);
    EXPECT_THROW(kernel_density({{{1, 1}}, {1, 2}}, grid, metres(), {Kernel::kQuartic, {5}}, {}),
                 base::Error);
    const std::atomic<bool> cancelled = true;
    base::Job job;
    job.cancelled = &cancelled;
    EXPECT_THROW(kernel_density({{{1, 1}}, {}}, grid, metres(), {Kernel::kQuartic, {5}}, job), base::Error);
}

// Exact sums over Chicago's 116 crimes (spatstat.data) at a 40 x 40 grid of points, per square foot: quartic
// with radius 150, Gaussian with standard deviation 60 and no end, of which ours is the part up to 180.
TEST(KernelDensityOracle, OfChicagoIsThatOfExactSums) {
    if (!has_shared_data()) GTEST_SKIP() << "needs ../shared/data";
    std::vector<geo::Point> events;
    for (auto& row : rows_of("oracle/chicago/events.csv"))
        events.push_back({std::stod(row["x"]), std::stod(row["y"])});
    ASSERT_EQ(events.size(), 116u);
    // The file's places are 40 x 40 from 10 ft inside the window (expected.json), printed with 10 digits
    // only.
    const geo::Box window{0.389352289884248, 153.103496225466, 1281.98625717162, 1276.56022345244};
    std::size_t compared = 0;
    for (auto& row : rows_of("oracle/chicago/expected_planar_density.csv")) {
        const geo::Point place{
            window.min_x + 10 + (window.width() - 20) * static_cast<double>(compared % 40) / 39,
            window.min_y + 10 + (window.height() - 20) * static_cast<double>(compared / 40) / 39};
        ASSERT_NEAR(place.x, std::stod(row["x"]), 1e-6);
        ASSERT_NEAR(place.y, std::stod(row["y"]), 1e-6);
        const model::Grid cell{place.x - 5, place.y + 5, 10, 1, 1};
        const auto density = [&](Kernel kernel, double radius) {
            return *kernel_density({events, {}}, cell, metres(), {kernel, {radius}}, {}).at(0, 0, 0) /
                   kSquareKilometre;
        };
        const double quartic = std::stod(row["quartic_radius150_exact"]);
        EXPECT_NEAR(density(Kernel::kQuartic, 150), quartic, 1e-9 * quartic + 1e-15);
        double beyond = 0;
        for (const geo::Point& event : events) {
            const double squared = std::pow(event.x - place.x, 2) + std::pow(event.y - place.y, 2);
            if (squared > 180.0 * 180.0) beyond += std::exp(-squared / 7200) / (std::numbers::pi * 7200);
        }
        const double gaussian = std::stod(row["gaussian_sd60_exact_no_edge"]);
        EXPECT_NEAR(density(Kernel::kGaussian, 180) * (1 - std::exp(-4.5)) + beyond, gaussian,
                    1e-9 * gaussian + 1e-15);
        ++compared;
    }
    EXPECT_EQ(compared, 1600u);
}

}  // namespace
}  // namespace isopleth::hotspot
