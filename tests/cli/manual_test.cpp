// SPDX-License-Identifier: MIT
#include "cli/manual.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "cli/commands.hpp"

namespace {
using namespace isopleth;
using testing::HasSubstr;

TEST(Manual, TellsOfEveryCommandInAllFourForms) {
    for (const cli::Command& command : cli::commands()) {
        EXPECT_THAT(cli::manual_page(), HasSubstr(".SS " + command.name + "\n"));
        EXPECT_THAT(cli::bash_completion(), HasSubstr("    " + command.name + ") words='--"));
        EXPECT_THAT(cli::zsh_completion(), HasSubstr("    " + command.name + ") compadd -- --"));
        EXPECT_THAT(cli::fish_completion(), HasSubstr("-f -a " + command.name + " "));
    }
}

TEST(Manual, CompletesTheOptionsOfACommandAndTheSharedOnes) {
    EXPECT_THAT(cli::fish_completion(), HasSubstr("'__fish_seen_subcommand_from surface' -l mask\n"));
    EXPECT_THAT(cli::fish_completion(), HasSubstr("'__fish_seen_subcommand_from surface' -l overwrite\n"));
    EXPECT_THAT(cli::fish_completion(),
                testing::Not(HasSubstr("'__fish_seen_subcommand_from rank' -l mask\n")));
}

TEST(Manual, HasNoLineThatManWouldTakeForAnUnknownRequest) {
    for (const std::string& line : base::split(cli::manual_page(), '\n')) {
        if (line.empty() || line[0] != '.') continue;
        const std::string request = line.substr(0, line.find(' '));
        EXPECT_THAT((std::vector<std::string>{".TH", ".SH", ".SS", ".nf", ".fi", ".B", ".I"}),
                    testing::Contains(request));
    }
}
}  // namespace
