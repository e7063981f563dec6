// SPDX-License-Identifier: MIT
#include "pipeline/project_toml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <toml++/toml.h>

#include "base/text.hpp"
#include "base/units.hpp"

namespace isopleth::pipeline {

namespace {
int line_of(const toml::node& node) {
    return static_cast<int>(node.source().begin.line);
}

class Reader {
public:
    explicit Reader(std::string file) : m_file(std::move(file)) {}

    std::vector<TomlSection> read(const toml::table& top) {
        TomlSection loose;
        loose.line = 1;
        for (const auto& [key, node] : top) {
            if (const toml::table* table = node.as_table()) {
                read_kind(std::string(key.str()), *table);
            } else {
                loose.entries.push_back(entry_of(std::string(key.str()), node));
            }
        }
        if (!loose.entries.empty()) m_sections.push_back(std::move(loose));
        // toml++ sorts by key; the file's own order is the user's.
        std::stable_sort(m_sections.begin(), m_sections.end(),
                         [](const TomlSection& a, const TomlSection& b) { return a.line < b.line; });
        return std::move(m_sections);
    }

private:
    [[noreturn]] void fail(const toml::node& node, const std::string& message) const {
        base::fail_input(message, {}, {.file = m_file, .line = line_of(node)});
    }

    /// [kind] holds plain keys, [kind.name] holds sections of their own.
    void read_kind(const std::string& kind, const toml::table& table) {
        TomlSection own;
        own.kind = kind;
        own.line = line_of(table);
        for (const auto& [key, node] : table) {
            if (const toml::table* inner = node.as_table()) {
                read_section(kind, std::string(key.str()), *inner);
            } else {
                own.entries.push_back(entry_of(std::string(key.str()), node));
            }
        }
        if (!own.entries.empty()) m_sections.push_back(std::move(own));
    }

    void read_section(const std::string& kind, const std::string& name, const toml::table& table) {
        TomlSection section;
        section.kind = kind;
        section.name = name;
        section.line = line_of(table);
        for (const auto& [key, node] : table)
            section.entries.push_back(entry_of(std::string(key.str()), node));
        std::stable_sort(section.entries.begin(), section.entries.end(),
                         [](const TomlEntry& a, const TomlEntry& b) { return a.line < b.line; });
        m_sections.push_back(std::move(section));
    }

    TomlEntry entry_of(std::string key, const toml::node& node) const {
        TomlEntry entry;
        entry.key = std::move(key);
        entry.line = line_of(node);
        if (const toml::array* array = node.as_array()) {
            entry.is_array = true;
            for (const toml::node& item : *array) entry.texts.push_back(text_of(item, entry.key));
        } else {
            entry.texts.push_back(text_of(node, entry.key));
        }
        return entry;
    }

    std::string text_of(const toml::node& node, const std::string& key) const {
        if (const auto* text = node.as_string()) return text->get();
        if (const auto* integer = node.as_integer()) return std::to_string(integer->get());
        if (const auto* real = node.as_floating_point()) return base::shortest(real->get());
        if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
        fail(node, fmt::format("{} is neither a text, a number, true or false, nor a list of these", key));
    }

    std::string m_file;
    std::vector<TomlSection> m_sections;
};
}  // namespace

std::vector<TomlSection> parse_toml(std::string_view text, const std::string& file) {
    try {
        const toml::table table = toml::parse(text, std::string_view(file));
        return Reader(file).read(table);
    } catch (const toml::parse_error& error) {
        base::fail_input(fmt::format("this is not TOML: {}", error.description()), {},
                         {.file = file, .line = static_cast<std::int64_t>(error.source().begin.line)});
    }
}

std::string with_key_for_option(std::string message) {
    if (!message.starts_with("--")) return message;
    message.erase(0, 2);
    const std::size_t end = std::min(message.find_first_of(" :"), message.size());
    std::replace(message.begin(), message.begin() + static_cast<std::ptrdiff_t>(end), '-', '_');
    return message;
}

void set_keys(base::ParameterList& list, const TomlSection& section, const std::string& file) {
    std::vector<std::string> keys = list.names();
    for (std::string& key : keys) std::replace(key.begin(), key.end(), '-', '_');
    for (const TomlEntry& entry : section.entries) {
        std::string option = entry.key;
        std::replace(option.begin(), option.end(), '_', '-');
        if (list.find(option) == nullptr) {
            base::fail_input(fmt::format("unknown key {}{}", entry.key, base::did_you_mean(entry.key, keys)),
                             {}, {.file = file, .line = entry.line});
        }
        as_fault_of_file(file, entry.line, [&] { list.set(option, entry.texts); });
    }
}

}  // namespace isopleth::pipeline
