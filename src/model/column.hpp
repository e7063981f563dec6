// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace isopleth::model {

enum class ColumnType { kInteger, kReal, kText, kBoolean };

/// "integer", "real", "text", "boolean"
std::string_view name_of(ColumnType type);

/// A named column of one type whose cells are present or missing. Missing is never 0, NaN or an empty text.
class Column {
public:
    Column(std::string name, ColumnType type);

    const std::string& name() const { return m_name; }
    void rename(std::string name) { m_name = std::move(name); }
    ColumnType type() const { return m_type; }
    bool is_number() const { return m_type == ColumnType::kInteger || m_type == ColumnType::kReal; }
    std::size_t size() const { return m_present.size(); }
    bool is_present(std::size_t row) const { return m_present[row] != 0; }
    std::size_t count_missing() const { return m_missing; }

    void reserve(std::size_t rows);
    void append_missing();
    void append(std::int64_t value);     ///< integer columns (real ones take it as a double); else a bug
    void append(double value);           ///< real columns; not finite is a bug: refuse it at the edge
    void append(std::string value);      ///< text columns
    void append_boolean(bool value);
    /// A copy of another column's cell; types must be equal.
    void append_from(const Column& other, std::size_t row);

    /// nullopt for a missing cell; `number` takes integer and real columns, else nullopt.
    std::optional<double> number(std::size_t row) const;
    std::optional<std::int64_t> integer(std::size_t row) const;
    std::optional<std::string_view> text(std::size_t row) const;
    std::optional<bool> boolean(std::size_t row) const;

    /// The cell as a user reads it: the source text where it was kept, else shortest; "" for a missing cell.
    std::string display(std::size_t row) const;

    /// Keeps what the source said ("38.0", "6"), so that a table comes out as it went in. One entry for each row,
    /// else a bug.
    void keep_source_text(std::vector<std::string> texts);
    bool has_source_text() const { return !m_source_text.empty(); }
    /// The most decimal places of any present cell's source text ("38.0", "6" has one), for published figures; nullopt
    /// without source text or where one is no plain decimal.
    std::optional<int> decimal_places() const;

private:
    std::string m_name;
    ColumnType m_type;
    std::variant<std::vector<std::int64_t>, std::vector<double>, std::vector<std::string>> m_values;
    std::vector<std::uint8_t> m_present;
    std::vector<std::string> m_source_text;
    std::size_t m_missing = 0;

    template <class Value>
    void push(Value value);
    void push_present();
};

}  // namespace isopleth::model
