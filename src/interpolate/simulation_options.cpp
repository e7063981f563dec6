// SPDX-License-Identifier: MIT
#include "interpolate/simulation_options.hpp"

#include "base/error.hpp"
#include "base/parameters.hpp"

#include <fmt/format.h>

#include <cmath>

namespace isopleth::interpolate {

const char* const kSimulationOptions =
    "realisations=100, seed=1, keep=N (as bands), above=LIMIT (share of realisations above), and kriging's "
    "model, nugget, psill, range, kappa, fit, neighbours=32, radius, mean, error, angle, ratio, transform, "
    "lambda";

namespace {

constexpr std::size_t kNeighbours = 32;
constexpr std::size_t kMostNeighbours = 200;
constexpr int kMostRealisations = 10'000;

[[noreturn]] void fail(const std::string& message, const std::string& hint = {}) {
    base::fail_usage("simulation: " + message, hint);
}

void check(const SimulationOptions& options) {
    if (options.realisations < 2 || options.realisations > kMostRealisations)
        fail(fmt::format("realisations is 2 to {}, not {}", kMostRealisations, options.realisations));
    if (options.keep < 0 || options.keep > options.realisations)
        fail(fmt::format("keep is 0 to {}, the realisations, not {}", options.realisations, options.keep));
    if (options.seed < 0) fail(fmt::format("seed is a whole number from 0 on, not {}", options.seed));
    if (options.above && !std::isfinite(*options.above)) fail("above must be a number");
    const KrigingOptions& kriging = options.kriging;
    if (kriging.degree.value_or(0) > 0 || kriging.block || kriging.near.sectors)
        fail("degree, block and sectors are kriging's alone", "Leave them out.");
    kriging.require_sill("simulation", "Use model=exp, sph, gau or mat, or --method kriging.");
    if (kriging.near.neighbours.empty()) return;
    const std::size_t count = parse_neighbours(kriging.near.neighbours).value_or(kMostNeighbours + 1);
    if (count > kMostNeighbours) {
        fail(fmt::format("neighbours, samples and cells simulated before, is 1 to {}, not {}",
                         kMostNeighbours, kriging.near.neighbours));
    }
}

}  // namespace

std::size_t SimulationOptions::neighbours() const {
    if (kriging.near.neighbours.empty()) return kNeighbours;
    return *parse_neighbours(kriging.near.neighbours);
}

SimulationOptions parse_simulation_options(const std::string& method_text) {
    SimulationOptions options;
    base::ParameterList list;
    list.add("realisations", options.realisations, "how many fields are simulated");
    list.add("seed", options.seed, "of the random numbers");
    list.add("keep", options.keep, "how many realisations become bands");
    options.kriging.declare(list);
    base::assign_options(base::parse_method(method_text), list);
    // Of a simulation the limit is compared with what comes back, not with what is kriged.
    options.above.swap(options.kriging.above);
    options.kriging.check();
    check(options);
    return options;
}

}  // namespace isopleth::interpolate
