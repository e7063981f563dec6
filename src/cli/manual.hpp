// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace isopleth::cli {

/// The man page isopleth(1) in man(7) macros, from the same rows as the help.
std::string manual_page();
/// Completions of commands and long options for bash, zsh and fish.
std::string bash_completion();
std::string zsh_completion();
std::string fish_completion();

}  // namespace isopleth::cli
