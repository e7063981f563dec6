// SPDX-License-Identifier: MIT
#include "pipeline/table_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "base/text.hpp"

namespace isopleth::pipeline {

namespace {
void append_padded(std::string& line, const std::string& cell, std::size_t width, bool to_the_right) {
    const std::size_t used = base::display_width(cell);
    const std::string blanks(width > used ? width - used : 0, ' ');
    line += to_the_right ? blanks + cell : cell + blanks;
}

base::Json cell_of(const model::Column& column, std::size_t row) {
    if (!column.is_present(row)) return {};
    switch (column.type()) {
        case model::ColumnType::kInteger:
            return base::Json(*column.integer(row));
        case model::ColumnType::kReal:
            return base::Json(*column.number(row));
        case model::ColumnType::kBoolean:
            return base::Json(*column.boolean(row));
        case model::ColumnType::kText:
            return base::Json(*column.text(row));
    }
    return {};
}

bool is_whole(const base::Json& value) {
    return value.number_or(0) == std::floor(value.number_or(0));
}

/// nullopt where six decimals would show one digit at most.
std::optional<int> decimals_of(const base::Json& rows, const std::string& name) {
    double largest = 0;
    bool is_whole_column = true;
    for (const base::Json& row : rows.items()) {
        largest = std::max(largest, std::abs(row[name].number_or(0)));
        is_whole_column = is_whole_column && is_whole(row[name]);
    }
    if (is_whole_column) return 0;
    const int decimals = std::max(3 - static_cast<int>(std::floor(std::log10(largest))), 0);
    return decimals <= 8 ? std::optional(std::min(decimals, 6)) : std::nullopt;
}

model::Column column_of(const base::Json& rows, const std::string& name) {
    const auto& items = rows.items();
    const bool is_number = std::all_of(items.begin(), items.end(), [&](const base::Json& row) {
        return row[name].is_number() || row[name].is_null();
    });
    const std::optional<int> decimals = is_number ? decimals_of(rows, name) : 0;
    model::Column column(name, is_number ? model::ColumnType::kReal : model::ColumnType::kText);
    std::vector<std::string> texts;
    for (const base::Json& row : items) {
        const base::Json& value = row[name];
        if (value.is_null()) {
            column.append_missing();
            texts.emplace_back();
        } else if (is_number) {
            column.append(value.number_or(0));
            texts.push_back(decimals ? fmt::format("{:.{}f}", value.number_or(0), *decimals)
                                     : fmt::format("{:.4g}", value.number_or(0)));
        } else {
            column.append(value.is_string() ? value.string_or("") : value.dump(-1));
        }
    }
    if (is_number) column.keep_source_text(std::move(texts));
    return column;
}
}  // namespace

std::string to_text_table(const model::Layer& table) {
    std::vector<std::size_t> widths;
    for (const model::Column& column : table.columns) {
        std::size_t width = base::display_width(column.name());
        for (std::size_t row = 0; row < column.size(); ++row) {
            width = std::max(width, base::display_width(column.display(row)));
        }
        widths.push_back(width);
    }
    std::string text;
    const auto add_line = [&](auto&& cell_text) {
        std::string line;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            if (i > 0) line += "  ";
            append_padded(line, cell_text(i), widths[i], table.columns[i].is_number());
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    };
    add_line([&](std::size_t i) { return table.columns[i].name(); });
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        add_line([&](std::size_t i) { return table.columns[i].display(row); });
    }
    return text;
}

std::string to_text_table(const base::Json& rows) {
    model::Layer table;
    for (const auto& [name, value] : rows.items().front().members()) {
        model::Column column = column_of(rows, name);
        if (column.count_missing() < column.size()) table.columns.push_back(std::move(column));
    }
    return to_text_table(table);
}

base::Json to_json_rows(const model::Layer& table) {
    base::Json columns = base::Json::array();
    for (const model::Column& column : table.columns) columns.push(column.name());
    base::Json rows = base::Json::array();
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        base::Json record = base::Json::object();
        for (const model::Column& column : table.columns) record.set(column.name(), cell_of(column, row));
        rows.push(std::move(record));
    }
    base::Json json = base::Json::object();
    json.set("columns", std::move(columns)).set("rows", std::move(rows));
    return json;
}

}  // namespace isopleth::pipeline
