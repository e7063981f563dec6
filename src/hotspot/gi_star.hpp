// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hotspot/weights.hpp"
#include "model/column.hpp"

namespace isopleth::hotspot {

/// Getis-Ord Gi* of one item: z-score, two-sided p (or pseudo p), and class by the p-value.
struct GiStar {
    std::optional<double> z;  ///< missing where it cannot be told (missing value, no variation)
    std::optional<double> p;
    /// "hot 99 %", "hot 95 %", "hot 90 %", "not significant", "cold 90 %", "cold 95 %", "cold 99 %", "not
    /// tested"
    std::string gi_class;
};

struct GiStarOptions {
    int permutations = 0;  ///< 0: p by the normal distribution; else conditional permutations (pseudo p)
    std::uint64_t seed = 1;
    bool false_discovery_rate = false;  ///< classes by adjusted p (Benjamini and Hochberg); `p` itself stays
};

/// Ord and Getis (1995), eq. 14: binary weights with the item itself, z with the population's mean and
/// deviation. Missing values are left out of mean, deviation and neighbourhoods; an item whose neighbourhood
/// is everything is not tested. Pseudo p: the item stays, its neighbours' values are drawn from all others'
/// without replacement; the share of the smaller tail, (min(as large, as small) + 1) / (permutations + 1):
/// GeoDa's and spdep's folded p, but equal sums count in both tails; without neighbours there is none. A Data
/// error when fewer than 3 values are present or all are equal. The same bits for any number of threads.
std::vector<GiStar> gi_star(const model::Column& values, const Weights& weights, const GiStarOptions& options,
                            const base::Job& job);

}  // namespace isopleth::hotspot
