// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace isopleth::base {

/// A dense matrix, column by column.
class Matrix {
public:
    Matrix(std::size_t rows, std::size_t columns) : m_rows(rows), m_columns(columns), m_values(rows * columns) {}
    std::size_t rows() const { return m_rows; }
    std::size_t columns() const { return m_columns; }
    double& operator()(std::size_t row, std::size_t column) { return m_values[column * m_rows + row]; }
    double operator()(std::size_t row, std::size_t column) const { return m_values[column * m_rows + row]; }
    std::span<const double> values() const { return m_values; }
    std::span<double> values() { return m_values; }

private:
    std::size_t m_rows;
    std::size_t m_columns;
    std::vector<double> m_values;
};

/// Factorisation of a symmetric, possibly indefinite system such as the kriging matrix with its Lagrange row:
/// LU with partial pivoting. Factor once, solve often, from several threads at a time.
class LinearSolver {
public:
    /// A square matrix; nullopt when it is singular to working precision (reciprocal condition below 1e-15).
    static std::optional<LinearSolver> factor(const Matrix& matrix);
    /// Solution of A x = b into `x`; `b` and `x` may be the same memory.
    void solve(std::span<const double> right_side, std::span<double> solution) const;
    /// Estimated reciprocal condition number in the 1-norm.
    double reciprocal_condition() const;

    LinearSolver(LinearSolver&&) noexcept;
    LinearSolver& operator=(LinearSolver&&) noexcept;
    ~LinearSolver();

private:
    struct State;
    explicit LinearSolver(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Weighted least squares: minimises the sum of w_i (y_i - (A x)_i)^2 by Householder QR with column pivoting.
/// nullopt when the columns are dependent.
std::optional<std::vector<double>> least_squares(const Matrix& design, std::span<const double> observed,
                                                 std::span<const double> weights);

}  // namespace isopleth::base
