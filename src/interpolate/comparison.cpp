// SPDX-License-Identifier: MIT
#include "interpolate/comparison.hpp"

#include "base/error.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace isopleth::interpolate {

std::vector<Trial> try_methods(const std::vector<std::string>& methods, const model::Samples& samples,
                               const Folds& folds, const base::Job& job) {
    std::vector<Trial> trials;
    const auto count = static_cast<double>(methods.size());
    for (const std::string& method : methods) {
        base::Job part = job;
        const auto done = static_cast<double>(trials.size());
        part.progress = [&](double share, const std::string& what) {
            job.report((done + share) / count, what);
        };
        trials.push_back({method, cross_validate(method, samples, folds, part)});
        if (trials.back().validation.estimand.above != trials.front().validation.estimand.above) {
            base::fail_usage(fmt::format("{} and {} estimate different things, which cannot be compared",
                                         trials.front().method, method),
                             "Give the same above to all methods, or to none.");
        }
    }
    return trials;
}

void judge(std::vector<Trial>& trials) {
    std::vector<std::uint8_t> is_common = trials.front().validation.held_out.valid;
    for (const Trial& trial : trials) {
        for (std::size_t i = 0; i < is_common.size(); ++i)
            is_common[i] = is_common[i] & trial.validation.held_out.valid[i];
    }
    for (Trial& trial : trials) {
        HeldOut common = trial.validation.held_out;
        common.valid = is_common;
        const auto scores = score(common);
        if (!scores) base::fail_data("no sample has an estimate", "Use a longer radius.");
        trial.scores = *scores;
    }
}

bool is_judged_by_crps(const std::vector<Trial>& trials) {
    return std::all_of(trials.begin(), trials.end(),
                       [](const Trial& trial) { return trial.scores.of_errors.has_value(); });
}

const Trial& best_of(const std::vector<Trial>& trials) {
    const bool by_crps = is_judged_by_crps(trials);
    const auto penalty = [&](const Trial& trial) {
        return by_crps ? trial.scores.of_errors->crps : trial.scores.rmse;
    };
    return *std::min_element(trials.begin(), trials.end(), [&](const Trial& left, const Trial& right) {
        return penalty(left) < penalty(right);
    });
}

}  // namespace isopleth::interpolate
