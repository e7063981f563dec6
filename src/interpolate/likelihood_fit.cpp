// SPDX-License-Identifier: MIT
#include "interpolate/likelihood_fit.hpp"

#include "base/error.hpp"
#include "base/parabola.hpp"
#include "base/parallel.hpp"
#include "base/simplex.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <span>

namespace isopleth::interpolate {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::size_t kMostExactSearch = 300;  ///< above, Vecchia's takes less time
constexpr std::size_t kDensitiesSearched = 4'000;
constexpr std::size_t kDensitiesBetween = 25'000;  ///< from those to all in two steps
constexpr double kGain = 0.1;            ///< of the logarithm by the last step: half a standard error
constexpr double kGainBetween = 1;       ///< the same before all of them count
constexpr double kLongestRange = 3;      ///< diagonals
constexpr double kShortestRange = 0.01;  ///< mean distances between samples
constexpr double kLeastSmoothness = 0.1;
constexpr double kMostSmoothness = 5;
constexpr double kSillFactor = 1e4;  ///< up and down from the variance of the values
constexpr double kLeastGaussianNugget = 0.01;
constexpr double kNegligible = 1e-5;  ///< share of the sill that may be left out when it changes nothing

/// A parameter's position between its limits from 0 to 1 is the squared sine of a coordinate: both limits
/// are attained, where the likelihood is level, and there is no outside.
double position_of(double coordinate) {
    const double sine = std::sin(coordinate);
    return sine * sine;
}

double coordinate_of(double position) {
    return std::asin(std::sqrt(std::clamp(position, 0.0, 1.0)));
}

struct Limits {
    double low;
    double high;
    double at(double position) const { return low * std::pow(high / low, position); }
    double position(double value) const { return std::log(value / low) / std::log(high / low); }
};

struct Outcome {
    VariogramModel model;
    double log = -kInfinity;
};

/// From coordinates to models of a shape: the range, the nugget's share of the sill, the smoothness where it
/// is sought and, with errors of measurement, the sill, which else follows.
class ShapeSearch {
public:
    ShapeSearch(const LikelihoodData& data, const ShapeSought& sought)
        : m_sought(sought), m_has_errors(!data.error_variances.empty()) {
        geo::Box box;
        for (const geo::Point& point : data.points) box.extend(point);
        const double diagonal = std::hypot(box.width(), box.height());
        m_range = {kShortestRange * diagonal / std::sqrt(static_cast<double>(data.size())),
                   kLongestRange * diagonal};
        double square = 0;
        for (const double value : data.values) square += value * value;
        const double variance = square / static_cast<double>(data.size() - data.terms());
        m_sill = {variance / kSillFactor, variance * kSillFactor};
        m_diagonal = diagonal;
    }

    bool seeks_smoothness() const { return m_sought.shape == Shape::kMatern && !m_sought.smoothness; }

    /// Where the search begins to look, when the smoothness is not sought.
    std::vector<std::vector<double>> grid() const {
        std::vector<std::vector<double>> places;
        for (const double range : {0.01, 0.03, 0.1, 0.3, 1.0}) {
            for (const double share : {0.03, 0.3, 0.8}) {
                std::vector<double> place{coordinate_of(std::max(0.02, m_range.position(range * m_diagonal))),
                                          coordinate_of(share)};
                if (m_has_errors)
                    place.push_back(coordinate_of(m_sill.position(std::sqrt(m_sill.low * m_sill.high))));
                places.push_back(std::move(place));
            }
        }
        return places;
    }

    /// A place of the search with that smoothness, as one where it is sought.
    static std::vector<double> with_smoothness(std::vector<double> place, double smoothness) {
        place.insert(place.begin() + 2, coordinate_of(kSmoothness.position(smoothness)));
        return place;
    }

    VariogramModel model_at(std::span<const double> place) const {
        const double share = position_of(place[1]);
        const double smoothness =
            seeks_smoothness() ? kSmoothness.at(position_of(place[2])) : m_sought.smoothness.value_or(0.5);
        const double sill = m_has_errors ? m_sill.at(position_of(place.back())) : 1;
        return {sill * share,
                {{m_sought.shape, sill * (1 - share), m_range.at(position_of(place[0])), smoothness}}};
    }

    Outcome outcome_of(const VariogramModel& model, const Likelihood& likelihood,
                       const base::Job& job) const {
        if (m_has_errors) return {model, likelihood.at(model, job).value_or(-kInfinity)};
        const auto best = likelihood.likeliest_multiple(model, job);
        if (!best) return {model, -kInfinity};
        VariogramModel scaled = model;
        scaled.nugget *= best->scale;
        scaled.structures.front().partial_sill *= best->scale;
        return {scaled, best->log};
    }

    bool is_longest(const VariogramModel& model) const {
        return model.structures.front().range > 0.99 * m_range.high;
    }
    std::size_t parameters() const { return seeks_smoothness() ? 4 : 3; }

private:
    static constexpr Limits kSmoothness{kLeastSmoothness, kMostSmoothness};

    ShapeSought m_sought;
    bool m_has_errors;
    Limits m_range{};
    Limits m_sill{};
    double m_diagonal = 0;
};

/// How far a search has come.
struct Found {
    std::vector<double> place;
    double log = -kInfinity;
    std::size_t evaluations = 0;
};

class Climb {
public:
    Climb(const ShapeSearch& search, const Likelihood& likelihood, const base::Job& job)
        : m_search(search), m_likelihood(likelihood), m_job(job) {}

    /// The best place of the grid.
    void look(Found& found) const {
        for (const std::vector<double>& place : m_search.grid()) {
            const double log = log_at(place);
            ++found.evaluations;
            if (found.place.empty() || log > found.log) {
                found.place = place;
                found.log = log;
            }
        }
    }

    void climb(Found& found, const base::SimplexRule& rule) const {
        take(found, base::minimum_by_simplex(minus_log(), found.place, rule));
    }

    /// The last stretch, in few evaluations.
    void finish(Found& found, double gain) const {
        take(found, base::minimum_by_parabola(minus_log(), found.place, {0.005, gain, 4}));
    }

private:
    static void take(Found& found, const base::Minimum& least) {
        found.evaluations += least.calls;
        found.log = -least.value;
        found.place = least.place;
    }
    std::function<double(std::span<const double>)> minus_log() const {
        return [this](std::span<const double> place) { return -log_at(place); };
    }
    double log_at(std::span<const double> place) const {
        return m_search.outcome_of(m_search.model_at(place), m_likelihood, m_job).log;
    }

    const ShapeSearch& m_search;
    const Likelihood& m_likelihood;
    const base::Job& m_job;
};

/// With next to no nugget none, and with next to no structure none, unless that is less likely.
void simplify(const ShapeSearch& search, const Likelihood& likelihood, const base::Job& job, Outcome& found,
              std::size_t& evaluations) {
    const double sill = found.model.sill();
    const double share = found.model.nugget / sill;
    VariogramModel simpler = found.model;
    if (share <= kNegligible) {
        simpler.nugget = 0;
    } else if (share >= 1 - kNegligible) {
        simpler.nugget = sill;
        simpler.structures.front().partial_sill = 0;
    } else {
        return;
    }
    const Outcome other = search.outcome_of(simpler, likelihood, job);
    ++evaluations;
    if (other.log >= found.log - 1e-9 * std::abs(found.log)) found = other;
}

bool is_sound(const VariogramModel& model) {
    return model.structures.front().shape != Shape::kGaussian ||
           model.nugget >= kLeastGaussianNugget * model.sill();
}

/// The likeliest of the sound ones, or of all when none is; the first of equal ones.
std::size_t likeliest_of(const std::vector<ShapeTried>& tried) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < tried.size(); ++i) {
        const bool is_better = tried[i].log_likelihood > tried[best].log_likelihood;
        const bool is_sounder = is_sound(tried[i].model) && !is_sound(tried[best].model);
        const bool is_worse = !is_sound(tried[i].model) && is_sound(tried[best].model);
        const bool is_possible = tried[i].log_likelihood > -kInfinity;
        if (is_possible && !is_worse && (is_better || is_sounder)) best = i;
    }
    return best;
}

/// The likelihoods that shapes are compared by, and those that bring the best of them to its end.
struct Stages {
    Likelihood first;
    std::vector<Likelihood> more;

    static Stages of(const LikelihoodData& data, const base::Job& job) {
        if (data.size() <= kMostExactSearch) return {Likelihood::exact(data), {}};
        const Likelihood vecchia = Likelihood::vecchia(data, kVecchiaNeighbours, job);
        Stages stages{vecchia.thinned(kDensitiesSearched), {}};
        if (data.size() > 2 * kDensitiesBetween) stages.more.push_back(vecchia.thinned(kDensitiesBetween));
        stages.more.push_back(data.size() <= kMostExact ? Likelihood::exact(data) : vecchia);
        return stages;
    }
    const Likelihood& last() const { return more.empty() ? first : more.back(); }
};

/// Where to begin: the best of the grid or, where the smoothness is sought, the best of the searches with
/// some values of it. (Let loose from a grid the simplex follows the ridge of smoothness against range to the
/// longest range: 106 below the maximum for 150,000 samples.)
Found beginning_of(const ShapeSearch& search, const Likelihood& likelihood, const base::Job& job) {
    Found best;
    if (!search.seeks_smoothness()) {
        Climb(search, likelihood, job).look(best);
        return best;
    }
    std::size_t evaluations = 0;
    for (const double smoothness : {0.3, 0.5, 1.0, 1.5, 2.5}) {
        const ShapeSearch part(likelihood.data(), {Shape::kMatern, smoothness});
        const Climb climb(part, likelihood, job);
        Found found;
        climb.look(found);
        if (std::isfinite(found.log)) climb.climb(found, {0.1, 0.01, 60});
        evaluations += found.evaluations;
        if (best.place.empty() || found.log > best.log)
            best = {ShapeSearch::with_smoothness(found.place, smoothness), found.log, 0};
    }
    best.evaluations = evaluations;
    return best;
}

/// Each shape by itself, as far as they need to come to be compared.
std::vector<Found> search_all(const std::vector<ShapeSearch>& searches, const Stages& stages,
                              const base::Job& job) {
    std::vector<Found> found(searches.size());
    base::Job each = job;
    if (searches.size() > 1) each.threads = 1;
    base::parallel_chunks(job, searches.size(), 1, [&](std::size_t i, std::size_t) {
        found[i] = beginning_of(searches[i], stages.first, each);
        if (!std::isfinite(found[i].log)) return;
        const Climb climb(searches[i], stages.first, each);
        const bool is_last = stages.more.empty();
        climb.climb(found[i], {searches[i].seeks_smoothness() ? 0.03 : 0.1, is_last ? 1e-7 : 3e-3, 200});
        // A simplex that has collapsed too early unfolds again.
        if (is_last) climb.climb(found[i], {0.02, 1e-7, 200});
    });
    return found;
}

}  // namespace

std::optional<LikelihoodFit> fit_likelihood(const LikelihoodData& data,
                                            const std::vector<ShapeSought>& shapes, const base::Job& job) {
    if (shapes.empty()) base::bug("a fit of no shapes");
    const Stages stages = Stages::of(data, job);
    std::vector<ShapeSearch> searches;
    for (const ShapeSought& shape : shapes) searches.emplace_back(data, shape);
    std::vector<Found> found = search_all(searches, stages, job);
    LikelihoodFit fit;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        fit.evaluations += found[i].evaluations;
        const VariogramModel model = searches[i].model_at(found[i].place);
        const Outcome outcome = searches[i].outcome_of(model, stages.first, job);
        fit.tried.push_back({outcome.model, outcome.log});
    }
    const std::size_t best = likeliest_of(fit.tried);
    const ShapeSearch& search = searches[best];
    Found& last = found[best];
    if (!std::isfinite(last.log)) return std::nullopt;
    for (const Likelihood& likelihood : stages.more) {
        last.evaluations = 0;
        const bool is_last = &likelihood == &stages.more.back();
        Climb(search, likelihood, job).finish(last, is_last ? kGain : kGainBetween);
        fit.evaluations += last.evaluations;
    }
    Outcome outcome = search.outcome_of(search.model_at(last.place), stages.last(), job);
    simplify(search, stages.last(), job, outcome, fit.evaluations);
    fit.model = outcome.model;
    fit.log_likelihood = outcome.log;
    fit.aic = -2 * outcome.log + 2 * static_cast<double>(data.terms() + search.parameters());
    fit.is_exact = stages.last().is_exact();
    fit.densities = stages.first.is_exact() ? 0 : stages.first.densities();
    fit.is_unbounded = fit.model.structures.front().partial_sill > 0 && search.is_longest(fit.model);
    return fit;
}

}  // namespace isopleth::interpolate
