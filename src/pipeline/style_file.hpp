// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "style/layer_style.hpp"

namespace isopleth::pipeline {

/// A style from styles/NAME.toml. Input errors with file and line for an unknown key or a value that does not fit.
style::LayerStyle read_style(const std::string& path);

}  // namespace isopleth::pipeline
