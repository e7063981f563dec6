// SPDX-License-Identifier: MIT
#include "interpolate/simulation_options.hpp"

#include "sample_points.hpp"

namespace isopleth::interpolate {
namespace {

std::string refusal(const std::string& options) {
    return error_of([&] { parse_simulation_options("simulation:" + options); });
}

TEST(SimulationOptions, HaveDefaults) {
    const SimulationOptions options = parse_simulation_options("simulation");
    EXPECT_EQ(options.realisations, 100);
    EXPECT_EQ(options.seed, 1);
    EXPECT_EQ(options.keep, 0);
    EXPECT_FALSE(options.above);
    EXPECT_EQ(options.neighbours(), 32u);
}

TEST(SimulationOptions, TakeTheLimitFromWhatComesBack) {
    const SimulationOptions options = parse_simulation_options(
        "simulation:realisations=50,seed=7,keep=3,above=75,transform=normal,neighbours=20,model=exp");
    EXPECT_EQ(options.realisations, 50);
    EXPECT_EQ(options.keep, 3);
    EXPECT_EQ(options.above, 75);
    EXPECT_FALSE(options.kriging.above);
    EXPECT_EQ(options.kriging.transform, "normal");
    EXPECT_EQ(options.neighbours(), 20u);
}

TEST(SimulationOptions, RefuseWhatDoesNotFit) {
    EXPECT_EQ(refusal("realisations=1"), "simulation: realisations is 2 to 10000, not 1");
    EXPECT_EQ(refusal("realisations=10,keep=11"), "simulation: keep is 0 to 10, the realisations, not 11");
    EXPECT_EQ(refusal("seed=-1"), "simulation: seed is a whole number from 0 on, not -1");
    EXPECT_EQ(refusal("neighbours=all"),
              "simulation: neighbours, samples and cells simulated before, is 1 to 200, not all");
    EXPECT_EQ(refusal("degree=1"),
              "simulation: degree, block and sectors are kriging's alone. Leave them out.");
    EXPECT_EQ(refusal("model=exp,psill=1"),
              "kriging: a model given needs psill and range. Give both, or neither: then they are fitted.");
    EXPECT_THAT(refusal("realizations=5"), testing::HasSubstr("did you mean realisations?"));
}

}  // namespace
}  // namespace isopleth::interpolate
