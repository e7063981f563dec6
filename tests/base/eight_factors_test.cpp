// SPDX-License-Identifier: MIT
#include "base/eight_factors.hpp"

#include <cmath>
#include <limits>

#include "base/cholesky.hpp"

namespace isopleth::base {
namespace {

/// exp(-|i - j| / (which + 2)), with 0.1 more on the diagonal, and two right sides.
double element(std::size_t row, std::size_t column, std::size_t size, std::size_t which) {
    if (column >= size) return std::sin(static_cast<double>(3 * row + 7 * column + which));
    const double lag = std::abs(static_cast<double>(row) - static_cast<double>(column));
    return std::exp(-lag / static_cast<double>(which + 2)) + (row == column ? 0.1 : 0);
}

void fill(EightFactors& factors) {
    for (std::size_t i = 0; i < factors.size(); ++i) {
        for (std::size_t j = i; j < factors.size() + 2; ++j) {
            for (std::size_t e = 0; e < 8; ++e) factors(i, j, e) = element(i, j, factors.size(), e);
        }
    }
}

TEST(EightFactors, AreThoseOfOneByOne) {
    for (const std::size_t size : {1u, 2u, 5u, 31u}) {
        EightFactors factors(size, 2);
        fill(factors);
        const auto regular = factors.factor();
        for (std::size_t e = 0; e < 8; ++e) {
            EXPECT_TRUE(regular[e]);
            std::vector<double> rows(size * (size + 2));
            std::vector<double> reciprocals(size);
            for (std::size_t i = 0; i < size; ++i) {
                for (std::size_t j = i; j < size + 2; ++j) rows[i * (size + 2) + j] = element(i, j, size, e);
            }
            ASSERT_TRUE(factor_small(rows, size + 2, reciprocals));
            for (std::size_t i = 0; i < size; ++i) {
                for (std::size_t j = i; j < size + 2; ++j)
                    EXPECT_DOUBLE_EQ(factors(i, j, e), rows[i * (size + 2) + j]);
            }
        }
    }
}

TEST(EightFactors, SayWhichAreSingularWithoutHarmToTheOthers) {
    EightFactors sound(6, 2);
    EightFactors mixed(6, 2);
    fill(sound);
    fill(mixed);
    // Rows 1 and 2 of one alike; another is not a number, a third negative.
    for (std::size_t j = 0; j < 6; ++j)
        mixed(std::min<std::size_t>(j, 2), std::max<std::size_t>(j, 2), 3) = element(1, j, 6, 3);
    mixed(1, 2, 3) = mixed(1, 1, 3);
    mixed(2, 2, 3) = mixed(1, 1, 3);
    mixed(0, 4, 5) = std::numeric_limits<double>::quiet_NaN();
    mixed(5, 5, 0) = -1;
    sound.factor();
    const auto regular = mixed.factor();
    EXPECT_EQ(regular, (std::array<bool, 8>{false, true, true, false, true, false, true, true}));
    for (const std::size_t e : {1u, 2u, 4u, 6u, 7u}) EXPECT_EQ(mixed(5, 7, e), sound(5, 7, e));
}

}  // namespace
}  // namespace isopleth::base
