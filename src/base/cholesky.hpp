// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "base/linear_algebra.hpp"

namespace isopleth::base {

/// Many columns of one length, stored eight abreast so that one instruction works on several of them. Their
/// number is rounded up to a multiple of eight; what is not set is 0.
class ColumnsByEight {
public:
    static constexpr std::size_t kAbreast = 8;

    ColumnsByEight(std::size_t rows, std::size_t columns)
        : m_rows(rows), m_groups((columns + kAbreast - 1) / kAbreast), m_values(rows * m_groups * kAbreast) {}
    std::size_t rows() const { return m_rows; }
    std::size_t groups() const { return m_groups; }
    double& operator()(std::size_t row, std::size_t column) {
        return m_values[(column / kAbreast * m_rows + row) * kAbreast + column % kAbreast];
    }
    double operator()(std::size_t row, std::size_t column) const {
        return m_values[(column / kAbreast * m_rows + row) * kAbreast + column % kAbreast];
    }
    /// Row 0 of the eight columns of a group; row i lies 8 i further on.
    double* group(std::size_t index) { return m_values.data() + index * m_rows * kAbreast; }
    const double* group(std::size_t index) const { return m_values.data() + index * m_rows * kAbreast; }

private:
    std::size_t m_rows;
    std::size_t m_groups;
    std::vector<double> m_values;
};

/// Factor of a symmetric positive definite matrix, A = L L'. Every sum runs over the rows in their order,
/// whatever the processor's vectors and the column's neighbours: the same bits in every column of every
/// machine. May be used from several threads.
class Cholesky {
public:
    /// Reads the lower triangle. nullopt when the matrix is not positive definite to working precision (a
    /// pivot at most n epsilon times its diagonal element), also for NaN.
    static std::optional<Cholesky> factor(const Matrix& matrix);
    std::size_t size() const { return m_size; }
    /// log|A|.
    double log_determinant() const;
    /// L^-1 B, in place.
    void forward(ColumnsByEight& columns) const;
    /// L'^-1 b, in place: after `forward`, A^-1 b.
    void backward(std::span<double> right_side) const;

private:
    explicit Cholesky(std::size_t size);
    bool append_rows(const Matrix& matrix, std::size_t first, ColumnsByEight& rows);
    std::size_t m_size;
    std::vector<double> m_panels;      ///< L by panels of four rows, the four of a column together
    std::vector<std::size_t> m_start;  ///< where each panel begins
};

/// The small twin for matrices that change often: factors in place the upper triangle U (A = U' U) of an n x
/// n matrix stored row by row in `rows` with `stride` >= n values a row; the columns right of the matrix
/// become U'^-1 times themselves, and `reciprocals` (n values) the reciprocal pivots. False when not positive
/// definite to working precision.
bool factor_small(std::span<double> rows, std::size_t stride, std::span<double> reciprocals);

/// U'^-1 b in place, by the result of `factor_small`.
void forward_small(std::span<const double> rows, std::size_t stride, std::span<const double> reciprocals,
                   std::span<double> right_side);

/// U^-1 b in place, by the result of `factor_small`: after `forward_small`, A^-1 b.
void backward_small(std::span<const double> rows, std::size_t stride, std::span<const double> reciprocals,
                    std::span<double> right_side);

}  // namespace isopleth::base
