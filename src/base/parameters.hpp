// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/units.hpp"

namespace isopleth::base {

/// One parameter of a task: declared once, read by the command line, the project file, the help, the provenance
/// and "did you mean". Text becomes a typed value in `assign` and nowhere else.
class Parameter {
public:
    enum class Kind { kFlag, kValue, kList };

    std::string name;  ///< long option without "--": "max-distance"; a project file's key has "_" for "-"
    Kind kind = Kind::kValue;
    std::string help;
    std::string unit;          ///< "m" for lengths, "" else; said in the help
    std::string value_name;    ///< what stands for the value in the help: "D"
    std::string default_text;  ///< "" when there is none
    bool is_required = false;
    int position = -1;         ///< 0, 1, ... for inputs given without a name; -1 for options
    bool is_many = false;      ///< a positional that takes the rest
    bool is_dataset = false;         ///< names an input: in a project file, what another section makes
    bool is_whole = false;           ///< a list whose items may hold commas: each text is one item
    bool is_result_neutral = false;  ///< not part of provenance (--threads, --quiet, --overwrite)
    char short_name = 0;       ///< 'o' for -o, or 0
    std::vector<std::string> choices;  ///< allowed values, empty for any

    std::function<void(const std::string& text)> assign;  ///< a Usage error for text that does not fit
    std::function<Json()> current;                        ///< the value as provenance

    Parameter& required() { is_required = true; return *this; }
    Parameter& at(int index) { position = index; return *this; }
    Parameter& rest(int index) { position = index; is_many = true; return *this; }
    Parameter& dataset() { is_dataset = true; return *this; }
    Parameter& whole() { is_whole = true; return *this; }
    Parameter& neutral() { is_result_neutral = true; return *this; }
    Parameter& with_short(char letter) { short_name = letter; return *this; }
    Parameter& called(std::string text) { value_name = std::move(text); return *this; }
    Parameter& one_of(std::vector<std::string> allowed) { choices = std::move(allowed); return *this; }
};

/// The rows of a task. `add` binds a field: its value at that time is the default that the help shows.
class ParameterList {
public:
    Parameter& add(std::string name, std::string& field, std::string help);
    Parameter& add(std::string name, std::optional<std::string>& field, std::string help);
    Parameter& add(std::string name, bool& field, std::string help);
    Parameter& add(std::string name, int& field, std::string help);
    Parameter& add(std::string name, std::optional<int>& field, std::string help);
    Parameter& add(std::string name, double& field, std::string help);
    Parameter& add(std::string name, std::optional<double>& field, std::string help);
    Parameter& add(std::string name, Meters& field, std::string help);
    Parameter& add(std::string name, std::optional<Meters>& field, std::string help);
    /// A comma-separated list (but for `whole`), or the option given several times, or an array in a project file.
    Parameter& add(std::string name, std::vector<std::string>& field, std::string help);

    std::vector<Parameter>& rows() { return m_rows; }
    const std::vector<Parameter>& rows() const { return m_rows; }
    const Parameter* find(std::string_view name) const;
    std::vector<std::string> names() const;

    /// Assigns `texts` to the parameter `name`; a Usage error (with the nearest name, or the allowed values).
    /// A kList takes any number of texts, others exactly one; a flag takes "true" or "false".
    void set(std::string_view name, const std::vector<std::string>& texts);
    /// A Usage error that names the first required parameter not in `given`.
    void check_required() const;
    /// All values but neutral ones, in order of declaration.
    Json to_json() const;

private:
    Parameter& append(std::string name, Parameter::Kind kind, std::string help);
    std::vector<Parameter> m_rows;
    std::vector<std::string> m_given;
};

/// "idw:power=2,neighbours=12": a name with options. Also "k:10".
struct MethodText {
    std::string name;
    std::map<std::string, std::string> options;
};

/// A Usage error for empty names, an option without "=", or one given twice.
MethodText parse_method(std::string_view text);

/// The options of a method by the same rows: every option must be declared; a Usage error names the nearest.
void assign_options(const MethodText& method, ParameterList& list);

}  // namespace isopleth::base
