// SPDX-License-Identifier: MIT
#include "interpolate/comparison.hpp"

#include "sample_points.hpp"

namespace isopleth::interpolate {
namespace {

const std::string kModel = ":model=exp,psill=100,range=300,nugget=10";

std::vector<Trial> trials_of(const std::vector<std::string>& methods) {
    const std::vector<geo::Point> points = scattered(40, 1000, 2);
    const model::Samples samples = samples_at(points, field_at(points, 2));
    std::vector<Trial> trials =
        try_methods(methods, samples, make_folds(parse_folds("k:5"), samples, {}), {});
    judge(trials);
    return trials;
}

TEST(Comparison, ScoresMethodsWhereAllOfThemEstimate) {
    // Beyond the hull of the others tin estimates nothing.
    const auto trials = trials_of({"tin", "kriging" + kModel});
    ASSERT_EQ(trials.size(), 2u);
    EXPECT_LT(trials[0].scores.count, 40u);
    EXPECT_EQ(trials[1].scores.count, trials[0].scores.count);
    EXPECT_EQ(score(trials[1].validation.held_out)->count, 40u);
}

TEST(Comparison, JudgesByCrpsWhereAllHaveStandardErrors) {
    auto trials = trials_of({"trend:degree=0", "kriging" + kModel});
    EXPECT_TRUE(is_judged_by_crps(trials));
    EXPECT_FALSE(is_judged_by_crps(trials_of({"idw", "kriging" + kModel})));
    trials[0].scores.of_errors->crps = 1;
    trials[1].scores.of_errors->crps = 2;
    trials[0].scores.rmse = 9;
    EXPECT_EQ(best_of(trials).method, "trend:degree=0");
    trials[0].scores.of_errors.reset();
    trials[1].scores.rmse = 8;
    EXPECT_EQ(best_of(trials).method, trials[1].method);
}

TEST(Comparison, RefusesMethodsThatEstimateDifferentThings) {
    EXPECT_THROW(trials_of({"kriging" + kModel, "kriging" + kModel + ",above=40"}), base::Error);
}

}  // namespace
}  // namespace isopleth::interpolate
