// SPDX-License-Identifier: MIT
#include "interpolate/automatic.hpp"

#include "base/error.hpp"
#include "base/parameters.hpp"
#include "base/random.hpp"
#include "interpolate/comparison.hpp"
#include "interpolate/methods.hpp"
#include "interpolate/neighbours.hpp"

#include <algorithm>

namespace isopleth::interpolate {

const char* const kAutomaticOptions = "folds=block (block:500, buffer:500, loo, k:10)";

namespace {

constexpr std::size_t kFewest = 10;
constexpr std::size_t kNinety = 2;
static_assert(kIntervals[kNinety].percent == 90);
constexpr std::uint64_t kSeed = 1;
constexpr std::size_t kMostByLikelihood = 200;  ///< each fold's fit takes n^3 steps some hundred times
const char* const kYardstick = "idw";

struct AutomaticOptions {
    std::string folds = "block";
};

AutomaticOptions parse(const std::string& method_text) {
    AutomaticOptions options;
    base::ParameterList list;
    list.add("folds", options.folds, "what is held out together, as for crossval");
    base::assign_options(base::parse_method(method_text), list);
    if (parse_folds(options.folds).kind == FoldKind::kField)
        base::fail_usage("auto: folds cannot be a field", "Use block, buffer:D, loo or k:N.");
    return options;
}

/// All, or so many that comparing them does not take longer than the surface.
model::Samples to_compare(const model::Samples& samples) {
    if (samples.size() <= kMostCompared) return samples;
    // The draw goes with the place, not with the order that the samples came in.
    const std::vector<std::size_t> order = west_to_east(samples.points());
    std::vector<std::pair<double, std::size_t>> drawn;
    for (std::size_t i = 0; i < order.size(); ++i)
        drawn.emplace_back(base::random_uniform(kSeed, i, 0), order[i]);
    std::sort(drawn.begin(), drawn.end());
    std::vector<std::size_t> positions;
    for (std::size_t i = 0; i < kMostCompared; ++i) positions.push_back(drawn[i].second);
    return samples.subset(positions);
}

/// What the choice fell on, and why.
class Automatic final : public Interpolator {
public:
    Automatic(std::unique_ptr<Interpolator> chosen, base::Json description)
        : m_chosen(std::move(chosen)), m_description(std::move(description)) {}

    bool has_standard_error() const override { return m_chosen->has_standard_error(); }
    void estimate(std::span<const geo::Point> places, std::span<double> values,
                  std::span<double> standard_errors, std::span<std::uint8_t> valid) const override {
        m_chosen->estimate(places, values, standard_errors, valid);
    }
    base::Json description() const override { return m_description; }
    std::optional<AreaMeanEstimate> mean_over(std::span<const geo::Point> places) const override {
        return m_chosen->mean_over(places);
    }
    Estimand estimand() const override { return m_chosen->estimand(); }

private:
    std::unique_ptr<Interpolator> m_chosen;
    base::Json m_description;
};

class Choice {
public:
    Choice(const AutomaticOptions& options, const model::Samples& samples)
        : m_options(options), m_samples(samples) {}

    std::unique_ptr<Interpolator> make(const base::Job& job) {
        std::string best = kYardstick;
        m_description.set("method", "auto");
        if (m_samples.size() < kFewest) {
            m_description.set("reason", "fewer than 10 samples: nothing to compare with");
        } else if (const auto found = compare(job)) {
            best = *found;
        }
        auto chosen = interpolate::make(best, plain(best), job);
        m_description.set("chosen", best).set("made", chosen->description());
        return std::make_unique<Automatic>(std::move(chosen), std::move(m_description));
    }

private:
    /// The method with the least CRPS of those that can be made.
    std::optional<std::string> compare(const base::Job& job) {
        const model::Samples samples = to_compare(m_samples);
        const Folds folds = make_folds(parse_folds(m_options.folds), samples, job);
        base::Json compared = base::Json::array();
        std::vector<Trial> trials;
        for (const std::string& method : candidates_for(samples)) {
            try {
                trials.push_back(try_methods({method}, samples, folds, job).front());
            } catch (const base::Error& error) {
                if (error.kind() != base::ErrorKind::kData) throw;
                compared.push(failed_row(method, error.message()));
            }
        }
        if (trials.empty()) {
            m_description.set("compared", std::move(compared))
                .set("reason", "no method with a standard error can be made");
            return std::nullopt;
        }
        judge(trials);
        for (const Trial& trial : trials) compared.push(row_of(trial));
        if (is_plain(samples)) {
            auto yardstick = try_methods({kYardstick}, samples, folds, job);
            judge(yardstick);
            compared.push(row_of(yardstick.front()));
        }
        m_description.set("compared", std::move(compared)).set("folds", folds.description);
        if (samples.size() < m_samples.size()) m_description.set("compared_samples", samples.size());
        m_description.set("best_by", "crps");
        return best_of(trials).method;
    }

    static base::Json row_of(const Trial& trial) {
        base::Json row = base::Json::object().set("method", trial.method).set("rmse", trial.scores.rmse);
        const auto& of_errors = trial.scores.of_errors;
        row.set("crps", of_errors ? base::Json(of_errors->crps) : base::Json());
        row.set("within_90", of_errors ? base::Json(of_errors->coverage[kNinety]) : base::Json());
        return row.set("failed", base::Json());
    }
    static base::Json failed_row(const std::string& method, const std::string& why) {
        base::Json row = base::Json::object().set("method", method).set("rmse", base::Json());
        return row.set("crps", base::Json()).set("within_90", base::Json()).set("failed", why);
    }

    /// idw takes neither covariates nor errors.
    static bool is_plain(const model::Samples& samples) {
        return samples.covariates().empty() && samples.error_variances().empty();
    }
    const model::Samples& plain(const std::string& method) const {
        if (method == kYardstick && !is_plain(m_samples)) {
            base::fail_data("auto found no method that can be made of these samples",
                            "Leave covariates and measurement errors out, or give more samples.");
        }
        return m_samples;
    }

    const AutomaticOptions& m_options;
    const model::Samples& m_samples;
    base::Json m_description = base::Json::object();
};

}  // namespace

std::vector<std::string> candidates_for(const model::Samples& samples) {
    std::vector<std::string> methods{"kriging:model=sph", "kriging:model=exp", "kriging:model=gau"};
    const bool is_few = samples.size() <= kMostByLikelihood;
    if (is_few) methods.emplace_back("kriging:fit=reml");
    if (samples.second()) methods.emplace_back("cokriging");
    if (samples.covariates().empty()) methods.emplace_back("kriging:degree=1");
    if (!samples.error_variances().empty()) return methods;
    const auto& values = samples.values();
    if (samples.covariates().empty() && *std::min_element(values.begin(), values.end()) > 0) {
        methods.emplace_back("kriging:transform=log");
        if (is_few) methods.emplace_back("kriging:transform=log,fit=reml");
        methods.emplace_back("kriging:transform=boxcox");
    }
    methods.emplace_back("trend:degree=1");
    return methods;
}

void check_automatic(const std::string& method_text) {
    parse(method_text);
}

std::unique_ptr<Interpolator> make_automatic(const std::string& method_text, const model::Samples& samples,
                                             const base::Job& job) {
    const AutomaticOptions options = parse(method_text);
    // The surface's own progress follows: two rising shares would not be one.
    return Choice(options, samples).make({job.threads, {}, job.cancelled});
}

}  // namespace isopleth::interpolate
