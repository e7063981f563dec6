// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "base/simplex.hpp"

namespace isopleth::base {

struct ParabolaRule {
    double step = 0.01;      ///< between the places that a parabola is laid through
    double gain = 1e-3;      ///< ends after a step that promised less: the next would promise far less
    std::size_t rounds = 4;  ///< ends at the latest after so many parabolas
};

/// Goes down to a minimum that is near: to the bottom of the parabola through the places around, again and
/// again (Newton's method with differences for derivatives). Of n coordinates a round calls the function n (n
/// + 1) + 1 times and at most a few times more, which is less than a simplex takes. Where the
/// parabola has no bottom or does not lead down it ends; what is found is never above the start. The function
/// may be infinite, but not NaN.
Minimum minimum_by_parabola(const std::function<double(std::span<const double>)>& function,
                            const std::vector<double>& start, const ParabolaRule& rule);

}  // namespace isopleth::base
