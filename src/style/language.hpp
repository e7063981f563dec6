// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace isopleth::style {

/// The language of a map's or report's own words; names and titles stay as the data and the project file give them.
enum class Language { kChinese, kEnglish };

/// "zh" or "en"; a Usage error for anything else.
Language parse_language(std::string_view text);

/// The one of two words that suits the language.
std::string_view in_language(Language language, std::string_view chinese, std::string_view english);

}  // namespace isopleth::style
