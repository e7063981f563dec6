// SPDX-License-Identifier: MIT
#include "cli/report.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace isopleth::cli {

namespace {
std::string value_text(const base::Json& value) {
    if (value.is_string()) return value.string_or("");
    return value.dump(-1);
}
}  // namespace

std::string summary_text(const base::Json& summary) {
    std::size_t width = 0;
    for (const auto& [name, value] : summary.members()) width = std::max(width, name.size());
    std::string text;
    for (const auto& [name, value] : summary.members()) {
        if (value.is_array()) {
            for (const base::Json& item : value.items())
                text += fmt::format("{:<{}}  {}\n", name, width, value_text(item));
        } else {
            text += fmt::format("{:<{}}  {}\n", name, width, value_text(value));
        }
    }
    return text;
}

std::string summary_json(const pipeline::Outcome& outcome) {
    base::Json document = outcome.summary;
    base::Json findings = base::Json::array();
    for (const base::Finding& finding : outcome.findings) findings.push(base::to_text(finding));
    document.set("findings", std::move(findings));
    return document.dump() + "\n";
}

}  // namespace isopleth::cli
