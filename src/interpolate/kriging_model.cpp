// SPDX-License-Identifier: MIT
#include "interpolate/kriging_model.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "interpolate/sample_checks.hpp"
#include "interpolate/variogram_fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace isopleth::interpolate {

namespace {

constexpr std::size_t kFewestToFit = 10;
constexpr std::size_t kFewestGiven = 2;

base::Json structure_json(const Structure& structure) {
    base::Json json = base::Json::object();
    json.set("model", short_name(structure.shape))
        .set("psill", structure.partial_sill)
        .set("range", structure.range);
    if (structure.shape == Shape::kMatern) json.set("kappa", structure.smoothness);
    return json;
}

ChosenModel fit(const KrigingOptions& options, const KrigedField& field, const Drift& drift,
                const base::Job& job) {
    const auto [least, most] = std::minmax_element(field.values.begin(), field.values.end());
    if (*least == *most) {
        base::fail_data(fmt::format("all {} samples have the {} value {}: there is no variogram to fit",
                                    field.values.size(), field.name, base::shortest(*least)),
                        "Use --method idw.");
    }
    const bool has_trend = drift.is_trend();
    const EmpiricalVariogram empirical = variogram_to_fit(
        field.points, has_trend ? residuals(drift, field.points, field.values) : field.values, {}, job);
    auto fitted = options.shape() ? fit_variogram(empirical, *options.shape(), options.first_smoothness())
                                  : choose_variogram(empirical);
    if (!fitted || !(fitted->model.sill() > 0)) {
        base::fail_data(
            fmt::format("the samples of {} up to {} m apart do not differ: no variogram can be fitted",
                        field.name, base::shortest(std::round(empirical.cutoff))),
            "Give the model, or use --method idw.");
    }
    fitted->model.nugget =
        std::max(0.0, fitted->model.nugget - options.error.value_or(field.mean_error_variance));
    base::Json json = to_json(fitted->model);
    json.set("fitted", true)
        .set("cutoff", empirical.cutoff)
        .set("width", empirical.width)
        .set("bins", empirical.bins.size())
        .set("weighted_error", fitted->weighted_error);
    if (has_trend) json.set("of", "residuals of the drift by ordinary least squares");
    if (!(fitted->model.structures.front().partial_sill > 0)) {
        json.set("note", "no spatial structure found: every estimate is the mean");
    } else if (fitted->is_unbounded) {
        json.set("note", "the semivariance rises beyond the cutoff: the range is the longest allowed");
    }
    return {fitted->model, std::move(json)};
}

}  // namespace

base::Json to_json(const VariogramModel& model) {
    base::Json json = base::Json::object();
    if (model.structures.size() == 1) {
        const base::Json structure = structure_json(model.structures.front());
        json.set("model", structure["model"]).set("nugget", model.nugget);
        for (const auto& [name, value] : structure.members()) json.set(name, value);
        return json;
    }
    base::Json structures = base::Json::array();
    for (const Structure& structure : model.structures) structures.push(structure_json(structure));
    return json.set("nugget", model.nugget).set("structures", std::move(structures));
}

std::size_t fewest_samples(const KrigingOptions& options, const Drift& drift) {
    return std::max(options.is_given() ? kFewestGiven : kFewestToFit, drift.size() + 1);
}

std::vector<double> error_variances_of(const KrigingOptions& options, const model::Samples& samples) {
    if (samples.error_variances().empty()) {
        if (!options.error) return {};
        return std::vector<double>(samples.size(), *options.error);
    }
    const char* other = nullptr;
    if (!options.transform.empty()) other = "transform";
    if (options.above) other = "above";
    if (options.error) other = "error";
    if (other != nullptr) {
        base::fail_usage(fmt::format("kriging: {} excludes measurement errors of each sample", other),
                         "Leave one of them out.");
    }
    return samples.error_variances();
}

ChosenModel choose_model(const KrigingOptions& options, const KrigedField& field, const Drift& drift,
                         const base::Job& job) {
    const std::size_t count = field.values.size();
    require_count(count, field.name, options.is_given() ? "kriging with a model given" : "kriging",
                  fewest_samples(options, drift));
    if (count > 2) require_width(field.points);
    if (drift.is_trend()) residuals(drift, field.points, field.values);  // says when the drift is not settled
    if (!options.is_given()) return fit(options, field, drift, job);
    ChosenModel chosen{options.given_model(), {}};
    chosen.description = to_json(chosen.model);
    chosen.description.set("fitted", false);
    return chosen;
}

}  // namespace isopleth::interpolate
