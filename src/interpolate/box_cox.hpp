// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "base/statistics.hpp"

namespace isopleth::interpolate {

/// (x^lambda - 1) / lambda, of values x above 0; their logarithm for lambda 0 (Box and Cox 1964). A normal
/// variable is not bounded while the transform of a value is, but for lambda 0, so the way back needs a
/// rule: for lambda > 0 what lies below the transform of 0 comes back as 0; for lambda < 0, where the mean
/// would be infinite, what lies beyond the transform of the largest sample comes back as that sample.
class BoxCox {
public:
    static constexpr double kLargestLambda = 2;  ///< and -2 the smallest

    /// `largest` of the samples, > 0.
    BoxCox(double lambda, double largest);
    /// The lambda within the limits under which the values are the likeliest, taken for independent and, once
    /// transformed, normal (the profile likelihood, Box and Cox 1964, eq. 8), to 1e-8. The values are above 0
    /// and not all the same; their order changes no bit.
    static double likeliest_lambda(std::vector<double> values);

    double lambda() const { return m_lambda; }
    double forward(double value) const;
    double back(double transformed) const;
    /// Mean and standard deviation of what a normal variable comes back as: closed for lambda 0, else by 48
    /// Gauss-Legendre points over -9 to 13 standard deviations, cut at the bound. Their relative error is
    /// below 1e-6; for lambda > 1, whose way back begins as a root does, below 2e-5.
    base::Moments back(const base::Moments& normal) const;

private:
    double m_lambda;
    double m_bound = 0;  ///< the transformed value beyond which m_beyond comes back; none for lambda 0
    double m_beyond = 0;
};

}  // namespace isopleth::interpolate
