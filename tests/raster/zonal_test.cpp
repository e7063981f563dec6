// SPDX-License-Identifier: MIT
#include "raster/zonal.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.hpp"
#include "base/random.hpp"
#include "geo/crs.hpp"

namespace isopleth::raster {
namespace {

const std::vector<ZonalStatistic>& all() {
    static const std::vector<ZonalStatistic> kAll = [] {
        std::vector<ZonalStatistic> list;
        for (const char* name : {"count", "sum", "mean", "min", "max", "variance", "stdev", "median",
                                 "majority", "minority", "variety", "p25", "above:4.5"})
            list.push_back(parse_zonal_statistic(name));
        return list;
    }();
    return kAll;
}

model::Band band_of(const std::vector<double>& values) {
    model::Band band{"a", "", std::vector<double>(values.size()), std::vector<std::uint8_t>(values.size())};
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isnan(values[i])) band.set(i, values[i]);
    }
    return band;
}

double figure(const ZonalSums& sums, const std::string& name) {
    return sums.result(parse_zonal_statistic(name)).value();
}

TEST(Zonal, HasTheFiguresThatExactextractPublishes) {
    // isciences/exactextract, test_stats.cpp, "Basic float stats" and "Weighted multiresolution float stats".
    const geo::Polygon square{{{0.5, 0.5}, {2.5, 0.5}, {2.5, 2.5}, {0.5, 2.5}, {0.5, 0.5}}, {}};
    const model::Grid grid{-1, 4, 1, 5, 5};
    const model::Band values =
        band_of({1, 1, 1, 1, 1, 1, 1, 2, 3, 1, 1, 4, 5, 6, 1, 1, 0, std::nan(""), 7, 1, 1, 1, 1, 1, 1});
    ZonalSums sums(all());
    add_window({0, 5, 5, &values, nullptr}, Coverage(grid, square), sums);
    EXPECT_EQ(figure(sums, "count"), 3.5);
    EXPECT_EQ(figure(sums, "sum"), 13.75);
    EXPECT_DOUBLE_EQ(figure(sums, "mean"), 13.75 / 3.5);
    EXPECT_EQ(figure(sums, "majority"), 5);
    EXPECT_EQ(figure(sums, "minority"), 0);
    EXPECT_EQ(figure(sums, "min"), 0);
    EXPECT_EQ(figure(sums, "max"), 7);
    EXPECT_EQ(figure(sums, "variety"), 8);

    const geo::Polygon low{{{3.5, 1.5}, {6.5, 1.5}, {6.5, 2.5}, {3.5, 2.5}, {3.5, 1.5}}, {}};
    std::vector<double> numbers, weights;
    for (int row = 0; row < 6; ++row) {
        for (int column = 0; column < 8; ++column) {
            numbers.push_back(1 + row * 8 + column);
            weights.push_back(5 + 5 * (row / 2 * 4 + column / 2));
        }
    }
    const model::Band first = band_of(numbers);
    const model::Band second = band_of(weights);
    ZonalSums weighted(all());
    add_window({0, 6, 8, &first, &second}, Coverage({0, 6, 1, 8, 6}, low), weighted);
    const double v[] = {28, 29, 30, 31, 36, 37, 38, 39};
    const double w[] = {30, 35, 35, 40, 50, 55, 55, 60};
    const double c[] = {0.25, 0.5, 0.5, 0.25, 0.25, 0.5, 0.5, 0.25};
    double above = 0, below = 0;
    for (int i = 0; i < 8; ++i) {
        above += v[i] * w[i] * c[i];
        below += w[i] * c[i];
    }
    EXPECT_DOUBLE_EQ(figure(weighted, "mean"), above / below);
}

TEST(Zonal, TellsByTheWeightsOfCells) {
    // Sums written out: values 2 (share 0.5), 4 (1), 5 (0.25), 4 (0.25).
    ZonalSums sums(all());
    sums.add(2, 0.5, 1);
    sums.add(4, 1, 1);
    sums.add(5, 0.25, 1);
    sums.add(4, 0.25, 1);
    EXPECT_DOUBLE_EQ(figure(sums, "mean"), (1 + 4 + 1.25 + 1) / 2);
    const double mean = 7.25 / 2;
    const double variance =
        (0.5 * std::pow(2 - mean, 2) + 1.25 * std::pow(4 - mean, 2) + 0.25 * std::pow(5 - mean, 2)) / 2;
    EXPECT_NEAR(figure(sums, "variance"), variance, 1e-15);
    EXPECT_NEAR(figure(sums, "stdev"), std::sqrt(variance), 1e-15);
    EXPECT_EQ(figure(sums, "above:4.5"), 0.125);
    EXPECT_EQ(figure(sums, "majority"), 4);
    EXPECT_EQ(figure(sums, "minority"), 5);
    EXPECT_EQ(figure(sums, "variety"), 3);
}

TEST(Zonal, BreaksTiesOfMajorityAndMinority) {
    ZonalSums sums(all());
    for (const double value : {3.0, 7.0, 5.0}) sums.add(value, 1, 1);
    EXPECT_EQ(figure(sums, "majority"), 7);
    EXPECT_EQ(figure(sums, "minority"), 3);
}

TEST(Zonal, PercentilesOfEqualWeightsAreTheUsualOnes) {
    // R: quantile(c(1, 2, 4, 8, 16), c(0, .25, .3, .5, .9, 1)).
    std::vector<std::pair<double, double>> cells;
    for (const double value : {1, 2, 4, 8, 16}) cells.emplace_back(value, 0.4);
    const double percents[] = {0, 25, 30, 50, 90, 100};
    const double expected[] = {1, 2, 2.4, 4, 12.8, 16};
    for (int i = 0; i < 6; ++i) EXPECT_NEAR(zonal_percentile(cells, percents[i]), expected[i], 1e-12);
    EXPECT_EQ(zonal_percentile({{3, 0.1}}, 50), 3);
}

TEST(Zonal, PercentilesOfUnequalWeightsFollowTheirFormula) {
    // n = 3, c = 1, 2, 1: S = 0, 1 * 2 + 2 * 1 = 4, 2 * 1 + 2 * 3 = 8; the median lies at 4: the second.
    EXPECT_DOUBLE_EQ(zonal_percentile({{10, 1}, {20, 2}, {40, 1}}, 50), 20);
    EXPECT_DOUBLE_EQ(zonal_percentile({{10, 1}, {20, 2}, {40, 1}}, 75), 30);
    EXPECT_DOUBLE_EQ(zonal_percentile({{10, 1}, {20, 2}, {40, 1}}, 12.5), 12.5);
}

TEST(Zonal, HasNoFigureWithoutACell) {
    const ZonalSums none(all());
    for (const ZonalStatistic& statistic : all()) EXPECT_EQ(none.result(statistic), std::nullopt);
    // A weight of 0 leaves a count and no mean.
    ZonalSums weightless(all());
    weightless.add(3, 1, 0);
    EXPECT_EQ(weightless.result(parse_zonal_statistic("count")), 1);
    EXPECT_EQ(weightless.result(parse_zonal_statistic("mean")), std::nullopt);
}

TEST(Zonal, RunsAndMergedWindowsGiveWhatCellsGiveOneByOne) {
    const auto value = [](std::size_t i) {
        return 1e6 + static_cast<double>(base::random_bits(3, i, 0) >> 40) * 1e-4;
    };
    for (const char* name : {"mean", "variance", "min", "max", "sum", "count"}) {
        const std::vector<ZonalStatistic> wanted{parse_zonal_statistic(name)};
        ZonalSums one(wanted), runs(wanted), merged(wanted);
        std::size_t next = 0;
        for (std::size_t length = 1; length < 40; ++length) {
            std::vector<double> values;
            for (std::size_t i = 0; i < length; ++i) values.push_back(value(next++));
            const double share = 1 / static_cast<double>(length);
            ZonalSums window(wanted);
            for (const double number : values) {
                one.add(number, share, 1);
                window.add(number, share, 1);
            }
            runs.add_run(values, share);
            merged.merge(window);
        }
        EXPECT_NEAR(figure(runs, name) / figure(one, name), 1, 1e-12) << name;
        EXPECT_NEAR(figure(merged, name) / figure(one, name), 1, 1e-12) << name;
    }
}

TEST(Zonal, WindowsOfRowsSeeTheirOwnCells) {
    const geo::Polygon square{{{0.5, 0.5}, {4.5, 0.5}, {4.5, 4.5}, {0.5, 4.5}, {0.5, 0.5}}, {}};
    std::vector<double> numbers;
    for (int i = 0; i < 25; ++i) numbers.push_back(i % 7 == 3 ? std::nan("") : i);
    const model::Band band = band_of(numbers);
    const Coverage coverage({0, 5, 1, 5, 5}, square);
    ZonalSums whole(all());
    add_window({0, 5, 5, &band, nullptr}, coverage, whole);
    ZonalSums parts(all());
    for (std::size_t row = 0; row < 5; row += 2) {
        const std::size_t rows = std::min<std::size_t>(2, 5 - row);
        const model::Band some = band_of({numbers.begin() + static_cast<long>(row * 5),
                                          numbers.begin() + static_cast<long>((row + rows) * 5)});
        add_window({row, rows, 5, &some, nullptr}, coverage, parts);
    }
    for (const ZonalStatistic& statistic : all()) EXPECT_EQ(parts.result(statistic), whole.result(statistic));
}

TEST(Zonal, SaysWhichStatisticsThereAre) {
    const auto failure = [](const std::string& text) {
        try {
            parse_zonal_statistic(text);
        } catch (const base::Error& error) {
            return error.message();
        }
        return std::string();
    };
    EXPECT_EQ(failure("meam"), "unknown statistic meam; did you mean mean?");
    EXPECT_EQ(failure("above:x"), "--stats above:x: the limit is not a number");
    EXPECT_NE(failure("p101"), "");
    EXPECT_EQ(parse_zonal_statistic("p99.9").parameter, 99.9);
    EXPECT_EQ(parse_zonal_statistic("above:35").name, "above_35");
}

}  // namespace
}  // namespace isopleth::raster
