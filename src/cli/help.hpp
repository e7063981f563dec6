// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "cli/parse.hpp"

namespace isopleth::cli {

/// The commands, grouped by task.
std::string program_help();
/// Usage, parameters with units and defaults, shared options, two worked examples.
std::string command_help(const Command& command);

}  // namespace isopleth::cli
