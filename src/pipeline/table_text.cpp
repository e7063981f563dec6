// SPDX-License-Identifier: MIT
#include "pipeline/table_text.hpp"

#include <algorithm>
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
