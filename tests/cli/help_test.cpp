// SPDX-License-Identifier: MIT
#include "cli/help.hpp"

#include <gmock/gmock.h>

#include "base/text.hpp"

namespace isopleth::cli {
namespace {

using testing::HasSubstr;

TEST(Help, GroupsTheCommandsByTask) {
    const std::string text = program_help();
    std::size_t last = 0;
    for (const Command& command : commands()) {
        const std::size_t at = text.find("\n  " + command.name + " ");
        ASSERT_NE(at, std::string::npos) << command.name;
        EXPECT_GT(at, last);
        EXPECT_THAT(text, HasSubstr("\n" + command.group + "\n"));
        last = at;
    }
}

TEST(Help, OfACommandEndsWithItsTwoExamples) {
    for (const Command& command : commands()) {
        EXPECT_THAT(command_help(command), testing::EndsWith("\nExamples\n  " + command.examples[0] + "\n  " +
                                                             command.examples[1] + "\n"));
    }
}

TEST(Help, TellsInputsUnitsDefaultsAndChoices) {
    const std::string text = command_help(find_command("density"));
    EXPECT_THAT(text, HasSubstr("usage: isopleth density EVENTS [options]"));
    EXPECT_THAT(text, HasSubstr("  EVENTS                     events as points\n"));
    EXPECT_THAT(text, HasSubstr("--radius R"));
    EXPECT_THAT(text, HasSubstr("[m] (required)"));
    EXPECT_THAT(text, HasSubstr("quartic, gaussian, epanechnikov, uniform (default quartic)"));
}

TEST(Help, TellsTheSharedOptionsOfEveryCommand) {
    for (const Command& command : commands()) {
        const std::string text = command_help(command);
        for (const char* option :
             {"-o, --output", "-q, --quiet", "-v, --verbose", "-h, --help", "--json", "--threads N", "--plan",
              "--strict", "--overwrite", "--crs CRS", "--to-crs CRS"}) {
            EXPECT_THAT(text, HasSubstr(option)) << command.name;
        }
    }
}

TEST(Help, ShowsThatSeveralInputsMayFollow) {
    EXPECT_THAT(command_help(find_command("map")), HasSubstr("usage: isopleth map LAYER... [options]"));
}

TEST(Help, SaysNothingOfADefaultThatIsNone) {
    for (const Command& command : commands()) {
        EXPECT_THAT(command_help(command), testing::Not(HasSubstr("(default )")));
    }
    // A required length has no default, though its field begins at 0.
    EXPECT_THAT(command_help(find_command("surface")), testing::Not(HasSubstr("(required) (default")));
}

}  // namespace
}  // namespace isopleth::cli
