// SPDX-License-Identifier: MIT
#include "interpolate/kriging.hpp"

#include "base/error.hpp"
#include "base/parameters.hpp"
#include "base/text.hpp"
#include "interpolate/kriging_system.hpp"
#include "interpolate/variogram_fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace isopleth::interpolate {

const char* const kKrigingOptions =
    "model=exp|sph|gau|mat, nugget=0, psill=S, range=D, kappa=0.5, neighbours=16";

namespace {

constexpr std::size_t kNeighbours = 16;
constexpr std::size_t kFewestToFit = 10;
constexpr std::size_t kFewestGiven = 2;
constexpr std::size_t kMostGlobal = 10'000;  ///< 1.2 GB of covariances and factor
constexpr double kBlurredNugget = 1e-6;      ///< of the sill: less does not mend a smooth model's system

struct KrigingOptions {
    std::optional<std::string> model;
    std::optional<double> nugget;
    std::optional<double> partial_sill;
    std::optional<base::Meters> range;
    std::optional<double> smoothness;
    std::string neighbours;

    bool is_given() const { return partial_sill && range; }
    Shape shape() const { return *shape_named(*model); }
};

void check(const KrigingOptions& options) {
    const auto fail = [](const std::string& message, const std::string& hint = {}) {
        base::fail_usage("kriging: " + message, hint);
    };
    const bool has_part = options.nugget || options.partial_sill || options.range;
    if (has_part && !options.is_given()) {
        fail("a model given needs psill and range", "Give both, or neither: then they are fitted.");
    }
    if (options.is_given() && !options.model)
        fail("psill and range need a model", "Use model=exp, sph, gau or mat.");
    if (options.nugget && !(*options.nugget >= 0)) fail("nugget must be at least 0");
    if (options.partial_sill && !(*options.partial_sill > 0)) fail("psill must be above 0");
    if (options.range && !(options.range->value > 0)) fail("range must be above 0");
    if (options.smoothness && options.model != "mat") fail("kappa belongs to model=mat");
    if (options.smoothness && !(*options.smoothness > 0 && *options.smoothness <= 20)) {
        fail("kappa must be above 0 and at most 20");
    }
    if (!options.neighbours.empty()) parse_neighbours(options.neighbours);
}

KrigingOptions parse(const std::string& method_text) {
    KrigingOptions options;
    base::ParameterList list;
    list.add("model", options.model, "shape of the variogram").one_of(shape_names());
    list.add("nugget", options.nugget, "semivariance just beside a sample");
    list.add("psill", options.partial_sill, "partial sill");
    list.add("range", options.range, "range parameter of the model").called("D");
    list.add("kappa", options.smoothness, "smoothness of mat");
    list.add("neighbours", options.neighbours, "nearest samples that count, or all").called("N");
    base::assign_options(base::parse_method(method_text), list);
    check(options);
    return options;
}

/// The model and how it came about.
struct ChosenModel {
    VariogramModel model;
    base::Json description;
};

base::Json to_json(const VariogramModel& model) {
    base::Json json = base::Json::object();
    const Structure& structure = model.structures.front();
    json.set("model", short_name(structure.shape))
        .set("nugget", model.nugget)
        .set("psill", structure.partial_sill)
        .set("range", structure.range);
    if (structure.shape == Shape::kMatern) json.set("kappa", structure.smoothness);
    return json;
}

/// The pairs within a third of the extent; of few samples there may be too few of them, so the cutoff doubles
/// until there are three bins.
EmpiricalVariogram variogram_to_fit(const model::Samples& samples, const base::Job& job) {
    const geo::Box box = samples.bounds();
    const double diagonal = std::hypot(box.width(), box.height());
    EmpiricalVariogram empirical = empirical_variogram(samples.points(), samples.values(), {}, job);
    while (empirical.bins.size() < 3 && empirical.cutoff < diagonal) {
        const BinChoice choice{2 * empirical.cutoff, {}};
        empirical = empirical_variogram(samples.points(), samples.values(), choice, job);
    }
    return empirical;
}

ChosenModel fit(const KrigingOptions& options, const model::Samples& samples, const base::Job& job) {
    const auto [least, most] = std::minmax_element(samples.values().begin(), samples.values().end());
    if (*least == *most) {
        base::fail_data(fmt::format("all {} samples have the {} value {}: there is no variogram to fit",
                                    samples.size(), samples.field(), base::shortest(*least)),
                        "Use --method idw.");
    }
    const EmpiricalVariogram empirical = variogram_to_fit(samples, job);
    const auto fitted = options.model
                            ? fit_variogram(empirical, options.shape(), options.smoothness.value_or(0.5))
                            : choose_variogram(empirical);
    if (!fitted || !(fitted->model.sill() > 0)) {
        base::fail_data(
            fmt::format("the samples of {} up to {} m apart do not differ: no variogram can be fitted",
                        samples.field(), base::shortest(std::round(empirical.cutoff))),
            "Give the model, or use --method idw.");
    }
    base::Json json = to_json(fitted->model);
    json.set("fitted", true)
        .set("cutoff", empirical.cutoff)
        .set("width", empirical.width)
        .set("bins", empirical.bins.size())
        .set("weighted_error", fitted->weighted_error);
    if (!(fitted->model.structures.front().partial_sill > 0)) {
        json.set("note", "no spatial structure found: every estimate is the mean");
    } else if (fitted->is_unbounded) {
        json.set("note", "the semivariance rises beyond the cutoff: the range is the longest allowed");
    }
    return {fitted->model, std::move(json)};
}

bool is_on_one_line(const std::vector<geo::Point>& points) {
    const geo::Point first = points.front();
    const auto offset = [&](geo::Point point) { return geo::Point{point.x - first.x, point.y - first.y}; };
    geo::Point along;
    for (const geo::Point& point : points) {
        if (std::hypot(offset(point).x, offset(point).y) > std::hypot(along.x, along.y))
            along = offset(point);
    }
    const double length = std::hypot(along.x, along.y);
    return std::all_of(points.begin(), points.end(), [&](geo::Point point) {
        const double aside = along.x * offset(point).y - along.y * offset(point).x;
        return std::abs(aside) <= 1e-9 * length * length;
    });
}

ChosenModel choose_model(const KrigingOptions& options, const model::Samples& samples, const base::Job& job) {
    const std::size_t needed = options.is_given() ? kFewestGiven : kFewestToFit;
    if (samples.size() < needed) {
        base::fail_data(fmt::format("{} sample{} with a {} value; kriging {}needs {}", samples.size(),
                                    samples.size() == 1 ? "" : "s", samples.field(),
                                    options.is_given() ? "with a model given " : "", needed),
                        "Use --method idw.");
    }
    if (samples.size() > 2 && is_on_one_line(samples.points())) {
        base::fail_data(
            fmt::format("all {} samples lie on one line, which tells nothing of the places beside it",
                        samples.size()),
            "Add samples beside the line, or use --method idw.");
    }
    if (!options.is_given()) return fit(options, samples, job);
    const Structure structure{options.shape(), *options.partial_sill, options.range->value,
                              options.smoothness.value_or(0.5)};
    ChosenModel chosen{{options.nugget.value_or(0), {structure}}, {}};
    chosen.description = to_json(chosen.model);
    chosen.description.set("fitted", false);
    return chosen;
}

/// Why the covariances of the samples cannot be told from singular ones, and what helps.
[[noreturn]] void fail_singular(const Neighbourhood& samples, const VariogramModel& model,
                                const std::vector<std::string>& ids, const std::string& where) {
    const Structure& structure = model.structures.front();
    std::size_t nearest = 0;
    geo::Neighbour other{0, std::numeric_limits<double>::infinity()};
    const geo::PointIndex index(samples.points());
    std::vector<geo::Neighbour> found;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        index.nearest(samples.points()[i], 2, found);
        for (const geo::Neighbour& one : found) {
            if (one.item == i || one.squared_distance >= other.squared_distance) continue;
            nearest = i;
            other = one;
        }
    }
    const double distance = std::sqrt(other.squared_distance);
    const std::string start = fmt::format("the kriging system {} is singular: ", where);
    if (distance < 1e-9 * structure.range || distance <= kSamePlace) {
        base::fail_data(
            fmt::format("{}samples {} and {} are only {:.2g} m apart", start, ids[samples.origin()[nearest]],
                        ids[samples.origin()[other.item]], distance),
            "Leave one of them out.");
    }
    std::string cause;
    const bool is_smooth = structure.shape == Shape::kGaussian || structure.shape == Shape::kMatern;
    if (is_smooth && model.nugget < kBlurredNugget * model.sill()) {
        cause = fmt::format("a {} model of range {} m has next to no nugget", short_name(structure.shape),
                            base::shortest(structure.range));
    }
    if (cause.empty()) cause = fmt::format("its range of {} m is too long", base::shortest(structure.range));
    base::fail_data(start + cause, "Give a nugget, or use model=exp, sph, or --method idw.");
}

class Kriging final : public Interpolator {
public:
    Kriging(const KrigingOptions& options, ChosenModel chosen, const model::Samples& samples)
        : m_chosen(std::move(chosen)),
          m_samples(samples, {choose_neighbours(options.neighbours, samples.size(), kNeighbours), {}}),
          m_ids(samples.ids()),
          m_is_default(options.neighbours.empty()) {
        if (!m_samples.is_global()) return;
        if (samples.size() > kMostGlobal) {
            base::fail_data(
                fmt::format("kriging with all of {} samples as neighbours takes too much memory; {} are "
                            "the most",
                            base::with_thousands(static_cast<long long>(samples.size())),
                            base::with_thousands(static_cast<long long>(kMostGlobal))),
                "Use neighbours=16.");
        }
        m_global = GlobalKriging::factor(m_samples.points(), m_samples.values(), m_chosen.model);
        if (!m_global) {
            fail_singular(m_samples, m_chosen.model, m_ids, fmt::format("of {} samples", samples.size()));
        }
    }

    bool has_standard_error() const override { return true; }

    void estimate(std::span<const geo::Point> places, std::span<double> values,
                  std::span<double> standard_errors, std::span<std::uint8_t> valid) const override {
        std::fill(valid.begin(), valid.end(), std::uint8_t{1});
        if (m_global) return m_global->estimate(places, values, standard_errors);
        LocalKriging local(m_samples, m_chosen.model);
        for (std::size_t p = 0; p < places.size(); ++p) {
            const auto result = local.at(places[p]);
            if (!result) {
                fail_singular(m_samples, m_chosen.model, m_ids,
                              fmt::format("of the {} samples nearest to ({:.1f}, {:.1f})", m_samples.most(),
                                          places[p].x, places[p].y));
            }
            values[p] = result->estimate;
            standard_errors[p] = result->standard_error;
        }
    }

    base::Json description() const override {
        base::Json json = base::Json::object();
        json.set("method", "kriging").set("samples", m_samples.size());
        json.set("neighbours", m_global ? base::Json("all") : base::Json(m_samples.most()));
        if (m_is_default) json.set("neighbours_by_default", true);
        json.set("variogram", m_chosen.description);
        return json;
    }

private:
    ChosenModel m_chosen;
    Neighbourhood m_samples;
    std::vector<std::string> m_ids;
    bool m_is_default;
    std::optional<GlobalKriging> m_global;
};

}  // namespace

void check_kriging(const std::string& method_text) {
    parse(method_text);
}

std::unique_ptr<Interpolator> make_kriging(const std::string& method_text, const model::Samples& samples,
                                           const base::Job& job) {
    const KrigingOptions options = parse(method_text);
    return std::make_unique<Kriging>(options, choose_model(options, samples, job), samples);
}

}  // namespace isopleth::interpolate
