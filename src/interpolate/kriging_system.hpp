// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/cholesky.hpp"
#include "base/job.hpp"
#include "geo/geometry.hpp"
#include "interpolate/drift.hpp"
#include "interpolate/drift_system.hpp"
#include "interpolate/neighbours.hpp"
#include "interpolate/support.hpp"
#include "interpolate/variogram.hpp"

namespace isopleth::interpolate {

// Kriging with a drift (Cressie 1993, 3.4.5): with C the covariances of the samples, c those with the place,
// F and f the drift at the samples and at the place, z the values and C = L L', let v = L^-1 c, U = L^-1 F, y
// = L^-1 z, R = U'U, b = R^-1 U'y, g = f - U'v. Then
//   estimate = f'b + v'(y - U b),  variance = C(0) - v'v + g'R^-1 g,
// which is what the system with Lagrange multipliers gives, for less work. Ordinary kriging has F = 1; simple
// kriging has no drift and a known mean. At a sample's place (nearer than kSamePlace) the estimate is the
// sample and the standard error 0, unless samples have errors of their own or a block is estimated.

struct KrigingSetup {
    VariogramModel model;
    Drift drift = Drift::constant();
    double known_mean = 0;  ///< of simple kriging (Drift::none)
    std::vector<double>
        error_variances{};  ///< of the samples' measurements, not of what is estimated; or empty
    Support support{};

    double error_variance(std::size_t sample) const {
        return error_variances.empty() ? 0 : error_variances[sample];
    }
    /// An estimate at the sample's place is that sample.
    bool is_exact_at(std::size_t sample) const { return error_variance(sample) == 0 && support.is_point(); }
};

/// All samples at every place: factored once, many places solved at a time.
class GlobalKriging {
public:
    /// nullopt when the covariances, or the drift at the samples, are singular to working precision.
    static std::optional<GlobalKriging> factor(const std::vector<geo::Point>& points,
                                               const std::vector<double>& values, const KrigingSetup& setup);
    /// One result a place; the bits of a place do not depend on the others.
    void estimate(std::span<const geo::Point> places, std::span<Kriged> results) const;
    /// The same samples, model and factor for estimates of another support.
    GlobalKriging with_support(const Support& support) const;
    /// One result a sample, by all the others: with K the matrix of the system with its drift, sample less
    /// estimate is (K^-1 z)_i / (K^-1)_ii and the variance 1 / (K^-1)_ii, less the error variance (Dubrule
    /// 1983, Mathematical Geology 15:687): one inverse for all. False when the drift is not settled without
    /// some sample. For Support::point alone. Same bits for any number of threads.
    bool leave_one_out(std::span<Kriged> results, const base::Job& job) const;

private:
    GlobalKriging(const std::vector<geo::Point>& points, const std::vector<double>& values,
                  const KrigingSetup& setup, base::Cholesky factor);
    bool solve_drift();
    void fill(std::span<const geo::Point> places, base::ColumnsByEight& columns,
              std::span<std::size_t> here) const;
    void finish(std::span<const geo::Point> places, const base::ColumnsByEight& columns, std::size_t group,
                std::span<const std::size_t> here, std::span<Kriged> results) const;

    std::vector<geo::Point> m_points;
    std::vector<double> m_values;
    KrigingSetup m_setup;
    VariogramModel m_shared;
    double m_variance;  ///< C(0) of the support
    double m_centre;    ///< taken off the values: the known mean, or for the sake of rounding
    std::shared_ptr<const base::Cholesky> m_factor;
    GlobalDrift m_drift;
};

/// The nearest samples at each place. Keeps the factors of the last sets, which places that lie together
/// share, and the covariances of the pairs that stay from one set to the next: one for each thread.
class LocalKriging {
public:
    /// Keeps references to both.
    LocalKriging(const Neighbourhood& samples, const KrigingSetup& setup);

    /// nullopt when the covariances of the nearest samples, or the drift there, are singular to working
    /// precision. The result depends on the place alone, not on what was asked before.
    std::optional<Kriged> at(geo::Point place) {
        seek(place);
        return solve(place);
    }
    /// As NeighbourSearch::expect.
    void expect(std::span<const geo::Point> places) { m_search.expect(places); }
    /// Finds the samples for an estimate at the place; how many.
    std::size_t seek(geo::Point place);
    /// As `at`, from the samples found; there must be one.
    std::optional<Kriged> solve(geo::Point place);

private:
    /// A set of samples and what is known of it.
    struct FactoredSet {
        std::vector<std::size_t> set{};  ///< rising
        std::vector<double> pairs{};     ///< covariances, row by row, upper triangle
        LocalDrift drift{};
        bool is_singular = false;
        std::uint64_t key = 0;
        std::uint64_t last_use = 0;
    };

    void take_set();
    FactoredSet* find_factored(std::uint64_t key);
    FactoredSet& oldest();
    void take_covariances(FactoredSet& next);
    bool factor(FactoredSet& next) const;
    void fill_solution(geo::Point place);

    const Neighbourhood& m_samples;
    NeighbourSearch m_search;
    const KrigingSetup& m_setup;
    VariogramModel m_shared;
    double m_variance;
    double m_centre;
    std::vector<geo::Neighbour> m_found;
    std::vector<std::size_t> m_next_set;
    std::vector<FactoredSet> m_factored;
    FactoredSet* m_now = nullptr;  ///< of the place asked for last
    std::uint64_t m_uses = 0;
    std::vector<double> m_distances;
    std::vector<std::size_t> m_kept;  ///< where a sample of the next set stands in the last one
    std::vector<double> m_solution;
    std::vector<double> m_block;
};

}  // namespace isopleth::interpolate
