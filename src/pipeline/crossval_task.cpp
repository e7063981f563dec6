// SPDX-License-Identifier: MIT
#include "pipeline/crossval_task.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "interpolate/comparison.hpp"
#include "interpolate/methods.hpp"
#include "model/samples.hpp"
#include "pipeline/crossval_plot.hpp"
#include "pipeline/crs_choice.hpp"

namespace isopleth::pipeline {

void CrossvalTask::declare(base::ParameterList& list) {
    list.add("input", input, "points with values").required().at(0).dataset().called("POINTS");
    list.add("value", value, "field to interpolate").required().called("FIELD");
    list.add("method", methods, "as for surface; given several times, the methods are compared")
        .required()
        .whole()
        .called("METHOD");
    list.add(
            "folds", folds,
            "what is held out together: loo, k:10, block, block:500, buffer:500, field:NAME; a block without "
            "its side is as wide as the variogram reaches")
        .called("FOLDS");
    list.add("seed", seed, "of the folds of k:N").called("N");
    of_samples.declare(list);
    of_plot.declare(list);
}

void CrossvalTask::check() const {
    interpolate::parse_folds(folds);
    std::set<std::string> seen;
    for (const std::string& method : methods) {
        interpolate::check_method(method);
        if (!seen.insert(method).second) base::fail_usage(fmt::format("--method {} is given twice", method));
    }
    of_samples.check(methods);
}

namespace {
interpolate::Folds folds_of(const interpolate::FoldRule& rule, const model::Layer& layer,
                            const model::Samples& samples, const base::Job& job) {
    if (rule.kind != interpolate::FoldKind::kField) return interpolate::make_folds(rule, samples, job);
    const model::Column& column = layer.column(rule.field);
    std::vector<std::string> labels;
    for (const std::size_t row : samples.rows()) {
        if (!column.is_present(row)) {
            base::fail_data(fmt::format("the sample has no {} that says its fold", rule.field), {},
                            layer.place_of(row));
        }
        labels.push_back(column.display(row));
    }
    return interpolate::folds_by_label(labels, rule.field);
}

base::Json rows_of(const std::vector<interpolate::Trial>& trials) {
    const auto without_estimate = [](const interpolate::Trial& trial) {
        const auto& valid = trial.validation.held_out.valid;
        return static_cast<std::size_t>(std::count(valid.begin(), valid.end(), 0));
    };
    const bool has_gaps = std::any_of(trials.begin(), trials.end(), without_estimate);
    base::Json rows = base::Json::array();
    for (const interpolate::Trial& trial : trials) {
        base::Json row = base::Json::object();
        row.set("method", trial.method);
        if (has_gaps) row.set("without_estimate", without_estimate(trial));
        const base::Json scores = interpolate::to_json(trial.scores);
        for (const auto& [name, score] : scores.members()) row.set(name, score);
        rows.push(std::move(row));
    }
    return rows;
}

model::Layer with_columns(const model::Layer& layer, const model::Samples& samples,
                          const interpolate::HeldOut& held_out, const interpolate::Folds& folds) {
    model::Layer result = model::select_rows(layer, samples.rows());
    const auto add = [&](const char* name, auto&& value_of) {
        model::Column column(model::free_name(result, name), model::ColumnType::kReal);
        for (std::size_t i = 0; i < samples.size(); ++i) {
            const std::optional<double> cell = value_of(i);
            cell ? column.append(*cell) : column.append_missing();
        }
        result.add(std::move(column));
    };
    const auto where_valid = [&](std::size_t i, double number) {
        return held_out.valid[i] != 0 ? std::optional(number) : std::nullopt;
    };
    add("observed", [&](std::size_t i) { return std::optional(held_out.observed[i]); });
    add("estimate", [&](std::size_t i) { return where_valid(i, held_out.estimates[i]); });
    add("error", [&](std::size_t i) { return where_valid(i, held_out.estimates[i] - held_out.observed[i]); });
    if (held_out.has_standard_errors())
        add("standard_error", [&](std::size_t i) { return where_valid(i, held_out.standard_errors[i]); });
    model::Column fold(model::free_name(result, "fold"), model::ColumnType::kInteger);
    for (const std::size_t number : folds.number) fold.append(static_cast<std::int64_t>(number + 1));
    result.add(std::move(fold));
    return result;
}
}  // namespace

Outcome CrossvalTask::run(Datasets& datasets, const base::Job& job) {
    const MetricLayer points = in_output_metres(datasets.layer(input), datasets);
    const model::Layer& layer = *points.layer;
    interpolate::FoldRule rule = interpolate::parse_folds(folds);
    rule.seed = static_cast<std::uint64_t>(seed);
    interpolate::Folds dealt;
    std::vector<interpolate::Trial> trials;
    const model::Samples samples = base::at_place({.file = layer.source.file}, [&] {
        auto with = of_samples.gather(layer, value, datasets);
        dealt = folds_of(rule, layer, with, job);
        trials = interpolate::try_methods(methods, with, dealt, job);
        interpolate::judge(trials);
        return with;
    });
    const interpolate::Trial& best = interpolate::best_of(trials);
    base::Json made = base::Json::object();
    for (const interpolate::Trial& trial : trials) made.set(trial.method, trial.validation.method);
    Outcome outcome;
    tell_samples(samples, outcome.summary);
    outcome.summary.set("crs", samples.crs().code());
    if (!points.said.empty()) outcome.summary.set("crs_choice", points.said);
    outcome.summary.set("folds", dealt.description)
        .set("methods", std::move(made))
        .set("scored", best.scores.count)
        .set("scores", rows_of(trials));
    if (trials.size() > 1) {
        outcome.summary.set("best", best.method)
            .set("best_by", interpolate::is_judged_by_crps(trials) ? "crps" : "rmse");
    }
    const interpolate::HeldOut& held_out = best.validation.held_out;
    if (plot_file()) {
        const CrossvalPicture picture{value,       of_plot.unit, of_plot.title, of_plot.words(),
                                      best.method, folds,        held_out,      best.scores};
        outcome.plot = of_plot.recipe(crossval_plot(picture), samples.crs());
    }
    outcome.product = with_columns(layer, samples, held_out, dealt);
    return outcome;
}

}  // namespace isopleth::pipeline
