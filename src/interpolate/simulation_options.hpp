// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "interpolate/kriging_options.hpp"

namespace isopleth::interpolate {

/// "simulation:realisations=100,seed=1,keep=4,above=75" and kriging's options but for degree, block and
/// sectors.
struct SimulationOptions {
    KrigingOptions kriging;  ///< without a limit
    int realisations = 100;
    int seed = 1;
    int keep = 0;                 ///< how many realisations become bands
    std::optional<double> above;  ///< the share of realisations that exceed it becomes a band

    /// Samples and nodes that a node is told by.
    std::size_t neighbours() const;
};

/// One line of help.
extern const char* const kSimulationOptions;

/// Usage errors as parse_kriging_options.
SimulationOptions parse_simulation_options(const std::string& method_text);

}  // namespace isopleth::interpolate
