// SPDX-License-Identifier: MIT
#include "pipeline/hotspot_task.hpp"

#include <map>

#include "hotspot/gi_star.hpp"
#include "hotspot/weights.hpp"
#include "pipeline/crs_choice.hpp"

namespace isopleth::pipeline {

void HotspotTask::declare(base::ParameterList& list) {
    list.add("input", input, "places with a value, polygons or points")
        .required()
        .at(0)
        .dataset()
        .called("INPUT");
    list.add("method", method, "gi: Getis-Ord Gi*").one_of({"gi"});
    list.add("value", value, "field to test").required().called("FIELD");
    list.add("weights", weights, "who is whose neighbour: queen, rook, knn:8, distance:500").called("W");
    list.add("permutations", permutations,
             "pseudo p from so many permutations; 0: by the normal distribution")
        .called("N");
    list.add("seed", seed, "of the permutations").called("N");
    list.add("fdr", fdr, "control the false discovery rate (Benjamini and Hochberg) before classes");
}

void HotspotTask::check() const {
    hotspot::parse_weights(weights);
    if (permutations < 0) base::fail_usage("--permutations must not be below 0");
}

namespace {
void add_columns(model::Layer& layer, const std::vector<hotspot::GiStar>& scores) {
    model::Column z(model::free_name(layer, "gi_z"), model::ColumnType::kReal);
    model::Column p(model::free_name(layer, "gi_p"), model::ColumnType::kReal);
    model::Column classes(model::free_name(layer, "gi_class"), model::ColumnType::kText);
    for (const hotspot::GiStar& score : scores) {
        score.z ? z.append(*score.z) : z.append_missing();
        score.p ? p.append(*score.p) : p.append_missing();
        classes.append(score.gi_class);
    }
    layer.add(std::move(z));
    layer.add(std::move(p));
    layer.add(std::move(classes));
}
}  // namespace

Outcome HotspotTask::run(Datasets& datasets, const base::Job& job) {
    const auto given = datasets.layer(input);
    const MetricLayer layer = in_metres(given, datasets.project_crs());
    const model::Column values = model::number_column(*layer.layer, value);
    // Who touches whom is asked of the coordinates as given: projected, a corner on a neighbour's edge would
    // no longer lie on it.
    const hotspot::WeightsMethod method_of_weights = hotspot::parse_weights(weights);
    const bool by_touch = method_of_weights.kind == hotspot::WeightsMethod::Kind::kQueen ||
                          method_of_weights.kind == hotspot::WeightsMethod::Kind::kRook;
    const hotspot::Weights neighbours =
        hotspot::make_weights(by_touch ? *given : *layer.layer, method_of_weights, job);
    const hotspot::GiStarOptions options{permutations, static_cast<std::uint64_t>(seed), fdr};
    const auto scores = hotspot::gi_star(values, neighbours, options, job);
    model::Layer result = *layer.layer;
    add_columns(result, scores);
    std::map<std::string, std::size_t> counts;
    for (const hotspot::GiStar& score : scores) ++counts[score.gi_class];
    base::Json classes = base::Json::object();
    for (const auto& [name, count] : counts) classes.set(name, count);
    Outcome outcome;
    outcome.summary.set("features", scores.size())
        .set("weights", weights)
        .set("islands", neighbours.islands())
        .set("missing", values.count_missing())
        .set("classes", std::move(classes));
    if (!layer.said.empty()) outcome.summary.set("crs_choice", layer.said);
    outcome.product = std::move(result);
    return outcome;
}

}  // namespace isopleth::pipeline
