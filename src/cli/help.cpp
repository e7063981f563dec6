// SPDX-License-Identifier: MIT
#include "cli/help.hpp"

#include <fmt/format.h>

#include <vector>

#include "base/text.hpp"

namespace isopleth::cli {

std::string program_help() {
    std::string text =
        "isopleth: joins, surfaces, hot spots, assessment and maps for environment bureaus\n\n"
        "usage: isopleth COMMAND INPUT... [options] -o OUTPUT\n";
    std::vector<std::string> groups;
    for (const Command& command : commands()) {
        if (groups.empty() || groups.back() != command.group) groups.push_back(command.group);
    }
    for (const std::string& group : groups) {
        text += fmt::format("\n{}\n", group);
        for (const Command& command : commands()) {
            if (command.group == group) text += fmt::format("  {:<9} {}\n", command.name, command.line);
        }
    }
    return text +
           "\nisopleth COMMAND --help shows a command's options and two examples.\n"
           "isopleth --version prints the version, with -v those of the libraries.\n";
}

namespace {
std::string row_text(const base::Parameter& row) {
    std::string left =
        row.short_name != 0 ? fmt::format("-{}, --{}", row.short_name, row.name) : "--" + row.name;
    if (row.kind != base::Parameter::Kind::kFlag)
        left += " " + (row.value_name.empty() ? "VALUE" : row.value_name);
    std::string right = row.help;
    if (!row.choices.empty()) right += ": " + base::join(row.choices, ", ");
    if (!row.unit.empty()) right += fmt::format(" [{}]", row.unit);
    if (row.is_required) right += " (required)";
    if (!row.default_text.empty() && !row.is_required && row.kind != base::Parameter::Kind::kFlag) {
        right += fmt::format(" (default {})", row.default_text);
    }
    if (left.size() > 26) return fmt::format("  {}\n  {:<26} {}\n", left, "", right);
    return fmt::format("  {:<26} {}\n", left, right);
}

std::string rows_text(const base::ParameterList& list) {
    std::string text;
    for (const base::Parameter& row : list.rows()) {
        if (row.position < 0) text += row_text(row);
    }
    return text;
}
}  // namespace

std::string command_help(const Command& command) {
    const auto task = command.make();
    base::ParameterList own;
    task->declare(own);
    std::string text =
        fmt::format("isopleth {}: {}\n\nusage: isopleth {}", command.name, command.line, command.name);
    std::string inputs;
    for (const base::Parameter& row : own.rows()) {
        if (row.position < 0) continue;
        text += fmt::format(" {}{}", row.value_name, row.is_many ? "..." : "");
        inputs += fmt::format("  {:<26} {}\n", row.value_name, row.help);
    }
    text += " [options]\n\n" + inputs;
    text += "\nOptions\n" + rows_text(own);
    pipeline::RunOptions run;
    Behaviour behaviour;
    base::ParameterList shared;
    run.declare(shared);
    behaviour.declare(shared);
    text += "\nOptions of every command\n" + rows_text(shared);
    text += "\nExamples\n";
    for (const std::string& example : command.examples) text += "  " + example + "\n";
    return text;
}

}  // namespace isopleth::cli
