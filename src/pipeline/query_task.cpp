// SPDX-License-Identifier: MIT
#include "pipeline/query_task.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "base/text.hpp"
#include "io/dataset_name.hpp"
#include "io/part_file.hpp"
#include "pipeline/project.hpp"
#include "pipeline/project_datasets.hpp"
#include "pipeline/table_text.hpp"
#include "query/sqlite.hpp"

namespace isopleth::pipeline {

void QueryTask::declare(base::ParameterList& list) {
    list.add("sql", sql, "one SELECT statement").required().at(0).called("SQL");
    list.add("with", with, "a table of the statement, as name=dataset").dataset().called("NAME=DATASET");
    list.add("project", project,
             "project file whose layers, tables and results are tables, under their names")
        .called("PROJECT.toml");
    list.add("timeout", timeout, "seconds after which the statement is stopped").called("SECONDS");
    list.add("max-rows", max_rows, "more rows than this are an error").called("N");
}

void QueryTask::check() const {
    if (!(timeout > 0)) base::fail_usage("--timeout must be above 0");
}

namespace {
/// Whether the statement holds the name as a word of its own, in any case: SQL names know none.
bool mentions(const std::string& sql, const std::string& name) {
    const std::string text = base::to_lower_ascii(sql);
    const std::string word = base::to_lower_ascii(name);
    const auto is_part = [&](std::size_t at) {
        if (at >= text.size()) return false;
        const auto letter = static_cast<unsigned char>(text[at]);
        return std::isalnum(letter) != 0 || letter == '_' || letter >= 0x80;
    };
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        if (!is_part(at + word.size()) && (at == 0 || !is_part(at - 1))) return true;
    }
    return false;
}

/// The files below a step, for the provenance.
void note_files(const Project& project, const Step& step, Datasets& datasets) {
    if (!step.file.empty()) {
        datasets.note_input(
            {std::filesystem::path(step.file).filename().string(), io::sha256_of_file(step.file)});
    }
    for (const std::string& need : step.needs) note_files(project, *project.find(need), datasets);
}

/// What the statement mentions of a project, computed afresh and added as tables.
base::Findings add_sections(query::Database& database, const QueryTask& task, const Project& project,
                            Datasets& datasets, const base::Job& job) {
    ProjectDatasets sections(project, {}, job);
    const std::vector<std::string> taken = database.table_names();
    for (const Step& step : project.steps) {
        const bool is_layer = step.task->makes() == Makes::kLayer || step.task->makes() == Makes::kTable;
        if (!is_layer || !mentions(task.sql, step.name)) continue;
        if (std::find(taken.begin(), taken.end(), step.name) != taken.end()) continue;
        database.add(step.name, *sections.layer(step.name));
        note_files(project, step, datasets);
    }
    base::Findings findings;
    for (const Step& step : project.steps) {
        const base::Findings& found = sections.outcome(step.name).findings;
        findings.insert(findings.end(), found.begin(), found.end());
    }
    return findings;
}
/// The database knows only the tables that were added; the project knows all that could have been meant.
[[noreturn]] void rethrow_with_nearest(const base::Error& error, const Project& project) {
    const std::string start = "there is no table ";
    if (!error.message().starts_with(start)) throw error;
    const std::string word = error.message().substr(start.size());
    std::vector<std::string> names;
    for (const Step& step : project.steps) names.push_back(step.name);
    throw base::Error(error.kind(), start + word + base::did_you_mean(word, names), error.hint(),
                      error.place());
}
}  // namespace

Outcome QueryTask::run(Datasets& datasets, const base::Job& job) {
    query::Database database;
    for (const std::string& entry : with) {
        const auto [name, dataset] = io::split_name(entry);
        const auto layer = datasets.layer(dataset);
        database.add(name.value_or(layer->name), *layer);
    }
    Outcome outcome;
    std::optional<Project> sections;
    if (project) {
        sections = read_project(*project);
        outcome.findings = add_sections(database, *this, *sections, datasets, job);
    }
    query::QueryOptions options;
    options.timeout_seconds = timeout;
    if (max_rows) options.max_rows = *max_rows;
    try {
        model::Layer result = database.run(sql, options, job);
        outcome.text = to_text_table(result);
        outcome.product = std::move(result);
    } catch (const base::Error& error) {
        if (sections) rethrow_with_nearest(error, *sections);
        throw;
    }
    return outcome;
}

}  // namespace isopleth::pipeline
