// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "pipeline/run.hpp"

namespace isopleth::cli {

/// Options of the program itself rather than of the work.
struct Behaviour {
    bool help = false;
    bool json = false;
    bool quiet = false;
    bool verbose = false;
    bool strict = false;
    bool progress = false;
    int threads = 0;  ///< 0: all cores

    void declare(base::ParameterList& list);
};

/// A command line, understood: the task has its values, nothing has been read yet.
struct Request {
    const Command* command = nullptr;
    std::unique_ptr<pipeline::Task> task;
    std::unique_ptr<base::ParameterList> parameters;  ///< the task's own rows
    pipeline::RunOptions run;
    Behaviour behaviour;
};

/// Usage errors name the nearest right word. `arguments` without program and command name.
std::unique_ptr<Request> parse(const Command& command, const std::vector<std::string>& arguments);

/// The rows of a command, its own and the shared ones, as the help shows them.
base::ParameterList all_rows(Request& request);

}  // namespace isopleth::cli
