// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "geo/nearest.hpp"
#include "interpolate/isotropic_plane.hpp"
#include "interpolate/kriging_system.hpp"
#include "interpolate/neighbours.hpp"
#include "interpolate/simulation_path.hpp"
#include "model/grid.hpp"

namespace isopleth::interpolate {

/// What the nodes of one simulation share.
struct NodeSetting {
    model::Grid grid;
    IsotropicPlane plane;
    KrigingSetup setup;              ///< model and error variances
    std::size_t most = 32;           ///< neighbours
    std::optional<double> radius{};  ///< of them, in the isotropic plane
};

/// A node as its neighbours tell it when the mean is known (simple kriging): `rest` times the mean, and
/// `of_samples`, and the sum of the weights times the values of the nodes; normal about that.
struct NodeLaw {
    double of_samples = 0;
    double rest = 1;  ///< 1 less the weights of samples and nodes
    double deviation = 0;
    std::vector<std::size_t> cells;  ///< nodes visited before
    std::vector<double> weights;     ///< one for each of `cells`
};

/// The laws of nodes from the samples and the nodes visited before that are the nearest to each: they depend
/// on the path, not on any realisation. One for each thread.
class NodeKriging {
public:
    /// Keeps references. `steps` of lattice_steps.
    NodeKriging(const NodeSetting& setting, const SimulationPath& path, const Neighbourhood& samples,
                const std::vector<LatticeStep>& steps);
    /// False when the neighbours' covariances are singular to working precision.
    bool tell(std::size_t cell, NodeLaw& law);

private:
    void find(std::size_t cell);
    bool solve(geo::Point place, NodeLaw& law);

    const NodeSetting& m_setting;
    const SimulationPath& m_path;
    const Neighbourhood& m_samples;
    const std::vector<LatticeStep>& m_steps;
    double m_sill;
    std::vector<geo::Neighbour> m_found;  ///< samples, nearest first
    std::vector<std::size_t> m_near;      ///< samples taken
    std::vector<std::size_t> m_cells;     ///< nodes taken
    std::vector<geo::Point> m_points;     ///< of the samples taken, then of the nodes
    std::vector<double> m_distances;
    std::vector<double> m_rows;
    std::vector<double> m_reciprocals;
    std::vector<double> m_solution;
};

}  // namespace isopleth::interpolate
