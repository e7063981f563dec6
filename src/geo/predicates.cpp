// SPDX-License-Identifier: MIT
#include "geo/predicates.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

namespace isopleth::geo {

namespace {
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

/// A number as the exact sum of doubles that do not overlap, smallest first (Shewchuk 1997, section 2).
class Expansion {
public:
    /// GROW-EXPANSION: adds one double without any rounding.
    void add(double value) {
        double carry = value;
        for (std::size_t i = 0; i < m_count; ++i) {
            const TwoParts parts = two_sum(carry, m_terms[i]);
            m_terms[i] = parts.low;
            carry = parts.high;
        }
        m_terms[m_count++] = carry;
    }
    /// The sign of the largest term that is not 0 is the sign of the sum.
    int sign() const {
        for (std::size_t i = m_count; i > 0; --i) {
            if (m_terms[i - 1] != 0) return m_terms[i - 1] > 0 ? 1 : -1;
        }
        return 0;
    }

private:
    std::array<double, 16> m_terms{};
    std::size_t m_count = 0;
};

/// The determinant ax by - ax cy - cx by - ay bx + ay cx + cy bx, each product exact: cx cy cancels.
int exact_orientation(Point a, Point b, Point c) {
    Expansion sum;
    const auto add_product = [&sum](double left, double right) {
        const TwoParts parts = two_product(left, right);
        sum.add(parts.low);
        sum.add(parts.high);
    };
    add_product(a.x, b.y);
    add_product(-a.x, c.y);
    add_product(-c.x, b.y);
    add_product(-a.y, b.x);
    add_product(a.y, c.x);
    add_product(c.y, b.x);
    return sum.sign();
}
}  // namespace

int orientation(Point a, Point b, Point c) {
    const double left = (a.x - c.x) * (b.y - c.y);
    const double right = (a.y - c.y) * (b.x - c.x);
    const double determinant = left - right;
    // Shewchuk (1997), section 4.3: beyond this bound the sign is certain.
    constexpr double kEpsilon = std::numeric_limits<double>::epsilon() / 2;
    const double bound = (3 + 16 * kEpsilon) * kEpsilon * (std::abs(left) + std::abs(right));
    if (determinant > bound) return 1;
    if (-determinant > bound) return -1;
    return exact_orientation(a, b, c);
}

}  // namespace isopleth::geo
