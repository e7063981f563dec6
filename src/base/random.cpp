// SPDX-License-Identifier: MIT
#include "base/random.hpp"

namespace isopleth::base {

namespace {

constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15;  // 2^64 / golden ratio, SplitMix64's increment

std::uint64_t finalise(std::uint64_t value) {
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
    return value ^ (value >> 31);
}

}  // namespace

std::uint64_t random_bits(std::uint64_t seed, std::uint64_t item, std::uint64_t draw) {
    // For fixed (seed, item) the draws are SplitMix64's own stream from a state that both have mixed.
    const std::uint64_t state = finalise(finalise(seed + kGolden) + item + kGolden);
    return finalise(state + (draw + 1) * kGolden);
}

double random_uniform(std::uint64_t seed, std::uint64_t item, std::uint64_t draw) {
    return static_cast<double>(random_bits(seed, item, draw) >> 11) * 0x1.0p-53;
}

std::uint64_t random_below(std::uint64_t bound, std::uint64_t seed, std::uint64_t item, std::uint64_t draw) {
    // The high word of bits * bound (Lemire 2019), in halves: bound < 2^32 keeps both products in 64 bits.
    const std::uint64_t bits = random_bits(seed, item, draw);
    const std::uint64_t low = (bits & 0xFFFFFFFF) * bound;
    return ((bits >> 32) * bound + (low >> 32)) >> 32;
}

}  // namespace isopleth::base
