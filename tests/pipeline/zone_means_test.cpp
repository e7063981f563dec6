// SPDX-License-Identifier: MIT
#include "pipeline/zone_means.hpp"

#include "interpolate/methods.hpp"
#include "memory_datasets.hpp"
#include "model/samples.hpp"

namespace isopleth::pipeline {
namespace {

model::Samples stations() {
    const model::Layer layer = points(
        "stations", "EPSG:4548", {{0, 0}, {95, 3}, {20, 80}, {120, 120}, {60, 40}}, {10, 20, 30, 25, 18});
    return model::Samples::gather(layer, "value");
}

const std::string kModel = "kriging:model=exp,psill=50,range=80";

TEST(ZoneMeans, AreTheMeansOfTheCellsWithTheirOwnError) {
    const auto kriging = interpolate::make(kModel, stations(), {});
    const model::Layer zones = squares("streets", "EPSG:4548", 40, {{1, 1}, {61, 61}}, {"a", "b"});
    const model::Layer means = zone_means(*kriging, zones, {10}, 1, {});
    ASSERT_EQ(means.row_count(), 2u);
    for (std::size_t row = 0; row < 2; ++row) {
        // Centres of the cells in [1, 41] and [61, 101]: 5, 15, 25, 35 and 65 to 95.
        std::vector<geo::Point> centres;
        for (int i = 0; i < 16; ++i) {
            const double corner = row == 0 ? 5 : 65;
            centres.push_back({corner + 10 * (i % 4), corner + 10 * (i / 4)});
        }
        std::vector<double> values(16), errors(16);
        std::vector<std::uint8_t> valid(16);
        kriging->estimate(centres, values, errors, valid);
        double mean = 0;
        double least = 1e9;
        double most = 0;
        for (std::size_t i = 0; i < 16; ++i) {
            mean += values[i] / 16;
            least = std::min(least, errors[i]);
            most = std::max(most, errors[i]);
        }
        EXPECT_NEAR(*means.column("estimate").number(row), mean, 1e-10);
        EXPECT_GT(*means.column("standard_error").number(row), 0);
        EXPECT_LT(*means.column("standard_error").number(row), most);
    }
    const model::Layer twice = zone_means(*kriging, zones, {10}, 2, {2, {}, nullptr});
    EXPECT_EQ(*twice.column("standard_error").number(0), 2 * *means.column("standard_error").number(0));
}

TEST(ZoneMeans, NeedAMethodThatHasThem) {
    const model::Layer zones = squares("streets", "EPSG:4548", 40, {{0, 0}}, {"a"});
    for (const std::string& method : {std::string("idw"), kModel + ",neighbours=3", kModel + ",above=20"}) {
        const auto made = interpolate::make(method, stations(), {});
        try {
            zone_means(*made, zones, {10}, 1, {});
            ADD_FAILURE() << method;
        } catch (const base::Error& error) {
            EXPECT_EQ(error.message(), "the method has no mean of this polygon") << method;
        }
    }
}

TEST(ZoneMeans, NeedACellInEachPolygon) {
    const auto kriging = interpolate::make(kModel, stations(), {});
    const model::Layer zones = squares("streets", "EPSG:4548", 4, {{0, 0}}, {"a"});
    try {
        zone_means(*kriging, zones, {100}, 1, {});
        ADD_FAILURE();
    } catch (const base::Error& error) {
        EXPECT_EQ(error.message(), "no cell has its centre in the polygon");
        EXPECT_EQ(error.hint(), "Use a smaller --cell.");
    }
}

}  // namespace
}  // namespace isopleth::pipeline
