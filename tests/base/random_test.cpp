// SPDX-License-Identifier: MIT
#include "base/random.hpp"

#include <set>

namespace isopleth::base {
namespace {

TEST(Random, DependsOnSeedItemAndDraw) {
    std::set<std::uint64_t> seen;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        for (std::uint64_t item = 0; item < 10; ++item) {
            for (std::uint64_t draw = 0; draw < 10; ++draw) seen.insert(random_bits(seed, item, draw));
        }
    }
    EXPECT_EQ(seen.size(), 1000u);
    EXPECT_EQ(random_bits(1, 2, 3), random_bits(1, 2, 3));
}

TEST(RandomUniform, FillsTheUnitIntervalEvenly) {
    double total = 0;
    double squares = 0;
    const int count = 100000;
    for (int i = 0; i < count; ++i) {
        const double value =
            random_uniform(1, static_cast<std::uint64_t>(i / 100), static_cast<std::uint64_t>(i % 100));
        ASSERT_GE(value, 0);
        ASSERT_LT(value, 1);
        total += value;
        squares += value * value;
    }
    // Mean 1/2 and mean square 1/3; standard errors 0.0009 and 0.0009 at 100,000 draws, five of them allowed.
    EXPECT_NEAR(total / count, 0.5, 0.005);
    EXPECT_NEAR(squares / count, 1.0 / 3, 0.005);
}

TEST(RandomBelow, HitsEveryNumberAboutAsOften) {
    std::vector<int> hits(7, 0);
    for (std::uint64_t draw = 0; draw < 70000; ++draw) ++hits.at(random_below(7, 42, 0, draw));
    for (const int hit : hits) EXPECT_NEAR(hit, 10000, 500);  // standard deviation 93
    EXPECT_EQ(random_below(1, 1, 1, 1), 0u);
    const std::uint64_t bound = 0xFFFFFFFF;
    for (std::uint64_t draw = 0; draw < 1000; ++draw) EXPECT_LT(random_below(bound, 3, 0, draw), bound);
}

}  // namespace
}  // namespace isopleth::base
