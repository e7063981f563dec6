// SPDX-License-Identifier: MIT
#include "interpolate/normal_scores.hpp"

#include <algorithm>
#include <cmath>

#include "brute_force_moments.hpp"

namespace isopleth::interpolate {
namespace {

const std::vector<double> kValues{12, 3, 7, 7, 40, 9, 7.5, 21, 15, 3};

TEST(NormalScores, AreTheQuantilesOfTheRanks) {
    // qnorm((1:3 - 0.5) / 3) of R: -0.967421566101701, 0, 0.967421566101701.
    const NormalScores three({5, 2, 11});
    EXPECT_NEAR(three.forward(2), -0.967421566101701, 1e-14);
    EXPECT_EQ(three.forward(5), 0);
    EXPECT_NEAR(three.forward(11), 0.967421566101701, 1e-14);
    EXPECT_NEAR(three.back(0.967421566101701 / 2), 8, 1e-12);
    EXPECT_EQ(three.back(3), 11);
    EXPECT_EQ(three.back(-3), 2);
}

TEST(NormalScores, AreSharedByEqualValues) {
    // The two 3 are the first and second of ten, the two 7 the third and fourth.
    const NormalScores scores(kValues);
    EXPECT_NEAR(scores.forward(3), (base::normal_quantile(0.05) + base::normal_quantile(0.15)) / 2, 1e-15);
    EXPECT_NEAR(scores.forward(7), (base::normal_quantile(0.25) + base::normal_quantile(0.35)) / 2, 1e-15);
    for (const double value : kValues) EXPECT_EQ(scores.back(scores.forward(value)), value);
    std::vector<double> turned = kValues;
    std::rotate(turned.begin(), turned.begin() + 4, turned.end());
    for (const double value : kValues) EXPECT_EQ(NormalScores(turned).forward(value), scores.forward(value));
}

TEST(NormalScores, GiveTheMomentsOfBruteForce) {
    const NormalScores scores(kValues);
    for (const double mean : {-4.0, -1.2, 0.1, 0.7, 2.5}) {
        for (const double spread : {0.01, 0.4, 1.0, 3.0}) {
            SCOPED_TRACE(testing::Message() << mean << " " << spread);
            const base::Moments found = scores.back(base::Moments{mean, spread});
            const base::Moments expected =
                brute_force_moments([&](double score) { return scores.back(score); }, {mean, spread});
            EXPECT_NEAR(found.mean, expected.mean, 1e-7);
            EXPECT_NEAR(found.standard_deviation, expected.standard_deviation, 1e-6);
        }
    }
}

TEST(NormalScores, KeepTheDigitsOfASmallSpread) {
    const NormalScores scores(kValues);
    // Between 9 and 12, the sixth and seventh of ten, the map is a line.
    const double slope = 3 / (base::normal_quantile(0.65) - base::normal_quantile(0.55));
    const double middle = (base::normal_quantile(0.65) + base::normal_quantile(0.55)) / 2;
    const base::Moments found = scores.back(base::Moments{middle, 1e-7});
    EXPECT_NEAR(found.mean, 10.5, 1e-13);
    EXPECT_NEAR(found.standard_deviation / (slope * 1e-7), 1, 1e-12);
    EXPECT_EQ(scores.back(base::Moments{middle, 0}).standard_deviation, 0);
}

TEST(NormalScores, RiseWithTheMeanAndStayWithinTheSamples) {
    const NormalScores scores(kValues);
    double before = 3;
    for (double mean = -3; mean < 3; mean += 0.1) {
        const double found = scores.back(base::Moments{mean, 0.5}).mean;
        EXPECT_GT(found, before);
        EXPECT_LT(found, 40);
        before = found;
    }
}

}  // namespace
}  // namespace isopleth::interpolate
