// SPDX-License-Identifier: MIT
#include "style/breaks.hpp"

#include "base/error.hpp"

#include <cmath>

namespace isopleth::style {
namespace {

TEST(Breaks, PutABorderValueIntoTheUpperClassAndTheLastIntoTheLast) {
    const Breaks breaks = Breaks::given({38, 38.5, 39});
    EXPECT_EQ(breaks.classify(38), 0u);
    EXPECT_EQ(breaks.classify(38.5), 1u);
    EXPECT_EQ(breaks.classify(39), 1u);
    EXPECT_EQ(breaks.classify(37.9), std::nullopt);
    EXPECT_EQ(breaks.classify(std::nan("")), std::nullopt);
    EXPECT_EQ(breaks.classify_clamped(50), 1u);
    EXPECT_EQ(breaks.label(0), "38.0–38.5");
}

TEST(Breaks, HaveOpenEndsWhenAsked) {
    const Breaks breaks = Breaks::open({-1, 1});
    EXPECT_EQ(breaks.classify(-100), 0u);
    EXPECT_EQ(breaks.classify(1), 2u);
    EXPECT_EQ(breaks.label(0), "< −1");
    EXPECT_EQ(breaks.label(1), "−1–1");
    EXPECT_EQ(breaks.label(2), "≥ 1");
}

TEST(Breaks, AreFoundFromValues) {
    const std::vector<double> values{1, 2, 3, 4, 5, 6, 7, 8, 9};
    EXPECT_EQ(Breaks::equal(values, 4).edges(), (std::vector<double>{1, 3, 5, 7, 9}));
    EXPECT_EQ(Breaks::quantile(values, 2).edges(), (std::vector<double>{1, 5, 9}));
    EXPECT_EQ(Breaks::pretty(std::vector<double>{37.6, 39.4}, 4).edges(), (std::vector<double>{37.5, 38, 38.5, 39, 39.5}));
}

TEST(Breaks, RefuseWhatMakesNoClasses) {
    EXPECT_THROW(Breaks::given({2, 1}), base::Error);
    EXPECT_THROW(Breaks::given({1}), base::Error);
    EXPECT_THROW(Breaks::equal(std::vector<double>{3, 3}, 4), base::Error);
    EXPECT_THROW(Breaks::pretty({}, 4), base::Error);
    EXPECT_THROW(make_breaks("prety", {}, 4), base::Error);
}

}  // namespace
}  // namespace isopleth::style
