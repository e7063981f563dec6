// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace isopleth::base {

struct SimplexRule {
    double step = 0.1;             ///< from the start along each coordinate: the first simplex
    double tolerance = 1e-7;       ///< ends when no coordinate spreads over more than that
    std::size_t most_calls = 400;  ///< ends at the latest after about so many calls
};

struct Minimum {
    std::vector<double> place;
    double value = 0;
    std::size_t calls = 0;
};

/// The least value found by the simplex of Nelder and Mead (1965), from a start of 1 or more coordinates. The
/// function may be infinite, but not NaN. Takes no derivative, always ends, and asks the same places in the
/// same order each time.
Minimum minimum_by_simplex(const std::function<double(std::span<const double>)>& function,
                           const std::vector<double>& start, const SimplexRule& rule);

}  // namespace isopleth::base
