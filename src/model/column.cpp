// SPDX-License-Identifier: MIT
#include "model/column.hpp"

#include "base/decimal.hpp"
#include "base/error.hpp"
#include "base/units.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace isopleth::model {

std::string_view name_of(ColumnType type) {
    constexpr std::array<std::string_view, 4> kNames{"integer", "real", "text", "boolean"};
    return kNames[static_cast<std::size_t>(type)];
}

namespace {
[[noreturn]] void fail_type(const Column& column, std::string_view value) {
    base::bug("a " + std::string(value) + " for the " + std::string(name_of(column.type())) + " column " +
              column.name());
}
}  // namespace

Column::Column(std::string name, ColumnType type) : m_name(std::move(name)), m_type(type) {
    if (type == ColumnType::kReal) m_values = std::vector<double>();
    if (type == ColumnType::kText) m_values = std::vector<std::string>();
}

void Column::reserve(std::size_t rows) {
    std::visit([rows](auto& values) { values.reserve(rows); }, m_values);
    m_present.reserve(rows);
}

void Column::push_present() {
    m_present.push_back(1);
    // Source texts stand beside every row or nowhere.
    if (!m_source_text.empty()) m_source_text.push_back(display(size() - 1));
}

template <class Value>
void Column::push(Value value) {
    std::get<std::vector<Value>>(m_values).push_back(std::move(value));
    push_present();
}

void Column::append_missing() {
    std::visit([](auto& values) { values.emplace_back(); }, m_values);
    m_present.push_back(0);
    ++m_missing;
    if (!m_source_text.empty()) m_source_text.emplace_back();
}

void Column::append(std::int64_t value) {
    if (m_type == ColumnType::kReal) return append(static_cast<double>(value));
    if (m_type != ColumnType::kInteger) fail_type(*this, "whole number");
    push(value);
}

void Column::append(double value) {
    if (m_type != ColumnType::kReal) fail_type(*this, "real number");
    if (!std::isfinite(value)) base::bug("a number that is not finite for column " + m_name);
    push(value);
}

void Column::append(std::string value) {
    if (m_type != ColumnType::kText) fail_type(*this, "text");
    push(std::move(value));
}

void Column::append_boolean(bool value) {
    if (m_type != ColumnType::kBoolean) fail_type(*this, "boolean");
    push(std::int64_t{value ? 1 : 0});
}

void Column::append_from(const Column& other, std::size_t row) {
    if (other.m_type != m_type) fail_type(*this, std::string(name_of(other.m_type)) + " cell");
    // A column of missing cells alone says nothing yet: it may still take source texts.
    if (other.has_source_text() && m_missing == size()) m_source_text.resize(size());
    const bool keeps = other.has_source_text() && m_source_text.size() == size();
    if (!other.is_present(row)) {
        append_missing();
    } else {
        std::visit(
            [&](auto& values) {
                const auto& others = std::get<std::remove_cvref_t<decltype(values)>>(other.m_values);
                values.push_back(others[row]);
            },
            m_values);
        push_present();
    }
    if (!keeps) return;
    m_source_text.resize(size());
    m_source_text.back() = other.m_source_text[row];
}

std::optional<double> Column::number(std::size_t row) const {
    if (!is_present(row)) return std::nullopt;
    if (m_type == ColumnType::kReal) return std::get<std::vector<double>>(m_values)[row];
    if (m_type != ColumnType::kInteger) return std::nullopt;
    return static_cast<double>(std::get<std::vector<std::int64_t>>(m_values)[row]);
}

std::optional<std::int64_t> Column::integer(std::size_t row) const {
    if (m_type != ColumnType::kInteger || !is_present(row)) return std::nullopt;
    return std::get<std::vector<std::int64_t>>(m_values)[row];
}

std::optional<std::string_view> Column::text(std::size_t row) const {
    if (m_type != ColumnType::kText || !is_present(row)) return std::nullopt;
    return std::get<std::vector<std::string>>(m_values)[row];
}

std::optional<bool> Column::boolean(std::size_t row) const {
    if (m_type != ColumnType::kBoolean || !is_present(row)) return std::nullopt;
    return std::get<std::vector<std::int64_t>>(m_values)[row] != 0;
}

std::string Column::display(std::size_t row) const {
    if (!is_present(row)) return {};
    if (row < m_source_text.size() && !m_source_text[row].empty()) return m_source_text[row];
    switch (m_type) {
        case ColumnType::kInteger:
            return std::to_string(std::get<std::vector<std::int64_t>>(m_values)[row]);
        case ColumnType::kReal:
            return base::shortest(std::get<std::vector<double>>(m_values)[row]);
        case ColumnType::kText:
            return std::get<std::vector<std::string>>(m_values)[row];
        case ColumnType::kBoolean:
            return *boolean(row) ? "true" : "false";
    }
    return {};
}

void Column::keep_source_text(std::vector<std::string> texts) {
    if (texts.size() != size()) base::bug("source texts that are not one for each row of column " + m_name);
    m_source_text = std::move(texts);
}

std::optional<int> Column::decimal_places() const {
    if (!has_source_text()) return std::nullopt;
    int places = 0;
    for (std::size_t row = 0; row < size(); ++row) {
        if (!is_present(row)) continue;
        const auto decimal = base::Decimal::parse(m_source_text[row]);
        if (!decimal) return std::nullopt;
        places = std::max(places, decimal->digits());
    }
    return places;
}

}  // namespace isopleth::model
