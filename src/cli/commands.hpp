// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/task.hpp"

namespace isopleth::cli {

/// One row a command: the whole of what the command line knows of it.
struct Command {
    std::string name;
    std::string group;
    std::string line;
    std::vector<std::string> examples;  ///< two, as they run on the sample city
    pipeline::MakeTask make;
};

const std::vector<Command>& commands();
/// A Usage error with the nearest name for an unknown command.
const Command& find_command(std::string_view name);

}  // namespace isopleth::cli
