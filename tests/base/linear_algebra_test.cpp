// SPDX-License-Identifier: MIT
#include "base/linear_algebra.hpp"

#include "base/error.hpp"

#include <limits>

namespace isopleth::base {
namespace {

Matrix matrix(std::size_t rows, std::size_t columns, const std::vector<double>& row_by_row) {
    Matrix result(rows, columns);
    for (std::size_t i = 0; i < row_by_row.size(); ++i) result(i / columns, i % columns) = row_by_row[i];
    return result;
}

TEST(LinearSolver, SolvesAnIndefiniteSystemWithAZeroPivot) {
    // A kriging matrix of two samples: 0 on the diagonal and a Lagrange row; x checked by hand.
    const auto solver = LinearSolver::factor(matrix(3, 3, {0, 2, 1, 2, 0, 1, 1, 1, 0}));
    ASSERT_TRUE(solver);
    std::vector<double> values{1, 1, 1};
    solver->solve(values, values);  // in place
    EXPECT_NEAR(values[0], 0.5, 1e-15);
    EXPECT_NEAR(values[1], 0.5, 1e-15);
    EXPECT_NEAR(values[2], 0.0, 1e-15);
}

TEST(LinearSolver, KnowsItsCondition) {
    // The 1-norm condition of diag(1, 1e-3) is 1000.
    const auto solver = LinearSolver::factor(matrix(2, 2, {1, 0, 0, 1e-3}));
    ASSERT_TRUE(solver);
    EXPECT_NEAR(solver->reciprocal_condition(), 1e-3, 1e-12);
}

TEST(LinearSolver, RefusesSingularMatrices) {
    EXPECT_FALSE(LinearSolver::factor(matrix(2, 2, {1, 2, 2, 4})));
    EXPECT_FALSE(LinearSolver::factor(matrix(3, 3, {1, 2, 3, 4, 5, 6, 7, 8, 9})));
    EXPECT_FALSE(LinearSolver::factor(matrix(1, 1, {0})));
    EXPECT_FALSE(LinearSolver::factor(matrix(1, 1, {std::numeric_limits<double>::quiet_NaN()})));
    EXPECT_THROW(LinearSolver::factor(Matrix(2, 3)), Error);
}

TEST(LinearSolver, RefusesARightSideOfAnotherSize) {
    const auto solver = LinearSolver::factor(matrix(2, 2, {1, 0, 0, 1}));
    std::vector<double> values{1, 2, 3};
    EXPECT_THROW(solver->solve(values, values), Error);
}

TEST(LeastSquares, FitsALine) {
    // y = 2 + 3 x at x = 0, 1, 2 with one outlier of weight 0.
    const Matrix design = matrix(4, 2, {1, 0, 1, 1, 1, 2, 1, 3});
    const auto line =
        least_squares(design, std::vector<double>{2, 5, 8, 100}, std::vector<double>{1, 1, 1, 0});
    ASSERT_TRUE(line);
    EXPECT_NEAR(line->at(0), 2, 1e-12);
    EXPECT_NEAR(line->at(1), 3, 1e-12);
}

TEST(LeastSquares, WeighsWhatItFits) {
    // The best constant is the weighted mean: (1 * 0 + 3 * 4) / 4.
    const auto constant =
        least_squares(matrix(2, 1, {1, 1}), std::vector<double>{0, 4}, std::vector<double>{1, 3});
    ASSERT_TRUE(constant);
    EXPECT_NEAR(constant->at(0), 3, 1e-14);
}

TEST(LeastSquares, RefusesDependentColumns) {
    const std::vector<double> ones{1, 1, 1};
    EXPECT_FALSE(least_squares(matrix(3, 2, {1, 2, 2, 4, 3, 6}), ones, ones));
    EXPECT_FALSE(least_squares(matrix(1, 2, {1, 2}), std::vector<double>{1}, std::vector<double>{1}));
    EXPECT_THROW(least_squares(matrix(3, 1, {1, 1, 1}), ones, {}), Error);
}

}  // namespace
}  // namespace isopleth::base
