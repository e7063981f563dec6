// SPDX-License-Identifier: MIT
#include "interpolate/drift_system.hpp"

#include <algorithm>
#include <cmath>

namespace isopleth::interpolate {

namespace {

constexpr std::size_t kAbreast = base::ColumnsByEight::kAbreast;
constexpr double kUnsettled = 1e-12;  ///< what rounding leaves where the other samples settle no drift

}  // namespace

bool DriftSystem::solve(std::span<const double> functions, std::span<const double> values,
                        std::size_t terms) {
    m_terms = terms;
    const std::size_t stride = terms + 1;
    m_factor.assign(terms * stride, 0);
    m_reciprocals.resize(terms);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double* const row = functions.data() + i * terms;
        for (std::size_t j = 0; j < terms; ++j) {
            for (std::size_t k = j; k < terms; ++k) m_factor[j * stride + k] += row[j] * row[k];
            m_factor[j * stride + terms] += row[j] * values[i];
        }
    }
    if (terms > values.size() || !base::factor_small(m_factor, stride, m_reciprocals)) return false;
    m_coefficients.resize(terms);
    for (std::size_t j = terms; j-- > 0;) {
        double rest = m_factor[j * stride + terms];
        for (std::size_t k = j + 1; k < terms; ++k) rest -= m_factor[j * stride + k] * m_coefficients[k];
        m_coefficients[j] = rest * m_reciprocals[j];
    }
    m_residuals.assign(values.begin(), values.end());
    for (std::size_t i = 0; i < values.size(); ++i) {
        for (std::size_t j = 0; j < terms; ++j)
            m_residuals[i] -= functions[i * terms + j] * m_coefficients[j];
    }
    return true;
}

Kriged DriftSystem::finish(std::span<const double> f, const Products& products, double variance) const {
    Kriged kriged{products.by_residuals, 0, 0};
    std::array<double, Drift::kMostTerms> rest;
    for (std::size_t j = 0; j < m_terms; ++j) {
        kriged.estimate += f[j] * m_coefficients[j];
        rest[j] = f[j] - products.functions[j];
    }
    const double gap = rest[0];
    // Rounding may leave a variance just below 0.
    kriged.standard_error = std::sqrt(std::max(0.0, variance - products.squared + by_drift(rest)));
    if (m_terms == 1) kriged.lagrange = gap * m_reciprocals[0] * m_reciprocals[0];
    return kriged;
}

double DriftSystem::by_drift(std::array<double, Drift::kMostTerms>& functions) const {
    base::forward_small(m_factor, m_terms + 1, m_reciprocals, {functions.data(), m_terms});
    double sum = 0;
    for (std::size_t j = 0; j < m_terms; ++j) sum += functions[j] * functions[j];
    return sum;
}

std::optional<Kriged> DriftSystem::left_out(const Products& products) const {
    std::array<double, Drift::kMostTerms> functions = products.functions;
    const double diagonal = products.squared - by_drift(functions);
    if (!(diagonal > kUnsettled * products.squared)) return std::nullopt;
    const double root = m_terms == 1 ? m_reciprocals[0] : 0;
    return Kriged{-products.by_residuals / diagonal, std::sqrt(1 / diagonal),
                  products.functions[0] * root * root / diagonal};
}

void LocalDrift::reset(std::size_t size, std::size_t terms) {
    m_size = size;
    m_terms = terms;
    m_stride = size + terms + 1;
    m_rows.resize(size * m_stride);
    m_reciprocals.resize(size);
    m_functions.resize(size * terms);
    m_forwarded.resize(size);
}

bool LocalDrift::factor() {
    if (!base::factor_small(m_rows, m_stride, m_reciprocals)) return false;
    for (std::size_t i = 0; i < m_size; ++i) {
        const double* const right = row(i) + m_size;
        std::copy_n(right, m_terms, m_functions.data() + i * m_terms);
        m_forwarded[i] = right[m_terms];
    }
    return m_system.solve(m_functions, m_forwarded, m_terms);
}

Products LocalDrift::solve(std::span<double> covariances) const {
    base::forward_small(m_rows, m_stride, m_reciprocals, covariances);
    Products sums;
    const std::span<const double> residuals = m_system.residuals();
    for (std::size_t i = 0; i < covariances.size(); ++i) {
        sums.squared += covariances[i] * covariances[i];
        sums.by_residuals += covariances[i] * residuals[i];
        for (std::size_t j = 0; j < m_terms; ++j)
            sums.functions[j] += covariances[i] * m_functions[i * m_terms + j];
    }
    return sums;
}

bool GlobalDrift::solve(const base::Cholesky& factor, base::ColumnsByEight& columns, std::size_t terms) {
    factor.forward(columns);
    m_terms = terms;
    m_functions.resize(columns.rows() * terms);
    std::vector<double> forwarded(columns.rows());
    for (std::size_t i = 0; i < columns.rows(); ++i) {
        for (std::size_t j = 0; j < terms; ++j) m_functions[i * terms + j] = columns(i, j);
        forwarded[i] = columns(i, terms);
    }
    return m_system.solve(m_functions, forwarded, terms);
}

std::array<Products, kAbreast> GlobalDrift::products_of(const base::ColumnsByEight& columns,
                                                        std::size_t group) const {
    std::array<double, kAbreast> squared{}, by_residuals{};
    std::array<std::array<double, kAbreast>, Drift::kMostTerms> functions{};
    const std::span<const double> residuals = m_system.residuals();
    const double* row = columns.group(group);
    for (std::size_t i = 0; i < columns.rows(); ++i, row += kAbreast) {
        for (std::size_t k = 0; k < kAbreast; ++k) {
            squared[k] += row[k] * row[k];
            by_residuals[k] += row[k] * residuals[i];
        }
        for (std::size_t j = 0; j < m_terms; ++j) {
            for (std::size_t k = 0; k < kAbreast; ++k)
                functions[j][k] += row[k] * m_functions[i * m_terms + j];
        }
    }
    std::array<Products, kAbreast> products;
    for (std::size_t k = 0; k < kAbreast; ++k) {
        products[k] = {squared[k], by_residuals[k], {}};
        for (std::size_t j = 0; j < m_terms; ++j) products[k].functions[j] = functions[j][k];
    }
    return products;
}

}  // namespace isopleth::interpolate
