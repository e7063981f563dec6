// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "interpolate/interpolator.hpp"

namespace isopleth::interpolate {

/// One line of help.
extern const char* const kAutomaticOptions;

/// The methods that `auto` compares for these samples, all with a standard error: kriging with each shape of
/// variogram, by restricted likelihood for up to 200 samples, with a drift, with transforms where the values
/// allow it; a trend; cokriging where there is a
/// second variable; what takes them where there are covariates or measurement errors.
std::vector<std::string> candidates_for(const model::Samples& samples);

/// The candidate with the least CRPS over folds (option `folds`, blocks by default), made of all the samples.
/// The description has what was compared and how each did, with idw as a yardstick; a candidate that cannot
/// be made of these samples is there with the reason. More than kMostCompared samples are compared by so many
/// of them, chosen by chance with a fixed seed. idw for fewer than 10 samples, and when no candidate can be
/// made.
std::unique_ptr<Interpolator> make_automatic(const std::string& method_text, const model::Samples& samples,
                                             const base::Job& job);

/// A Usage error for options that do not fit.
void check_automatic(const std::string& method_text);

inline constexpr std::size_t kMostCompared = 1'000;

}  // namespace isopleth::interpolate
