// SPDX-License-Identifier: MIT
#include "interpolate/cokriging.hpp"

#include "base/error.hpp"
#include "base/parameters.hpp"
#include "base/text.hpp"
#include "interpolate/cokriging_system.hpp"
#include "interpolate/kriging_model.hpp"
#include "interpolate/sample_checks.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <map>
#include <utility>

namespace isopleth::interpolate {

const char* const kCokrigingOptions =
    "model=exp|sph|gau|mat, psill=FIRST+CROSS+SECOND, nugget=FIRST+CROSS+SECOND, range=D, kappa=0.5, "
    "neighbours=16, radius=D, sectors=8";

namespace {

constexpr std::size_t kNeighbours = 16;
constexpr std::size_t kFewestToFit = 10;
constexpr std::size_t kFewestGiven = 2;

struct CokrigingOptions {
    std::string model;
    std::string partial_sill;
    std::string nugget;
    std::optional<base::Meters> range;
    double smoothness = 0.5;
    NeighbourOptions near;
};

[[noreturn]] void fail(const std::string& message, const std::string& hint = {}) {
    base::fail_usage("cokriging: " + message, hint);
}

/// "0.59+0.51+0.50"
std::array<double, 3> three(const std::string& text, const char* name) {
    const std::vector<std::string> parts = base::split(text, '+');
    std::array<double, 3> values{};
    bool is_good = parts.size() == values.size();
    for (std::size_t i = 0; i < values.size() && is_good; ++i) {
        const auto value = base::parse_number(parts[i]);
        is_good = value && std::isfinite(*value);
        if (is_good) values[i] = *value;
    }
    if (!is_good) {
        fail(fmt::format("{} is \"{}\"", name, text),
             "Give it for the first variable, both together and the second, joined by +: 0.59+0.51+0.5.");
    }
    return values;
}

std::optional<Coregionalization> given_model(const CokrigingOptions& options) {
    if (options.partial_sill.empty()) return std::nullopt;
    const auto sills = three(options.partial_sill, "psill");
    const auto nuggets = options.nugget.empty() ? std::array<double, 3>{} : three(options.nugget, "nugget");
    std::array<VariogramModel, 3> models;
    for (std::size_t k = 0; k < models.size(); ++k) {
        models[k] = {nuggets[k],
                     {{*shape_named(options.model), sills[k], options.range->value, options.smoothness}}};
    }
    return Coregionalization{models[0], models[1], models[2]};
}

void check(const CokrigingOptions& options) {
    if (!options.model.empty() && is_unbounded(*shape_named(options.model))) {
        fail(fmt::format("a model with a sill is needed, which {} has not", options.model),
             "Use model=exp, sph, gau or mat.");
    }
    const bool is_given = !options.partial_sill.empty();
    if (is_given != options.range.has_value() || is_given == options.model.empty() ||
        (!options.nugget.empty() && !is_given)) {
        fail("a model given needs model, psill and range", "Give all three, or none: then they are fitted.");
    }
    options.near.check("cokriging");
    if (!is_given) return;
    if (!(options.range->value > 0)) fail("range must be above 0");
    if (!(options.smoothness > 0 && options.smoothness <= 20)) fail("kappa must be above 0 and at most 20");
    const auto model = given_model(options);
    if (!model->is_valid()) {
        fail(
            "no two variables vary like that: what they share exceeds what they have",
            "Keep FIRST and SECOND at least 0 and CROSS^2 at most FIRST x SECOND, for psill and for nugget.");
    }
    if (!(model->first.sill() > 0) || !(model->second.sill() > 0)) fail("psill must be above 0");
}

CokrigingOptions parse(const std::string& method_text) {
    CokrigingOptions options;
    base::ParameterList list;
    list.add("model", options.model, "shape of the variograms").one_of(shape_names());
    list.add("psill", options.partial_sill, "partial sills FIRST+CROSS+SECOND");
    list.add("nugget", options.nugget, "nuggets FIRST+CROSS+SECOND");
    list.add("range", options.range, "range parameter of all").called("D");
    list.add("kappa", options.smoothness, "smoothness of mat");
    options.near.declare(list);
    base::assign_options(base::parse_method(method_text), list);
    check(options);
    return options;
}

struct ChosenCoregionalization {
    Coregionalization model;
    bool is_fitted = false;
    std::size_t places = 0;  ///< with both variables, where it is fitted
};

ChosenCoregionalization fit(const Neighbourhood& first, const model::SecondVariable& named,
                            const Neighbourhood& second, const base::Job& job) {
    std::map<std::pair<double, double>, double> seconds;
    for (std::size_t i = 0; i < second.size(); ++i)
        seconds[{second.points()[i].x, second.points()[i].y}] = second.values()[i];
    std::vector<geo::Point> places;
    std::vector<double> left;
    std::vector<double> right;
    for (std::size_t i = 0; i < first.size(); ++i) {
        const auto found = seconds.find({first.points()[i].x, first.points()[i].y});
        if (found == seconds.end()) continue;
        places.push_back(first.points()[i]);
        left.push_back(first.values()[i]);
        right.push_back(found->second);
    }
    if (places.size() < kFewestToFit) {
        base::fail_data(fmt::format("{} places have a value of {} too; fitting cokriging needs {}",
                                    places.size(), named.field, kFewestToFit),
                        "Give model, psill and range, or use --method kriging.");
    }
    require_width(places);
    auto model = fit_coregionalization(places, left, right, job);
    if (!model) {
        base::fail_data(fmt::format("the values, or those of {}, do not differ: there is no variogram to fit",
                                    named.field),
                        "Give model, psill and range, or use --method kriging.");
    }
    return {std::move(*model), true, places.size()};
}

class Cokriging final : public Interpolator {
public:
    Cokriging(const CokrigingOptions& options, const model::Samples& samples, const base::Job& job)
        : m_options(options),
          m_second_field(samples.second()->field),
          m_setup{{},
                  Neighbourhood(samples, options.near.rule(samples.size(), kNeighbours)),
                  Neighbourhood(samples.second()->points, samples.second()->values,
                                options.near.rule(samples.second()->points.size(), kNeighbours))} {
        const auto given = given_model(options);
        if (given) {
            require_count(m_setup.first.size(), samples.field(), "cokriging", kFewestGiven);
            require_count(m_setup.second.size(), m_second_field, "cokriging", kFewestGiven);
        }
        m_chosen = given ? ChosenCoregionalization{*given, false, 0}
                         : fit(m_setup.first, *samples.second(), m_setup.second, job);
        m_setup.model = m_chosen.model;
        if (!m_setup.is_global()) return;
        const std::size_t size = m_setup.first.size() + m_setup.second.size();
        require_room_for_all(size, "cokriging");
        auto global = GlobalCokriging::factor(m_setup);
        if (!global) fail_singular(fmt::format("of {} samples", size));
        m_global.emplace(std::move(*global));
    }

    bool has_standard_error() const override { return true; }

    void estimate(std::span<const geo::Point> places, std::span<double> values,
                  std::span<double> standard_errors, std::span<std::uint8_t> valid) const override {
        std::vector<Kriged> results(places.size());
        std::fill(valid.begin(), valid.end(), std::uint8_t{1});
        if (m_global) {
            m_global->estimate(places, results);
        } else {
            LocalCokriging local(m_setup);
            for (std::size_t p = 0; p < places.size(); ++p) {
                local.expect(places.subspan(p));
                valid[p] = local.seek(places[p]) ? 1 : 0;
                if (valid[p] == 0) continue;
                const auto kriged = local.solve(places[p]);
                if (!kriged) fail_singular(fmt::format("near ({:.1f}, {:.1f})", places[p].x, places[p].y));
                results[p] = *kriged;
            }
        }
        for (std::size_t p = 0; p < places.size(); ++p) {
            values[p] = results[p].estimate;
            standard_errors[p] = results[p].standard_error;
        }
    }

    base::Json description() const override {
        base::Json json = base::Json::object();
        json.set("method", "cokriging").set("samples", m_setup.first.size());
        json.set("second", m_second_field).set("samples_of_second", m_setup.second.size());
        m_options.near.tell(m_setup.first, json);
        json.set("variogram", to_json(m_chosen.model.first))
            .set("cross_variogram", to_json(m_chosen.model.cross))
            .set("second_variogram", to_json(m_chosen.model.second))
            .set("fitted", m_chosen.is_fitted);
        if (m_chosen.is_fitted) json.set("fitted_at", m_chosen.places);
        return json;
    }

private:
    [[noreturn]] static void fail_singular(const std::string& where) {
        base::fail_data(fmt::format("the cokriging system {} is singular", where),
                        "Give a nugget, a CROSS below the root of FIRST x SECOND, or use --method kriging.");
    }

    CokrigingOptions m_options;
    std::string m_second_field;
    ChosenCoregionalization m_chosen;
    CokrigingSetup m_setup;
    std::optional<GlobalCokriging> m_global;
};

}  // namespace

void check_cokriging(const std::string& method_text) {
    parse(method_text);
}

std::unique_ptr<Interpolator> make_cokriging(const std::string& method_text, const model::Samples& samples,
                                             const base::Job& job) {
    const CokrigingOptions options = parse(method_text);
    if (!samples.second())
        fail("a second variable is needed", "Give --secondary FIELD, or use --method kriging.");
    return std::make_unique<Cokriging>(options, samples, job);
}

}  // namespace isopleth::interpolate
