// SPDX-License-Identifier: MIT
#include "pipeline/join_task.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "join/aggregate.hpp"
#include "join/by_name.hpp"
#include "join/spatial.hpp"
#include "pipeline/crs_choice.hpp"

namespace isopleth::pipeline {

void JoinTask::declare(base::ParameterList& list) {
    list.add("left", left, "features that are kept, all of them").required().at(0).dataset().called("LEFT");
    list.add("right", right, "what is looked up").required().at(1).dataset().called("RIGHT");
    list.add("predicate", predicate, "join by place").one_of({"within", "intersects", "nearest"});
    list.add("by", by, "join by name: a field of both sides, or left=right").called("FIELD");
    list.add("aliases", aliases, "table of other names (columns alias, name)").dataset().called("TABLE");
    list.add("separator", separator, "left names are lists, split at this character").called("CHARACTER");
    list.add("border", border, "a point on a shared border belongs to").one_of({"one", "all", "none"});
    list.add("max-distance", max_distance, "for nearest: farther ones do not match").called("D");
    list.add("columns", columns, "fields to take from the right side, * for all").called("a,b");
    list.add("count", count, "add the number of matches as count");
    list.add("summary", summary, "statistics of right fields, such as mean:pm25").called("STATISTIC:FIELD");
    list.add("distance", distance, "for nearest: add the distance in metres");
}

void JoinTask::check() const {
    if (predicate.empty() == by.empty()) base::fail_usage("join needs either --predicate or --by");
    for (const std::string& request : summary) join::parse_summary(request);
    if (separator.size() > 1) base::fail_usage("--separator takes one character");
    if (max_distance && predicate != "nearest")
        base::fail_usage("--max-distance goes with --predicate nearest");
}

namespace {
struct Sides {
    std::shared_ptr<const model::Layer> left, right;
    std::string said;
};

Sides in_one_plane(Datasets& datasets, const JoinTask& task) {
    MetricLayer left = in_metres(datasets.layer(task.left), datasets.project_crs());
    auto right = datasets.layer(task.right);
    require_crs(*right);
    if (!(*right->crs == *left.layer->crs)) {
        if (!left.said.empty()) left.said += "; ";
        left.said += fmt::format("{} was reprojected from {} to {}", right->name, right->crs->code(),
                                 left.layer->crs->code());
    }
    return {left.layer, in_crs(right, *left.layer->crs), left.said};
}

join::NameOptions name_options(const JoinTask& task) {
    const std::size_t equals = task.by.find('=');
    join::NameOptions options;
    options.left_field = task.by.substr(0, equals);
    options.right_field = equals == std::string::npos ? task.by : task.by.substr(equals + 1);
    if (!task.separator.empty()) options.separator = task.separator[0];
    return options;
}

std::size_t count_unmatched(const join::Matches& matches, std::size_t rows) {
    std::size_t unmatched = 0;
    for (std::size_t row = 0; row < rows; ++row) unmatched += matches.count(row) == 0 ? 1 : 0;
    return unmatched;
}
}  // namespace

Outcome JoinTask::run(Datasets& datasets, const base::Job& job) {
    Outcome outcome;
    Sides sides;
    join::Matches matches;
    if (!by.empty()) {
        sides = {datasets.layer(left), datasets.layer(right), {}};
        join::Aliases names;
        if (!aliases.empty()) names = join::Aliases::from(*datasets.layer(aliases));
        matches =
            join::match_by_name(*sides.left, *sides.right, name_options(*this), names, outcome.findings);
    } else {
        sides = in_one_plane(datasets, *this);
        const join::SpatialOptions options{join::parse_predicate(predicate), join::parse_border(border),
                                           max_distance};
        matches = join::match_spatially(*sides.left, *sides.right, options, job);
    }
    join::AggregateOptions wanted;
    wanted.columns = columns;
    wanted.count = count;
    wanted.distance = distance;
    for (const std::string& request : summary) wanted.summaries.push_back(join::parse_summary(request));
    std::vector<std::string> notes;
    const std::size_t rows = sides.left->row_count();
    model::Layer result = join::aggregate(*sides.left, *sides.right, matches, wanted, notes);
    outcome.summary.set("left", rows)
        .set("right", sides.right->row_count())
        .set("matches", matches.right.size())
        .set("unmatched", count_unmatched(matches, rows))
        .set("features", result.row_count());
    if (!predicate.empty()) outcome.summary.set("border", border);
    if (!sides.said.empty()) outcome.summary.set("crs_choice", sides.said);
    if (!notes.empty()) {
        base::Json said = base::Json::array();
        for (const std::string& note : notes) said.push(note);
        outcome.summary.set("notes", std::move(said));
    }
    if (rows > 0 && matches.right.empty()) outcome.findings.push_back({"nothing matched", {.file = left}});
    outcome.product = std::move(result);
    return outcome;
}

}  // namespace isopleth::pipeline
