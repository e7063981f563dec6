// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace isopleth::base {

/// A JSON value. Objects keep the order in which members were set.
class Json {
public:
    using Array = std::vector<Json>;
    using Object = std::vector<std::pair<std::string, Json>>;

    Json() = default;  ///< null
    Json(bool value) : m_value(value) {}
    Json(int value) : m_value(static_cast<std::int64_t>(value)) {}
    Json(std::int64_t value) : m_value(value) {}
    Json(std::size_t value) : m_value(static_cast<std::int64_t>(value)) {}
    Json(double value) : m_value(value) {}  ///< written shortest; not finite becomes null
    Json(const char* value) : m_value(std::string(value)) {}
    Json(std::string value) : m_value(std::move(value)) {}
    Json(std::string_view value) : m_value(std::string(value)) {}

    static Json array(Array items = {});
    static Json object(Object members = {});

    bool is_null() const { return std::holds_alternative<std::monostate>(m_value); }
    bool is_object() const { return std::holds_alternative<Object>(m_value); }
    bool is_array() const { return std::holds_alternative<Array>(m_value); }
    bool is_string() const { return std::holds_alternative<std::string>(m_value); }
    bool is_number() const;

    /// Sets or replaces a member; a null value becomes an object first.
    Json& set(std::string name, Json value);
    /// Appends; a null value becomes an array first.
    Json& push(Json value);

    /// Member by name, or null when absent or not an object.
    const Json& operator[](std::string_view name) const;
    const Array& items() const;      ///< empty unless an array
    const Object& members() const;   ///< empty unless an object
    std::string string_or(std::string fallback) const;
    double number_or(double fallback) const;
    std::int64_t integer_or(std::int64_t fallback) const;
    bool bool_or(bool fallback) const;

    /// indent < 0: one line. UTF-8 is written as it is; invalid UTF-8 bytes become U+FFFD.
    std::string dump(int indent = 2) const;

    /// An Input error with the line for text that is not JSON.
    static Json parse(std::string_view text);

private:
    std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> m_value;
};

}  // namespace isopleth::base
