// SPDX-License-Identifier: MIT
#include "interpolate/scores.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "base/random.hpp"

namespace isopleth::interpolate {
namespace {

HeldOut held_out(std::vector<double> observed, std::vector<double> estimates, std::vector<double> errors) {
    HeldOut places;
    places.valid.assign(observed.size(), 1);
    places.observed = std::move(observed);
    places.estimates = std::move(estimates);
    places.standard_errors = std::move(errors);
    return places;
}

double normal_cumulative(double z) {
    return std::erfc(-z / std::numbers::sqrt2) / 2;
}

/// Standard normal numbers (Box and Muller 1958).
double normal(std::uint64_t item) {
    const double radius = std::sqrt(-2 * std::log(1 - base::random_uniform(7, item, 0)));
    return radius * std::cos(2 * std::numbers::pi * base::random_uniform(7, item, 1));
}

TEST(Scores, AreTheirDefinitions) {
    // Errors 1, -2, 3, 0; observed about their mean 5: -3, -1, 1, 3.
    const auto scores = score(held_out({2, 4, 6, 8}, {3, 2, 9, 8}, {}));
    ASSERT_TRUE(scores);
    EXPECT_EQ(scores->count, 4u);
    EXPECT_DOUBLE_EQ(scores->rmse, std::sqrt(14.0 / 4));
    EXPECT_DOUBLE_EQ(scores->mae, 1.5);
    EXPECT_DOUBLE_EQ(scores->bias, 0.5);
    EXPECT_DOUBLE_EQ(*scores->r2, 1 - 14.0 / 20);
    EXPECT_FALSE(scores->of_errors);
}

TEST(Scores, JudgeTheStandardErrors) {
    // |error| / standard error: 0.5, 1, 1.5, 1.8, 3.
    const auto scores = score(held_out({0, 0, 0, 0, 0}, {1, -1, 3, 1.8, 3}, {2, 1, 2, 1, 1}));
    ASSERT_TRUE(scores && scores->of_errors);
    EXPECT_DOUBLE_EQ(*scores->of_errors->msdr, (0.25 + 1 + 2.25 + 3.24 + 9) / 5);
    EXPECT_DOUBLE_EQ(*scores->of_errors->calibration_factor(), std::sqrt(*scores->of_errors->msdr));
    EXPECT_EQ(scores->of_errors->coverage, (std::array<double, 4>{0.2, 0.4, 0.6, 0.8}));
    EXPECT_FALSE(scores->r2);  // what is observed does not differ
}

TEST(Scores, HaveTheQuantilesOfTheNormalDistribution) {
    for (const Interval& interval : kIntervals) {
        EXPECT_NEAR(2 * normal_cumulative(interval.quantile) - 1, interval.percent / 100.0, 1e-14);
    }
}

TEST(Scores, FindTheTrueErrorsCalibrated) {
    constexpr std::size_t kCount = 20'000;
    HeldOut places(kCount);
    std::fill(places.valid.begin(), places.valid.end(), std::uint8_t{1});
    for (std::size_t i = 0; i < kCount; ++i) {
        places.standard_errors[i] = 1 + base::random_uniform(8, i, 0);
        places.observed[i] = 10 + places.standard_errors[i] * normal(i);
        places.estimates[i] = 10;
    }
    const auto scores = score(places);
    // Within four standard deviations of their sampling.
    EXPECT_NEAR(*scores->of_errors->msdr, 1, 4 * std::sqrt(2.0 / kCount));
    for (std::size_t k = 0; k < kIntervals.size(); ++k) {
        const double share = kIntervals[k].percent / 100.0;
        EXPECT_NEAR(scores->of_errors->coverage[k], share, 4 * std::sqrt(share * (1 - share) / kCount));
    }
}

TEST(Scores, TakeTheCrpsOfANormalDistribution) {
    // Against its integral over (Phi((x - mean) / s) - [x >= observed])^2, by the midpoint rule.
    const auto integral = [](double mean, double s, double observed) {
        constexpr int kSteps = 400'000;
        const double low = mean - 12 * s;
        const double width = 24 * s / kSteps;
        double sum = 0;
        for (int i = 0; i < kSteps; ++i) {
            const double x = low + (i + 0.5) * width;
            const double miss = normal_cumulative((x - mean) / s) - (x >= observed ? 1 : 0);
            sum += miss * miss * width;
        }
        return sum;
    };
    EXPECT_NEAR(crps_of_normal(40, 3, 41), integral(40, 3, 41), 1e-4);
    EXPECT_NEAR(crps_of_normal(40, 3, 49), integral(40, 3, 49), 1e-4);
    EXPECT_NEAR(crps_of_normal(40, 3, 40), 3 * (std::numbers::sqrt2 - 1) / std::sqrt(std::numbers::pi),
                1e-12);
    EXPECT_EQ(crps_of_normal(40, 0, 43), 3);
}

TEST(Scores, LeaveOutPlacesWithoutEstimate) {
    HeldOut places = held_out({2, 4, 99}, {3, 2, 0}, {1, 1, 0});
    places.valid[2] = 0;
    const auto scores = score(places);
    EXPECT_EQ(scores->count, 2u);
    EXPECT_DOUBLE_EQ(scores->mae, 1.5);
    EXPECT_DOUBLE_EQ(*scores->of_errors->msdr, 2.5);
    places.valid.assign(3, 0);
    EXPECT_FALSE(score(places));
}

TEST(Scores, HaveNoRatioToAVarianceOfZero) {
    const auto scores = score(held_out({2, 4}, {2, 5}, {0, 1}));
    EXPECT_FALSE(scores->of_errors->msdr);
    EXPECT_FALSE(scores->of_errors->calibration_factor());
    EXPECT_EQ(scores->of_errors->coverage[3], 1);
}

TEST(Scores, DoNotDependOnTheOrderOfPlaces) {
    HeldOut places(501);
    std::fill(places.valid.begin(), places.valid.end(), std::uint8_t{1});
    for (std::size_t i = 0; i < 501; ++i) {
        places.observed[i] = normal(i);
        places.estimates[i] = normal(i + 1000) / 3;
        places.standard_errors[i] = 0.5 + base::random_uniform(9, i, 0);
    }
    const std::string before = to_json(*score(places)).dump();
    for (auto* numbers : {&places.observed, &places.estimates, &places.standard_errors})
        std::rotate(numbers->begin(), numbers->begin() + 137, numbers->end());
    EXPECT_EQ(to_json(*score(places)).dump(), before);
}

TEST(Scores, NameAllMembersWhateverThereIs) {
    EXPECT_EQ(to_json(*score(held_out({2, 4}, {3, 5}, {}))).dump(-1),
              R"({"rmse": 1, "mae": 1, "bias": 1, "r2": 0, "crps": null, "msdr": null, "within_50": null, )"
              R"("within_80": null, "within_90": null, "within_95": null, "calibration_factor": null})");
}

}  // namespace
}  // namespace isopleth::interpolate
