// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace isopleth::base {

/// Eight symmetric positive definite matrices of one size, each with right sides, factored at a time: one
/// instruction works on all eight. The bits of one do not depend on the others, nor on the processor.
class EightFactors {
public:
    static constexpr std::size_t kAbreast = 8;

    EightFactors(std::size_t size, std::size_t right_sides)
        : m_size(size), m_stride(size + right_sides), m_values(size * m_stride * kAbreast) {}
    std::size_t size() const { return m_size; }
    /// Of matrix `which`, its upper triangle (column < size) and its right sides (from column size on); after
    /// factor() U, A = U'U, and U'^-1 times the right sides.
    double& operator()(std::size_t row, std::size_t column, std::size_t which) {
        return m_values[(row * m_stride + column) * kAbreast + which];
    }
    /// The eight values of a row and column, one after another.
    double* eight(std::size_t row, std::size_t column) {
        return m_values.data() + (row * m_stride + column) * kAbreast;
    }
    /// Factors in place. Which are positive definite to working precision: each pivot more than n epsilon
    /// times its diagonal element. What is left of the others means nothing.
    std::array<bool, kAbreast> factor();

private:
    std::size_t m_size;
    std::size_t m_stride;
    std::vector<double> m_values;
};

}  // namespace isopleth::base
