// SPDX-License-Identifier: MIT
#pragma once

#include "base/text.hpp"
#include "model/layer.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace isopleth::testing {

/// The type that all present cells of a column read as.
inline model::ColumnType type_of(const std::vector<std::string>& texts) {
    const auto all = [&texts](const auto& reads) {
        return std::all_of(texts.begin(), texts.end(),
                           [&reads](const std::string& text) { return text.empty() || reads(text); });
    };
    if (all([](const std::string& text) { return base::parse_integer(text).has_value(); }))
        return model::ColumnType::kInteger;
    if (all([](const std::string& text) { return base::parse_number(text).has_value(); }))
        return model::ColumnType::kReal;
    return model::ColumnType::kText;
}

inline model::Column column_of(const std::string& name, const std::vector<std::string>& texts) {
    model::Column column(name, type_of(texts));
    for (const std::string& text : texts) {
        if (text.empty()) {
            column.append_missing();
        } else if (column.type() == model::ColumnType::kInteger) {
            column.append(static_cast<std::int64_t>(*base::parse_integer(text)));
        } else if (column.type() == model::ColumnType::kReal) {
            column.append(*base::parse_number(text));
        } else {
            column.append(text);
        }
    }
    column.keep_source_text(texts);
    return column;
}

/// A table of comma-separated lines without quotes; blank cells are missing, source text is kept as io keeps
/// it.
inline model::Layer table_of(const std::string& name, const std::vector<std::string>& lines) {
    model::Layer table;
    table.name = name;
    table.source.file = name + ".csv";
    const std::vector<std::string> header = base::split(lines.at(0), ',');
    std::vector<std::vector<std::string>> cells(header.size());
    for (std::size_t line = 1; line < lines.size(); ++line) {
        const std::vector<std::string> row = base::split(lines[line], ',');
        if (row.size() != header.size()) throw std::runtime_error("ragged line: " + lines[line]);
        for (std::size_t i = 0; i < row.size(); ++i) cells[i].push_back(row[i]);
        table.source.lines.push_back(static_cast<std::int64_t>(line) + 1);
    }
    for (std::size_t i = 0; i < header.size(); ++i) table.add(column_of(header[i], cells[i]));
    return table;
}

/// A published table of the sample city, by the name of its file.
inline model::Layer published_table(const std::string& name) {
    std::ifstream file(std::string(ISOPLETH_ROOT "/data/") + name + ".csv");
    if (!file) throw std::runtime_error("cannot read data/" + name + ".csv");
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return table_of(name, lines);
}

inline std::vector<std::string> texts_of(const model::Layer& table, const std::string& column) {
    std::vector<std::string> texts;
    for (std::size_t row = 0; row < table.row_count(); ++row)
        texts.push_back(table.column(column).display(row));
    return texts;
}

}  // namespace isopleth::testing
