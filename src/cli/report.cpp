// SPDX-License-Identifier: MIT
#include "cli/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "pipeline/table_text.hpp"

namespace isopleth::cli {

namespace {
/// Numbers to six digits: --json has the rest.
std::string value_text(const base::Json& value) {
    if (value.is_string()) return value.string_or("");
    const double number = value.number_or(0);
    if (!value.is_number() || number == std::round(number)) return value.dump(-1);
    return std::abs(number) < 1e6 ? fmt::format("{:.6g}", number) : fmt::format("{:.0f}", number);
}

bool is_table(const base::Json& value) {
    return !value.items().empty() && value.items().front().is_object();
}

/// "kriging, samples 17, variogram (model sph, nugget 0)" for the object `method`: its own name is not said
/// twice. Tables in it are left to `tables_text`.
std::string members_text(const std::string& of, const base::Json& object) {
    std::string text;
    for (const auto& [name, value] : object.members()) {
        if (is_table(value)) continue;
        if (!text.empty()) text += ", ";
        if (value.is_object()) {
            text += fmt::format("{} ({})", name, members_text(name, value));
        } else {
            text += name == of ? value_text(value) : fmt::format("{} {}", name, value_text(value));
        }
    }
    return text;
}

std::string tables_text(const base::Json& object) {
    std::string text;
    for (const auto& [name, value] : object.members()) {
        if (is_table(value)) text += fmt::format("{}\n{}", name, pipeline::to_text_table(value));
    }
    return text;
}

bool is_of_objects(const base::Json& value) {
    return !value.members().empty() &&
           std::all_of(value.members().begin(), value.members().end(),
                       [](const auto& member) { return member.second.is_object(); });
}

}  // namespace

std::string summary_text(const base::Json& summary) {
    std::size_t width = 0;
    for (const auto& [name, value] : summary.members()) width = std::max(width, name.size());
    std::string text;
    const auto line = [&](const std::string& name, const std::string& value) {
        text += fmt::format("{:<{}}  {}\n", name, width, value);
    };
    for (const auto& [name, value] : summary.members()) {
        if (is_table(value)) {
            text += fmt::format("{}\n{}", name, pipeline::to_text_table(value));
        } else if (value.is_array()) {
            for (const base::Json& item : value.items()) line(name, value_text(item));
        } else if (is_of_objects(value)) {
            for (const auto& [part, members] : value.members())
                line(name, fmt::format("{}: {}", part, members_text("method", members)));
        } else if (value.is_object()) {
            line(name, members_text(name, value));
            text += tables_text(value);
        } else {
            line(name, value_text(value));
        }
    }
    return text;
}

std::string summary_json(const pipeline::Outcome& outcome) {
    base::Json document = outcome.summary;
    const auto* table = std::get_if<model::Layer>(&outcome.product);
    if (table != nullptr && !outcome.text.empty()) {
        const base::Json rows = pipeline::to_json_rows(*table);
        document.set("columns", rows["columns"]).set("rows", rows["rows"]);
    }
    base::Json findings = base::Json::array();
    for (const base::Finding& finding : outcome.findings) findings.push(base::to_text(finding));
    // The answer of a query is columns and rows and nothing else, unless there is something to say.
    const bool is_bare = outcome.summary.members().empty() && table != nullptr;
    if (!is_bare || !outcome.findings.empty()) document.set("findings", std::move(findings));
    return document.dump() + "\n";
}

}  // namespace isopleth::cli
