// SPDX-License-Identifier: MIT
#include "base/eight_factors.hpp"

#include <cmath>
#include <limits>

namespace isopleth::base {

namespace {

constexpr std::size_t kAbreast = EightFactors::kAbreast;

// As in cholesky.cpp: elementwise, so the bits are those of plain loops; aligned to any double.
using Eight = double __attribute__((vector_size(64)));
using EightAnywhere = double __attribute__((vector_size(64), aligned(8), may_alias));

/// One row's share of a pivot row taken off the rows below, two of them at a time.
[[gnu::always_inline]] inline void eliminate(EightAnywhere* rows, std::size_t size, std::size_t stride,
                                             std::size_t pivot) {
    const EightAnywhere* const known = rows + pivot * stride;
    std::size_t i = pivot + 1;
    for (; i + 1 < size; i += 2) {
        EightAnywhere* const upper = rows + i * stride;
        EightAnywhere* const lower = upper + stride;
        const Eight upper_factor = known[i];
        const Eight lower_factor = known[i + 1];
        upper[i] -= upper_factor * known[i];
        for (std::size_t k = i + 1; k < stride; ++k) {
            const Eight one = known[k];
            upper[k] -= upper_factor * one;
            lower[k] -= lower_factor * one;
        }
    }
    if (i >= size) return;
    EightAnywhere* const last = rows + i * stride;
    const Eight factor = known[i];
    for (std::size_t k = i; k < stride; ++k) last[k] -= factor * known[k];
}

struct Work {
    double* values;
    std::size_t size;
    std::size_t stride;
};

[[gnu::always_inline]] inline void factor_any(const Work& work, std::array<bool, kAbreast>& regular) {
    auto* const rows = reinterpret_cast<EightAnywhere*>(work.values);
    const double least = static_cast<double>(work.size) * std::numeric_limits<double>::epsilon();
    // The diagonal as it was is needed for the test of the pivots only: the lower triangle's first column has
    // room for it.
    for (std::size_t j = 1; j < work.size; ++j) rows[j * work.stride] = rows[j * work.stride + j];
    for (std::size_t j = 0; j < work.size; ++j) {
        const double* const pivots = work.values + (j * work.stride + j) * kAbreast;
        const double* const diagonal = work.values + j * work.stride * kAbreast;
        Eight reciprocals;
        for (std::size_t e = 0; e < kAbreast; ++e) {
            regular[e] = regular[e] && pivots[e] > least * diagonal[e] && std::isfinite(pivots[e]);
            reciprocals[e] = 1 / std::sqrt(pivots[e]);
        }
        for (std::size_t k = j; k < work.stride; ++k) rows[j * work.stride + k] *= reciprocals;
        eliminate(rows, work.size, work.stride, j);
    }
}

using Factor = void (*)(const Work&, std::array<bool, kAbreast>&);

void factor_plain(const Work& work, std::array<bool, kAbreast>& regular) {
    factor_any(work, regular);
}

#if defined(__x86_64__)
// No fused multiply-add in any of them: the same bits as factor_plain.
[[gnu::target("avx2")]] void factor_avx2(const Work& work, std::array<bool, kAbreast>& regular) {
    factor_any(work, regular);
}
[[gnu::target("avx512f")]] void factor_avx512(const Work& work, std::array<bool, kAbreast>& regular) {
    factor_any(work, regular);
}

Factor best_factor() {
    if (__builtin_cpu_supports("avx512f")) return factor_avx512;
    if (__builtin_cpu_supports("avx2")) return factor_avx2;
    return factor_plain;
}
#else
Factor best_factor() {
    return factor_plain;
}
#endif

}  // namespace

std::array<bool, EightFactors::kAbreast> EightFactors::factor() {
    std::array<bool, kAbreast> regular;
    regular.fill(true);
    best_factor()({m_values.data(), m_size, m_stride}, regular);
    return regular;
}

}  // namespace isopleth::base
