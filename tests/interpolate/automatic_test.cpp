// SPDX-License-Identifier: MIT
#include "interpolate/automatic.hpp"

#include "interpolate/comparison.hpp"
#include "interpolate/methods.hpp"
#include "sample_points.hpp"

#include <algorithm>
#include <numeric>

namespace isopleth::interpolate {
namespace {

model::Samples field_of(std::size_t count) {
    const std::vector<geo::Point> points = scattered(count, 1000, 2);
    return samples_at(points, field_at(points, 2));
}

TEST(Automatic, TakesTheMethodThatCrossValidationFindsBest) {
    const model::Samples samples = field_of(60);
    const auto chosen = make_automatic("auto", samples, {});
    const base::Json told = chosen->description();
    std::vector<Trial> trials =
        try_methods(candidates_for(samples), samples, make_folds(parse_folds("block"), samples, {}), {});
    judge(trials);
    EXPECT_EQ(told["chosen"].string_or(""), best_of(trials).method);
    EXPECT_EQ(told["compared"].items().size(), trials.size() + 1);
    EXPECT_EQ(told["compared"].items().back()["method"].string_or(""), "idw");
    const std::vector<geo::Point> places = scattered(20, 1000, 7);
    const auto made = make(best_of(trials).method, samples, {});
    EXPECT_EQ(estimates_at(*chosen, places).values, estimates_at(*made, places).values);
    EXPECT_EQ(estimates_at(*chosen, places).errors, estimates_at(*made, places).errors);
}

TEST(Automatic, TakesInverseDistancesForAFewSamples) {
    const base::Json told = make_automatic("auto", field_of(9), {})->description();
    EXPECT_EQ(told["chosen"].string_or(""), "idw");
    EXPECT_EQ(told["reason"].string_or(""), "fewer than 10 samples: nothing to compare with");
}

TEST(Automatic, TellsWhatCouldNotBeMade) {
    // Every value the same within the folds' reach: no variogram can be fitted.
    const std::vector<geo::Point> points = scattered(30, 1000, 2);
    const base::Json told =
        make_automatic("auto:folds=k:5", samples_at(points, std::vector<double>(30, 5)), {})->description();
    ASSERT_FALSE(told["compared"].items().empty());
    EXPECT_NE(told["compared"].items()[0]["failed"].string_or(""), "");
}

TEST(Automatic, DoesNotDependOnTheOrderOfTheSamples) {
    const model::Samples samples = field_of(60);
    std::vector<std::size_t> order(60);
    std::iota(order.begin(), order.end(), 0);
    std::reverse(order.begin(), order.end());
    EXPECT_EQ(make_automatic("auto", samples, {})->description().dump(),
              make_automatic("auto", samples.subset(order), {})->description().dump());
}

TEST(Automatic, ComparesWhatTheSamplesAllow) {
    const auto has = [](const std::vector<std::string>& methods, const char* method) {
        return std::find(methods.begin(), methods.end(), method) != methods.end();
    };
    const model::Samples samples = samples_at({{0, 0}, {9, 0}}, {1, -2});
    EXPECT_FALSE(has(candidates_for(samples), "kriging:transform=log"));
    EXPECT_TRUE(has(candidates_for(field_of(9)), "kriging:transform=log"));
    EXPECT_TRUE(has(candidates_for(samples.with_second(samples)), "cokriging"));
    EXPECT_FALSE(has(candidates_for(samples_at({{0, 0}, {9, 0}}, {1, 2}, {1, 1})), "trend:degree=1"));
    EXPECT_THROW(check_automatic("auto:folds=field:street"), base::Error);
    EXPECT_THROW(check_automatic("auto:fold=loo"), base::Error);
}

}  // namespace
}  // namespace isopleth::interpolate
