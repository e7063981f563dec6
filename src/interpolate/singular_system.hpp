// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "interpolate/kriging_system.hpp"
#include "interpolate/neighbours.hpp"

namespace isopleth::interpolate {

/// A Data error: why the covariances of the samples (`ids` in the order they were given) cannot be told from
/// singular ones, and what helps. `where` says which: "of 40 samples".
[[noreturn]] void fail_singular(const Neighbourhood& samples, const KrigingSetup& setup,
                                const std::vector<std::string>& ids, const std::string& where);

}  // namespace isopleth::interpolate
