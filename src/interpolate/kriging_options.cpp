// SPDX-License-Identifier: MIT
#include "interpolate/kriging_options.hpp"

#include "base/error.hpp"
#include "base/parameters.hpp"
#include "base/text.hpp"
#include "interpolate/box_cox.hpp"
#include "interpolate/neighbours.hpp"

#include <fmt/format.h>

#include <cmath>

namespace isopleth::interpolate {

const char* const kKrigingOptions =
    "model=exp|sph|gau|mat (sums: sph+exp), nugget=0, psill=S, range=D, kappa=0.5, fit=wls|reml, "
    "neighbours=16, radius=D, sectors=8, mean=M (simple), "
    "degree=1 (universal), error=V, angle=A, ratio=R, block=D, above=LIMIT (probability), "
    "transform=log|boxcox|normal, lambda=L (boxcox)";

namespace {

[[noreturn]] void fail(const std::string& message, const std::string& hint = {}) {
    base::fail_usage("kriging: " + message, hint);
}

std::vector<std::string> parts_of(const std::string& text) {
    return text.empty() ? std::vector<std::string>{} : base::split(text, '+');
}

double positive(const std::string& text, const char* name) {
    const auto value = base::parse_number(text);
    if (!value) fail(fmt::format("{} is a number, not \"{}\"", name, text));
    if (!(*value > 0) || !std::isfinite(*value)) fail(fmt::format("{} must be above 0", name));
    return *value;
}

double length(const std::string& text) {
    const double metres = base::parse_meters(text).value;
    if (!(metres > 0)) fail("range must be above 0");
    return metres;
}

Shape shape_of(const std::string& name) {
    const auto shape = shape_named(name);
    if (!shape) {
        fail(fmt::format("model cannot be \"{}\"{}", name, base::did_you_mean(name, shape_names())),
             "Use one of: " + base::join(shape_names(), ", ") + ", or a sum such as sph+exp.");
    }
    return *shape;
}

void check_estimate(const KrigingOptions& options) {
    if (options.is_given() || !options.is_by_likelihood())
        fail("kappa=estimate needs fit=reml and no psill",
             "Least squares cannot tell kappa from the nugget.");
}

void check_fit(const KrigingOptions& options) {
    if (options.fit.empty()) return;
    if (options.is_given())
        fail(fmt::format("fit={} has nothing to fit", options.fit), "Leave fit, or psill and range out.");
    if (options.is_by_likelihood() && options.above) {
        fail("fit=reml and above exclude each other",
             "Whether a limit is exceeded is not normally distributed: use fit=wls.");
    }
}

void check_parts(const KrigingOptions& options) {
    const auto shapes = parts_of(options.model);
    const auto sills = parts_of(options.partial_sill);
    const auto ranges = parts_of(options.range);
    bool is_matern = false;
    for (const std::string& name : shapes) is_matern |= shape_of(name) == Shape::kMatern;
    if (sills.empty() != ranges.empty() || (options.nugget && sills.empty())) {
        fail("a model given needs psill and range", "Give both, or neither: then they are fitted.");
    }
    if (options.is_given() && shapes.empty())
        fail("psill and range need a model", "Use model=exp, sph, gau or mat.");
    if (options.is_given() && (sills.size() != shapes.size() || ranges.size() != shapes.size())) {
        fail(fmt::format("{} shapes, {} partial sills and {} ranges", shapes.size(), sills.size(),
                         ranges.size()),
             "Give one psill and one range for each shape, joined by +.");
    }
    if (!options.is_given() && shapes.size() > 1) {
        fail("a sum of shapes is not fitted by itself", "Give psill and range for each, joined by +.");
    }
    for (const std::string& text : sills) positive(text, "psill");
    for (const std::string& text : ranges) length(text);
    const auto kappas = parts_of(options.smoothness);
    if (!kappas.empty() && !is_matern) fail("kappa belongs to model=mat");
    if (options.seeks_smoothness()) return check_estimate(options);
    if (kappas.size() > 1 && kappas.size() != shapes.size()) fail("give one kappa, or one for each shape");
    for (const std::string& text : kappas) {
        const double kappa = base::parse_number(text).value_or(0);
        if (!(kappa > 0 && kappa <= 20)) fail("kappa must be above 0 and at most 20");
    }
}

}  // namespace

std::optional<Shape> KrigingOptions::shape() const {
    if (model.empty()) return std::nullopt;
    return shape_of(parts_of(model).front());
}

double KrigingOptions::first_smoothness() const {
    return smoothness.empty() || seeks_smoothness() ? 0.5 : positive(parts_of(smoothness).front(), "kappa");
}

VariogramModel KrigingOptions::given_model() const {
    const auto shapes = parts_of(model);
    const auto sills = parts_of(partial_sill);
    const auto ranges = parts_of(range);
    const auto kappas = parts_of(smoothness);
    VariogramModel given{nugget.value_or(0), {}};
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const double kappa = kappas.size() > 1 ? positive(kappas[i], "kappa") : first_smoothness();
        given.structures.push_back(
            {shape_of(shapes[i]), positive(sills[i], "psill"), length(ranges[i]), kappa});
    }
    return given;
}

void KrigingOptions::declare(base::ParameterList& list) {
    list.add("model", model, "shape of the variogram, or a sum of shapes");
    list.add("nugget", nugget, "semivariance just beside a sample");
    list.add("psill", partial_sill, "partial sill of each shape");
    list.add("range", range, "range parameter of each shape").called("D");
    list.add("kappa", smoothness, "smoothness of mat, or estimate");
    list.add("fit", fit, "by weighted least squares or restricted likelihood").one_of({"wls", "reml"});
    near.declare(list);
    list.add("mean", mean, "known mean: simple kriging");
    list.add("degree", degree, "degree of the drift: universal kriging");
    list.add("error", error, "variance of the measurements' own error");
    anisotropy.declare(list);
    list.add("block", block, "side of the square whose mean is estimated").called("D");
    list.add("above", above, "limit whose exceedance is estimated as a probability");
    list.add("transform", transform, "what is kriged instead of the values")
        .one_of({"log", "boxcox", "normal"});
    list.add("lambda", lambda, "of boxcox; the likeliest when not given");
}

void KrigingOptions::check() const {
    check_parts(*this);
    check_fit(*this);
    if (nugget && !(*nugget >= 0)) fail("nugget must be at least 0");
    near.check("kriging");
    if (mean && degree) fail("mean and degree exclude each other", "A known mean has no drift to estimate.");
    if (degree && (*degree < 0 || *degree > Drift::kHighestDegree)) {
        fail(fmt::format("degree is 0 to {}, not {}", Drift::kHighestDegree, *degree));
    }
    if (error && !(*error >= 0)) fail("error must be at least 0");
    anisotropy.check("kriging");
    if (block && !(block->value > 0)) fail("block must be above 0");
    if (!transform.empty() && above) fail("transform and above exclude each other");
    if (!transform.empty() && (mean || degree.value_or(0) > 0 || block)) {
        fail(fmt::format("transform={} works with a constant unknown mean and points", transform),
             "Leave mean, degree and block out.");
    }
    if (lambda && transform != "boxcox") fail("lambda belongs to transform=boxcox");
    if (lambda && !(std::abs(*lambda) <= BoxCox::kLargestLambda)) {
        fail(fmt::format("lambda is {0} to {1}, not {2}", -BoxCox::kLargestLambda, BoxCox::kLargestLambda,
                         base::shortest(*lambda)));
    }
}

KrigingOptions parse_kriging_options(const std::string& method_text) {
    KrigingOptions options;
    base::ParameterList list;
    options.declare(list);
    base::assign_options(base::parse_method(method_text), list);
    options.check();
    return options;
}

}  // namespace isopleth::interpolate
