// SPDX-License-Identifier: MIT
#include "assess/rank/ranking.hpp"

#include "csv_table.hpp"
#include "base/error.hpp"
#include "base/random.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {
using namespace isopleth;
using isopleth::testing::published_table;
using isopleth::testing::table_of;
using isopleth::testing::texts_of;
using ::testing::ElementsAre;
using ::testing::Optional;
using Ranks = std::vector<std::optional<std::int64_t>>;

std::vector<std::optional<base::Decimal>> decimals(const std::vector<std::string>& texts) {
    std::vector<std::optional<base::Decimal>> values;
    for (const std::string& text : texts) values.push_back(base::Decimal::parse(text));
    return values;
}

TEST(CompetitionRanks, ShareARankAndSkipTheNext) {
    EXPECT_EQ(assess::competition_ranks(decimals({"9", "7", "7", "5"}), false), (Ranks{1, 2, 2, 4}));
    EXPECT_EQ(assess::competition_ranks(decimals({"9", "7", "7", "5"}), true), (Ranks{4, 2, 2, 1}));
}

TEST(CompetitionRanks, LeaveMissingValuesWithoutARank) {
    EXPECT_EQ(assess::competition_ranks(decimals({"", "7", "", "8"}), false),
              (Ranks{std::nullopt, 2, std::nullopt, 1}));
    EXPECT_EQ(assess::competition_ranks({}, false), Ranks{});
}

TEST(CompetitionRanks, CompareValuesAndNotTheirTexts) {
    EXPECT_EQ(assess::competition_ranks(decimals({"38", "38.0", "38.00", "100"}), false),
              (Ranks{2, 2, 2, 1}));
}

// Brute force: one more than the number of values that are higher.
TEST(CompetitionRanks, AreOneMoreThanTheNumberOfHigherValues) {
    for (std::uint64_t table = 0; table < 200; ++table) {
        std::vector<std::optional<base::Decimal>> values;
        const std::size_t rows = table % 23;
        for (std::uint64_t row = 0; row < rows; ++row) {
            const auto number = static_cast<std::int64_t>(base::random_below(8, table, row, 0)) - 3;
            values.push_back(number == 4 ? std::nullopt : std::optional(base::Decimal(number, 1)));
        }
        const Ranks ranks = assess::competition_ranks(values, false);
        for (std::size_t row = 0; row < rows; ++row) {
            if (!values[row]) {
                EXPECT_FALSE(ranks[row]);
                continue;
            }
            std::int64_t higher = 0;
            for (const auto& other : values) higher += other && *other > *values[row] ? 1 : 0;
            EXPECT_EQ(ranks[row], higher + 1) << "table " << table << ", row " << row;
        }
    }
}

// The district's own printed ranks, by the printed one-decimal value: 1, 2, 3, 4, 4, 4, 4, 8 ...
TEST(RankTable, GivesTheBulletinsRanks) {
    for (const auto& [name, by] : {std::pair{"pm25_2024h1", "mean_ug_m3"},
                                   {"tsp_2024h1", "mean_ug_m3"},
                                   {"dustfall_2024h1", "dustfall_t_km2_month"}}) {
        const model::Layer ranked = assess::rank_table(published_table(name), {by, false, ""});
        EXPECT_EQ(texts_of(ranked, "rank"), texts_of(ranked, "district_rank")) << name;
    }
}

TEST(RankTable, KeepsRowsColumnsAndTextsAsTheyWere) {
    const model::Layer table = table_of("t", {"name,v", "a,6", "b,7.10", "c,6.0"});
    const model::Layer ranked = assess::rank_table(table, {"v", false, ""});
    EXPECT_THAT(ranked.column_names(), ElementsAre("name", "v", "rank"));
    EXPECT_THAT(texts_of(ranked, "name"), ElementsAre("b", "a", "c"));  // ties keep their order
    EXPECT_THAT(texts_of(ranked, "v"), ElementsAre("7.10", "6", "6.0"));
    EXPECT_THAT(texts_of(ranked, "rank"), ElementsAre("1", "2", "2"));
    EXPECT_EQ(ranked.column("rank").type(), model::ColumnType::kInteger);
}

TEST(RankTable, PutsTheLowestFirstWhenAscending) {
    const model::Layer ranked =
        assess::rank_table(table_of("t", {"name,v", "a,6", "b,-7", "c,0"}), {"v", true, ""});
    EXPECT_THAT(texts_of(ranked, "name"), ElementsAre("b", "c", "a"));
    EXPECT_THAT(texts_of(ranked, "rank"), ElementsAre("1", "2", "3"));
}

TEST(RankTable, PutsRowsWithoutAValueLastAndWithoutARank) {
    const model::Layer ranked =
        assess::rank_table(table_of("t", {"name,v", "a,", "b,-7", "c,", "d,0"}), {"v", false, ""});
    EXPECT_THAT(texts_of(ranked, "name"), ElementsAre("d", "b", "a", "c"));
    EXPECT_FALSE(ranked.column("rank").is_present(2));
    EXPECT_FALSE(ranked.column("rank").is_present(3));
    EXPECT_EQ(ranked.column("rank").count_missing(), 2U);
}

TEST(RankTable, StartsAgainInEachGroup) {
    const model::Layer table =
        table_of("t", {"name,kind,v", "a,x,1", "b,y,5", "c,,9", "d,x,3", "e,y,5", "f,y,"});
    const model::Layer ranked = assess::rank_table(table, {"v", false, "kind"});
    EXPECT_THAT(texts_of(ranked, "name"), ElementsAre("d", "a", "b", "e", "c", "f"));
    EXPECT_THAT(texts_of(ranked, "rank"), ElementsAre("1", "2", "1", "1", "", ""));
}

TEST(RankTable, NamesItsColumnAnewWhenTheNameIsTaken) {
    const model::Layer once = assess::rank_table(table_of("t", {"rank,v", "8,1", "9,2"}), {"v", false, ""});
    EXPECT_THAT(once.column_names(), ElementsAre("rank", "v", "rank_2"));
    const model::Layer twice = assess::rank_table(once, {"v", true, ""});
    EXPECT_THAT(twice.column_names(), ElementsAre("rank", "v", "rank_2", "rank_3"));
    EXPECT_THAT(texts_of(twice, "rank"), ElementsAre("8", "9"));
}

// 2^53 + 1 is no double, and 1e-30 has no decimal of 18 digits.
TEST(RankTable, TellsApartWhatItsColumnTellsApart) {
    const model::Layer large = assess::rank_table(
        table_of("t", {"name,v", "a,9007199254740992", "b,9007199254740993"}), {"v", false, ""});
    EXPECT_THAT(texts_of(large, "name"), ElementsAre("b", "a"));
    const model::Layer small =
        assess::rank_table(table_of("t", {"name,v", "a,1e-30", "b,1e300"}), {"v", false, ""});
    EXPECT_THAT(texts_of(small, "rank"), ElementsAre("1", "2"));
}

TEST(RankTable, RefusesAnUnknownFieldWithTheNearestName) {
    try {
        assess::rank_table(published_table("pm25_2024h1"), {"mean_ug_m", false, ""});
        FAIL() << "an unknown field was taken";
    } catch (const base::Error& error) {
        EXPECT_EQ(error.kind(), base::ErrorKind::kUsage);
        EXPECT_NE(std::string(error.what()).find("mean_ug_m3"), std::string::npos) << error.what();
    }
    EXPECT_THROW(assess::rank_table(published_table("pm25_2024h1"), {"mean_ug_m3", false, "kind"}),
                 base::Error);
}

TEST(RankTable, RefusesTextThatIsNoNumber) {
    try {
        assess::rank_table(table_of("t", {"name,v", "a,1", "b,viel"}), {"v", false, ""});
        FAIL() << "a text was ranked";
    } catch (const base::Error& error) {
        EXPECT_EQ(error.kind(), base::ErrorKind::kInput);
    }
}
}  // namespace
