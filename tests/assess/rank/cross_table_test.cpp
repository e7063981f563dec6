// SPDX-License-Identifier: MIT
#include "assess/rank/cross_table.hpp"

#include "csv_table.hpp"
#include "base/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {
using namespace isopleth;
using isopleth::testing::published_table;
using isopleth::testing::table_of;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> texts(const std::vector<base::Finding>& findings) {
    std::vector<std::string> list;
    for (const base::Finding& finding : findings) list.push_back(base::to_text(finding));
    return list;
}

base::ErrorKind refusal(const std::vector<std::string>& lines) {
    try {
        assess::check_cross_table(table_of("t", lines), "name", "all");
    } catch (const base::Error& error) {
        return error.kind();
    }
    return base::ErrorKind::kBug;
}

// The bulletin: 18 units and the row 总计, eight categories and the column 总计, 32,683 cases. Blank cells:
// 17 of 未湿法降尘, 12 of 现场使用袋装水泥, 积尘未清扫 of 王府井管委会, 裸露地面 of 交道口街道.
TEST(CrossTable, AddsUpInTheBulletin) {
    const auto result = assess::check_cross_table(published_table("dust_patrol_2024h1"), "street", "总计");
    EXPECT_EQ(result.rows, 19U);
    EXPECT_EQ(result.columns, 9U);
    EXPECT_EQ(result.total, 32683);
    EXPECT_EQ(result.blank, 31U);
    EXPECT_THAT(texts(result.contradictions), IsEmpty());
}

TEST(CrossTable, NamesEverySumThatIsWrong) {
    const auto result = assess::check_cross_table(
        table_of("t", {"name,x,y,all", "a,1,2,3", "b,4,,5", "all,5,2,8"}), "name", "all");
    EXPECT_EQ(result.blank, 1U);
    EXPECT_THAT(texts(result.contradictions),
                ElementsAre("t.csv, line 3, column all: the printed total of b is 5; its parts are 4",
                            "t.csv, line 4, column all: the printed total of all is 8; its parts are 7"));
}

TEST(CrossTable, NamesAColumnWhoseSumIsWrong) {
    const auto result =
        assess::check_cross_table(table_of("t", {"name,x,y,all", "a,1,2,3", "all,2,2,4"}), "name", "all");
    EXPECT_THAT(texts(result.contradictions),
                ElementsAre("t.csv, line 3, column x: the printed total of x is 2; its parts are 1",
                            "t.csv, line 3, column all: the printed total of all is 4; its parts are 3"));
}

TEST(CrossTable, ComparesNoSumThatIsNotPrinted) {
    const auto result = assess::check_cross_table(
        table_of("t", {"name,x,y,all", "a,1,2,", "b,1,,1", "all,2,,4"}), "name", "all");
    EXPECT_EQ(result.rows, 2U);
    EXPECT_EQ(result.columns, 2U);
}

TEST(CrossTable, RefusesATableWithoutItsTotals) {
    EXPECT_EQ(refusal({"name,x,all", "a,1,1"}), base::ErrorKind::kData);
    EXPECT_EQ(refusal({"name,x,all", "all,1,1", "all,1,1"}), base::ErrorKind::kData);
    EXPECT_EQ(refusal({"name,x,all", "a,1,1", "all,1,"}), base::ErrorKind::kData);
    EXPECT_EQ(refusal({"name,x,sum", "a,1,1", "all,1,1"}), base::ErrorKind::kUsage);
}

TEST(CrossTable, RefusesWhatIsNoCount) {
    EXPECT_EQ(refusal({"name,x,all", "a,one,1", "all,1,1"}), base::ErrorKind::kInput);
    EXPECT_EQ(refusal({"name,x,all", "a,1.5,1.5", "all,1.5,1.5"}), base::ErrorKind::kInput);
}
}  // namespace
