// SPDX-License-Identifier: MIT
#include "style/standard_colours.hpp"

#include "base/text.hpp"

#include <array>
#include <utility>

namespace isopleth::style {
namespace {

struct Word {
    std::string_view value;
    std::string_view english;
    std::string_view colour;
    std::array<std::string_view, 5> spellings;  ///< without 类, lower case
};

// Words and order of GB 3838-2002, section 3; colours as every face of isopleth uses them.
constexpr std::array<Word, 7> kWater{{
    {"Ⅰ类", "I", "#ccffff", {"ⅰ", "i", "1", "一", "Ⅰ"}},
    {"Ⅱ类", "II", "#00ccff", {"ⅱ", "ii", "2", "二", "Ⅱ"}},
    {"Ⅲ类", "III", "#00ff00", {"ⅲ", "iii", "3", "三", "Ⅲ"}},
    {"Ⅳ类", "IV", "#ffff00", {"ⅳ", "iv", "4", "四", "Ⅳ"}},
    {"Ⅴ类", "V", "#ff9900", {"ⅴ", "v", "5", "五", "Ⅴ"}},
    {"劣Ⅴ类", "worse than V", "#ff0000", {"劣Ⅴ", "劣v", "worse than v", "劣五", "劣5"}},
    {"无水", "no water", "#bdbdbd", {"无水", "断流", "干涸", "dry", "no water"}},
}};

}  // namespace

std::vector<Category> water_class_categories(Language language) {
    std::vector<Category> categories;
    for (const Word& word : kWater) {
        categories.push_back({std::string(word.value),
                              std::string(in_language(language, word.value, word.english)),
                              parse_colour(word.colour)});
    }
    return categories;
}

std::optional<std::string> water_class_word(std::string_view text) {
    std::string folded = base::to_lower_ascii(base::trim(text));
    constexpr std::string_view kClass = "类";
    if (folded.size() > kClass.size() && folded.ends_with(kClass))
        folded.resize(folded.size() - kClass.size());
    for (const Word& word : kWater) {
        for (const std::string_view spelling : word.spellings) {
            if (spelling == folded) return std::string(word.value);
        }
    }
    return std::nullopt;
}

std::vector<Category> hot_spot_categories(Language language) {
    struct Class {
        std::string_view value, chinese, colour;
    };
    // ColorBrewer's RdBu of 7 with its middle greyed, so that "not significant" recedes.
    constexpr std::array<Class, 7> kClasses{{{"hot 99 %", "热点 99 %", "#b2182b"},
                                             {"hot 95 %", "热点 95 %", "#ef8a62"},
                                             {"hot 90 %", "热点 90 %", "#fddbc7"},
                                             {"not significant", "不显著", "#eeeeee"},
                                             {"cold 90 %", "冷点 90 %", "#d1e5f0"},
                                             {"cold 95 %", "冷点 95 %", "#67a9cf"},
                                             {"cold 99 %", "冷点 99 %", "#2166ac"}}};
    std::vector<Category> categories;
    for (const Class& each : kClasses) {
        categories.push_back({std::string(each.value),
                              std::string(in_language(language, each.chinese, each.value)),
                              parse_colour(each.colour)});
    }
    return categories;
}

}  // namespace isopleth::style
