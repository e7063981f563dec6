// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "interpolate/crossval.hpp"

namespace isopleth::interpolate {

/// One method among others on the same folds.
struct Trial {
    std::string method;
    CrossValidation validation;
    Scores scores{};  ///< over the samples that all methods on trial estimate
};

/// Cross-validates the methods one after another, each with its part of the progress. What cross_validate
/// throws; a Usage error for methods that estimate different things (the value, the probability of exceeding
/// a limit).
std::vector<Trial> try_methods(const std::vector<std::string>& methods, const model::Samples& samples,
                               const Folds& folds, const base::Job& job);

/// Fills the scores. A Data error when no sample has an estimate by all of them.
void judge(std::vector<Trial>& trials);

/// Every one has standard errors, so that CRPS can tell which is best; else RMSE has to.
bool is_judged_by_crps(const std::vector<Trial>& trials);

/// The one with the least CRPS or RMSE, the earlier of equal ones; `trials` must not be empty.
const Trial& best_of(const std::vector<Trial>& trials);

}  // namespace isopleth::interpolate
