// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "base/cholesky.hpp"
#include "interpolate/drift.hpp"

namespace isopleth::interpolate {

// The drift's part of a kriging system; kriging_system.hpp has the formulas and says what the letters stand
// for.

/// One estimate. `lagrange` is the multiplier of the sum of weights for Drift::constant, in the sign of
/// variance = C(0) - sum of w c + lagrange; 0 else.
struct Kriged {
    double estimate = 0;
    double standard_error = 0;
    double lagrange = 0;
};

/// What an estimate is made of: v'v, v'(y - U b) and U'v.
struct Products {
    double squared = 0;
    double by_residuals = 0;
    std::array<double, Drift::kMostTerms> functions{};
};

/// The drift's part of a factored system.
class DriftSystem {
public:
    /// From U (rows of `terms` values) and y; false when the functions are dependent at these samples.
    bool solve(std::span<const double> functions, std::span<const double> values, std::size_t terms);
    std::span<const double> residuals() const { return m_residuals; }  ///< y - U b
    /// f is the drift at the place.
    Kriged finish(std::span<const double> f, const Products& products, double variance) const;
    /// A sample as the others tell it, from the products of v = L^-1 e, e its unit vector: estimate less
    /// sample, and the standard error of a sample there. nullopt when the others do not settle the drift.
    std::optional<Kriged> left_out(const Products& products) const;

private:
    /// g'R^-1 g; `functions` are changed.
    double by_drift(std::array<double, Drift::kMostTerms>& functions) const;

    std::size_t m_terms = 0;
    std::vector<double> m_factor;  ///< T, R = T'T, with T'^-1 U'y as its last column
    std::vector<double> m_reciprocals;
    std::vector<double> m_coefficients;  ///< b
    std::vector<double> m_residuals;
};

/// The same where few samples are solved with a small factor that changes often (factor_small).
class LocalDrift {
public:
    /// Makes room for `size` samples and `terms` functions; what stands there means nothing.
    void reset(std::size_t size, std::size_t terms);
    /// A sample's row, to be filled: covariances from itself on, then its functions from `size` on, then its
    /// value.
    double* row(std::size_t sample) { return m_rows.data() + sample * m_stride; }
    /// False when covariances or functions are singular to working precision.
    bool factor();
    /// Makes v of the covariances with a place, and what an estimate there is made of.
    Products solve(std::span<double> covariances) const;
    const DriftSystem& system() const { return m_system; }

private:
    std::size_t m_size = 0;
    std::size_t m_terms = 0;
    std::size_t m_stride = 0;
    std::vector<double> m_rows;  ///< factor, with U and y as its last columns
    std::vector<double> m_reciprocals;
    std::vector<double> m_functions;  ///< U, a row for each sample
    std::vector<double> m_forwarded;  ///< y
    DriftSystem m_system;
};

/// The same where all samples are solved with a factor of their own, eight columns abreast.
class GlobalDrift {
public:
    /// `columns` are F and then z; they are solved in place. False when the functions are dependent.
    bool solve(const base::Cholesky& factor, base::ColumnsByEight& columns, std::size_t terms);
    const DriftSystem& system() const { return m_system; }
    /// Products of the eight solved columns of a group.
    std::array<Products, base::ColumnsByEight::kAbreast> products_of(const base::ColumnsByEight& columns,
                                                                     std::size_t group) const;

private:
    std::size_t m_terms = 0;
    std::vector<double> m_functions;  ///< U, a row for each sample
    DriftSystem m_system;
};

}  // namespace isopleth::interpolate
