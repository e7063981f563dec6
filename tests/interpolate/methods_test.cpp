// SPDX-License-Identifier: MIT
#include "interpolate/methods.hpp"

#include "sample_points.hpp"

namespace isopleth::interpolate {
namespace {

TEST(Methods, AreMadeByName) {
    const model::Samples samples = samples_at({{0, 0}, {3, 0}}, {10, 40});
    EXPECT_NEAR(estimates_at(*make("idw", samples, {}), {{1, 0}}).values[0], 16, 1e-13);
    EXPECT_FALSE(make("idw", samples, {})->has_standard_error());
    EXPECT_TRUE(make("kriging:model=exp,psill=1,range=5", samples, {})->has_standard_error());
}

TEST(Methods, SayTheirOptions) {
    for (const MethodRow& row : methods()) {
        EXPECT_FALSE(row.line.empty());
        EXPECT_FALSE(row.options.empty());
        // Alone among them it needs one.
        row.check(row.name == "area-to-point" ? row.name + ":model=exp,psill=1,range=5" : row.name);
    }
}

TEST(Methods, TakeMeasurementErrorsOrSayThatTheyDoNot) {
    const model::Samples samples = samples_at({{0, 0}, {9, 0}}, {1, 2}, {0.5, 0.5});
    EXPECT_EQ(error_of([&] { make("idw", samples, {}); }),
              "idw takes no measurement errors. Use --method kriging.");
    EXPECT_EQ(error_of([&] { make("kriging:model=exp,psill=1,range=9", samples, {}); }), "");
}

TEST(Methods, OfAGridAreNotMadeForPlaces) {
    const model::Samples samples = samples_at({{0, 0}, {9, 0}}, {1, 2});
    EXPECT_EQ(error_of([&] { make("simulation", samples, {}); }),
              "simulation makes fields on a grid, not estimates at single places. Use --method kriging with "
              "the same options: the realisations have its mean and standard error.");
}

TEST(Methods, AreCheckedWithoutData) {
    EXPECT_EQ(error_of([] { check_method("krigin"); }),
              "unknown method krigin; did you mean kriging? Use one of: auto, idw, kriging, cokriging, "
              "regression-kriging, trend, spline, "
              "nearest, tin, natural, area-to-point, simulation.");
    EXPECT_EQ(error_of([] { check_method("idw:power=x"); }), "idw: power: \"x\" is not a number");
    EXPECT_NE(error_of([] { check_method("kriging:model=exp,psill=1"); }), "");
    EXPECT_NE(error_of([] { check_method(""); }), "");
    check_method("kriging");
}

}  // namespace
}  // namespace isopleth::interpolate
