// SPDX-License-Identifier: MIT
#include "interpolate/kriging_model.hpp"

#include "base/error.hpp"
#include "base/statistics.hpp"
#include "base/text.hpp"
#include "interpolate/likelihood_fit.hpp"
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
    json.set("model", short_name(structure.shape));
    if (is_unbounded(structure.shape)) {
        json.set("slope", structure.slope());
        if (structure.shape == Shape::kPower) json.set("exponent", structure.exponent());
        return json;
    }
    json.set("psill", structure.partial_sill).set("range", structure.range);
    if (structure.shape == Shape::kMatern) json.set("kappa", structure.smoothness);
    return json;
}

void require_differences(const KrigedField& field) {
    const auto [least, most] = std::minmax_element(field.values.begin(), field.values.end());
    if (*least == *most) {
        base::fail_data(fmt::format("all {} samples have the {} value {}: there is no variogram to fit",
                                    field.values.size(), field.name, base::shortest(*least)),
                        "Use --method idw.");
    }
}

ChosenModel fit_by_least_squares(const KrigingOptions& options, const KrigedField& field, const Drift& drift,
                                 const base::Job& job) {
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
    const double error = options.error.value_or(base::mean(field.error_variances).value_or(0));
    fitted->model.nugget = std::max(0.0, fitted->model.nugget - error);
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
        json.set("note",
                 is_unbounded(fitted->model.structures.front().shape)
                     ? "the semivariance rises like that of a drift: the exponent is the largest allowed"
                     : "the semivariance rises beyond the cutoff: the range is the longest allowed");
    }
    return {fitted->model, std::move(json)};
}

std::vector<ShapeSought> shapes_sought(const KrigingOptions& options) {
    if (!options.shape())
        return {{Shape::kSpherical}, {Shape::kExponential}, {Shape::kGaussian}, {Shape::kMatern, 1.5}};
    if (options.seeks_smoothness()) return {{Shape::kMatern, std::nullopt}};
    return {{*options.shape(), options.first_smoothness()}};
}

base::Json to_json(const LikelihoodFit& fit) {
    base::Json json = to_json(fit.model);
    json.set("fitted", true)
        .set("fit", fit.is_exact ? "reml" : "vecchia reml")
        .set("log_likelihood", fit.log_likelihood)
        .set("aic", fit.aic)
        .set("evaluations", fit.evaluations);
    if (!fit.is_exact) json.set("conditioned_on", kVecchiaNeighbours);
    if (fit.densities > 0) json.set("searched_by_vecchia_densities", fit.densities);
    if (fit.tried.size() > 1) {
        base::Json compared = base::Json::array();
        for (const ShapeTried& one : fit.tried) {
            base::Json shape = base::Json::object();
            const Structure& structure = one.model.structures.front();
            shape.set("model", short_name(structure.shape));
            if (structure.shape == Shape::kMatern) shape.set("kappa", structure.smoothness);
            compared.push(shape.set("log_likelihood", std::isfinite(one.log_likelihood)
                                                          ? base::Json(one.log_likelihood)
                                                          : base::Json()));
        }
        json.set("compared", std::move(compared));
    }
    if (!(fit.model.structures.front().partial_sill > 0)) {
        json.set("note", "no spatial structure found: every estimate is the mean");
    } else if (fit.is_unbounded) {
        json.set("note", "the likelihood rises with the range: it is the longest allowed");
    }
    return json;
}

ChosenModel fit_by_likelihood(const KrigingOptions& options, const KrigedField& field, const Drift& drift,
                              const base::Job& job) {
    std::vector<double> values = field.values;
    for (double& value : values) value -= options.mean.value_or(0);
    std::vector<double> errors = field.error_variances;
    if (options.error) errors.assign(values.size(), *options.error);
    const auto fitted =
        fit_likelihood(likelihood_data(field.points, values, drift, errors), shapes_sought(options), job);
    if (!fitted) {
        base::fail_data(
            fmt::format("no model of {} has a likelihood: the samples' covariances are singular", field.name),
            "Use model=exp, or fit=wls.");
    }
    return {fitted->model, to_json(*fitted)};
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
    if (!options.is_given()) {
        require_differences(field);
        return (options.is_by_likelihood() ? fit_by_likelihood : fit_by_least_squares)(options, field, drift,
                                                                                       job);
    }
    ChosenModel chosen{options.given_model(), {}};
    chosen.description = to_json(chosen.model);
    chosen.description.set("fitted", false);
    return chosen;
}

}  // namespace isopleth::interpolate
