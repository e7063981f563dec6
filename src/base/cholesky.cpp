// SPDX-License-Identifier: MIT
#include "base/cholesky.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace isopleth::base {

namespace {

constexpr std::size_t kAbreast = ColumnsByEight::kAbreast;
constexpr std::size_t kPanel = 4;

// Eight doubles of one instruction or several, as the processor has it; elementwise, so the bits are those of
// plain loops. aligned(8): vectors in memory start at any double.
using Eight = double __attribute__((vector_size(64)));
using EightAnywhere = double __attribute__((vector_size(64), aligned(8), may_alias));

/// Rows 4 p .. 4 p + 3 of L^-1 B for `kGroups` groups of eight columns that lie `group_size` doubles apart.
/// `panel` holds L(4 p .. 4 p + 3, 0 .. 4 p + 3), the diagonal as reciprocals; rows past the matrix's end are
/// 0.
template <std::size_t kGroups>
[[gnu::always_inline]] inline void solve_panel(const double* panel, std::size_t first, std::size_t height,
                                               double* columns, std::size_t group_size) {
    Eight sum[kPanel][kGroups];
    for (std::size_t r = 0; r < kPanel; ++r) {
        for (std::size_t g = 0; g < kGroups; ++g) {
            sum[r][g] = Eight{};
            if (r < height) {
                sum[r][g] =
                    *reinterpret_cast<EightAnywhere*>(columns + g * group_size + (first + r) * kAbreast);
            }
        }
    }
    for (std::size_t k = 0; k < first; ++k, panel += kPanel) {
        for (std::size_t g = 0; g < kGroups; ++g) {
            const Eight known = *reinterpret_cast<EightAnywhere*>(columns + g * group_size + k * kAbreast);
            for (std::size_t r = 0; r < kPanel; ++r) sum[r][g] -= panel[r] * known;
        }
    }
    for (std::size_t k = 0; k < height; ++k, panel += kPanel) {
        for (std::size_t g = 0; g < kGroups; ++g) {
            const Eight known = sum[k][g] * panel[k];
            for (std::size_t r = k + 1; r < kPanel; ++r) sum[r][g] -= panel[r] * known;
            *reinterpret_cast<EightAnywhere*>(columns + g * group_size + (first + k) * kAbreast) = known;
        }
    }
}

struct PanelSolve {
    const double* panel;
    std::size_t first;
    std::size_t height;
    double* columns;
    std::size_t rows;
    std::size_t groups;
};

template <std::size_t kGroups>
[[gnu::always_inline]] inline void solve_groups(const PanelSolve& work) {
    const std::size_t group_size = work.rows * kAbreast;
    std::size_t g = 0;
    for (; g + kGroups <= work.groups; g += kGroups) {
        solve_panel<kGroups>(work.panel, work.first, work.height, work.columns + g * group_size, group_size);
    }
    for (; g < work.groups; ++g) {
        solve_panel<1>(work.panel, work.first, work.height, work.columns + g * group_size, group_size);
    }
}

using Solve = void (*)(const PanelSolve&);

void solve_plain(const PanelSolve& work) {
    solve_groups<1>(work);
}

#if defined(__x86_64__)
// No fused multiply-add in any of them: the same bits as solve_plain.
[[gnu::target("avx2")]] void solve_avx2(const PanelSolve& work) {
    solve_groups<1>(work);
}
[[gnu::target("avx512f")]] void solve_avx512(const PanelSolve& work) {
    solve_groups<4>(work);
}

Solve best_solve() {
    if (__builtin_cpu_supports("avx512f")) return solve_avx512;
    if (__builtin_cpu_supports("avx2")) return solve_avx2;
    return solve_plain;
}
#else
Solve best_solve() {
    return solve_plain;
}
#endif

/// Solves the first `rows` rows; the panels before `rows` must be there.
void forward_rows(const std::vector<double>& panels, const std::vector<std::size_t>& start, std::size_t rows,
                  ColumnsByEight& columns) {
    const Solve solve = best_solve();
    for (std::size_t first = 0, p = 0; first < rows; first += kPanel, ++p) {
        solve({panels.data() + start[p], first, std::min(kPanel, rows - first), columns.group(0),
               columns.rows(), columns.groups()});
    }
}

bool is_pivot(double pivot, double diagonal, std::size_t size) {
    return pivot > static_cast<double>(size) * std::numeric_limits<double>::epsilon() * diagonal &&
           std::isfinite(pivot);
}

}  // namespace

Cholesky::Cholesky(std::size_t size) : m_size(size) {
    std::size_t length = 0;
    for (std::size_t first = 0; first < size; first += kPanel) {
        m_start.push_back(length);
        length += (first + std::min(kPanel, size - first)) * kPanel;
    }
    m_panels.resize(length);
}

/// Rows first .. first + 7 of L: L(0 .. first) solved for those rows of the matrix, then the triangle below.
bool Cholesky::append_rows(const Matrix& matrix, std::size_t first, ColumnsByEight& rows) {
    const std::size_t count = std::min(kAbreast, m_size - first);
    for (std::size_t r = 0; r < count; ++r) {
        for (std::size_t k = 0; k < first + count; ++k)
            rows(k, r) = matrix(first + r, std::min(k, first + r));
    }
    forward_rows(m_panels, m_start, first, rows);
    for (std::size_t r = 0; r < count; ++r) {
        double* panel = m_panels.data() + m_start[(first + r) / kPanel] + (first + r) % kPanel;
        for (std::size_t k = first; k <= first + r; ++k) {
            double sum = matrix(first + r, k);
            for (std::size_t j = 0; j < k; ++j) sum -= rows(j, r) * rows(j, k - first);
            if (k == first + r) {
                if (!is_pivot(sum, matrix(k, k), m_size)) return false;
                rows(k, r) = std::sqrt(sum);
                panel[k * kPanel] = 1 / rows(k, r);
            } else {
                rows(k, r) = sum / rows(k, k - first);
            }
        }
        for (std::size_t k = 0; k < first + r; ++k) panel[k * kPanel] = rows(k, r);
    }
    return true;
}

std::optional<Cholesky> Cholesky::factor(const Matrix& matrix) {
    if (matrix.rows() != matrix.columns()) bug("a Cholesky factor of a matrix that is not square");
    Cholesky factor(matrix.rows());
    ColumnsByEight rows(matrix.rows(), kAbreast);
    for (std::size_t first = 0; first < matrix.rows(); first += kAbreast) {
        if (!factor.append_rows(matrix, first, rows)) return std::nullopt;
    }
    return factor;
}

double Cholesky::log_determinant() const {
    double sum = 0;
    for (std::size_t i = 0; i < m_size; ++i)
        sum -= 2 * std::log(m_panels[m_start[i / kPanel] + i * kPanel + i % kPanel]);  // reciprocal pivots
    return sum;
}

void Cholesky::forward(ColumnsByEight& columns) const {
    if (columns.rows() != m_size) bug("right sides of another size than their matrix");
    forward_rows(m_panels, m_start, m_size, columns);
}

void Cholesky::backward(std::span<double> right_side) const {
    if (right_side.size() != m_size) bug("a right side of another size than its matrix");
    for (std::size_t p = m_start.size(); p-- > 0;) {
        const double* const panel = m_panels.data() + m_start[p];
        const std::size_t first = p * kPanel;
        // The rows past the matrix's end are 0 in the panel.
        std::array<double, kPanel> known{};
        for (std::size_t r = std::min(kPanel, m_size - first); r-- > 0;) {
            known[r] = right_side[first + r];
            for (std::size_t below = r + 1; below < kPanel; ++below) {
                known[r] -= panel[(first + r) * kPanel + below] * known[below];
            }
            known[r] *= panel[(first + r) * kPanel + r];
            right_side[first + r] = known[r];
        }
        for (std::size_t k = 0; k < first; ++k) {
            double sum = right_side[k];
            for (std::size_t r = 0; r < kPanel; ++r) sum -= panel[k * kPanel + r] * known[r];
            right_side[k] = sum;
        }
    }
}

bool factor_small(std::span<double> rows, std::size_t stride, std::span<double> reciprocals) {
    const std::size_t size = reciprocals.size();
    if (stride < size || rows.size() < size * stride) bug("a small factor with too little room");
    // The diagonal as it was, for the test of the pivots.
    for (std::size_t j = 0; j < size; ++j) reciprocals[j] = rows[j * stride + j];
    for (std::size_t j = 0; j < size; ++j) {
        double* const pivot_row = rows.data() + j * stride;
        if (!is_pivot(pivot_row[j], reciprocals[j], size)) return false;
        reciprocals[j] = 1 / std::sqrt(pivot_row[j]);
        for (std::size_t k = j; k < stride; ++k) pivot_row[k] *= reciprocals[j];
        for (std::size_t i = j + 1; i < size; ++i) {
            double* const row = rows.data() + i * stride;
            const double factor = pivot_row[i];
            for (std::size_t k = i; k < stride; ++k) row[k] -= factor * pivot_row[k];
        }
    }
    return true;
}

void forward_small(std::span<const double> rows, std::size_t stride, std::span<const double> reciprocals,
                   std::span<double> right_side) {
    const std::size_t size = reciprocals.size();
    double* const values = right_side.data();
    for (std::size_t j = 0; j < size; ++j) {
        const double* const pivot_row = rows.data() + j * stride;
        const double known = values[j] * reciprocals[j];
        values[j] = known;
        for (std::size_t k = j + 1; k < size; ++k) values[k] -= known * pivot_row[k];
    }
}

void backward_small(std::span<const double> rows, std::size_t stride, std::span<const double> reciprocals,
                    std::span<double> right_side) {
    const std::size_t size = reciprocals.size();
    for (std::size_t j = size; j-- > 0;) {
        const double* const pivot_row = rows.data() + j * stride;
        double sum = right_side[j];
        for (std::size_t k = j + 1; k < size; ++k) sum -= pivot_row[k] * right_side[k];
        right_side[j] = sum * reciprocals[j];
    }
}

}  // namespace isopleth::base
