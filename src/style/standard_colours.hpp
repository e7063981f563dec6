// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "style/language.hpp"
#include "style/layer_style.hpp"

namespace isopleth::style {

/// Water classes of GB 3838 with the colours of every isopleth map: "Ⅰ类" #ccffff, "Ⅱ类" #00ccff, "Ⅲ类" #00ff00, "Ⅳ类" #ffff00,
/// "Ⅴ类" #ff9900, "劣Ⅴ类" #ff0000, and the state "无水" (grey). Values are the bulletin's words, and so are Chinese labels.
std::vector<Category> water_class_categories(Language language);
/// The bulletin's word for a water class written otherwise ("III", "Ⅲ", "3类", "worse than V", "劣V类"); nullopt when it is none.
std::optional<std::string> water_class_word(std::string_view text);

/// Classes of Gi* in the words of hotspot::GiStar::gi_class: three reds, three blues, #eee; "not tested" is no
/// category: it is drawn as missing.
std::vector<Category> hot_spot_categories(Language language);

}  // namespace isopleth::style
