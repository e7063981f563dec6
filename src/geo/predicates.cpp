// SPDX-License-Identifier: MIT
#include "geo/predicates.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

namespace isopleth::geo {

namespace {

/// Half the distance from 1 to the next double, as in Shewchuk (1997).
constexpr double kEpsilon = std::numeric_limits<double>::epsilon() / 2;

/// A number as the exact sum of doubles that do not overlap, smallest first and without zeros (Shewchuk 1997,
/// section 2). `Most` is how many terms there can be.
template <std::size_t Most>
struct Expansion {
    std::array<double, Most> terms;
    std::size_t count = 0;

    void append(double term) {
        if (term != 0) terms[count++] = term;
    }
    /// The sign of the largest term is the sign of the sum.
    int sign() const {
        if (count == 0) return 0;
        return terms[count - 1] > 0 ? 1 : -1;
    }
    /// To about one rounding.
    double value() const {
        double sum = 0;
        for (std::size_t i = 0; i < count; ++i) sum += terms[i];
        return sum;
    }
};

struct TwoParts {
    double high;
    double low;
};

TwoParts two_sum(double a, double b) {
    const double sum = a + b;
    const double b_part = sum - a;
    return {sum, (a - (sum - b_part)) + (b - b_part)};
}

TwoParts two_product(double a, double b) {
    const double product = a * b;
    return {product, std::fma(a, b, -product)};
}

Expansion<2> expansion_of(TwoParts parts) {
    Expansion<2> result;
    result.append(parts.low);
    result.append(parts.high);
    return result;
}

Expansion<2> difference(double a, double b) {
    return expansion_of(two_sum(a, -b));
}

/// FAST-EXPANSION-SUM: the terms of both by their size, added up with nothing lost.
template <std::size_t A, std::size_t B>
Expansion<A + B> operator+(const Expansion<A>& a, const Expansion<B>& b) {
    Expansion<A + B> result;
    double carry = 0;
    for (std::size_t i = 0, j = 0; i < a.count || j < b.count;) {
        const bool takes_a = j == b.count || (i < a.count && std::abs(a.terms[i]) < std::abs(b.terms[j]));
        const TwoParts parts = two_sum(carry, takes_a ? a.terms[i++] : b.terms[j++]);
        result.append(parts.low);
        carry = parts.high;
    }
    result.append(carry);
    return result;
}

template <std::size_t A>
Expansion<A> operator-(Expansion<A> a) {
    for (std::size_t i = 0; i < a.count; ++i) a.terms[i] = -a.terms[i];
    return a;
}

/// SCALE-EXPANSION.
template <std::size_t A>
Expansion<2 * A> operator*(const Expansion<A>& a, double factor) {
    Expansion<2 * A> result;
    double carry = 0;
    for (std::size_t i = 0; i < a.count; ++i) {
        const TwoParts product = two_product(a.terms[i], factor);
        const TwoParts lower = two_sum(carry, product.low);
        const TwoParts upper = two_sum(product.high, lower.high);
        result.append(lower.low);
        result.append(upper.low);
        carry = upper.high;
    }
    result.append(carry);
    return result;
}

template <std::size_t A, std::size_t B>
Expansion<2 * A * B> operator*(const Expansion<A>& a, const Expansion<B>& b) {
    Expansion<2 * A * B> result;
    for (std::size_t j = 0; j < b.count; ++j) {
        const auto sum = result + a * b.terms[j];  // has room for more than there are
        result.count = 0;
        for (std::size_t i = 0; i < sum.count; ++i) result.append(sum.terms[i]);
    }
    return result;
}

/// A corner as seen from another.
struct Offset {
    Expansion<2> x;
    Expansion<2> y;
};

Offset offset(Point from, Point to) {
    return {difference(to.x, from.x), difference(to.y, from.y)};
}

Expansion<16> cross(const Offset& a, const Offset& b) {
    return a.x * b.y + -(a.y * b.x);
}

Expansion<16> squared_length(const Offset& a) {
    return a.x * a.x + a.y * a.y;
}

Expansion<16> exact_doubled_area(Point a, Point b, Point c) {
    return cross(offset(c, a), offset(c, b));
}

int exact_in_circle(Point a, Point b, Point c, Point d) {
    const Offset da = offset(d, a);
    const Offset db = offset(d, b);
    const Offset dc = offset(d, c);
    const auto part_of_a = cross(db, dc) * squared_length(da);
    const auto part_of_b = cross(dc, da) * squared_length(db);
    const auto part_of_c = cross(da, db) * squared_length(dc);
    return (part_of_a + part_of_b + part_of_c).sign();
}

/// Twice the area in plain arithmetic, and how much of it may be rounding (Shewchuk 1997, section 4.3).
struct Estimate {
    double value;
    double bound;
};

Estimate estimate_doubled_area(Point a, Point b, Point c) {
    const double left = (a.x - c.x) * (b.y - c.y);
    const double right = (a.y - c.y) * (b.x - c.x);
    return {left - right, (3 + 16 * kEpsilon) * kEpsilon * (std::abs(left) + std::abs(right))};
}

}  // namespace

int orientation(Point a, Point b, Point c) {
    const Estimate estimate = estimate_doubled_area(a, b, c);
    if (estimate.value > estimate.bound) return 1;
    if (-estimate.value > estimate.bound) return -1;
    return exact_doubled_area(a, b, c).sign();
}

double doubled_area(Point a, Point b, Point c) {
    const Estimate estimate = estimate_doubled_area(a, b, c);
    constexpr double kGoodEnough = 1e12;
    if (std::abs(estimate.value) > kGoodEnough * estimate.bound) return estimate.value;
    return exact_doubled_area(a, b, c).value();
}

int in_circle(Point a, Point b, Point c, Point d) {
    const double ax = a.x - d.x, ay = a.y - d.y;
    const double bx = b.x - d.x, by = b.y - d.y;
    const double cx = c.x - d.x, cy = c.y - d.y;
    const double bx_cy = bx * cy, cx_by = cx * by;
    const double cx_ay = cx * ay, ax_cy = ax * cy;
    const double ax_by = ax * by, bx_ay = bx * ay;
    const double a_squared = ax * ax + ay * ay;
    const double b_squared = bx * bx + by * by;
    const double c_squared = cx * cx + cy * cy;
    const double determinant =
        a_squared * (bx_cy - cx_by) + b_squared * (cx_ay - ax_cy) + c_squared * (ax_by - bx_ay);
    const double size = (std::abs(bx_cy) + std::abs(cx_by)) * a_squared +
                        (std::abs(cx_ay) + std::abs(ax_cy)) * b_squared +
                        (std::abs(ax_by) + std::abs(bx_ay)) * c_squared;
    // Shewchuk (1997), section 4.4: beyond this bound the sign is certain.
    const double bound = (10 + 96 * kEpsilon) * kEpsilon * size;
    if (determinant > bound) return 1;
    if (-determinant > bound) return -1;
    return exact_in_circle(a, b, c, d);
}

}  // namespace isopleth::geo
