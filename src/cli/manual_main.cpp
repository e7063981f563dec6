// SPDX-License-Identifier: MIT
// Run by the build: writes the man page and the completions to stdout, by name.
#include <fmt/format.h>

#include <exception>
#include <string>

#include "cli/manual.hpp"

int main(int argc, char** argv) {
    try {
        const std::string what = argc == 2 ? argv[1] : "";
        if (what == "man") fmt::print("{}", isopleth::cli::manual_page());
        if (what == "bash") fmt::print("{}", isopleth::cli::bash_completion());
        if (what == "zsh") fmt::print("{}", isopleth::cli::zsh_completion());
        if (what == "fish") fmt::print("{}", isopleth::cli::fish_completion());
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 1;
    }
    return 0;
}
