// SPDX-License-Identifier: MIT
#include "rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace isopleth::architecture {

namespace {

std::string folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

std::string file_name_of(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

bool is_header(const std::string& path) {
    return path.ends_with(".hpp");
}

std::string joined(const std::set<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text.empty() ? "no one" : text;
}

std::string at(const SourceFile& file, std::size_t line, const std::string& what) {
    return fmt::format("{}:{}: {}", file.path, line, what);
}

/// The row of the longest start that the header's name has; nullptr when there is none.
const std::pair<const std::string, std::set<std::string>>* door_of(const Table& table,
                                                                   const std::string& header) {
    const std::pair<const std::string, std::set<std::string>>* best = nullptr;
    for (const auto& row : table.doors) {
        if (header.starts_with(row.first) && (best == nullptr || row.first.size() > best->first.size()))
            best = &row;
    }
    return best;
}

void find_cycle(const Table& table, std::vector<std::string>& way, Violations& violations) {
    const auto row = table.rooms.find(way.back());
    if (row == table.rooms.end()) return;
    for (const std::string& next : row->second) {
        if (next == way.front()) {
            violations.push_back(fmt::format("rooms.txt: {} comes back to itself by {}", next, way.back()));
        } else if (std::find(way.begin(), way.end(), next) == way.end()) {
            way.push_back(next);
            find_cycle(table, way, violations);
            way.pop_back();
        }
    }
}

void check_include_of_room(const SourceFile& file, const Include& include, const Table& table,
                           Violations& violations) {
    const std::string own = folder_of(file.path);
    const std::string other = folder_of(include.name);
    if (other == own || table.rooms.at(own).contains(other)) return;
    violations.push_back(at(file, include.line,
                            fmt::format("{} may not include {}: it includes {}", own, include.name,
                                        joined(table.rooms.at(own)))));
}

void check_include_of_library(const SourceFile& file, const Include& include, const Table& table,
                              Violations& violations) {
    const std::string room = folder_of(file.path);
    if (const auto only = table.only.find(include.name); only != table.only.end()) {
        if (!only->second.contains(room)) {
            violations.push_back(
                at(file, include.line, fmt::format("<{}> is for {}", include.name, joined(only->second))));
        }
        return;
    }
    // Headers of the standard library have neither a folder nor an extension.
    if (include.name.find_first_of("./") == std::string::npos) return;
    const auto* door = door_of(table, include.name);
    if (door == nullptr) {
        violations.push_back(
            at(file, include.line, fmt::format("<{}> is in no row of rooms.txt", include.name)));
        return;
    }
    const bool is_any_source = door->second.contains("*.cpp") && !is_header(file.path);
    if (is_any_source || door->second.contains(file.path)) return;
    violations.push_back(
        at(file, include.line,
           fmt::format("{}<{}> is for {}", is_header(file.path) ? "a header of ours includes none: " : "",
                       include.name, joined(door->second))));
}

std::set<std::string>* row_of(Table& table, const std::string& kind, const std::string& name) {
    if (kind == "room") return &table.rooms[name];
    if (kind == "door") return &table.doors[name];
    if (kind == "only") return &table.only[name];
    if (kind == "word") return &table.words[name];
    if (kind == "call") return &table.calls[name];
    return nullptr;
}

}  // namespace

Table parse_table(const std::string& text) {
    Table table;
    std::istringstream lines(text);
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        std::istringstream words(line);
        std::string kind;
        std::string name;
        if (!(words >> kind) || kind.front() == '#') continue;
        words >> name;
        const bool is_named = name.size() > 1 && name.back() == ':';
        if (is_named) name.pop_back();
        std::set<std::string>* row = is_named ? row_of(table, kind, name) : nullptr;
        if (row == nullptr)
            throw std::runtime_error(fmt::format("rooms.txt:{}: not a row: {}", number, line));
        for (std::string word; words >> word;) row->insert(word);
    }
    return table;
}

Violations check_table(const Table& table) {
    Violations violations;
    for (const auto& [room, others] : table.rooms) {
        for (const std::string& other : others) {
            if (!table.rooms.contains(other)) {
                violations.push_back(fmt::format("rooms.txt: {} includes {}, which is no room", room, other));
            }
        }
        std::vector<std::string> way{room};
        find_cycle(table, way, violations);
    }
    return violations;
}

Violations check_rooms(const std::vector<SourceFile>& files, const Table& table) {
    Violations violations;
    for (const SourceFile& file : files) {
        if (!table.rooms.contains(folder_of(file.path))) {
            violations.push_back(at(file, 1, "its folder is no room of rooms.txt"));
            continue;
        }
        for (const Include& include : includes_of(file.text)) {
            if (include.is_quoted) check_include_of_room(file, include, table, violations);
        }
    }
    return violations;
}

Violations check_paths(const std::vector<SourceFile>& files) {
    Violations violations;
    std::set<std::string> paths;
    for (const SourceFile& file : files) paths.insert(file.path);
    for (const SourceFile& file : files) {
        const auto includes = includes_of(file.text);
        for (const Include& include : includes) {
            if (!include.is_quoted) continue;
            if (include.name.starts_with('.') || include.name.find("/..") != std::string::npos) {
                violations.push_back(at(file, include.line, include.name + " is not written from src/"));
            } else if (!paths.contains(include.name) || !is_header(include.name)) {
                violations.push_back(at(file, include.line, include.name + " is no header below src/"));
            }
        }
        if (is_header(file.path)) continue;
        const std::string own = file.path.substr(0, file.path.size() - 4) + ".hpp";
        if (paths.contains(own) && (includes.empty() || includes.front().name != own)) {
            violations.push_back(
                at(file, includes.empty() ? 1 : includes.front().line, "its own header comes first"));
        }
    }
    return violations;
}

Violations check_doors(const std::vector<SourceFile>& files, const Table& table) {
    Violations violations;
    for (const SourceFile& file : files) {
        for (const Include& include : includes_of(file.text)) {
            if (!include.is_quoted) check_include_of_library(file, include, table, violations);
        }
    }
    return violations;
}

Violations check_words(const std::vector<SourceFile>& files, const Table& table) {
    Violations violations;
    for (const SourceFile& file : files) {
        const std::string code = code_of(file.text);
        for (const auto& [word, rooms] : table.words) {
            if (rooms.contains(folder_of(file.path))) continue;
            for (const std::size_t line : lines_with_word(code, word)) {
                violations.push_back(at(file, line, fmt::format("{} is for {}", word, joined(rooms))));
            }
        }
    }
    return violations;
}

Violations check_limits(const std::vector<SourceFile>& files, const Table& table, const Limits& limits) {
    Violations violations;
    for (const SourceFile& file : files) {
        const auto lines = static_cast<std::size_t>(std::count(file.text.begin(), file.text.end(), '\n'));
        if (lines >= limits.file_lines) {
            violations.push_back(at(file, lines,
                                    fmt::format("{} has {} lines; files stay under {}",
                                                file_name_of(file.path), lines, limits.file_lines)));
        }
        for (const Function& function : functions_of(file.text)) {
            if (function.lines >= limits.function_lines) {
                violations.push_back(at(file, function.line,
                                        fmt::format("{} has {} lines; functions stay under {}", function.name,
                                                    function.lines, limits.function_lines)));
            }
            const auto call = table.calls.find(function.name);
            const bool is_prescribed = call != table.calls.end() && call->second.contains(file.path);
            if (function.parameters > limits.parameters && !is_prescribed) {
                violations.push_back(at(file, function.line,
                                        fmt::format("{} has {} parameters; at most {}", function.name,
                                                    function.parameters, limits.parameters)));
            }
        }
    }
    return violations;
}

Violations check_tops(const std::vector<SourceFile>& files) {
    Violations violations;
    for (const SourceFile& file : files) {
        if (!file.text.starts_with("// SPDX-License-Identifier: MIT\n")) {
            violations.push_back(at(file, 1, "the licence line is missing on top"));
        }
        if (is_header(file.path) && file.text.find("\n#pragma once\n") == std::string::npos) {
            violations.push_back(at(file, 1, "#pragma once is missing"));
        }
    }
    return violations;
}

}  // namespace isopleth::architecture
