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
    "model=exp|sph|gau|mat (sums: sph+exp), nugget=0, psill=S, range=D, kappa=0.5, or model=lin|pow, "
    "slope=S, exponent=K; fit=wls|reml, neighbours=16, radius=D, sectors=8, mean=M (simple), "
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
        fail(fmt::format("fit={} has nothing to fit", options.fit),
             options.slope.empty() ? "Leave fit, or psill and range out." : "Leave fit, or slope out.");
    if (options.is_by_likelihood()) options.require_sill("kriging: fit=reml", "Use fit=wls.");
    if (options.is_by_likelihood() && options.above) {
        fail("fit=reml and above exclude each other",
             "Whether a limit is exceeded is not normally distributed: use fit=wls.");
    }
}

/// The options of a model in parts, and how many of its shapes need which.
struct ModelParts {
    explicit ModelParts(const KrigingOptions& options)
        : shapes(parts_of(options.model)),
          sills(parts_of(options.partial_sill)),
          ranges(parts_of(options.range)),
          kappas(parts_of(options.smoothness)),
          slopes(parts_of(options.slope)),
          exponents(parts_of(options.exponent)) {
        for (const std::string& name : shapes) {
            const Shape shape = shape_of(name);
            (is_unbounded(shape) ? unbounded : bounded) += 1;
            if (shape == Shape::kMatern) ++materns;
            if (shape == Shape::kPower) ++powers;
        }
    }

    std::vector<std::string> shapes, sills, ranges, kappas, slopes, exponents;
    std::size_t bounded = 0, unbounded = 0, materns = 0, powers = 0;
};

/// Of lin and pow.
void check_slopes(const ModelParts& parts) {
    if (parts.unbounded == 0) {
        if (!parts.slopes.empty())
            fail("slope belongs to model=lin and pow", "Other models have psill and range.");
        if (!parts.exponents.empty()) fail("exponent belongs to model=pow");
        return;
    }
    if (parts.bounded == 0 && !parts.ranges.empty() && parts.powers == 0) {
        fail("model=lin has a slope, not psill and range",
             "With a range it would be a model along a line only: use model=lin,slope=S, or sph.");
    }
    if (parts.bounded == 0 && (!parts.sills.empty() || !parts.ranges.empty())) {
        fail(fmt::format("model={} has no psill and range: it rises without a sill",
                         base::join(parts.shapes, "+")),
             parts.powers > 0
                 ? "Use slope=S,exponent=K: the semivariance is nugget + slope x distance^exponent."
                 : "Use slope=S: the semivariance is nugget + slope x distance.");
    }
    const bool is_given = !parts.slopes.empty() || !parts.exponents.empty() || !parts.sills.empty();
    if (!is_given) return;
    if (parts.slopes.size() != parts.unbounded || parts.exponents.size() != parts.powers) {
        fail(fmt::format("{} of lin and pow, {} slopes and {} exponents", parts.unbounded,
                         parts.slopes.size(), parts.exponents.size()),
             "Give one slope for each lin and pow and one exponent for each pow, joined by +.");
    }
    for (const std::string& text : parts.slopes) positive(text, "slope");
    for (const std::string& text : parts.exponents) {
        if (positive(text, "exponent") < 2) continue;
        fail(fmt::format("exponent must be below 2, not {}", text),
             "At 2 the semivariance is a parabola, which is a drift: use degree=1.");
    }
}

/// Of the others.
void check_sills(const KrigingOptions& options, const ModelParts& parts) {
    const std::size_t sills = parts.sills.size();
    const std::size_t ranges = parts.ranges.size();
    const bool is_mixed = parts.bounded > 0 && parts.unbounded > 0;
    if ((sills == 0) != (ranges == 0) || (options.nugget && !options.is_given())) {
        const bool is_sloping = parts.bounded == 0 && parts.unbounded > 0;
        const std::string powers = parts.powers > 0 ? " and exponent" : "";
        fail(is_sloping ? "a model given needs slope" + powers : "a model given needs psill and range",
             is_sloping && powers.empty() ? "Give it, or leave nugget out: then they are fitted."
                                          : "Give both, or neither: then they are fitted.");
    }
    if (sills > 0 && parts.shapes.empty())
        fail("psill and range need a model", "Use model=exp, sph, gau or mat.");
    if (options.is_given() && (sills != parts.bounded || ranges != parts.bounded)) {
        fail(fmt::format("{} {}, {} partial sills and {} ranges", parts.bounded,
                         is_mixed ? "shapes with a sill" : "shapes", sills, ranges),
             is_mixed ? "Give one psill and one range for each of them, joined by +."
                      : "Give one psill and one range for each shape, joined by +.");
    }
    for (const std::string& text : parts.sills) positive(text, "psill");
    for (const std::string& text : parts.ranges) length(text);
}

void check_parts(const KrigingOptions& options) {
    const ModelParts parts(options);
    check_slopes(parts);
    check_sills(options, parts);
    if (!options.is_given() && parts.shapes.size() > 1) {
        fail("a sum of shapes is not fitted by itself",
             parts.unbounded > 0 ? "Give psill and range, or slope, for each, joined by +."
                                 : "Give psill and range for each, joined by +.");
    }
    const auto& kappas = parts.kappas;
    if (!kappas.empty() && parts.materns == 0) fail("kappa belongs to model=mat");
    if (options.seeks_smoothness()) return check_estimate(options);
    if (kappas.size() > 1 && kappas.size() != parts.shapes.size())
        fail("give one kappa, or one for each shape");
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
    const ModelParts parts(*this);
    VariogramModel given{nugget.value_or(0), {}};
    std::size_t bounded = 0, unbounded = 0, powers = 0;
    for (std::size_t i = 0; i < parts.shapes.size(); ++i) {
        const Shape shape = shape_of(parts.shapes[i]);
        if (is_unbounded(shape)) {
            const double slope_of_it = positive(parts.slopes[unbounded++], "slope");
            const double power = shape == Shape::kPower ? positive(parts.exponents[powers++], "exponent") : 1;
            given.structures.push_back(unbounded_structure(shape, slope_of_it, power));
            continue;
        }
        const auto& kappas = parts.kappas;
        const double kappa = kappas.size() > 1 ? positive(kappas[i], "kappa") : first_smoothness();
        given.structures.push_back(
            {shape, positive(parts.sills[bounded], "psill"), length(parts.ranges[bounded]), kappa});
        ++bounded;
    }
    return given;
}

std::optional<Shape> KrigingOptions::unbounded_shape() const {
    for (const std::string& name : parts_of(model)) {
        if (is_unbounded(shape_of(name))) return shape_of(name);
    }
    return std::nullopt;
}

void KrigingOptions::require_sill(const std::string& whose, const std::string& hint) const {
    if (const auto shape = unbounded_shape()) {
        base::fail_usage(
            fmt::format("{} needs a model with a sill, which {} has not", whose, short_name(*shape)), hint);
    }
}

void KrigingOptions::declare(base::ParameterList& list) {
    list.add("model", model, "shape of the variogram, or a sum of shapes");
    list.add("nugget", nugget, "semivariance just beside a sample");
    list.add("psill", partial_sill, "partial sill of each shape");
    list.add("range", range, "range parameter of each shape").called("D");
    list.add("slope", slope, "of each lin and pow, in place of psill and range");
    list.add("exponent", exponent, "of each pow, above 0 and below 2");
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
    if (mean) {
        require_sill("kriging: a known mean",
                     "Leave mean out: an unknown mean needs none. Or use model=exp, sph, gau or mat.");
    }
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
