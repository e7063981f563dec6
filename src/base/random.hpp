// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace isopleth::base {

/// 64 random bits that depend on (seed, item, draw) alone, so that no order of work and no number of threads
/// changes them. SplitMix64's finaliser (Steele, Lea, Flood 2014) over the mixed key.
std::uint64_t random_bits(std::uint64_t seed, std::uint64_t item, std::uint64_t draw);

/// Uniform in [0, 1), 53 bits.
double random_uniform(std::uint64_t seed, std::uint64_t item, std::uint64_t draw);

/// Uniform integer in [0, bound), without modulo bias worth naming (bound < 2^32). `bound` > 0.
std::uint64_t random_below(std::uint64_t bound, std::uint64_t seed, std::uint64_t item, std::uint64_t draw);

}  // namespace isopleth::base
