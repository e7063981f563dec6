// SPDX-License-Identifier: MIT
#include "pipeline/variogram_task.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "interpolate/drift.hpp"
#include "model/samples.hpp"
#include "pipeline/crs_choice.hpp"
#include "pipeline/sample_options.hpp"
#include "pipeline/table_text.hpp"
#include "pipeline/variogram_plot.hpp"

namespace isopleth::pipeline {

namespace {
/// As many as kriging needs to fit a model.
constexpr std::size_t kFewestSamples = 10;
constexpr std::size_t kMostDirections = 9;
}  // namespace

void VariogramTask::declare(base::ParameterList& list) {
    list.add("input", input, "points with values").required().at(0).dataset().called("POINTS");
    list.add("value", value, "field whose variogram is sought").required().called("FIELD");
    list.add("model", model, "shapes to fit")
        .one_of(interpolate::shape_names())
        .called("exp,sph,gau,mat,lin,pow");
    list.add("kappa", kappa, "smoothness of mat; with 0.5 it is exp").called("K");
    list.add("cutoff", cutoff, "pairs farther apart do not count; else a third of the extent's diagonal")
        .called("D");
    list.add("width", width, "of a bin of pairs; else a 15th of the cutoff").called("W");
    list.add("estimator", estimator, "half the mean square, or Cressie and Hawkins' robust one")
        .one_of({"matheron", "cressie"});
    list.add("directions", directions, "degrees clockwise from north, each with bins of its own")
        .called("0,45,90,135");
    list.add("tolerance", tolerance, "degrees by which a pair may miss its direction").called("T");
    list.add("degree", degree, "of a polynomial drift, 0 to 3, taken off by least squares").called("N");
    list.add("duplicates", duplicates, "several samples at one place").one_of({"refuse", "mean"});
    of_plot.declare(list);
}

namespace {
void check_length(const std::optional<base::Meters>& length, const char* option) {
    if (!length || (length->value > 0 && std::isfinite(length->value))) return;
    base::fail_usage(fmt::format("{} must be above 0, not {}", option, base::shortest(length->value)));
}

std::vector<double> degrees_of(const std::vector<std::string>& directions) {
    std::vector<double> degrees;
    for (const std::string& text : directions) {
        const auto number = base::parse_number(text);
        if (!number || !(*number >= 0 && *number < 360)) {
            base::fail_usage(fmt::format("--directions: \"{}\" is no direction", text),
                             "They are degrees clockwise from north, from 0 to below 360.");
        }
        degrees.push_back(*number);
    }
    return degrees;
}
}  // namespace

void VariogramTask::check() const {
    for (std::size_t i = 0; i < model.size(); ++i) {
        if (std::count(model.begin(), model.end(), model[i]) > 1)
            base::fail_usage(fmt::format("--model names {} twice", model[i]));
    }
    if (model.empty()) base::fail_usage("--model names no shape", "Use exp, sph, gau or mat.");
    if (!(kappa > 0 && kappa <= 20)) base::fail_usage("--kappa must be above 0 and at most 20");
    check_length(cutoff, "--cutoff");
    check_length(width, "--width");
    if (degrees_of(directions).size() > kMostDirections)
        base::fail_usage(fmt::format("{} directions, more than {}", directions.size(), kMostDirections));
    if (!(tolerance > 0 && tolerance <= 90))
        base::fail_usage(
            fmt::format("--tolerance must be above 0 and at most 90, not {}", base::shortest(tolerance)));
    const bool is_degree = degree >= 0 && degree <= interpolate::Drift::kHighestDegree;
    if (!is_degree) base::fail_usage(fmt::format("--degree is 0 to 3, not {}", degree));
}

namespace {
void require_differences(const model::Samples& samples) {
    const std::size_t count = samples.size();
    if (count < kFewestSamples) {
        base::fail_data(fmt::format("{} sample{} with a {} value; a variogram needs {}", count,
                                    count == 1 ? "" : "s", samples.field(), kFewestSamples));
    }
    const auto [least, most] = std::minmax_element(samples.values().begin(), samples.values().end());
    if (*least == *most) {
        base::fail_data(fmt::format("all {} samples have the {} value {}: there is no variogram", count,
                                    samples.field(), base::shortest(*least)));
    }
}

/// Values less their drift.
std::vector<double> values_of(const model::Samples& samples, int degree) {
    if (degree == 0) return samples.values();
    const auto drift = interpolate::Drift::polynomial(degree, samples.bounds());
    return interpolate::residuals(drift, samples.points(), samples.values());
}

std::vector<interpolate::VariogramFit> fit_all(const VariogramTask& task,
                                               const interpolate::EmpiricalVariogram& empirical) {
    std::vector<interpolate::VariogramFit> fits;
    for (const std::string& name : task.model) {
        const auto fit = interpolate::fit_variogram(empirical, *interpolate::shape_named(name), task.kappa);
        if (fit && fit->model.sill() > 0) fits.push_back(*fit);
    }
    if (fits.size() == task.model.size()) return fits;
    const std::size_t bins = empirical.bins.size();
    if (bins < 3) {
        base::fail_data(fmt::format("{} bin{} with pairs up to {:.6g} m; a model needs 3", bins,
                                    bins == 1 ? "" : "s", empirical.cutoff),
                        "Use a larger --cutoff or a smaller --width.");
    }
    base::fail_data(
        fmt::format("the samples of {} up to {:.6g} m apart do not differ: no model can be fitted",
                    task.value, empirical.cutoff),
        "Use a larger --cutoff.");
}

/// Table, fits and what both were made of.
struct Result {
    VariogramPicture picture;
    interpolate::EmpiricalVariogram all;  ///< pairs of every direction: what the models are fitted to

    const interpolate::VariogramFit& best() const { return picture.fits[picture.best]; }
};

Result compute(const VariogramTask& task, const model::Samples& samples, const base::Job& job) {
    require_differences(samples);
    const std::vector<double> values = values_of(samples, task.degree);
    interpolate::BinChoice choice;
    if (task.cutoff) choice.cutoff = task.cutoff->value;
    if (task.width) choice.width = task.width->value;
    if (task.estimator == "cressie") choice.estimator = interpolate::Estimator::kCressie;
    Result result;
    result.all = interpolate::variogram_to_fit(samples.points(), values, choice, job);
    VariogramPicture& picture = result.picture;
    picture.fits = fit_all(task, result.all);
    picture.best = interpolate::best_of(picture.fits, result.all);
    choice.cutoff = result.all.cutoff;
    for (const double degrees : degrees_of(task.directions)) {
        choice.direction = interpolate::Direction{degrees, task.tolerance};
        picture.directed.push_back(
            {degrees, interpolate::empirical_variogram(samples.points(), values, choice, job)});
    }
    if (picture.directed.empty()) picture.directed.push_back({std::nullopt, result.all});
    picture.field = task.value;
    picture.unit = task.of_plot.unit;
    picture.title = task.of_plot.title;
    picture.language = task.of_plot.words();
    picture.samples = samples.size();
    picture.estimator = choice.estimator;
    picture.degree = task.degree;
    picture.tolerance = task.tolerance;
    return result;
}

model::Layer table_of(const Result& result) {
    model::Column direction("direction", model::ColumnType::kReal);
    model::Column distance("distance", model::ColumnType::kReal);
    model::Column pairs("pairs", model::ColumnType::kInteger);
    model::Column semivariance("semivariance", model::ColumnType::kReal);
    model::Column model("model", model::ColumnType::kReal);
    for (const DirectedVariogram& one : result.picture.directed) {
        for (const interpolate::Bin& bin : one.empirical.bins) {
            if (one.degrees) direction.append(*one.degrees);
            distance.append(bin.distance);
            pairs.append(static_cast<std::int64_t>(bin.pairs));
            semivariance.append(bin.semivariance);
            model.append(result.best().model.semivariance(bin.distance));
        }
    }
    model::Layer table;
    table.name = "variogram";
    table.columns = {distance, pairs, semivariance, model};
    if (result.picture.directed.front().degrees) table.columns.insert(table.columns.begin(), direction);
    return table;
}

/// Why not to krige with a fit, or what is odd about it; "" for nothing.
std::string caveat_of(const interpolate::VariogramFit& fit,
                      const interpolate::EmpiricalVariogram& empirical) {
    const interpolate::Structure& structure = fit.model.structures.front();
    if (!(structure.partial_sill > 0)) return "no spatial structure found";
    if (fit.is_unbounded && interpolate::is_unbounded(structure.shape))
        return "a trend: the exponent is the largest allowed";
    if (fit.is_unbounded) return "rises beyond the cutoff: the range is the longest allowed";
    if (interpolate::is_sound(fit, empirical)) return {};
    return structure.range > empirical.cutoff ? "a trend: the range exceeds the cutoff"
                                              : "all but singular: no nugget";
}

base::Json fit_json(const interpolate::VariogramFit& fit, const interpolate::EmpiricalVariogram& empirical) {
    const interpolate::Structure& structure = fit.model.structures.front();
    base::Json json = base::Json::object();
    json.set("model", interpolate::short_name(structure.shape)).set("nugget", fit.model.nugget);
    if (interpolate::is_unbounded(structure.shape)) {
        json.set("slope", structure.slope()).set("exponent", structure.exponent());
    } else {
        const bool has_kappa = structure.shape == interpolate::Shape::kMatern;
        json.set("psill", structure.partial_sill)
            .set("range", structure.range)
            .set("kappa", has_kappa ? base::Json(structure.smoothness) : base::Json())
            .set("sill", fit.model.sill());
    }
    const std::string caveat = caveat_of(fit, empirical);
    return json.set("weighted_error", fit.weighted_error)
        .set("caveat", caveat.empty() ? base::Json() : base::Json(caveat));
}

/// The best model as kriging takes it, to ten digits; "" where no structure was found.
std::string method_of(const interpolate::VariogramFit& fit) {
    const interpolate::Structure& structure = fit.model.structures.front();
    if (!(structure.partial_sill > 0)) return {};
    std::string text = fmt::format("kriging:model={},nugget={:.10g}",
                                   interpolate::short_name(structure.shape), fit.model.nugget);
    if (interpolate::is_unbounded(structure.shape)) {
        text += fmt::format(",slope={:.10g}", structure.slope());
        if (structure.shape == interpolate::Shape::kPower)
            text += fmt::format(",exponent={:.10g}", structure.exponent());
        return text;
    }
    text += fmt::format(",psill={:.10g},range={:.10g}", structure.partial_sill, structure.range);
    if (structure.shape == interpolate::Shape::kMatern)
        text += ",kappa=" + base::shortest(structure.smoothness);
    return text;
}

base::Json summary_of(const VariogramTask& task, const model::Samples& samples, const Result& result) {
    std::size_t pairs = 0;
    for (const interpolate::Bin& bin : result.all.bins) pairs += bin.pairs;
    base::Json models = base::Json::array();
    for (const interpolate::VariogramFit& fit : result.picture.fits) models.push(fit_json(fit, result.all));
    base::Json summary = base::Json::object();
    tell_samples(samples, summary);
    summary.set("estimator", task.estimator)
        .set("cutoff", result.all.cutoff)
        .set("width", result.all.width)
        .set("bins", result.all.bins.size())
        .set("pairs", pairs);
    if (task.degree > 0) summary.set("degree", task.degree);
    if (!task.directions.empty()) summary.set("tolerance", task.tolerance);
    summary.set("models", std::move(models))
        .set("best", interpolate::short_name(result.best().model.structures.front().shape));
    const std::string method = method_of(result.best());
    if (!method.empty())
        summary.set("method", method + (task.degree > 0 ? fmt::format(",degree={}", task.degree) : ""));
    return summary.set("crs", samples.crs().code());
}

/// Six digits of each number, which is what the terminal has room for.
model::Layer shortened(model::Layer table) {
    for (model::Column& column : table.columns) {
        if (column.type() != model::ColumnType::kReal) continue;
        std::vector<std::string> texts;
        for (std::size_t row = 0; row < column.size(); ++row)
            texts.push_back(column.number(row) ? fmt::format("{:.6g}", *column.number(row)) : "");
        column.keep_source_text(std::move(texts));
    }
    return table;
}

model::Layer fits_table(const Result& result) {
    model::Column name("fitted", model::ColumnType::kText);
    model::Column note("note", model::ColumnType::kText);
    std::vector<model::Column> numbers;
    const bool has_slopes = std::any_of(
        result.picture.fits.begin(), result.picture.fits.end(), [](const interpolate::VariogramFit& fit) {
            return interpolate::is_unbounded(fit.model.structures.front().shape);
        });
    std::vector<const char*> titles{"nugget", "psill", "range", "sill", "weighted_error"};
    if (has_slopes) titles.insert(titles.end() - 1, {"slope", "exponent"});
    for (const char* title : titles) numbers.emplace_back(title, model::ColumnType::kReal);
    for (std::size_t i = 0; i < result.picture.fits.size(); ++i) {
        const interpolate::VariogramFit& fit = result.picture.fits[i];
        const interpolate::Structure& structure = fit.model.structures.front();
        name.append(std::string(interpolate::short_name(structure.shape)));
        std::vector<std::optional<double>> figures{fit.model.nugget};
        if (interpolate::is_unbounded(structure.shape)) {
            figures.insert(figures.end(), {std::nullopt, std::nullopt, std::nullopt, structure.slope(),
                                           structure.exponent()});
        } else {
            figures.insert(figures.end(), {structure.partial_sill, structure.range, fit.model.sill()});
            if (has_slopes) figures.insert(figures.end(), {std::nullopt, std::nullopt});
        }
        figures.emplace_back(fit.weighted_error);
        for (std::size_t k = 0; k < numbers.size(); ++k)
            figures[k] ? numbers[k].append(*figures[k]) : numbers[k].append_missing();
        std::vector<std::string> words;
        if (i == result.picture.best) words.emplace_back("best");
        const std::string caveat = caveat_of(fit, result.all);
        if (!caveat.empty()) words.push_back(caveat);
        note.append(base::join(words, "; "));
    }
    model::Layer table;
    table.columns = {name};
    table.columns.insert(table.columns.end(), numbers.begin(), numbers.end());
    table.columns.push_back(note);
    return table;
}

std::string terminal_text(const Result& result, const model::Layer& table, const base::Json& summary) {
    std::string text =
        to_text_table(shortened(table)) + "\n" + to_text_table(shortened(fits_table(result))) + "\n";
    text += fmt::format("{} samples of {}; pairs up to {:.6g} m in bins of {:.6g} m\n",
                        result.picture.samples, result.picture.field, result.all.cutoff, result.all.width);
    for (const char* name : {"crs_choice", "method"}) {
        const std::string said = summary[name].string_or("");
        if (!said.empty()) text += (std::string(name) == "method" ? "--method " : "") + said + "\n";
    }
    return text;
}
}  // namespace

Outcome VariogramTask::run(Datasets& datasets, const base::Job& job) {
    const MetricLayer points = in_output_metres(datasets.layer(input), datasets);
    const auto samples = model::Samples::gather(*points.layer, value, model::parse_duplicates(duplicates));
    const Result result =
        base::at_place({.file = points.layer->source.file}, [&] { return compute(*this, samples, job); });
    Outcome outcome;
    outcome.summary = summary_of(*this, samples, result);
    if (!points.said.empty()) outcome.summary.set("crs_choice", points.said);
    outcome.plot = of_plot.recipe(variogram_plot(result.picture), samples.crs());
    model::Layer table = table_of(result);
    outcome.text = terminal_text(result, table, outcome.summary);
    outcome.product = std::move(table);
    return outcome;
}

}  // namespace isopleth::pipeline
