// SPDX-License-Identifier: MIT
#include "base/cholesky.hpp"

#include "base/error.hpp"

#include <cmath>
#include <limits>

namespace isopleth::base {
namespace {

Matrix matrix(std::size_t size, const std::vector<double>& row_by_row) {
    Matrix result(size, size);
    for (std::size_t i = 0; i < row_by_row.size(); ++i) result(i / size, i % size) = row_by_row[i];
    return result;
}

/// exp(-|i - j| / 5) with a rising diagonal: positive definite.
Matrix covariances(std::size_t size) {
    Matrix result(size, size);
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = 0; j < size; ++j) {
            const double lag = std::abs(static_cast<double>(i) - static_cast<double>(j));
            result(i, j) = std::exp(-lag / 5) + (i == j ? 0.1 + 0.01 * static_cast<double>(i) : 0);
        }
    }
    return result;
}

double right_side(std::size_t row, std::size_t column) {
    return std::sin(static_cast<double>(3 * row + 7 * column + 1));
}

TEST(Cholesky, SolvesForwardByHand) {
    // L = (2 0 0; 6 1 0; -8 5 3), the textbook case; L v = b worked by hand for b = (2, 7, 0): v = (1, 1, 1).
    const auto factor = Cholesky::factor(matrix(3, {4, 12, -16, 12, 37, -43, -16, -43, 98}));
    ASSERT_TRUE(factor);
    ColumnsByEight columns(3, 2);
    columns(0, 0) = 2;
    columns(1, 0) = 7;
    columns(0, 1) = 4;
    factor->forward(columns);
    EXPECT_DOUBLE_EQ(columns(0, 0), 1);
    EXPECT_DOUBLE_EQ(columns(1, 0), 1);
    EXPECT_DOUBLE_EQ(columns(2, 0), 1);
    EXPECT_DOUBLE_EQ(columns(0, 1), 2);
    EXPECT_DOUBLE_EQ(columns(1, 1), -12);
    EXPECT_DOUBLE_EQ(columns(2, 1), 76.0 / 3);
}

TEST(Cholesky, KnowsTheDeterminant) {
    // L = (2 0 0; 6 1 0; -8 5 3): |A| = (2 * 1 * 3)^2. The matrix exp(-|i - j| / 5) has the determinant
    // (1 - exp(-2 / 5))^(n - 1): each row given the one before.
    const auto factor = Cholesky::factor(matrix(3, {4, 12, -16, 12, 37, -43, -16, -43, 98}));
    EXPECT_NEAR(factor->log_determinant(), std::log(36.0), 1e-12);
    for (const std::size_t size : {1u, 4u, 7u, 30u}) {
        Matrix chain = covariances(size);
        for (std::size_t i = 0; i < size; ++i) chain(i, i) = 1;
        EXPECT_NEAR(Cholesky::factor(chain)->log_determinant(),
                    static_cast<double>(size - 1) * std::log(1 - std::exp(-0.4)), 1e-12);
    }
}

TEST(Cholesky, GivesTheQuadraticFormOfAnotherSolver) {
    // b' A^-1 b = |L^-1 b|^2, A^-1 b from the pivoted LU; sizes on both sides of the panels of 4 and 8.
    for (const std::size_t size : {1u, 3u, 4u, 5u, 8u, 11u, 16u, 37u, 100u}) {
        const Matrix values = covariances(size);
        const auto factor = Cholesky::factor(values);
        const auto solver = LinearSolver::factor(values);
        ASSERT_TRUE(factor && solver);
        ColumnsByEight columns(size, 45);
        for (std::size_t column = 0; column < 45; ++column) {
            for (std::size_t row = 0; row < size; ++row) columns(row, column) = right_side(row, column);
        }
        factor->forward(columns);
        for (std::size_t column = 0; column < 45; ++column) {
            std::vector<double> solution(size);
            for (std::size_t row = 0; row < size; ++row) solution[row] = right_side(row, column);
            solver->solve(solution, solution);
            double expected = 0;
            double found = 0;
            for (std::size_t row = 0; row < size; ++row) {
                expected += solution[row] * right_side(row, column);
                found += columns(row, column) * columns(row, column);
            }
            EXPECT_NEAR(found, expected, 1e-12 * std::abs(expected)) << size << ", column " << column;
        }
    }
}

TEST(Cholesky, GivesAColumnTheSameBitsWhereverItStands) {
    const auto factor = Cholesky::factor(covariances(50));
    ASSERT_TRUE(factor);
    ColumnsByEight many(50, 40);
    for (std::size_t column = 0; column < 40; ++column) {
        for (std::size_t row = 0; row < 50; ++row) many(row, column) = right_side(row, 4);
    }
    ColumnsByEight one(50, 1);
    for (std::size_t row = 0; row < 50; ++row) one(row, 0) = right_side(row, 4);
    factor->forward(many);
    factor->forward(one);
    for (std::size_t column = 0; column < 40; ++column) {
        for (std::size_t row = 0; row < 50; ++row) ASSERT_EQ(many(row, column), one(row, 0));
    }
}

TEST(Cholesky, SolvesForwardAndBackwardLikeAnotherSolver) {
    for (const std::size_t size : {1u, 3u, 4u, 5u, 8u, 11u, 37u, 100u}) {
        const Matrix values = covariances(size);
        const auto factor = Cholesky::factor(values);
        ColumnsByEight columns(size, 1);
        std::vector<double> expected(size);
        for (std::size_t row = 0; row < size; ++row) expected[row] = columns(row, 0) = right_side(row, 0);
        LinearSolver::factor(values)->solve(expected, expected);
        factor->forward(columns);
        std::vector<double> found(size);
        for (std::size_t row = 0; row < size; ++row) found[row] = columns(row, 0);
        factor->backward(found);
        for (std::size_t row = 0; row < size; ++row) EXPECT_NEAR(found[row], expected[row], 1e-12) << size;
    }
}

TEST(Cholesky, RefusesWhatIsNotPositiveDefinite) {
    EXPECT_FALSE(Cholesky::factor(matrix(2, {1, 1, 1, 1})));  // singular
    EXPECT_FALSE(Cholesky::factor(matrix(2, {1, 2, 2, 1})));  // indefinite
    EXPECT_FALSE(Cholesky::factor(matrix(1, {0})));
    EXPECT_FALSE(Cholesky::factor(matrix(1, {std::numeric_limits<double>::quiet_NaN()})));
    EXPECT_THROW(Cholesky::factor(Matrix(2, 3)), Error);
    ColumnsByEight columns(3, 1);
    EXPECT_THROW(Cholesky::factor(matrix(1, {1}))->forward(columns), Error);
    std::vector<double> three(3);
    EXPECT_THROW(Cholesky::factor(matrix(1, {1}))->backward(three), Error);
}

TEST(SmallCholesky, AgreesWithTheLargeOne) {
    constexpr std::size_t kSize = 16;
    const Matrix values = covariances(kSize);
    std::vector<double> rows(kSize * (kSize + 1));
    std::vector<double> alone(kSize);
    ColumnsByEight columns(kSize, 1);
    for (std::size_t i = 0; i < kSize; ++i) {
        for (std::size_t j = 0; j < kSize; ++j) rows[i * (kSize + 1) + j] = values(i, j);
        alone[i] = right_side(i, 0);
        rows[i * (kSize + 1) + kSize] = alone[i];
        columns(i, 0) = alone[i];
    }
    std::vector<double> reciprocals(kSize);
    ASSERT_TRUE(factor_small(rows, kSize + 1, reciprocals));
    forward_small(rows, kSize + 1, reciprocals, alone);
    Cholesky::factor(values)->forward(columns);
    for (std::size_t i = 0; i < kSize; ++i) {
        EXPECT_NEAR(alone[i], columns(i, 0), 1e-13);
        EXPECT_NEAR(rows[i * (kSize + 1) + kSize], columns(i, 0), 1e-13);
    }
    backward_small(rows, kSize + 1, reciprocals, alone);
    std::vector<double> expected(kSize);
    for (std::size_t i = 0; i < kSize; ++i) expected[i] = right_side(i, 0);
    LinearSolver::factor(values)->solve(expected, expected);
    for (std::size_t i = 0; i < kSize; ++i) EXPECT_NEAR(alone[i], expected[i], 1e-12);
}

TEST(SmallCholesky, RefusesWhatIsNotPositiveDefinite) {
    std::vector<double> reciprocals(2);
    std::vector<double> singular{1, 1, 1, 1};
    EXPECT_FALSE(factor_small(singular, 2, reciprocals));
    std::vector<double> indefinite{1, 2, 2, 1};
    EXPECT_FALSE(factor_small(indefinite, 2, reciprocals));
    EXPECT_THROW(factor_small(indefinite, 1, reciprocals), Error);
}

}  // namespace
}  // namespace isopleth::base
