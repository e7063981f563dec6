// SPDX-License-Identifier: MIT
#include "base/json.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/units.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace isopleth::base {

namespace {

constexpr std::size_t kDeepest = 500;  // deeper text is an attack on the stack, not data

/// Builds our value from nlohmann's events, without its own tree in between.
class Builder : public nlohmann::json_sax<nlohmann::json> {
public:
    explicit Builder(std::string_view text) : m_text(text) {}

    Json& root() { return m_root; }

    bool null() override { return place(Json()); }
    bool boolean(bool value) override { return place(Json(value)); }
    bool number_integer(number_integer_t value) override { return place(Json(std::int64_t{value})); }
    bool number_unsigned(number_unsigned_t value) override {
        if (value > static_cast<number_unsigned_t>(INT64_MAX)) return place(Json(static_cast<double>(value)));
        return place(Json(static_cast<std::int64_t>(value)));
    }
    bool number_float(number_float_t value, const string_t&) override { return place(Json(value)); }
    bool string(string_t& value) override { return place(Json(std::move(value))); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(Json::object()); }
    bool start_array(std::size_t) override { return open(Json::array()); }
    bool key(string_t& name) override {
        m_names.back() = std::move(name);
        return true;
    }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool parse_error(std::size_t position, const std::string&,
                     const nlohmann::detail::exception& error) override {
        const std::string_view before = m_text.substr(0, std::min(position, m_text.size()));
        Place where;
        where.line = 1 + std::count(before.begin(), before.end(), '\n');
        // "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error ..."
        const std::string_view what = error.what();
        const auto reason = what.find(": ");
        fail_input("not valid JSON: " +
                       std::string(reason == std::string_view::npos ? what : what.substr(reason + 2)),
                   {}, where);
    }

private:
    // A value under construction waits on the stack; it moves into its parent when it closes.
    bool open(Json value) {
        if (m_open.size() == kDeepest) fail_input("JSON nested more than 500 deep");
        m_open.push_back(std::move(value));
        m_names.emplace_back();
        return true;
    }
    bool close() {
        Json value = std::move(m_open.back());
        m_open.pop_back();
        m_names.pop_back();
        return place(std::move(value));
    }
    bool place(Json value) {
        if (m_open.empty()) {
            m_root = std::move(value);
        } else if (m_open.back().is_array()) {
            m_open.back().push(std::move(value));
        } else {
            m_open.back().set(std::move(m_names.back()), std::move(value));
        }
        return true;
    }

    std::string_view m_text;
    Json m_root;
    std::vector<Json> m_open;
    std::vector<std::string> m_names;
};

void write_escaped(std::string& out, char32_t point) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    switch (point) {
        case U'"':
            out += "\\\"";
            return;
        case U'\\':
            out += "\\\\";
            return;
        case U'\n':
            out += "\\n";
            return;
        case U'\r':
            out += "\\r";
            return;
        case U'\t':
            out += "\\t";
            return;
        default:
            break;
    }
    out += "\\u00";
    out += kDigits[(point >> 4) & 0xF];
    out += kDigits[point & 0xF];
}

void write_text(std::string& out, const std::string& text) {
    out += '"';
    // Going through code points puts U+FFFD in place of bytes that are not UTF-8.
    const std::string valid = is_valid_utf8(text) ? text : to_utf8(to_code_points(text));
    for (const char letter : valid) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte < 0x20 || letter == '"' || letter == '\\') {
            write_escaped(out, byte);
        } else {
            out += letter;
        }
    }
    out += '"';
}

/// Writes values one after the other into one text.
class Writer {
public:
    explicit Writer(int indent) : m_indent(indent) {}

    std::string text() && { return std::move(m_out); }

    void write_raw(std::string_view text) { m_out += text; }
    void write_string(const std::string& text) { write_text(m_out, text); }

    template <class Items, class WriteItem>
    void write_group(const char* brackets, const Items& items, const WriteItem& write_item) {
        m_out += brackets[0];
        ++m_depth;
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (i > 0) m_out += m_indent < 0 ? ", " : ",";
            new_line();
            write_item(items[i]);
        }
        --m_depth;
        if (!items.empty()) new_line();
        m_out += brackets[1];
    }

private:
    void new_line() {
        if (m_indent < 0) return;
        m_out += '\n';
        m_out.append(static_cast<std::size_t>(m_indent * m_depth), ' ');
    }

    int m_indent;
    int m_depth = 0;
    std::string m_out;
};

std::string scalar_text(const Json& value) {
    if (value.is_null()) return "null";
    if (!value.is_number()) return value.bool_or(false) ? "true" : "false";
    const double number = value.number_or(0);
    if (!std::isfinite(number)) return "null";
    const bool is_whole = value.integer_or(0) == value.integer_or(1);
    const bool is_negative_zero = number == 0 && std::signbit(number);
    return is_whole && !is_negative_zero ? std::to_string(value.integer_or(0)) : shortest(number);
}

void write(Writer& writer, const Json& value) {
    if (value.is_string()) {
        writer.write_string(value.string_or({}));
    } else if (value.is_object()) {
        writer.write_group("{}", value.members(), [&](const auto& member) {
            writer.write_string(member.first);
            writer.write_raw(": ");
            write(writer, member.second);
        });
    } else if (value.is_array()) {
        writer.write_group("[]", value.items(), [&](const Json& item) { write(writer, item); });
    } else {
        writer.write_raw(scalar_text(value));
    }
}

}  // namespace

bool Json::is_number() const {
    return std::holds_alternative<std::int64_t>(m_value) || std::holds_alternative<double>(m_value);
}

Json Json::array(Array items) {
    Json json;
    json.m_value = std::move(items);
    return json;
}

Json Json::object(Object members) {
    Json json;
    json.m_value = std::move(members);
    return json;
}

Json& Json::set(std::string name, Json value) {
    if (is_null()) m_value = Object{};
    auto* object = std::get_if<Object>(&m_value);
    if (object == nullptr) bug("a member set on JSON that is not an object");
    for (auto& [known, old] : *object) {
        if (known == name) {
            old = std::move(value);
            return *this;
        }
    }
    object->emplace_back(std::move(name), std::move(value));
    return *this;
}

Json& Json::push(Json value) {
    if (is_null()) m_value = Array{};
    auto* array = std::get_if<Array>(&m_value);
    if (array == nullptr) bug("an item pushed to JSON that is not an array");
    array->push_back(std::move(value));
    return *this;
}

const Json& Json::operator[](std::string_view name) const {
    static const Json kNull;
    for (const auto& [known, value] : members()) {
        if (known == name) return value;
    }
    return kNull;
}

const Json::Array& Json::items() const {
    static const Array kNone;
    const auto* array = std::get_if<Array>(&m_value);
    return array == nullptr ? kNone : *array;
}

const Json::Object& Json::members() const {
    static const Object kNone;
    const auto* object = std::get_if<Object>(&m_value);
    return object == nullptr ? kNone : *object;
}

std::string Json::string_or(std::string fallback) const {
    const auto* text = std::get_if<std::string>(&m_value);
    return text == nullptr ? fallback : *text;
}

double Json::number_or(double fallback) const {
    if (const auto* whole = std::get_if<std::int64_t>(&m_value)) return static_cast<double>(*whole);
    const auto* number = std::get_if<double>(&m_value);
    return number == nullptr ? fallback : *number;
}

std::int64_t Json::integer_or(std::int64_t fallback) const {
    if (const auto* whole = std::get_if<std::int64_t>(&m_value)) return *whole;
    const auto* number = std::get_if<double>(&m_value);
    const bool is_whole = number != nullptr && std::fabs(*number) < 0x1p63 && *number == std::trunc(*number);
    return is_whole ? static_cast<std::int64_t>(*number) : fallback;
}

bool Json::bool_or(bool fallback) const {
    const auto* value = std::get_if<bool>(&m_value);
    return value == nullptr ? fallback : *value;
}

std::string Json::dump(int indent) const {
    Writer writer(indent);
    write(writer, *this);
    return std::move(writer).text();
}

Json Json::parse(std::string_view text) {
    Builder builder(text);
    if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder))
        bug("JSON text stopped without a fault");
    return std::move(builder.root());
}

}  // namespace isopleth::base
