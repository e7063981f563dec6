// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "base/statistics.hpp"

namespace isopleth::interpolate {

/// The normal quantiles of the samples' ranks (Deutsch and Journel 1998, V.2.6): the i-th smallest of n has
/// that of (i - 0.5) / n, equal ones share the mean of theirs. Linear between the samples' values; beyond the
/// smallest and the largest the way back stays at them, so nothing comes back that no sample has reached.
class NormalScores {
public:
    /// Two different values at least; their order changes no bit.
    explicit NormalScores(std::vector<double> values);

    double forward(double value) const;
    double back(double score) const;
    /// Mean and standard deviation of what a normal variable comes back as, exact but for rounding: the map
    /// is linear piece by piece.
    base::Moments back(const base::Moments& normal) const;

private:
    double slope(std::size_t piece) const;

    std::vector<double> m_values;  ///< rising, each once
    std::vector<double> m_scores;
};

}  // namespace isopleth::interpolate
