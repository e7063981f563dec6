// SPDX-License-Identifier: MIT
#include "assess/rank/published_table.hpp"

#include "csv_table.hpp"
#include "base/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace {
using namespace isopleth;
using base::Decimal;
using base::Rounding;
using isopleth::testing::published_table;
using isopleth::testing::table_of;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Decimal decimal(const char* text) {
    return *Decimal::parse(text);
}

std::vector<std::string> texts(const std::vector<Decimal>& values) {
    std::vector<std::string> list;
    for (const Decimal& value : values) list.push_back(value.to_string());
    return list;
}

std::vector<std::string> texts(const std::vector<base::Finding>& findings) {
    std::vector<std::string> list;
    for (const base::Finding& finding : findings) list.push_back(base::to_text(finding));
    return list;
}

// 龙潭街道: 39 after 42, printed -7.1 %. 东直门街道: 39 after 38, printed 2.6 %.
TEST(PercentChange, IsTheBulletins) {
    EXPECT_EQ(assess::percent_change(decimal("39"), decimal("42"), 1, Rounding::kHalfUp).to_string(), "-7.1");
    EXPECT_EQ(assess::percent_change(decimal("39"), decimal("38"), 1, Rounding::kHalfUp).to_string(), "2.6");
    EXPECT_EQ(assess::percent_change(decimal("39"), decimal("39"), 1, Rounding::kHalfUp).to_string(), "0.0");
}

// 1601 against 1600 is 0.0625 %: between 0.062 and 0.063.
TEST(PercentChange, RoundsAHalfAsTold) {
    EXPECT_EQ(assess::percent_change(decimal("1601"), decimal("1600"), 3, Rounding::kHalfUp).to_string(),
              "0.063");
    EXPECT_EQ(assess::percent_change(decimal("1601"), decimal("1600"), 3, Rounding::kHalfEven).to_string(),
              "0.062");
    EXPECT_EQ(assess::percent_change(decimal("1599"), decimal("1600"), 3, Rounding::kHalfUp).to_string(),
              "-0.063");
}

TEST(PercentChange, OfNothingIsADataError) {
    try {
        assess::percent_change(decimal("39"), decimal("0.0"), 1, Rounding::kHalfUp);
        FAIL() << "a change on 0 was given";
    } catch (const base::Error& error) {
        EXPECT_EQ(error.kind(), base::ErrorKind::kData);
    }
}

TEST(YearAgo, FollowsFromTheChange) {
    EXPECT_THAT(texts(assess::year_ago_candidates(decimal("39"), decimal("-7.1"), 0, Rounding::kHalfUp)),
                ElementsAre("42"));
    // 和平里街道's dustfall: 7.1 after 4.3 is 65.1 %.
    EXPECT_THAT(texts(assess::year_ago_candidates(decimal("7.1"), decimal("65.1"), 1, Rounding::kHalfUp)),
                ElementsAre("4.3"));
}

TEST(YearAgo, IsEveryValueThatGivesTheChange) {
    // 1000 / 986 - 1 = 1.42 % and 1000 / 995 - 1 = 0.5025 % are 1 %; 1000 / 985 is 1.52 %, 1000 / 996 is
    // 0.4016 %.
    EXPECT_THAT(texts(assess::year_ago_candidates(decimal("1000"), decimal("1"), 0, Rounding::kHalfUp)),
                ElementsAre("986", "987", "988", "989", "990", "991", "992", "993", "994", "995"));
    EXPECT_THAT(assess::year_ago_candidates(decimal("39"), decimal("-7.2"), 0, Rounding::kHalfUp), IsEmpty());
}

// Brute force over every whole number up to 4000, by doubles away from the halves.
TEST(YearAgo, IsWhatTryingEveryNumberFinds) {
    for (int now = 0; now <= 60; ++now) {
        for (int printed = -980; printed <= 1500; printed += 37) {
            std::vector<std::string> expected;
            bool is_close_to_half = false;
            for (int ago = 1; ago <= 4000; ++ago) {
                const double tenths = 1000.0 * (now - ago) / ago;
                is_close_to_half |= std::abs(std::abs(tenths - printed) - 0.5) < 1e-9;
                if (std::abs(tenths - printed) < 0.5) expected.push_back(std::to_string(ago));
            }
            if (is_close_to_half || (now == 0 && printed == -1000)) continue;
            EXPECT_EQ(texts(assess::year_ago_candidates(Decimal(now, 0), Decimal(printed, 1), 0,
                                                        Rounding::kHalfUp)),
                      expected)
                << now << " after a change of " << printed << " tenths";
        }
    }
}

TEST(YearAgo, EndsWhereAnyNumberWouldDo) {
    EXPECT_THAT(assess::year_ago_candidates(decimal("0"), decimal("-100.0"), 0, Rounding::kHalfUp),
                SizeIs(assess::kMostCandidates));
    EXPECT_THAT(assess::year_ago_candidates(decimal("0"), decimal("-100.1"), 0, Rounding::kHalfUp),
                IsEmpty());
    EXPECT_THAT(assess::year_ago_candidates(decimal("-1"), decimal("-5.0"), 0, Rounding::kHalfUp), IsEmpty());
    EXPECT_THAT(assess::year_ago_candidates(decimal("0"), decimal("-50.0"), 0, Rounding::kHalfUp), IsEmpty());
}

struct Published {
    const char* table;
    assess::TableCheck check;
    std::size_t rows;
    std::size_t rounded;
};

// city.md: with half up every rank, rounded mean and change of the three tables can be derived, and the 52
// values of a year ago follow uniquely.
TEST(PublishedTable, FollowsFromItsOwnFiguresInAllThreeTables) {
    std::size_t unique = 0;
    for (const Published& published :
         {Published{
              "pm25_2024h1", {"mean_ug_m3", "district_rank", "mean_rounded_ug_m3", "yoy", "street"}, 17, 17},
          Published{
              "tsp_2024h1", {"mean_ug_m3", "district_rank", "mean_rounded_ug_m3", "yoy", "street"}, 17, 17},
          Published{
              "dustfall_2024h1", {"dustfall_t_km2_month", "district_rank", "", "yoy", "street"}, 18, 0}}) {
        const model::Layer table = published_table(published.table);
        const auto result = assess::check_published_table(table, published.check);
        EXPECT_EQ(result.rows, published.rows);
        EXPECT_EQ(result.ranks_derived, published.rows);
        EXPECT_EQ(result.rounded_derived, published.rounded);
        EXPECT_EQ(result.changes_derived, published.rows);
        EXPECT_THAT(texts(result.contradictions), IsEmpty());
        ASSERT_EQ(result.year_ago.size(), published.rows);
        for (std::size_t row = 0; row < published.rows; ++row) unique += result.year_ago[row] ? 1 : 0;
    }
    EXPECT_EQ(unique, 52U);
}

// 崇文门外街道 38.5 is printed 39 with a change of -7.1 %: by half-even it would be 38.
TEST(PublishedTable, ShowsThatTheBulletinDoesNotRoundHalfToEven) {
    assess::TableCheck check{"mean_ug_m3", "", "mean_rounded_ug_m3", "", "street"};
    check.rounding = Rounding::kHalfEven;
    const auto result = assess::check_published_table(published_table("pm25_2024h1"), check);
    EXPECT_EQ(result.rounded_derived, 16U);
    EXPECT_THAT(texts(result.contradictions),
                ElementsAre("pm25_2024h1.csv, line 10, column mean_rounded_ug_m3: the printed rounded "
                            "value is 39; 38.5 rounds to 38 (崇文门外街道)"));
}

TEST(PublishedTable, NamesEachFigureThatDoesNotFollow) {
    const model::Layer table = table_of(
        "t", {"name,v,place,whole,change", "a,40.2,1,40,5.3%", "b,39.6,3,39,−7.1%", "c,38,3,38,+0.7 %"});
    const auto result = assess::check_published_table(table, {"v", "place", "whole", "change", "name"});
    EXPECT_EQ(result.ranks_derived, 2U);
    EXPECT_EQ(result.rounded_derived, 2U);
    EXPECT_EQ(result.changes_derived, 2U);
    EXPECT_THAT(
        texts(result.contradictions),
        ElementsAre("t.csv, line 3, column place: the printed rank is 3; by v it is 2 (b)",
                    "t.csv, line 3, column whole: the printed rounded value is 39; 39.6 rounds to 40 (b)",
                    "t.csv, line 4, column change: the printed change is 0.7%; no value of a year ago "
                    "with 0 decimals gives it with 38 (c)"));
    EXPECT_EQ(result.year_ago[0], decimal("38"));  // 40 / 38 = 1.0526
    EXPECT_EQ(result.year_ago[1], decimal("42"));
    EXPECT_FALSE(result.year_ago[2]);
}

TEST(PublishedTable, LeavesBlankFiguresOutAndNamesFiguresWithoutAValue) {
    const model::Layer table = table_of("t", {"v,place,change", "40,,", ",2,1.0%"});
    const auto result = assess::check_published_table(table, {"v", "place", "", "change", ""});
    EXPECT_EQ(result.ranks_derived, 0U);
    EXPECT_THAT(texts(result.contradictions),
                ElementsAre("t.csv, line 3, column place: there is a printed rank but no v",
                            "t.csv, line 3, column change: there is a printed change but no v"));
}

TEST(PublishedTable, ChecksRanksFromTheLowestWhenTold) {
    assess::TableCheck check{"v", "place", "", "", ""};
    const model::Layer table = table_of("t", {"v,place", "40,2", "39,1"});
    EXPECT_EQ(assess::check_published_table(table, check).ranks_derived, 0U);
    check.ascending = true;
    EXPECT_EQ(assess::check_published_table(table, check).ranks_derived, 2U);
}

TEST(PublishedTable, MarksNoValueOfAYearAgoThatIsNotTheOnlyOne) {
    const model::Layer table = table_of("t", {"v,change", "1000,1%"});
    const auto result = assess::check_published_table(table, {"v", "", "", "change", ""});
    EXPECT_EQ(result.changes_derived, 1U);
    EXPECT_FALSE(result.year_ago[0]);
}

TEST(PublishedTable, RefusesAChangeThatIsNone) {
    const model::Layer table = table_of("t", {"v,change", "40,1.0%", "41,up"});
    try {
        assess::check_published_table(table, {"v", "", "", "change", ""});
        FAIL() << "\"up\" was taken as a change";
    } catch (const base::Error& error) {
        EXPECT_EQ(error.kind(), base::ErrorKind::kInput);
        EXPECT_EQ(error.place().line, 3);
        EXPECT_EQ(error.place().column, "change");
    }
    EXPECT_THROW(assess::check_published_table(table, {"v", "", "", "", "nome"}), base::Error);
}
}  // namespace
