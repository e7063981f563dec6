// SPDX-License-Identifier: MIT
#include "interpolate/simulation.hpp"

#include <algorithm>
#include <cmath>

#include "interpolate/kriging.hpp"
#include "sample_points.hpp"

namespace isopleth::interpolate {
namespace {

const geo::Crs kCrs = geo::Crs::parse("EPSG:4548");
const model::Grid kGrid{0, 200, 10, 20, 20};

model::Raster simulated(const std::string& options, const model::Samples& samples,
                        const model::Grid& grid = kGrid, int threads = 2) {
    const base::Job job{threads, {}, nullptr};
    Simulation simulation(parse_simulation_options("simulation:" + options), samples, grid, job);
    simulation.simulate(job);
    return simulation.rows(0, grid.rows, kCrs, "", job);
}

std::vector<std::vector<double>> values_of(const model::Raster& raster) {
    std::vector<std::vector<double>> values;
    for (const model::Band& band : raster.bands) values.push_back(band.values);
    return values;
}

/// The realisations, which are the last bands.
std::vector<std::vector<double>> realisations(const model::Raster& raster, std::size_t count) {
    std::vector<std::vector<double>> all = values_of(raster);
    return {all.end() - static_cast<std::ptrdiff_t>(count), all.end()};
}

model::Samples few(std::size_t count = 15) {
    const std::vector<geo::Point> points = scattered(count, 200, 21);
    return samples_at(points, field_at(points, 21));
}

double semivariance(const std::vector<double>& field, const model::Grid& grid, std::size_t rows,
                    std::size_t columns) {
    double sum = 0;
    std::size_t pairs = 0;
    for (std::size_t u = rows; u < grid.rows; ++u) {
        for (std::size_t v = columns; v < grid.columns; ++v, ++pairs) {
            const double difference =
                field[u * grid.columns + v] - field[(u - rows) * grid.columns + v - columns];
            sum += difference * difference / 2;
        }
    }
    return sum / static_cast<double>(pairs);
}

TEST(Simulation, HasTheModelsMeanAndVariogramWhereNoSampleReaches) {
    const model::Grid grid{0, 0, 10, 32, 24};
    const VariogramModel model{2, {{Shape::kExponential, 20, 50}}};
    const auto fields =
        realisations(simulated("realisations=500,keep=500,mean=50,model=exp,psill=20,range=50,nugget=2",
                               samples_at({{1e6, 0}, {1e6, 1e6}}, {60, 70}), grid),
                     500);
    // Each field tells a mean and a semivariance; 4.5 standard errors of what 500 of them tell.
    const auto expect_mean = [&](auto figure, double expected) {
        std::vector<double> figures;
        for (const auto& field : fields) figures.push_back(figure(field));
        const double error = *base::standard_deviation(figures) / std::sqrt(500.0);
        EXPECT_NEAR(*base::mean(figures), expected, 4.5 * error);
        EXPECT_LT(error, 0.03 * expected);
    };
    expect_mean([](const auto& field) { return *base::mean(field); }, 50);
    for (const auto& [rows, columns] :
         {std::pair{0, 1}, {1, 0}, {1, 1}, {0, 3}, {5, 0}, {4, 4}, {0, 12}, {16, 0}}) {
        SCOPED_TRACE(testing::Message() << rows << " " << columns);
        expect_mean([&, down = static_cast<std::size_t>(rows), right = static_cast<std::size_t>(columns)](
                        const auto& field) { return semivariance(field, grid, down, right); },
                    model.semivariance(10 * std::hypot(rows, columns)));
    }
}

/// The realisations' mean and standard deviation are kriging's, within 4.5 standard errors of 500.
void expect_kriging(const std::string& options, const model::Samples& samples) {
    const model::Raster raster = simulated("realisations=500,neighbours=120," + options, samples);
    const auto kriging = make_kriging("kriging:" + options, samples, {});
    std::vector<geo::Point> places;
    for (std::size_t cell = 0; cell < kGrid.count(); ++cell)
        places.push_back(kGrid.centre(cell / kGrid.columns, cell % kGrid.columns));
    const Estimates expected = estimates_at(*kriging, places);
    for (std::size_t cell = 0; cell < kGrid.count(); ++cell) {
        const double error = expected.errors[cell];
        EXPECT_NEAR(raster.bands[0].values[cell], expected.values[cell], 4.5 * error / std::sqrt(500.0));
        EXPECT_NEAR(raster.bands[1].values[cell], error, 4.5 * error / std::sqrt(1000.0));
    }
}

TEST(Simulation, HasTheMeanAndErrorOfSimpleKriging) {
    expect_kriging("mean=41,model=exp,psill=20,range=60", few());
    expect_kriging("mean=41,model=sph,psill=20,range=90,nugget=3,angle=30,ratio=0.5", few());
}

TEST(Simulation, HasTheMeanAndErrorOfOrdinaryKrigingWhereTheMeanIsNotKnown) {
    expect_kriging("model=exp,psill=20,range=60,nugget=1", few());
    expect_kriging("model=exp,psill=20,range=60,error=2", few(8));
}

TEST(Simulation, PassesThroughTheSamplesInEveryRealisation) {
    std::vector<geo::Point> centres;
    for (const std::size_t cell : {7, 45, 130, 222, 301, 399})
        centres.push_back(kGrid.centre(cell / kGrid.columns, cell % kGrid.columns));
    const std::vector<double> values{3, 12, 5, 40, 7, 9};
    for (const std::string options :
         {"", ",transform=log", ",transform=normal", ",transform=boxcox,lambda=0.3"}) {
        const model::Raster raster = simulated("realisations=20,keep=20,model=exp,psill=1,range=60" + options,
                                               samples_at(centres, values));
        for (const auto& field : realisations(raster, 20)) {
            std::size_t i = 0;
            for (const std::size_t cell : {7, 45, 130, 222, 301, 399}) EXPECT_EQ(field[cell], values[i++]);
        }
        EXPECT_EQ(raster.bands[1].values[45], 0);
        EXPECT_GT(raster.bands[1].values[46], 0);
    }
}

TEST(Simulation, ComesNearASampleBesideIt) {
    // A millimetre from the centre of cell 45: without a nugget next to nothing can happen on the way.
    geo::Point beside = kGrid.centre(2, 5);
    beside.x += 1e-3;
    const model::Raster raster = simulated("realisations=20,keep=20,model=sph,psill=9,range=60",
                                           samples_at({beside, {150, 30}, {30, 150}}, {12, 30, 7}));
    for (const auto& field : realisations(raster, 20)) EXPECT_NEAR(field[45], 12, 0.2);
}

TEST(Simulation, StaysWithinTheSamplesByNormalScores) {
    const model::Raster raster =
        simulated("realisations=40,keep=40,transform=normal,model=exp,psill=1,range=60", few());
    const std::vector<double> values = few().values();
    for (const auto& field : realisations(raster, 40)) {
        EXPECT_GE(*base::minimum(field), *base::minimum(values));
        EXPECT_LE(*base::maximum(field), *base::maximum(values));
    }
}

TEST(Simulation, SumsUpItsRealisations) {
    const model::Raster raster =
        simulated("realisations=7,keep=7,above=42,model=exp,psill=20,range=60", few());
    ASSERT_EQ(raster.bands.size(), 10u);
    EXPECT_EQ(raster.bands[2].name, "probability above");
    EXPECT_EQ(raster.bands[9].name, "realisation 7");
    const auto fields = realisations(raster, 7);
    for (std::size_t cell = 0; cell < kGrid.count(); ++cell) {
        std::vector<double> values;
        double above = 0;
        for (const auto& field : fields) {
            values.push_back(field[cell]);
            above += field[cell] > 42 ? 1 : 0;
        }
        EXPECT_NEAR(raster.bands[0].values[cell], *base::mean(values), 1e-12);
        EXPECT_NEAR(raster.bands[1].values[cell], *base::standard_deviation(values), 1e-12);
        EXPECT_EQ(raster.bands[2].values[cell], above / 7);
    }
}

TEST(Simulation, GivesTheSameBitsForAnyThreadsWindowsAndOrder) {
    const std::string options = "realisations=40,keep=40,transform=normal,neighbours=12,model=exp";
    const model::Raster one = simulated(options, few(60), kGrid, 1);
    EXPECT_EQ(values_of(one), values_of(simulated(options, few(60), kGrid, 2)));
    EXPECT_EQ(values_of(one), values_of(simulated(options, few(60), kGrid, 7)));
    std::vector<geo::Point> points = few(60).points();
    std::vector<double> values = few(60).values();
    std::rotate(points.begin(), points.begin() + 17, points.end());
    std::rotate(values.begin(), values.begin() + 17, values.end());
    EXPECT_EQ(values_of(one), values_of(simulated(options, samples_at(points, values))));
    Simulation simulation(parse_simulation_options("simulation:" + options), few(60), kGrid, {});
    simulation.simulate({});
    const model::Raster part = simulation.rows(3, 2, kCrs, "", {});
    for (std::size_t cell = 0; cell < part.grid.count(); ++cell)
        EXPECT_EQ(part.bands[7].values[cell], one.bands[7].values[3 * kGrid.columns + cell]);
}

TEST(Simulation, ChangesWithTheSeedAndNotWithTheNumberOfRealisations) {
    const std::string given = ",keep=3,model=exp,psill=20,range=60";
    const auto first = realisations(simulated("realisations=3,seed=1" + given, few()), 3);
    EXPECT_EQ(first, realisations(simulated("realisations=30,seed=1" + given, few()), 3));
    const auto other = realisations(simulated("realisations=3,seed=2" + given, few()), 3);
    for (std::size_t r = 0; r < 3; ++r) EXPECT_NE(first[r], other[r]);
    EXPECT_NE(first[0], first[1]);
}

TEST(Simulation, SaysWhatItDid) {
    const Simulation simulation(
        parse_simulation_options("simulation:realisations=5,seed=3,model=exp,psill=20,range=60,above=42"),
        few(), kGrid, {});
    const base::Json said = simulation.description();
    EXPECT_EQ(said["method"].string_or(""), "simulation");
    EXPECT_EQ(said["realisations"].integer_or(0), 5);
    EXPECT_EQ(said["seed"].integer_or(0), 3);
    EXPECT_EQ(said["neighbours"].integer_or(0), 32);
    EXPECT_EQ(said["probability_above"].number_or(0), 42);
    EXPECT_NEAR(said["mean"].number_or(0), 40, 10);
    EXPECT_GT(said["mean_standard_error"].number_or(0), 0);
}

TEST(Simulation, RefusesWhatItCannotDo) {
    EXPECT_EQ(error_of([] {
                  simulated("realisations=1000,model=exp,psill=20,range=60", few(),
                            model::Grid{0, 0, 1, 1000, 1000});
              }),
              "1000 realisations of 1,000,000 cells take 8.0 GB of memory; 4.0 GB are the most. "
              "Use a larger --cell, a smaller --extent, or fewer realisations.");
    EXPECT_EQ(error_of([] { simulated("realisations=5", few(9)); }),
              "9 samples with a pm25 value; kriging needs 10. Use --method idw.");
    EXPECT_THAT(error_of([] { simulated("realisations=5,model=gau,psill=1,range=500", few()); }),
                testing::HasSubstr("a gau model of range 500 m has next to no nugget"));
}

}  // namespace
}  // namespace isopleth::interpolate
