// SPDX-License-Identifier: MIT
#include "interpolate/scores.hpp"

#include "base/statistics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace isopleth::interpolate {

namespace {

/// The places with an estimate.
HeldOut estimated(const HeldOut& all) {
    HeldOut part;
    for (std::size_t i = 0; i < all.valid.size(); ++i) {
        if (all.valid[i] == 0) continue;
        part.observed.push_back(all.observed[i]);
        part.estimates.push_back(all.estimates[i]);
        if (all.has_standard_errors()) part.standard_errors.push_back(all.standard_errors[i]);
        part.valid.push_back(1);
    }
    return part;
}

/// Mean of `term(i)` for the places, summed in order of size.
template <class Term>
double mean_of(std::size_t count, Term term) {
    std::vector<double> terms(count);
    for (std::size_t i = 0; i < count; ++i) terms[i] = term(i);
    std::sort(terms.begin(), terms.end());
    return *base::mean(terms);
}

double square(double value) {
    return value * value;
}

std::optional<double> r2_of(const HeldOut& places, double rmse) {
    const std::size_t count = places.observed.size();
    const double mean = mean_of(count, [&](std::size_t i) { return places.observed[i]; });
    const double spread = mean_of(count, [&](std::size_t i) { return square(places.observed[i] - mean); });
    if (!(spread > 0)) return std::nullopt;
    return 1 - square(rmse) / spread;
}

ErrorScores score_errors(const HeldOut& places) {
    const std::size_t count = places.observed.size();
    const auto error = [&](std::size_t i) { return places.estimates[i] - places.observed[i]; };
    const auto& standard_errors = places.standard_errors;
    ErrorScores scores;
    scores.crps = mean_of(count, [&](std::size_t i) {
        return crps_of_normal(places.estimates[i], standard_errors[i], places.observed[i]);
    });
    if (*base::minimum(standard_errors) > 0)
        scores.msdr = mean_of(count, [&](std::size_t i) { return square(error(i) / standard_errors[i]); });
    for (std::size_t k = 0; k < kIntervals.size(); ++k) {
        scores.coverage[k] = mean_of(count, [&](std::size_t i) {
            return std::abs(error(i)) <= kIntervals[k].quantile * standard_errors[i] ? 1.0 : 0.0;
        });
    }
    return scores;
}

}  // namespace

std::optional<double> ErrorScores::calibration_factor() const {
    if (!msdr) return std::nullopt;
    return std::sqrt(*msdr);
}

double crps_of_normal(double mean, double standard_error, double observed) {
    if (!(standard_error > 0)) return std::abs(observed - mean);
    const double z = (observed - mean) / standard_error;
    const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
    // 2 Phi(z) - 1 = erf(z / sqrt(2)).
    return standard_error * (z * std::erf(z / std::numbers::sqrt2) + 2 * density - std::numbers::inv_sqrtpi);
}

std::optional<Scores> score(const HeldOut& held_out) {
    const HeldOut places = estimated(held_out);
    const std::size_t count = places.observed.size();
    if (count == 0) return std::nullopt;
    const auto error = [&](std::size_t i) { return places.estimates[i] - places.observed[i]; };
    Scores scores;
    scores.count = count;
    scores.rmse = std::sqrt(mean_of(count, [&](std::size_t i) { return square(error(i)); }));
    scores.mae = mean_of(count, [&](std::size_t i) { return std::abs(error(i)); });
    scores.bias = mean_of(count, error);
    scores.r2 = r2_of(places, scores.rmse);
    if (places.has_standard_errors()) scores.of_errors = score_errors(places);
    return scores;
}

base::Json to_json(const Scores& scores) {
    const auto or_null = [](const std::optional<double>& value) {
        return value ? base::Json(*value) : base::Json();
    };
    const auto of_errors = [&](auto&& part) {
        return scores.of_errors ? or_null(part(*scores.of_errors)) : base::Json();
    };
    base::Json json = base::Json::object();
    json.set("rmse", scores.rmse)
        .set("mae", scores.mae)
        .set("bias", scores.bias)
        .set("r2", or_null(scores.r2));
    json.set("crps", of_errors([](const ErrorScores& errors) { return std::optional(errors.crps); }));
    json.set("msdr", of_errors([](const ErrorScores& errors) { return errors.msdr; }));
    for (std::size_t k = 0; k < kIntervals.size(); ++k) {
        json.set(fmt::format("within_{}", kIntervals[k].percent),
                 of_errors([&](const ErrorScores& errors) { return std::optional(errors.coverage[k]); }));
    }
    json.set("calibration_factor",
             of_errors([](const ErrorScores& errors) { return errors.calibration_factor(); }));
    return json;
}

}  // namespace isopleth::interpolate
