// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/parameters.hpp"

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

/// Assigns a section's keys to the rows of their names, which have "-" for "_". Input errors with `file` and
/// line: a key without row (with the nearest), a value that does not fit.
void set_keys(base::ParameterList& list, const TomlSection& section, const std::string& file);

/// A Usage error is a fault of the file where the value comes from one: an Input error at that line, with
/// option names written as keys ("--max-distance: ..." is "max_distance: ...").
template <class Work>
void as_fault_of_file(const std::string& file, int line, Work&& work);
std::string with_key_for_option(std::string message);

template <class Work>
void as_fault_of_file(const std::string& file, int line, Work&& work) {
    try {
        work();
    } catch (const base::Error& error) {
        if (error.kind() != base::ErrorKind::kUsage) throw;
        base::fail_input(with_key_for_option(error.message()), error.hint(), {.file = file, .line = line});
    }
}

}  // namespace isopleth::pipeline
