// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <vector>

#include "interpolate/variogram.hpp"

namespace isopleth::interpolate {

/// The covariances of a model at very many distances. A single mat whose smoothness is not 0.5, 1.5 or 2.5
/// takes a Bessel function, some 100 times the work of exp: it is looked up between 5,000 values, cubic in
/// the logarithm of the distance, to 1e-9 of the partial sill. All else is VariogramModel::to_covariances.
class CovarianceTable {
public:
    /// Keeps a reference.
    explicit CovarianceTable(const VariogramModel& model);
    /// In place of the distances.
    void to_covariances(std::span<double> distances) const;

private:
    double correlation_at(double distance) const;

    const VariogramModel& m_model;
    std::vector<double> m_values;  ///< empty: not needed
};

}  // namespace isopleth::interpolate
