// SPDX-License-Identifier: MIT
#include "interpolate/spline_kernel.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <numbers>

namespace isopleth::interpolate {

namespace {

constexpr std::size_t kAbreast = 8;

// Eight doubles of one instruction or several, as the processor has it; elementwise, so the bits are those of
// plain loops. Logarithm and exponential are our own because the library's take one number at a time (five
// times as long) and may differ from one machine to the next.
using Eight = double __attribute__((vector_size(64)));
using EightBits = std::uint64_t __attribute__((vector_size(64)));
using EightAnywhere = double __attribute__((vector_size(64), aligned(8), may_alias));

constexpr std::uint64_t kBitsOfOne = std::bit_cast<std::uint64_t>(1.0);
constexpr std::uint64_t kBitsOfRootHalf = std::bit_cast<std::uint64_t>(std::numbers::sqrt2 / 2);
constexpr double kTwoTo52 = 4503599627370496.0;
constexpr int kMantissa = 52;

/// Natural logarithm of normal numbers > 0: x = 2^e m with m from sqrt(1/2) to sqrt(2), ln m = 2 artanh s for
/// s = (m - 1) / (m + 1), |s| < 0.172: what follows s^21 is below 1e-18 of it.
[[gnu::always_inline]] inline void logarithm(const Eight& x, Eight& result) {
    constexpr std::array kSeries{1 / 21.0, 1 / 19.0, 1 / 17.0, 1 / 15.0, 1 / 13.0,
                                 1 / 11.0, 1 / 9.0,  1 / 7.0,  1 / 5.0,  1 / 3.0};
    const EightBits bits = reinterpret_cast<EightBits>(x);
    const EightBits exponent = (bits - kBitsOfRootHalf + kBitsOfOne) >> kMantissa;  // e + 1023
    const Eight m = reinterpret_cast<Eight>(bits - (exponent << kMantissa) + kBitsOfOne);
    // An integer as the last bits of 2^52 + integer.
    const Eight e =
        reinterpret_cast<Eight>(exponent | std::bit_cast<std::uint64_t>(kTwoTo52)) - (kTwoTo52 + 1023);
    const Eight s = (m - 1) / (m + 1);
    const Eight z = s * s;
    Eight sum{};
    for (const double factor : kSeries) sum = sum * z + factor;
    result = e * std::numbers::ln2 + (2 * s + 2 * s * (z * sum));
}

/// exp(x) for |x| <= 700: 2^n exp(r) with |r| <= ln 2 / 2.
[[gnu::always_inline]] inline void exponential(const Eight& x, Eight& result) {
    constexpr double kRound = 1.5 * kTwoTo52;  // added and taken off, it rounds to a whole number
    constexpr double kLn2High = 0x1.62e42fefap-1;
    constexpr double kLn2Low = 0x1.cf79abc9e3b3ap-40;
    constexpr std::array kReciprocals{1 / 13.0, 1 / 12.0, 1 / 11.0, 1 / 10.0, 1 / 9.0, 1 / 8.0, 1 / 7.0,
                                      1 / 6.0,  1 / 5.0,  1 / 4.0,  1 / 3.0,  1 / 2.0, 1.0};
    const Eight rounded = x * std::numbers::log2e + kRound;
    const Eight n = rounded - kRound;
    const Eight r = (x - n * kLn2High) - n * kLn2Low;
    Eight sum = Eight{} + 1;
    for (const double reciprocal : kReciprocals) sum = sum * r * reciprocal + 1;
    const EightBits power = reinterpret_cast<EightBits>(rounded) << kMantissa;
    result = reinterpret_cast<Eight>(reinterpret_cast<EightBits>(sum) + power);
}

/// ln(x / 2) + C + K0(x) for t = x^2 / 4 <= 1 and l = ln t: K0's series (Abramowitz and Stegun 9.6.13)
/// without what cancels, the sum of (H_k - l / 2 - C) t^k / (k!)^2 over k >= 1, with H_k = 1 + 1/2 + ... +
/// 1/k.
[[gnu::always_inline]] inline void near_part(const Eight& t, const Eight& l, Eight& result) {
    constexpr std::size_t kTerms = 13;
    constexpr auto kHarmonic = [] {
        std::array<double, kTerms + 1> sums{};
        for (std::size_t k = 1; k <= kTerms; ++k) sums[k] = sums[k - 1] + 1.0 / static_cast<double>(k);
        return sums;
    }();
    const Eight other = l * 0.5 + std::numbers::egamma;
    Eight sum{};
    for (std::size_t k = kTerms; k >= 1; --k) {
        sum = (kHarmonic[k] - other + sum) * t * (1 / static_cast<double>(k * k));
    }
    result = sum;
}

/// The same for t >= 1: sqrt(x) exp(x) K0(x) by Chebyshev polynomials of 4 / x - 1. The coefficients are
/// those of K0(x) = integral of exp(-x cosh u) over u >= 0, taken at 48 nodes in 40 digits.
[[gnu::always_inline]] inline void far_part(const Eight& l, Eight& result) {
    constexpr std::array kChebyshev{
        1.22015154103297773780e+00,  -3.14481013119645019804e-02, 1.56988388573005331963e-03,
        -1.28495495816278017340e-04, 1.39498137188765002054e-05,  -1.83175552271911953169e-06,
        2.76681363944501486093e-07,  -4.66048989768794783302e-08, 8.57403401741422527098e-09,
        -1.69753450938906141888e-09, 3.57739728140032832431e-10,  -7.95748924447739647906e-11,
        1.85594911495492644889e-11,  -4.51459788337451925245e-12, 1.14034058820734413572e-12,
        -2.98009692314817841985e-13, 8.03289077506837463424e-14,  -2.22751332674629646893e-14,
        6.34007647627664605718e-15,  -1.84859337792090710149e-15, 5.51205599940433350344e-16};
    constexpr double kVanished = 11;  // l of x = 489: K0 is nothing beside the logarithm
    const Eight half = (l < kVanished ? l : Eight{} + kVanished) * 0.5;
    Eight half_x;
    exponential(half, half_x);
    const Eight w = 2 / half_x - 1;
    Eight last{};
    Eight before{};
    for (std::size_t k = kChebyshev.size() - 1; k > 0; --k) {
        const Eight next = 2 * w * last - before + kChebyshev[k];
        before = last;
        last = next;
    }
    // exp(-x) / sqrt(x), x = 2 exp(l / 2).
    Eight falling;
    exponential(-2 * half_x - half * 0.5, falling);
    const Eight bessel = (w * last - before + kChebyshev[0]) * (falling * (std::numbers::sqrt2 / 2));
    result = l * 0.5 + std::numbers::egamma + bessel;
}

struct Radial {
    double argument;
    double factor;
};

template <bool kIsTension>
[[gnu::always_inline]] inline void evaluate(const Radial& radial, const Eight& squared, Eight& result) {
    constexpr double kLeast = std::numeric_limits<double>::min();
    const Eight t = squared * radial.argument;
    const Eight above = t > kLeast ? t : Eight{} + kLeast;  // 0 gives 0
    Eight l;
    logarithm(above, l);
    if constexpr (kIsTension) {
        Eight near, far;
        near_part(t < 1.0 ? t : Eight{} + 1.0, l, near);
        far_part(l, far);
        result = radial.factor * (t < 1.0 ? near : far);
    } else {
        result = radial.factor * (t * l);
    }
}

struct Sums {
    Radial radial;
    std::span<const geo::Point> centres;
    const double* coefficients;
    std::array<double, kAbreast> x{};
    std::array<double, kAbreast> y{};
    std::array<double, kAbreast> sums{};
    std::array<double, kAbreast> nearest{};
};

template <bool kIsTension>
[[gnu::always_inline]] inline void add_up_eight(Sums& work) {
    const Eight x = *reinterpret_cast<const EightAnywhere*>(work.x.data());
    const Eight y = *reinterpret_cast<const EightAnywhere*>(work.y.data());
    Eight sum{};
    Eight nearest = Eight{} + std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < work.centres.size(); ++i) {
        const Eight east = work.centres[i].x - x;
        const Eight north = work.centres[i].y - y;
        const Eight squared = east * east + north * north;
        nearest = squared < nearest ? squared : nearest;
        Eight value;
        evaluate<kIsTension>(work.radial, squared, value);
        sum += work.coefficients[i] * value;
    }
    *reinterpret_cast<EightAnywhere*>(work.sums.data()) = sum;
    *reinterpret_cast<EightAnywhere*>(work.nearest.data()) = nearest;
}

template <bool kIsTension>
[[gnu::always_inline]] inline void replace_all(const Radial& radial, std::span<double> squared) {
    std::size_t begin = 0;
    Eight value;
    for (; begin + kAbreast <= squared.size(); begin += kAbreast) {
        evaluate<kIsTension>(radial, *reinterpret_cast<EightAnywhere*>(&squared[begin]), value);
        *reinterpret_cast<EightAnywhere*>(&squared[begin]) = value;
    }
    if (begin == squared.size()) return;
    Eight rest{};
    for (std::size_t k = 0; begin + k < squared.size(); ++k) rest[k] = squared[begin + k];
    evaluate<kIsTension>(radial, rest, value);
    for (std::size_t k = 0; begin + k < squared.size(); ++k) squared[begin + k] = value[k];
}

/// The two loops, compiled for one kind of processor.
struct Loops {
    void (*replace)(const Radial&, std::span<double>);
    void (*add_up)(Sums&);
};

template <bool kIsTension>
struct Plain {
    static void replace(const Radial& radial, std::span<double> squared) {
        replace_all<kIsTension>(radial, squared);
    }
    static void add_up(Sums& work) { add_up_eight<kIsTension>(work); }
};

#if defined(__x86_64__)
// No fused multiply-add in any of them: the same bits as Plain.
template <bool kIsTension>
struct Avx2 {
    [[gnu::target("avx2")]] static void replace(const Radial& radial, std::span<double> squared) {
        replace_all<kIsTension>(radial, squared);
    }
    [[gnu::target("avx2")]] static void add_up(Sums& work) { add_up_eight<kIsTension>(work); }
};
template <bool kIsTension>
struct Avx512 {
    [[gnu::target("avx512f")]] static void replace(const Radial& radial, std::span<double> squared) {
        replace_all<kIsTension>(radial, squared);
    }
    [[gnu::target("avx512f")]] static void add_up(Sums& work) { add_up_eight<kIsTension>(work); }
};
#endif

template <bool kIsTension>
Loops best_loops() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) {
        return {Avx512<kIsTension>::replace, Avx512<kIsTension>::add_up};
    }
    if (__builtin_cpu_supports("avx2")) return {Avx2<kIsTension>::replace, Avx2<kIsTension>::add_up};
#endif
    return {Plain<kIsTension>::replace, Plain<kIsTension>::add_up};
}

Loops best_loops(bool is_tension) {
    return is_tension ? best_loops<true>() : best_loops<false>();
}

}  // namespace

SplineKernel SplineKernel::thin_plate(double unit) {
    return {unit, false, 1 / (unit * unit), 1};
}

SplineKernel SplineKernel::tension(double unit, double tension) {
    const double half = tension / 2;
    const double ratio = tension * unit;
    return {unit, true, half * half, -8 / (ratio * ratio)};
}

void SplineKernel::to_values(std::span<double> squared_distances) const {
    best_loops(m_is_tension).replace({m_argument, m_factor}, squared_distances);
}

void SplineKernel::add_up(std::span<const geo::Point> centres, std::span<const double> coefficients,
                          const Places& places) const {
    const Loops loops = best_loops(m_is_tension);
    Sums work{{m_argument, m_factor}, centres, coefficients.data()};
    for (std::size_t begin = 0; begin < places.points.size(); begin += kAbreast) {
        const std::size_t count = std::min(kAbreast, places.points.size() - begin);
        for (std::size_t k = 0; k < kAbreast; ++k) {
            work.x[k] = places.points[begin + std::min(k, count - 1)].x;
            work.y[k] = places.points[begin + std::min(k, count - 1)].y;
        }
        loops.add_up(work);
        std::copy_n(work.sums.begin(), count, places.sums.begin() + static_cast<std::ptrdiff_t>(begin));
        std::copy_n(work.nearest.begin(), count, places.nearest.begin() + static_cast<std::ptrdiff_t>(begin));
    }
}

}  // namespace isopleth::interpolate
