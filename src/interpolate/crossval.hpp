// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "base/job.hpp"
#include "base/json.hpp"
#include "interpolate/folds.hpp"
#include "interpolate/interpolator.hpp"
#include "interpolate/scores.hpp"
#include "model/samples.hpp"

namespace isopleth::interpolate {

struct CrossValidation {
    HeldOut held_out;   ///< in the samples' order
    Estimand estimand;  ///< of the method
    base::Json method;  ///< Interpolator::description of the method made of all samples
};

/// Each sample estimated from the samples outside its fold (and outside the folds' buffer), by the method
/// made of those alone: what it fits is fitted in each fold again. `observed` is the sample's value, or 1 or
/// 0 where the method estimates the probability of exceeding a limit; such a method has no standard errors
/// here. A measurement's own error variance is part of the standard errors. A method that knows a shorter way
/// to leave one out (Interpolator::leave_one_out) takes it.
///
/// The method's Data errors, for all samples or with method and fold in front; one for a fold that leaves no
/// sample. A Usage error for a method that estimates means of blocks, which no sample tells. Folds run in
/// parallel: the same bits for any number of threads and, but for their order, for any order of the samples.
CrossValidation cross_validate(const std::string& method, const model::Samples& samples, const Folds& folds,
                               const base::Job& job);

}  // namespace isopleth::interpolate
