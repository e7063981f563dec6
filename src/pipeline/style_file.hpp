// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "style/language.hpp"
#include "style/layer_style.hpp"

namespace isopleth::pipeline {

/// A style from styles/NAME.toml. Input errors with file and line for an unknown key or a value that does not
/// fit. Words that the file leaves open (no data, the classes of a standard) are in `language`.
style::LayerStyle read_style(const std::string& path, style::Language language);

}  // namespace isopleth::pipeline
