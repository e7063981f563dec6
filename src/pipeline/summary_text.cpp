// SPDX-License-Identifier: MIT
#include "pipeline/summary_text.hpp"

#include <fmt/format.h>

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

std::string summary_markdown(const Project& project, const std::vector<StepSummary>& steps) {
    std::string text = fmt::format("# {}\n\n", project.title);
    if (!project.note.empty()) text += project.note + "\n\n";
    if (project.crs) text += fmt::format("CRS: {} ({})\n", project.crs->name(), project.crs->code());
    std::string kind;
    for (const StepSummary& step : steps) {
        if (step.kind != kind) text += fmt::format("\n## {}\n", step.kind);
        kind = step.kind;
        text += fmt::format("\n**{}**", step.name);
        if (step.restricted) text += " (restricted: not among the files to hand out)";
        text += "\n";
        for (const auto& [name, value] : step.summary.members()) {
            text += fmt::format("- {}: {}\n", name, value.is_string() ? value.string_or("") : value.dump(-1));
        }
        for (const std::string& finding : step.findings) text += fmt::format("- finding: {}\n", finding);
        for (const std::string& output : step.outputs) text += fmt::format("- file: {}\n", output);
    }
    return text;
}

}  // namespace isopleth::pipeline
