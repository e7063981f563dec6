// SPDX-License-Identifier: MIT
#include "pipeline/query_task.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "pipeline/table_text.hpp"
#include "query/sqlite.hpp"

namespace isopleth::pipeline {

void QueryTask::declare(base::ParameterList& list) {
    list.add("sql", sql, "one SELECT statement").required().at(0).called("SQL");
    list.add("with", with, "a table of the statement, as name=dataset").dataset().called("NAME=DATASET");
    list.add("timeout", timeout, "seconds after which the statement is stopped").called("SECONDS");
    list.add("max-rows", max_rows, "more rows than this are an error").called("N");
}

void QueryTask::check() const {
    if (!(timeout > 0)) base::fail_usage("--timeout must be above 0");
}

Outcome QueryTask::run(Datasets& datasets, const base::Job& job) {
    query::Database database;
    for (const std::string& entry : with) {
        const std::size_t equals = entry.find('=');
        const std::string dataset = equals == std::string::npos ? entry : entry.substr(equals + 1);
        const auto layer = datasets.layer(dataset);
        database.add(equals == std::string::npos ? layer->name : entry.substr(0, equals), *layer);
    }
    query::QueryOptions options;
    options.timeout_seconds = timeout;
    if (max_rows) options.max_rows = *max_rows;
    model::Layer result = database.run(sql, options, job);
    Outcome outcome;
    outcome.text = to_text_table(result);
    outcome.summary = to_json_rows(result);
    outcome.product = std::move(result);
    return outcome;
}

}  // namespace isopleth::pipeline
