// SPDX-License-Identifier: MIT
#include "assess/rank/stated_range.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace {
using namespace isopleth;

model::Layer table(const std::vector<double>& values) {
    model::Layer layer;
    layer.name = "tsp";
    layer.source.file = "tsp.csv";
    for (std::size_t i = 0; i < values.size(); ++i)
        layer.source.lines.push_back(static_cast<std::int64_t>(i) + 2);
    model::Column name("street", model::ColumnType::kText);
    model::Column value("mean", model::ColumnType::kReal);
    for (std::size_t i = 0; i < values.size(); ++i) {
        name.append(std::string(1, static_cast<char>('A' + i)));
        value.append(values[i]);
    }
    layer.add(std::move(name));
    layer.add(std::move(value));
    return layer;
}

assess::StatedRange range(const char* low, const char* high) {
    return {*base::Decimal::parse(low), *base::Decimal::parse(high)};
}

TEST(StatedRange, FollowsWhenTheExtremesRoundToIt) {
    EXPECT_TRUE(assess::check_stated_range(table({37.6, 39.3, 38.0}), "mean", "street", range("38", "39"),
                                           base::Rounding::kHalfUp)
                    .empty());
}

// The bulletin's prose: TSP "between 96 and 120", while the table's highest is 107.9.
TEST(StatedRange, NamesTheEndThatIsNotTheTables) {
    const auto findings = assess::check_stated_range(table({96.1, 107.9}), "mean", "street",
                                                     range("96", "120"), base::Rounding::kHalfUp);
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(base::to_text(findings[0]),
              "tsp.csv, line 3, column mean: the text states 120 as the highest value; the "
              "table's highest is "
              "107.9 (B)");
}

TEST(StatedRange, RoundsAsToldToTheDigitsOfTheText) {
    EXPECT_TRUE(
        assess::check_stated_range(table({38.5, 40}), "mean", "", range("39", "40"), base::Rounding::kHalfUp)
            .empty());
    EXPECT_EQ(assess::check_stated_range(table({38.5, 40}), "mean", "", range("39", "40"),
                                         base::Rounding::kHalfEven)
                  .size(),
              1U);
}

TEST(StatedRange, OfNoValueIsADataError) {
    EXPECT_THROW(assess::check_stated_range(table({}), "mean", "", range("1", "2"), base::Rounding::kHalfUp),
                 base::Error);
}
}  // namespace
