// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/job.hpp"
#include "base/json.hpp"
#include "base/statistics.hpp"
#include "interpolate/kriging_model.hpp"
#include "interpolate/node_kriging.hpp"
#include "interpolate/simulation_options.hpp"
#include "interpolate/transform.hpp"
#include "model/grid.hpp"
#include "model/raster.hpp"
#include "model/samples.hpp"

namespace isopleth::interpolate {

/// Sequential Gaussian simulation (Deutsch and Journel 1998, V.2.3; Goovaerts 1997, 8.3): fields at the
/// centres of a grid's cells that pass through the samples and vary as the model says, all along one
/// SimulationPath, so that each node's neighbours and weights serve every realisation. What is simulated is
/// kriging's transform of the values, and comes back value by value. Each realisation has a mean of its own,
/// drawn from the distribution of the generalised least squares mean of the samples (of kMostForMean of them,
/// spread west to east, where there are more), or the known one; given it, nodes are told by simple kriging.
/// So the realisations' mean and standard deviation are those of ordinary (or simple) kriging, but for chance
/// and for the neighbours left out. Same bits for any number of threads and any order of the samples.
class Simulation {
public:
    static constexpr const char* kProbabilityBand = "probability above";
    static constexpr std::size_t kMostBytes = 4'000'000'000;
    static constexpr std::size_t kMostForMean = 2'000;

    /// Chooses the model. Data errors: those of kriging; cells x realisations of more than kMostBytes.
    Simulation(const SimulationOptions& options, const model::Samples& samples, const model::Grid& grid,
               const base::Job& job);

    /// The work, once. A Data error for singular neighbours.
    void simulate(const base::Job& job);
    /// Of the realisations, which lie in memory.
    std::size_t bytes() const { return m_setting.grid.count() * m_count * sizeof(double); }
    /// "estimate", the mean of the realisations; "standard error", their standard deviation; with a limit
    /// "probability above", the share of them above it; and "realisation 1" and so on, as many as are kept.
    std::vector<std::string> band_names() const;
    /// Those bands of rows [first, first + count), once simulated.
    model::Raster rows(std::size_t first, std::size_t count, const geo::Crs& crs, const std::string& unit,
                       const base::Job& job) const;
    base::Json description() const;

private:
    Simulation(const SimulationOptions& options, const KrigedField& field, const model::Samples& samples,
               const model::Grid& grid, const base::Job& job);
    base::Moments mean_of_samples(const std::vector<std::string>& ids) const;
    void note_known(const model::Samples& samples);
    SimulationPath path_after_known();
    void draw(std::size_t cell, const NodeLaw& law, std::size_t first, std::size_t end);
    double* realisations_of(std::size_t cell) { return m_values.data() + cell * m_count; }
    const double* realisations_of(std::size_t cell) const { return m_values.data() + cell * m_count; }

    SimulationOptions m_options;
    std::size_t m_count;  ///< realisations
    std::uint64_t m_seed;
    Transform m_transform;
    std::vector<double> m_error_variances;  ///< in the order of the samples given
    ChosenModel m_chosen;
    NodeSetting m_setting;
    Neighbourhood m_samples;
    base::Moments m_mean;         ///< of the field that is simulated
    std::vector<double> m_means;  ///< of each realisation
    std::vector<std::string> m_ids;
    std::vector<std::pair<std::size_t, double>>
        m_known{};                 ///< cells whose centre is a sample's place; its value
    std::vector<double> m_values;  ///< by cell, its realisations together
};

}  // namespace isopleth::interpolate
