// SPDX-License-Identifier: MIT
#include "style/standard_colours.hpp"

#include "base/text.hpp"

#include <array>
#include <utility>

namespace isopleth::style {
namespace {

struct Word {
    std::string_view value;
    std::string_view colour;
    std::array<std::string_view, 5> spellings;  ///< without 类, lower case
};

// Words and order of GB 3838-2002, section 3; colours as every face of isopleth uses them.
constexpr std::array<Word, 7> kWater{{
    {"Ⅰ类", "#ccffff", {"ⅰ", "i", "1", "一", "Ⅰ"}},
    {"Ⅱ类", "#00ccff", {"ⅱ", "ii", "2", "二", "Ⅱ"}},
    {"Ⅲ类", "#00ff00", {"ⅲ", "iii", "3", "三", "Ⅲ"}},
    {"Ⅳ类", "#ffff00", {"ⅳ", "iv", "4", "四", "Ⅳ"}},
    {"Ⅴ类", "#ff9900", {"ⅴ", "v", "5", "五", "Ⅴ"}},
    {"劣Ⅴ类", "#ff0000", {"劣Ⅴ", "劣v", "worse than v", "劣五", "劣5"}},
    {"无水", "#bdbdbd", {"无水", "断流", "干涸", "dry", "no water"}},
}};

}  // namespace

std::vector<Category> water_class_categories() {
    std::vector<Category> categories;
    for (const Word& word : kWater) {
        categories.push_back({std::string(word.value), std::string(word.value), parse_colour(word.colour)});
    }
    return categories;
}

std::optional<std::string> water_class_word(std::string_view text) {
    std::string folded = base::to_lower_ascii(base::trim(text));
    constexpr std::string_view kClass = "类";
    if (folded.size() > kClass.size() && folded.ends_with(kClass)) folded.resize(folded.size() - kClass.size());
    for (const Word& word : kWater) {
        for (const std::string_view spelling : word.spellings) {
            if (spelling == folded) return std::string(word.value);
        }
    }
    return std::nullopt;
}

std::vector<Category> hot_spot_categories() {
    // ColorBrewer's RdBu of 7 with its middle greyed, so that "not significant" recedes.
    return {{"hot 99 %", "热点 99 %", parse_colour("#b2182b")},
            {"hot 95 %", "热点 95 %", parse_colour("#ef8a62")},
            {"hot 90 %", "热点 90 %", parse_colour("#fddbc7")},
            {"not significant", "不显著", parse_colour("#eeeeee")},
            {"cold 90 %", "冷点 90 %", parse_colour("#d1e5f0")},
            {"cold 95 %", "冷点 95 %", parse_colour("#67a9cf")},
            {"cold 99 %", "冷点 99 %", parse_colour("#2166ac")}};
}

}  // namespace isopleth::style
