// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "source_text.hpp"

namespace isopleth::architecture {

/// What rooms.txt says.
struct Table {
    std::map<std::string, std::set<std::string>> rooms;  ///< room: those it may include
    std::map<std::string, std::set<std::string>> doors;  ///< start of a header's name: who may include it
    std::map<std::string, std::set<std::string>> only;   ///< standard header: rooms
    std::map<std::string, std::set<std::string>> words;  ///< identifier: rooms
    std::map<std::string, std::set<std::string>> calls;  ///< function that a library calls: files
};

/// Throws std::runtime_error with the line's number for a line that is none of the five kinds.
Table parse_table(const std::string& text);

struct Limits {
    std::size_t function_lines = 60;  ///< functions are shorter
    std::size_t file_lines = 400;     ///< files are shorter
    std::size_t parameters = 5;       ///< at most
};

/// Each rule gives what breaks it, as "path:line: what and why", paths as they came; nothing when all is
/// well.
using Violations = std::vector<std::string>;

/// The table itself: it names only rooms that it has, and no room can come back to itself.
Violations check_table(const Table& table);
/// A room includes itself and what the table allows it.
Violations check_rooms(const std::vector<SourceFile>& files, const Table& table);
/// Includes are written from src/, name a header that is there, and a source's first one is its own header.
Violations check_paths(const std::vector<SourceFile>& files);
/// Libraries are included by their doors alone.
Violations check_doors(const std::vector<SourceFile>& files, const Table& table);
/// Files, terminals and clocks are touched by the rooms that may.
Violations check_words(const std::vector<SourceFile>& files, const Table& table);
/// Functions, parameter lists and files keep to their limits.
Violations check_limits(const std::vector<SourceFile>& files, const Table& table, const Limits& limits = {});
/// A licence line on top, and #pragma once in headers.
Violations check_tops(const std::vector<SourceFile>& files);

}  // namespace isopleth::architecture
