// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/job.hpp"
#include "base/linear_algebra.hpp"
#include "geo/geometry.hpp"
#include "interpolate/drift.hpp"
#include "interpolate/variogram.hpp"
#include "interpolate/vecchia.hpp"

namespace isopleth::interpolate {

// Restricted likelihood (Patterson and Thompson 1971, Biometrika 58:545; Harville 1974, Biometrika 61:383;
// Cressie 1993, 2.6.1): the normal density of what the samples say whatever the drift's coefficients. With z
// the values, C their covariances, errors of measurement included, F the drift's functions made orthonormal
// and b = (F'C^-1 F)^-1 F'C^-1 z, twice its negative logarithm is
//   (n - p) log 2 pi + log|C| + log|F'C^-1 F| + (z - F b)'C^-1 (z - F b).
// Software that keeps F as it is differs by log|F'F|, for a constant mean log n, whatever the model.

/// Samples, coarse to fine, with their drift: what a likelihood is of.
struct LikelihoodData {
    std::vector<geo::Point> points;
    std::vector<double> values;           ///< less the drift by ordinary least squares, which changes nothing
    base::Matrix functions;               ///< one row a sample, orthonormal columns
    std::vector<double> error_variances;  ///< known, of the measurements; or empty

    std::size_t size() const { return points.size(); }
    std::size_t terms() const { return functions.columns(); }
};

/// `error_variances` by sample, or empty. A Data error as of residuals() when the drift is not settled.
LikelihoodData likelihood_data(const std::vector<geo::Point>& points, const std::vector<double>& values,
                               const Drift& drift, const std::vector<double>& error_variances);

/// The likelihood of a model, and of its best multiple.
struct Likeliest {
    double log = 0;
    double scale = 1;  ///< the sill is to be multiplied by
};

class Likelihood {
public:
    /// By the covariances of all samples: n^3 / 6 products a value.
    static Likelihood exact(LikelihoodData data);
    /// The exact restricted likelihood of another process: that in which each sample depends on the nearest
    /// `neighbours` of those before it only (Vecchia 1988). With as many neighbours as samples it is `exact`.
    static Likelihood vecchia(LikelihoodData data, std::size_t neighbours, const base::Job& job);
    /// Of vecchia: about that many of its conditional densities, spread evenly over coarse and fine by a
    /// fixed seed. What maximises it is an estimate too, less precise for less work.
    Likelihood thinned(std::size_t densities) const;

    bool is_exact() const { return m_sets == nullptr; }
    const LikelihoodData& data() const { return *m_data; }
    std::size_t densities() const { return is_exact() ? m_data->size() : m_chosen.size(); }

    /// Logarithm for the model as it is; nullopt when its covariances are singular to working precision. The
    /// same bits for any number of threads and any order of the samples.
    std::optional<double> at(const VariogramModel& model, const base::Job& job) const;
    /// Of the model times the factor that is likeliest. Not with errors of measurement, which stay as they
    /// are: a bug.
    std::optional<Likeliest> likeliest_multiple(const VariogramModel& model, const base::Job& job) const;

private:
    /// Of C: its determinant, and [F z]'C^-1 [F z], the upper triangle row by row.
    struct Sums {
        double log_determinant = 0;
        std::vector<double> products;
    };
    /// log|C| + log|F'C^-1 F| and the square of what the drift leaves.
    struct Parts {
        double log_determinants = 0;
        double square = 0;
    };

    explicit Likelihood(LikelihoodData data) : m_data(std::make_shared<LikelihoodData>(std::move(data))) {}
    std::optional<Sums> exact_sums(const VariogramModel& model) const;
    std::optional<Sums> vecchia_sums(const VariogramModel& model, const base::Job& job) const;
    std::optional<Parts> parts(const VariogramModel& model, const base::Job& job) const;
    double degrees_of_freedom() const { return static_cast<double>(densities() - m_data->terms()); }

    std::shared_ptr<const LikelihoodData> m_data;
    std::shared_ptr<const ConditioningSets> m_sets;  ///< of vecchia
    std::vector<std::uint32_t> m_chosen;             ///< of vecchia, the densities that count, side by side
};

}  // namespace isopleth::interpolate
