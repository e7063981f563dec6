// SPDX-License-Identifier: MIT
#include "base/parameters.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <limits>

namespace isopleth::base {

namespace {

double to_number(const std::string& text) {
    const auto value = parse_number(text);
    if (value) return *value;
    const bool has_comma = text.find(',') != std::string::npos;
    fail_usage("\"" + text + "\" is not a number", has_comma ? "Use a decimal point." : "");
}

int to_integer(const std::string& text) {
    const auto value = parse_integer(text);
    if (!value) fail_usage("\"" + text + "\" is not a whole number");
    if (*value < std::numeric_limits<int>::min() || *value > std::numeric_limits<int>::max()) {
        fail_usage("\"" + text + "\" is too large");
    }
    return static_cast<int>(*value);
}

bool to_bool(const std::string& text) {
    if (text == "true") return true;
    if (text == "false") return false;
    fail_usage("\"" + text + "\" is neither true nor false");
}

Json length_json(Meters length) {
    return Json(length.value);
}

Json list_json(const std::vector<std::string>& items) {
    Json json = Json::array();
    for (const std::string& item : items) json.push(item);
    return json;
}

/// Binds a field that `convert` makes from text and `to_json` turns back.
template <class Field, class Convert, class ToJson>
void bind(Parameter& row, Field& field, Convert convert, ToJson to_json) {
    row.assign = [&field, convert](const std::string& text) { field = convert(text); };
    row.current = [&field, to_json] { return to_json(field); };
}

template <class Value, class Convert, class ToJson>
void bind(Parameter& row, std::optional<Value>& field, Convert convert, ToJson to_json) {
    row.assign = [&field, convert](const std::string& text) { field = convert(text); };
    row.current = [&field, to_json] { return field ? Json(to_json(*field)) : Json(); };
}

std::string as_text(const std::string& text) {
    return text;
}
Json text_json(const std::string& text) {
    return Json(text);
}
Json number_json(double value) {
    return Json(value);
}
Json integer_json(int value) {
    return Json(value);
}
Json bool_json(bool value) {
    return Json(value);
}

/// "--cell: " + what its text is not; "power: " within a method.
void assign_one(const Parameter& row, const std::string& label, const std::string& text) {
    const auto& choices = row.choices;
    if (!choices.empty() && std::find(choices.begin(), choices.end(), text) == choices.end()) {
        fail_usage(label + " cannot be \"" + text + "\"" + did_you_mean(text, choices),
                   "Use one of: " + join(choices, ", ") + ".");
    }
    try {
        row.assign(text);
    } catch (const Error& error) {
        throw Error(error.kind(), label + ": " + error.message(), error.hint(), error.place());
    }
}

/// Items of a list: several texts, each of them separated by commas but for inputs and sentences, which may
/// hold commas.
std::vector<std::string> list_items(const Parameter& row, const std::vector<std::string>& texts) {
    if (row.is_many || row.is_whole) return texts;
    std::vector<std::string> items;
    for (const std::string& text : texts) {
        if (trim(text).empty()) continue;
        for (const std::string& item : split(text, ',')) items.emplace_back(trim(item));
    }
    return items;
}

void assign_texts(const Parameter& row, const std::string& label, const std::vector<std::string>& texts) {
    if (row.kind == Parameter::Kind::kList) {
        row.assign({});  // the default goes
        for (const std::string& item : list_items(row, texts)) {
            if (item.empty()) fail_usage(label + " has an empty item");
            assign_one(row, label, item);
        }
        return;
    }
    if (texts.size() != 1) {
        fail_usage(label + (texts.empty() ? " has no value"
                                          : " is given " + std::to_string(texts.size()) + " times"));
    }
    assign_one(row, label, texts.front());
}

std::string label_of(const Parameter& row) {
    return row.position < 0 ? "--" + row.name : (row.value_name.empty() ? row.name : row.value_name);
}

}  // namespace

Parameter& ParameterList::append(std::string name, Parameter::Kind kind, std::string help) {
    if (find(name) != nullptr) bug("parameter " + name + " is declared twice");
    Parameter& row = m_rows.emplace_back();
    row.name = std::move(name);
    row.kind = kind;
    row.help = std::move(help);
    return row;
}

Parameter& ParameterList::add(std::string name, std::string& field, std::string help) {
    Parameter& row = append(std::move(name), Parameter::Kind::kValue, std::move(help));
    bind(row, field, as_text, text_json);
    row.default_text = field;
    return row;
}

Parameter& ParameterList::add(std::string name, std::optional<std::string>& field, std::string help) {
    Parameter& row = append(std::move(name), Parameter::Kind::kValue, std::move(help));
    bind(row, field, as_text, text_json);
    row.default_text = field.value_or("");
    return row;
}

Parameter& ParameterList::add(std::string name, bool& field, std::string help) {
    Parameter& row = append(std::move(name), Parameter::Kind::kFlag, std::move(help));
    bind(row, field, to_bool, bool_json);
    row.default_text = field ? "true" : "";
    return row;
}

Parameter& ParameterList::add(std::string name, int& field, std::string help) {
    Parameter& row = append(std::move(name), Parameter::Kind::kValue, std::move(help));
    bind(row, field, to_integer, integer_json);
    row.default_text = std::to_string(field);
    return row;
}

Parameter& ParameterList::add(std::string name, std::optional<int>& field, std::string help) {
    Parameter& row = append(std::move(name), Parameter::Kind::kValue, std::move(help));
    bind(row, field, to_integer, integer_json);
    row.default_text = field ? std::to_string(*field) : "";
    return row;
}

Parameter& ParameterList::add(std::string name, double& field, std::string help) {
    Parameter& row = append(std::move(name), Parameter::Kind::kValue, std::move(help));
    bind(row, field, to_number, number_json);
    row.default_text = shortest(field);
    return row;
}

Parameter& ParameterList::add(std::string name, std::optional<double>& field, std::string help) {
    Parameter& row = append(std::move(name), Parameter::Kind::kValue, std::move(help));
    bind(row, field, to_number, number_json);
    row.default_text = field ? shortest(*field) : "";
    return row;
}

Parameter& ParameterList::add(std::string name, Meters& field, std::string help) {
    Parameter& row = append(std::move(name), Parameter::Kind::kValue, std::move(help));
    bind(row, field, parse_meters, length_json);
    row.unit = "m";
    row.default_text = shortest(field.value);
    return row;
}

Parameter& ParameterList::add(std::string name, std::optional<Meters>& field, std::string help) {
    Parameter& row = append(std::move(name), Parameter::Kind::kValue, std::move(help));
    bind(row, field, parse_meters, length_json);
    row.unit = "m";
    row.default_text = field ? shortest(field->value) : "";
    return row;
}

Parameter& ParameterList::add(std::string name, std::vector<std::string>& field, std::string help) {
    Parameter& row = append(std::move(name), Parameter::Kind::kList, std::move(help));
    row.assign = [&field](const std::string& text) {
        if (text.empty())
            field.clear();
        else
            field.push_back(text);
    };
    row.current = [&field] { return list_json(field); };
    row.default_text = join(field, ",");
    return row;
}

const Parameter* ParameterList::find(std::string_view name) const {
    const auto row =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const Parameter& one) { return one.name == name; });
    return row == m_rows.end() ? nullptr : &*row;
}

std::vector<std::string> ParameterList::names() const {
    std::vector<std::string> result;
    for (const Parameter& row : m_rows) result.push_back(row.name);
    return result;
}

void ParameterList::set(std::string_view name, const std::vector<std::string>& texts) {
    const Parameter* row = find(name);
    if (row == nullptr) {
        std::vector<std::string> options = names();
        for (std::string& option : options) option.insert(0, "--");
        const std::string word = "--" + std::string(name);
        fail_usage("unknown option " + word + did_you_mean(word, options));
    }
    assign_texts(*row, label_of(*row), texts);
    m_given.emplace_back(name);
}

void ParameterList::check_required() const {
    for (const Parameter& row : m_rows) {
        if (!row.is_required || std::find(m_given.begin(), m_given.end(), row.name) != m_given.end())
            continue;
        fail_usage(label_of(row) + " is missing", row.help.empty() ? "" : "It is: " + row.help + ".");
    }
}

Json ParameterList::to_json() const {
    Json json = Json::object();
    for (const Parameter& row : m_rows) {
        if (row.is_result_neutral) continue;
        Json value = row.current();
        // An option without a value says nothing about how the result was made.
        if (!value.is_null()) json.set(row.name, std::move(value));
    }
    return json;
}

MethodText parse_method(std::string_view text) {
    MethodText method;
    const auto colon = text.find(':');
    method.name = trim(text.substr(0, colon));
    if (method.name.empty()) fail_usage("\"" + std::string(text) + "\" names no method");
    if (colon == std::string_view::npos) return method;
    const std::vector<std::string> parts = split(text.substr(colon + 1), ',');
    for (const std::string& part : parts) {
        const auto equals = part.find('=');
        // "k:10": one bare value is the method's only option, which has no name.
        const bool is_bare = equals == std::string::npos && parts.size() == 1 && !trim(part).empty();
        const std::string name(is_bare ? std::string_view() : trim(std::string_view(part).substr(0, equals)));
        if (!is_bare && (equals == std::string::npos || name.empty())) {
            fail_usage("\"" + part + "\" in \"" + std::string(text) + "\" is not an option with a value",
                       "Write NAME=VALUE, separated by commas.");
        }
        const std::string value(trim(std::string_view(part).substr(is_bare ? 0 : equals + 1)));
        if (!method.options.emplace(name, value).second) {
            fail_usage("option " + name + " is given twice in \"" + std::string(text) + "\"");
        }
    }
    return method;
}

void assign_options(const MethodText& method, ParameterList& list) {
    for (const auto& [name, value] : method.options) {
        if (name.empty())
            fail_usage(method.name + ":" + value + " lacks the option's name", "Write NAME=VALUE.");
        if (list.find(name) == nullptr) {
            fail_usage(
                "unknown option " + name + " of " + method.name + did_you_mean(name, list.names()),
                list.rows().empty() ? "It takes none." : "It takes: " + join(list.names(), ", ") + ".");
        }
        try {
            list.set(name, {value});
        } catch (const Error& error) {
            // Within a method options stand without dashes.
            const bool has_dashes = error.message().starts_with("--");
            throw Error(error.kind(), method.name + ": " + error.message().substr(has_dashes ? 2 : 0),
                        error.hint(), error.place());
        }
    }
}

}  // namespace isopleth::base
