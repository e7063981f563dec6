// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"

#include <gmock/gmock.h>

#include <set>

#include "base/error.hpp"
#include "base/text.hpp"

namespace isopleth::cli {
namespace {

using testing::HasSubstr;

std::string fault_of(const std::string& name) {
    try {
        find_command(name);
    } catch (const base::Error& error) {
        EXPECT_EQ(error.kind(), base::ErrorKind::kUsage);
        return error.what();
    }
    return "";
}

TEST(Commands, EachHaveAGroupALineAndTwoExamplesOfTheirOwn) {
    for (const Command& command : commands()) {
        EXPECT_FALSE(command.group.empty()) << command.name;
        EXPECT_FALSE(command.line.empty()) << command.name;
        ASSERT_EQ(command.examples.size(), 2u) << command.name;
        for (const std::string& example : command.examples) {
            EXPECT_THAT(example, testing::StartsWith("isopleth " + command.name + " "));
        }
    }
}

TEST(Commands, AreNamedOnceAndKeepTheirGroupsTogether) {
    std::set<std::string> names;
    std::set<std::string> groups;
    std::string group;
    for (const Command& command : commands()) {
        EXPECT_TRUE(names.insert(command.name).second) << command.name;
        if (command.group != group) {
            EXPECT_TRUE(groups.insert(command.group).second) << command.group;
        }
        group = command.group;
    }
}

TEST(Commands, DeclareTheirParametersWithHelpOnce) {
    for (const Command& command : commands()) {
        base::ParameterList list;
        command.make()->declare(list);  // a name given twice is a defect that throws
        for (const base::Parameter& row : list.rows())
            EXPECT_FALSE(row.help.empty()) << command.name << " " << row.name;
    }
}

TEST(Commands, AreFoundByName) {
    EXPECT_EQ(find_command("surface").name, "surface");
}

TEST(Commands, NameTheNearestForAMisspeltOne) {
    EXPECT_THAT(fault_of("surfce"), HasSubstr("unknown command surfce; did you mean surface?"));
    EXPECT_THAT(fault_of("xyzzy"), HasSubstr("isopleth --help"));
    EXPECT_THAT(fault_of("--hlep"), HasSubstr("unknown option --hlep; did you mean --help?"));
}

}  // namespace
}  // namespace isopleth::cli
