// SPDX-License-Identifier: MIT
#include "io/csv.hpp"

#include "base/encoding.hpp"
#include "base/text.hpp"
#include "base/units.hpp"
#include "io/csv_points.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace isopleth::io {
namespace {

struct Record {
    std::int64_t line = 0;
    std::vector<std::string> cells;
};

base::Place place_at(const std::string& file, std::int64_t line, const std::string& column = {}) {
    base::Place place;
    place.file = file;
    place.line = line;
    place.column = column;
    return place;
}

/// RFC 4180 with any of LF, CRLF, CR; blank lines are passed over.
class Reader {
public:
    Reader(std::string_view text, char separator, const std::string& file)
        : m_text(text), m_separator(separator), m_file(file) {}

    bool next(Record& record) {
        while (m_at < m_text.size() && is_break(m_text[m_at])) pass_break();
        if (m_at >= m_text.size()) return false;
        record.line = m_line;
        record.cells.clear();
        for (;;) {
            record.cells.push_back(m_text.substr(m_at, 1) == "\"" ? quoted() : plain());
            if (m_at >= m_text.size()) return true;
            if (m_text[m_at] != m_separator) break;
            ++m_at;
        }
        pass_break();
        return true;
    }

private:
    static bool is_break(char letter) { return letter == '\n' || letter == '\r'; }
    void pass_break() {
        if (m_text.substr(m_at, 2) == "\r\n") ++m_at;
        ++m_at;
        ++m_line;
    }
    std::string plain() {
        const auto start = m_at;
        while (m_at < m_text.size() && m_text[m_at] != m_separator && !is_break(m_text[m_at])) ++m_at;
        return std::string(m_text.substr(start, m_at - start));
    }
    std::string quoted() {
        const auto first_line = m_line;
        std::string cell;
        for (++m_at; m_at < m_text.size(); ++m_at) {
            if (m_text[m_at] == '"') {
                if (m_text.substr(m_at + 1, 1) != "\"") break;
                ++m_at;
            }
            if (m_text[m_at] == '\n') ++m_line;
            cell += m_text[m_at];
        }
        if (m_at >= m_text.size()) {
            base::fail_input("a quoted cell is never closed", "Add the missing \".",
                             place_at(m_file, first_line));
        }
        ++m_at;
        if (m_at < m_text.size() && m_text[m_at] != m_separator && !is_break(m_text[m_at])) {
            base::fail_input("text follows a closing quote", "Double a quote inside a cell.",
                             place_at(m_file, m_line));
        }
        return cell;
    }

    std::string_view m_text;
    char m_separator;
    const std::string& m_file;
    std::size_t m_at = 0;
    std::int64_t m_line = 1;
};

/// The separator most frequent in the header outside quotes; a comma for a table of one column.
char find_separator(std::string_view text) {
    constexpr std::array kSeparators = {',', '\t', ';'};
    std::array<std::size_t, kSeparators.size()> counts{};
    bool is_quoted = false;
    for (const char letter : text) {
        if (letter == '"') is_quoted = !is_quoted;
        if (is_quoted) continue;
        if (letter == '\n' || letter == '\r') break;
        for (std::size_t i = 0; i < kSeparators.size(); ++i) counts[i] += letter == kSeparators[i] ? 1 : 0;
    }
    return kSeparators[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) -
                                                counts.begin())];
}

bool is_not_finite(std::string_view cell) {
    auto word = base::to_lower_ascii(cell);
    if (!word.empty() && (word[0] == '+' || word[0] == '-')) word.erase(0, 1);
    return word == "nan" || word == "inf" || word == "infinity";
}

/// "007" is a code, not the number 7.
bool is_code(std::string_view cell) {
    if (!cell.empty() && cell[0] == '-') cell.remove_prefix(1);
    return cell.size() > 1 && cell[0] == '0' && cell[1] >= '0' && cell[1] <= '9';
}

struct CellTexts {
    std::string name;
    std::vector<std::string> cells;
};

model::ColumnType type_of(const CellTexts& column, const std::string& file,
                          const std::vector<std::int64_t>& lines) {
    auto type = model::ColumnType::kInteger;
    std::optional<std::size_t> odd;
    bool has_number = false;
    for (std::size_t row = 0; row < column.cells.size(); ++row) {
        const auto cell = base::trim(column.cells[row]);
        if (cell.empty()) continue;
        if (is_not_finite(cell)) {
            odd = odd.value_or(row);
            continue;
        }
        if (is_code(cell) || !base::parse_number(cell)) return model::ColumnType::kText;
        has_number = true;
        if (!base::parse_integer(cell)) type = model::ColumnType::kReal;
    }
    if (!has_number) return model::ColumnType::kText;
    if (odd) {
        base::fail_input(fmt::format("\"{}\" is not a finite number", base::trim(column.cells[*odd])),
                         "Leave the cell blank where the value is missing.",
                         place_at(file, lines[*odd], column.name));
    }
    return type;
}

model::Column make_column(CellTexts&& texts, model::ColumnType type) {
    model::Column column(texts.name, type);
    column.reserve(texts.cells.size());
    for (const auto& text : texts.cells) {
        const auto cell = base::trim(text);
        if (cell.empty()) {
            column.append_missing();
        } else if (type == model::ColumnType::kInteger) {
            column.append(static_cast<std::int64_t>(*base::parse_integer(cell)));
        } else if (type == model::ColumnType::kReal) {
            column.append(*base::parse_number(cell));
        } else {
            column.append(text);
        }
    }
    if (type != model::ColumnType::kText) {
        for (auto& text : texts.cells) text = std::string(base::trim(text));
        column.keep_source_text(std::move(texts.cells));
    }
    return column;
}

std::vector<CellTexts> header_of(const Record& record, const std::string& file) {
    std::vector<CellTexts> columns;
    for (const auto& cell : record.cells) {
        const std::string name(base::trim(cell));
        if (name.empty()) {
            base::fail_input(fmt::format("column {} of the header has no name", columns.size() + 1),
                             "Name every column.", place_at(file, record.line));
        }
        for (const auto& other : columns) {
            if (other.name == name) {
                base::fail_input(fmt::format("the header names column {} twice", name), "Rename one of them.",
                                 place_at(file, record.line));
            }
        }
        columns.push_back({name, {}});
    }
    const auto is_number = [](const CellTexts& column) {
        return base::parse_number(column.name).has_value();
    };
    if (std::all_of(columns.begin(), columns.end(), is_number)) {
        base::fail_input("there is no header", "Put the names of the columns in the first line.",
                         place_at(file, record.line));
    }
    return columns;
}

}  // namespace

model::Layer parse_csv(std::string_view bytes, const std::string& where, const CsvOptions& options,
                       base::Findings& findings) {
    (void)findings;
    base::Place place;
    place.file = where;
    if (bytes.empty()) base::fail_input("the file is empty", "", place);
    return base::at_place(place, [&] {
        const auto decoded = base::decode(bytes, options.encoding);
        Reader reader(decoded.text, find_separator(decoded.text), where);
        Record record;
        if (!reader.next(record))
            base::fail_input("there is no header", "Put the names of the columns in the first line.");
        auto texts = header_of(record, where);
        model::Layer layer;
        layer.source.file = where;
        layer.source.encoding = decoded.encoding;
        while (reader.next(record)) {
            if (record.cells.size() != texts.size()) {
                base::fail_input(fmt::format("{} cells where the header has {} columns", record.cells.size(),
                                             texts.size()),
                                 "Quote cells that hold the separator.", place_at(where, record.line));
            }
            layer.source.lines.push_back(record.line);
            for (std::size_t i = 0; i < texts.size(); ++i)
                texts[i].cells.push_back(std::move(record.cells[i]));
        }
        for (auto& column : texts) {
            const auto& stated = options.text_columns;
            const bool is_text = std::find(stated.begin(), stated.end(), column.name) != stated.end();
            const auto type = is_text ? model::ColumnType::kText : type_of(column, where, layer.source.lines);
            layer.columns.push_back(make_column(std::move(column), type));
        }
        place_rows(layer, options);
        return layer;
    });
}

namespace {

void append_cell(std::string& text, std::string_view cell) {
    const bool has_blank_end = !cell.empty() && (cell.front() == ' ' || cell.back() == ' ');
    if (!has_blank_end && cell.find_first_of(",\"\r\n;\t") == std::string_view::npos) {
        text += cell;
        return;
    }
    text += '"';
    for (const char letter : cell) {
        if (letter == '"') text += '"';
        text += letter;
    }
    text += '"';
}

/// Whether the layer's own columns still say where its points are.
bool holds_its_points(const model::Layer& layer) {
    const auto columns = find_coordinate_columns(layer.column_names(), {});
    if (!columns) return false;
    for (std::size_t row = 0; row < layer.geometry.size(); ++row) {
        const auto* point = std::get_if<geo::Point>(&layer.geometry[row]);
        if (point == nullptr) continue;
        if (layer.columns[columns->x].number(row) != point->x ||
            layer.columns[columns->y].number(row) != point->y) {
            return false;
        }
    }
    return true;
}

}  // namespace

std::string format_csv(const model::Layer& layer, bool wkt) {
    const bool has_points = layer.has_geometry && layer.geometry_type() == "Point";
    const bool with_wkt = wkt && layer.has_geometry;
    const bool with_points = has_points && !with_wkt && !holds_its_points(layer);
    // A layer whose old coordinate columns are of another CRS keeps them; the new ones need names that are
    // free.
    const std::string suffix = layer.find("x") != nullptr || layer.find("y") != nullptr ? "_out" : "";
    std::string text;
    const auto separate = [&text](bool is_first) {
        if (!is_first) text += ',';
    };
    for (std::size_t i = 0; i < layer.columns.size(); ++i) {
        separate(i == 0);
        append_cell(text, layer.columns[i].name());
    }
    if (with_points) text += fmt::format("{}x{},y{}", layer.columns.empty() ? "" : ",", suffix, suffix);
    if (with_wkt) text += layer.columns.empty() ? "wkt" : ",wkt";
    text += '\n';
    for (std::size_t row = 0; row < layer.row_count(); ++row) {
        for (std::size_t i = 0; i < layer.columns.size(); ++i) {
            separate(i == 0);
            append_cell(text, layer.columns[i].display(row));
        }
        if (with_points) {
            separate(layer.columns.empty());
            const auto* point = std::get_if<geo::Point>(&layer.geometry[row]);
            text += point == nullptr ? "," : base::shortest(point->x) + "," + base::shortest(point->y);
        }
        if (with_wkt) {
            separate(layer.columns.empty());
            append_cell(text, to_wkt(layer.geometry[row]));
        }
        text += '\n';
    }
    return text;
}

}  // namespace isopleth::io
