// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace isopleth::pipeline {

/// A key of a section. Every value is kept as text: its parameter's row makes it a number, a length or a
/// list.
struct TomlEntry {
    std::string key;
    std::vector<std::string> texts;  ///< one, or the items of an array
    bool is_array = false;
    int line = 0;
};

/// [kind.name] or, for `[project]` and the top of a file, a kind without name ("" for the top).
struct TomlSection {
    std::string kind;
    std::string name;
    int line = 0;
    std::vector<TomlEntry> entries;
};

/// Sections in the order of the file. Input errors with file and line: no TOML, a value that is a table or a
/// date, deeper nesting.
std::vector<TomlSection> parse_toml(std::string_view text, const std::string& file);

}  // namespace isopleth::pipeline
