// SPDX-License-Identifier: MIT
#include "cli/manual.hpp"

#include <fmt/format.h>

#include <vector>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/help.hpp"
#include "cli/parse.hpp"

namespace isopleth::cli {

namespace {
/// man(7) takes a line that starts with a dot or an apostrophe as a request, and a bare minus as a hyphen.
std::string man_text(const std::string& text) {
    std::string out;
    for (const std::string& line : base::split(text, '\n')) {
        if (!line.empty() && (line[0] == '.' || line[0] == '\'')) out += "\\&";
        for (const char letter : line) {
            if (letter == '\\') {
                out += "\\e";
            } else if (letter == '-') {
                out += "\\-";
            } else {
                out += letter;
            }
        }
        out += '\n';
    }
    return out;
}

std::vector<std::string> option_names(const Command& command) {
    Request request;
    request.task = command.make();
    std::vector<std::string> names;
    const base::ParameterList list = all_rows(request);
    for (const base::Parameter& row : list.rows()) {
        if (row.position < 0) names.push_back("--" + row.name);
    }
    return names;
}

std::string command_names() {
    std::vector<std::string> names;
    for (const Command& command : commands()) names.push_back(command.name);
    return base::join(names, " ");
}

std::string quoted(const std::string& text) {
    std::string out = "'";
    for (const char letter : text) {
        if (letter == '\'') {
            out += "'\\''";
        } else {
            out += letter;
        }
    }
    return out + "'";
}
}  // namespace

std::string manual_page() {
    std::string text =
        ".TH ISOPLETH 1\n.SH NAME\nisopleth \\- joins, surfaces, hot spots, assessment and maps for "
        "environment bureaus\n"
        ".SH SYNOPSIS\n.B isopleth\n.I COMMAND INPUT... \\fR[\\fIoptions\\fR] \\fB\\-o\\fR \\fIOUTPUT\n"
        ".SH EXIT STATUS\n.nf\n0    done, also with findings (with \\-\\-strict these make it 3)\n"
        "1    the data do not allow the answer\n2    wrong usage\n3    an input cannot be read or is "
        "invalid\n"
        "4    an output cannot be written\n70   a defect of isopleth itself\n130  interrupted\n.fi\n.SH "
        "COMMANDS\n";
    for (const Command& command : commands()) {
        text += fmt::format(".SS {}\n.nf\n{}.fi\n", man_text(command.name), man_text(command_help(command)));
    }
    return text;
}

std::string bash_completion() {
    std::string cases;
    for (const Command& command : commands()) {
        cases += fmt::format("    {}) words={} ;;\n", command.name,
                             quoted(base::join(option_names(command), " ")));
    }
    return fmt::format(
        "_isopleth() {{\n"
        "  local word=\"${{COMP_WORDS[COMP_CWORD]}}\" words=''\n"
        "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
        "    COMPREPLY=($(compgen -W '{} --help --version' -- \"$word\"))\n    return\n  fi\n"
        "  case \"${{COMP_WORDS[1]}}\" in\n{}  esac\n"
        "  if [[ \"$word\" == -* ]]; then\n    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
        "  else\n    COMPREPLY=($(compgen -f -- \"$word\"))\n  fi\n"
        "}}\ncomplete -o filenames -F _isopleth isopleth\n",
        command_names(), cases);
}

std::string zsh_completion() {
    std::string lines;
    std::string cases;
    for (const Command& command : commands()) {
        lines += fmt::format("    {}\n", quoted(command.name + ":" + command.line));
        cases +=
            fmt::format("    {}) compadd -- {} ;;\n", command.name, base::join(option_names(command), " "));
    }
    return fmt::format(
        "#compdef isopleth\n_isopleth() {{\n  local -a names\n  names=(\n{}  )\n"
        "  if (( CURRENT == 2 )); then\n    _describe command names\n    return\n  fi\n"
        "  if [[ $PREFIX != -* ]]; then\n    _files\n    return\n  fi\n"
        "  case $words[2] in\n{}  esac\n}}\n_isopleth \"$@\"\n",
        lines, cases);
}

std::string fish_completion() {
    std::string text;
    for (const Command& command : commands()) {
        text += fmt::format("complete -c isopleth -n __fish_use_subcommand -f -a {} -d {}\n", command.name,
                            quoted(command.line));
        for (const std::string& option : option_names(command)) {
            text += fmt::format("complete -c isopleth -n '__fish_seen_subcommand_from {}' -l {}\n",
                                command.name, option.substr(2));
        }
    }
    return text;
}

}  // namespace isopleth::cli
