// SPDX-License-Identifier: MIT
#include "style/language.hpp"

#include <fmt/format.h>

#include "base/error.hpp"

namespace isopleth::style {

Language parse_language(std::string_view text) {
    if (text == "zh") return Language::kChinese;
    if (text == "en") return Language::kEnglish;
    base::fail_usage(fmt::format("unknown language {}; it is zh or en", text));
}

std::string_view in_language(Language language, std::string_view chinese, std::string_view english) {
    return language == Language::kEnglish ? english : chinese;
}

}  // namespace isopleth::style
