// SPDX-License-Identifier: MIT
#include "style/standard_colours.hpp"

namespace isopleth::style {
namespace {

// Colours: the decision for all faces of the city's maps; classes of GB 3838-2002.
TEST(StandardColours, GiveWaterClassesTheirColours) {
    const auto categories = water_class_categories(Language::kChinese);
    ASSERT_EQ(categories.size(), 7u);
    EXPECT_EQ(categories[1].value, "Ⅱ类");
    EXPECT_EQ(to_hex(categories[1].colour), "#00ccff");
    EXPECT_EQ(to_hex(categories[5].colour), "#ff0000");
    EXPECT_EQ(categories[6].value, "无水");
}

TEST(StandardColours, KeepTheFieldsWordsAndTranslateTheLegends) {
    const auto classes = water_class_categories(Language::kEnglish);
    EXPECT_EQ(classes[5].value, "劣Ⅴ类");
    EXPECT_EQ(classes[5].label, "worse than V");
    const auto spots = hot_spot_categories(Language::kEnglish);
    EXPECT_EQ(spots[0].label, "hot 99 %");
    EXPECT_EQ(hot_spot_categories(Language::kChinese)[0].label, "热点 99 %");
}

TEST(StandardColours, ReadOtherSpellingsOfAWaterClass) {
    for (const char* text : {"III", "Ⅲ", "Ⅲ类", "3类", " iii "}) EXPECT_EQ(water_class_word(text), "Ⅲ类") << text;
    EXPECT_EQ(water_class_word("劣V类"), "劣Ⅴ类");
    EXPECT_EQ(water_class_word("VI"), std::nullopt);
}

TEST(StandardColours, HaveThreeRedsAndThreeBluesForHotSpots) {
    const auto categories = hot_spot_categories(Language::kChinese);
    ASSERT_EQ(categories.size(), 7u);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_GT(categories[i].colour.red, categories[i].colour.blue);
        EXPECT_GT(categories[4 + i].colour.blue, categories[4 + i].colour.red);
    }
    EXPECT_EQ(to_hex(categories[3].colour), "#eeeeee");
}

}  // namespace
}  // namespace isopleth::style
