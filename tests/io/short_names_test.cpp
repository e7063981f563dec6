// SPDX-License-Identifier: MIT
#include "io/short_names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace isopleth::io {
namespace {
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

model::Layer with_columns(const std::vector<std::string>& names) {
    model::Layer layer;
    for (const std::string& name : names) layer.columns.emplace_back(name, model::ColumnType::kText);
    return layer;
}

TEST(ShortNames, LeaveNamesThatFit) {
    base::Findings findings;
    EXPECT_THAT(with_short_names(with_columns({"name", "0123456789"}), 10, "a.shp", findings).column_names(),
                ElementsAre("name", "0123456789"));
    EXPECT_THAT(findings, IsEmpty());
}

TEST(ShortNames, KeepTwoCutNamesApart) {
    base::Findings findings;
    EXPECT_THAT(with_short_names(with_columns({"mean_ug_m3_a", "MEAN_ug_m3_b", "mean_ug_m3_c"}), 10, "a.shp",
                                 findings)
                    .column_names(),
                ElementsAre("mean_ug_m3", "MEAN_ug__1", "mean_ug__2"));
    EXPECT_THAT(findings, SizeIs(3));
}

// Three bytes each: 10 bytes hold three of them, and with a number two.
TEST(ShortNames, CutAtAWholeCharacter) {
    base::Findings findings;
    EXPECT_THAT(with_short_names(with_columns({"建筑垃圾未妥善处置", "建筑垃圾"}), 10, "a.shp", findings)
                    .column_names(),
                ElementsAre("建筑垃", "建筑_1"));
}

TEST(ShortNames, NameTheFileTheColumnAndItsNewName) {
    base::Findings findings;
    with_short_names(with_columns({"a_rather_long_name"}), 10, "a.shp", findings);
    ASSERT_THAT(findings, SizeIs(1));
    EXPECT_EQ(base::to_text(findings[0]),
              "a.shp, column a_rather_long_name: the name was cut to a_rather_l: a Shapefile holds 10 bytes");
}

}  // namespace
}  // namespace isopleth::io
