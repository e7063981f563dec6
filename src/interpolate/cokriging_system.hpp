// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/cholesky.hpp"
#include "geo/geometry.hpp"
#include "interpolate/coregionalization.hpp"
#include "interpolate/drift_system.hpp"
#include "interpolate/neighbours.hpp"

namespace isopleth::interpolate {

// Ordinary cokriging (Journel and Huijbregts 1978, V.A.4; Wackernagel 2003, 24): the system of
// kriging_system.hpp with the samples of both variables below one another, their covariances by the direct
// and the cross models, and two functions as drift, each 1 at the samples of one variable and 0 at the
// others: both means are unknown. What is estimated is the first variable, so f = (1, 0).

struct CokrigingSetup {
    Coregionalization model;
    Neighbourhood first;
    Neighbourhood second;

    bool is_global() const { return first.is_global() && second.is_global(); }
};

/// All samples at every place, factored once.
class GlobalCokriging {
public:
    /// Keeps a reference. nullopt when the covariances are singular to working precision.
    static std::optional<GlobalCokriging> factor(const CokrigingSetup& setup);
    /// One result a place; the bits of a place do not depend on the others.
    void estimate(std::span<const geo::Point> places, std::span<Kriged> results) const;

private:
    GlobalCokriging(const CokrigingSetup& setup, base::Cholesky factor);
    const CokrigingSetup& m_setup;
    base::Cholesky m_factor;
    GlobalDrift m_drift;
    double m_centre;
};

/// The nearest samples of each variable at each place; keeps the factor while both sets stay. One for each
/// thread.
class LocalCokriging {
public:
    /// Keeps a reference.
    explicit LocalCokriging(const CokrigingSetup& setup);
    /// As NeighbourSearch::expect.
    void expect(std::span<const geo::Point> places);
    /// Finds the samples for an estimate at the place; false without one of the first variable.
    bool seek(geo::Point place);
    /// From the samples found; nullopt when they are singular. The result depends on the place alone.
    std::optional<Kriged> solve(geo::Point place);

private:
    bool factor();
    double covariance(std::size_t i, std::size_t j) const;

    const CokrigingSetup& m_setup;
    double m_centre;
    double m_second_centre;
    NeighbourSearch m_first_search;
    NeighbourSearch m_second_search;
    std::vector<geo::Neighbour> m_found;
    std::optional<std::size_t> m_here;  ///< sample of the first variable at the place
    std::vector<std::size_t> m_next_first, m_next_second;
    std::vector<std::size_t> m_first, m_second;  ///< rising
    std::vector<double> m_solution;
    LocalDrift m_drift;
    bool m_is_singular = false;
};

}  // namespace isopleth::interpolate
