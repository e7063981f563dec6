// SPDX-License-Identifier: MIT
#include "pipeline/summary_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/text.hpp"
#include "style/language.hpp"

namespace isopleth::pipeline {

namespace {
base::Json list_of(const std::vector<std::string>& texts) {
    base::Json list = base::Json::array();
    for (const std::string& text : texts) list.push(text);
    return list;
}
}  // namespace

base::Json summary_document(const Project& project, const std::vector<StepSummary>& steps) {
    base::Json results = base::Json::object();
    for (const StepSummary& step : steps) {
        base::Json entry = base::Json::object();
        entry.set("kind", step.kind)
            .set("figures", step.summary)
            .set("findings", list_of(step.findings))
            .set("files", list_of(step.outputs));
        if (step.restricted) entry.set("restricted", true);
        // A map may bear the name of what it shows.
        results.set(step.kind == "maps" ? "map " + step.name : step.name, std::move(entry));
    }
    base::Json document = base::Json::object();
    document.set("title", project.title)
        .set("crs", project.crs ? base::Json(project.crs->code()) : base::Json())
        .set("note", project.note)
        .set("results", std::move(results));
    return document;
}

namespace {
/// Headings of the kinds of results, in the order of a project's work.
std::string heading_of(const std::string& kind, style::Language language) {
    static const std::map<std::string, std::string> kChinese = {
        {"layers", "图层"},       {"tables", "表格"},        {"joins", "连接"},    {"surfaces", "浓度曲面"},
        {"ranks", "排名与核对"},  {"densities", "核密度"},   {"hotspots", "热点"}, {"queries", "查询"},
        {"crossval", "交叉验证"}, {"variogram", "变异函数"}, {"maps", "地图"},
    };
    const auto found = kChinese.find(kind);
    if (found == kChinese.end() || language == style::Language::kEnglish) return kind;
    return fmt::format("{} ({})", found->second, kind);
}

bool is_table(const base::Json& value) {
    return !value.items().empty() && value.items().front().is_object();
}

/// Whole numbers in full, others to six digits: summary.json has the rest.
std::string number_text(const base::Json& value) {
    const double number = value.number_or(0);
    if (number == std::floor(number)) return value.dump(-1);
    return std::abs(number) < 1e6 ? fmt::format("{:.6g}", number) : fmt::format("{:.0f}", number);
}

std::string text_of(const base::Json& value) {
    if (value.is_number()) return number_text(value);
    if (value.is_string()) return value.string_or("");
    if (value.is_null()) return "";
    if (!value.is_object()) return value.is_array() && value.items().empty() ? "none" : value.dump(-1);
    std::vector<std::string> parts;
    for (const auto& [name, part] : value.members()) {
        if (is_table(part)) continue;
        parts.push_back(part.is_object() ? fmt::format("{} ({})", name, text_of(part))
                                         : fmt::format("{} {}", name, text_of(part)));
    }
    return base::join(parts, ", ");
}

std::string markdown_table(const base::Json& rows) {
    std::vector<std::string> names;
    for (const auto& [name, value] : rows.items().front().members()) {
        const auto has_value = [&, &member = name](const base::Json& row) { return !row[member].is_null(); };
        if (std::any_of(rows.items().begin(), rows.items().end(), has_value)) names.push_back(name);
    }
    std::string text = "\n| " + base::join(names, " | ") + " |\n|";
    for (std::size_t i = 0; i < names.size(); ++i) text += "---|";
    for (const base::Json& row : rows.items()) {
        text += "\n|";
        for (const std::string& name : names) text += " " + text_of(row[name]) + " |";
    }
    return text + "\n";
}

std::string step_markdown(const StepSummary& step, style::Language language) {
    std::string text = fmt::format("\n**{}**", step.name);
    if (step.restricted) {
        text += style::in_language(language, " (受限: 不在对外提供的文件之内)",
                                   " (restricted: not among the files to hand out)");
    }
    text += "\n";
    std::string tables;
    for (const auto& [name, value] : step.summary.members()) {
        if (is_table(value)) {
            tables += markdown_table(value);
        } else {
            text += fmt::format("- {}: {}\n", name, text_of(value));
            for (const auto& [part, table] : value.members()) {
                if (is_table(table)) tables += markdown_table(table);
            }
        }
    }
    const std::string_view finding = style::in_language(language, "发现", "finding");
    const std::string_view file = style::in_language(language, "文件", "file");
    for (const std::string& each : step.findings) text += fmt::format("- {}: {}\n", finding, each);
    for (const std::string& each : step.outputs) text += fmt::format("- {}: {}\n", file, each);
    return text + tables;
}
}  // namespace

std::string summary_markdown(const Project& project, const std::vector<StepSummary>& steps) {
    const style::Language language = style::parse_language(project.language);
    std::string text = fmt::format("# {}\n\n", project.title);
    if (!project.note.empty()) text += project.note + "\n\n";
    if (project.crs) text += fmt::format("CRS: {} ({})\n", project.crs->name(), project.crs->code());
    std::string kind;
    for (const StepSummary& step : steps) {
        if (step.kind != kind) text += fmt::format("\n## {}\n", heading_of(step.kind, language));
        kind = step.kind;
        text += step_markdown(step, language);
    }
    return text;
}

}  // namespace isopleth::pipeline
