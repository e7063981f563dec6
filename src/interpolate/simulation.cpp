// SPDX-License-Identifier: MIT
#include "interpolate/simulation.hpp"

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "base/random.hpp"
#include "base/text.hpp"
#include "interpolate/singular_system.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>

namespace isopleth::interpolate {

namespace {

constexpr std::size_t kNodesAtOnce = 4096;
constexpr std::size_t kLawsAtOnce = 64;
constexpr std::size_t kRealisationsAtOnce = 32;
constexpr std::ptrdiff_t kLeastReach = 8;  ///< the coarsest lattice in full

/// Of (seed, item, realisation); draw 0 of an item is the path's.
double random_normal(std::uint64_t seed, std::size_t item, std::size_t realisation) {
    // 52 bits and a half keep away from 0 and 1.
    const std::uint64_t bits = base::random_bits(seed, item, realisation + 1) >> 12;
    return base::normal_quantile((static_cast<double>(bits) + 0.5) * 0x1.0p-52);
}

const model::Grid& with_room(const model::Grid& grid, std::size_t realisations) {
    const double bytes =
        static_cast<double>(grid.count()) * static_cast<double>(realisations) * sizeof(double);
    if (bytes <= static_cast<double>(Simulation::kMostBytes)) return grid;
    const auto gigabytes = [](double size) { return fmt::format("{:.1f} GB", size / 1e9); };
    base::fail_data(fmt::format("{} realisations of {} cells take {} of memory; {} are the most",
                                realisations, base::with_thousands(static_cast<long long>(grid.count())),
                                gigabytes(bytes), gigabytes(static_cast<double>(Simulation::kMostBytes))),
                    "Use a larger --cell, a smaller --extent, or fewer realisations.");
}

/// Nodes on a lattice, of which a quarter at least were visited before: enough of them for a corner's node.
std::ptrdiff_t reach_for(std::size_t neighbours) {
    return kLeastReach +
           2 * static_cast<std::ptrdiff_t>(std::ceil(std::sqrt(static_cast<double>(neighbours))));
}

}  // namespace

Simulation::Simulation(const SimulationOptions& options, const model::Samples& samples,
                       const model::Grid& grid, const base::Job& job)
    : Simulation(options,
                 Transform(options.kriging, samples).field(samples, options.kriging.anisotropy.plane()),
                 samples, with_room(grid, static_cast<std::size_t>(options.realisations)), job) {}

Simulation::Simulation(const SimulationOptions& options, const KrigedField& field,
                       const model::Samples& samples, const model::Grid& grid, const base::Job& job)
    : m_options(options),
      m_count(static_cast<std::size_t>(options.realisations)),
      m_seed(static_cast<std::uint64_t>(options.seed)),
      m_transform(options.kriging, samples),
      m_error_variances(error_variances_of(options.kriging, samples)),
      m_chosen(choose_model(options.kriging, field, Drift::constant(), job)),
      m_setting{grid, options.kriging.anisotropy.plane(), {m_chosen.model}, options.neighbours()},
      m_samples(field.points, field.values, NeighbourRule{.count = options.neighbours()}),
      m_ids(samples.ids()) {
    if (options.kriging.near.radius) m_setting.radius = options.kriging.near.radius->value;
    if (!m_error_variances.empty())
        m_setting.setup.error_variances = picked(m_error_variances, m_samples.origin());
    m_mean = options.kriging.mean ? base::Moments{*options.kriging.mean, 0} : mean_of_samples(m_ids);
    for (std::size_t r = 0; r < m_count; ++r)
        m_means.push_back(m_mean.mean + m_mean.standard_deviation * random_normal(m_seed, grid.count(), r));
    note_known(samples);
}

/// Ordinary kriging where no sample tells anything is the mean, and its multiplier that mean's variance.
base::Moments Simulation::mean_of_samples(const std::vector<std::string>& ids) const {
    const std::size_t size = m_samples.size();
    const std::size_t count = std::min(size, kMostForMean);
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < count; ++i) chosen.push_back(i * size / count);
    KrigingSetup setup = m_setting.setup;
    if (!setup.error_variances.empty()) setup.error_variances = picked(setup.error_variances, chosen);
    const auto kriging =
        GlobalKriging::factor(picked(m_samples.points(), chosen), picked(m_samples.values(), chosen), setup);
    if (!kriging) fail_singular(m_samples, setup, ids, fmt::format("of {} samples", count));
    double range = 0;
    for (const Structure& structure : setup.model.structures) range = std::max(range, structure.range);
    const geo::Point easternmost = m_samples.points().back();
    const geo::Point far{easternmost.x + 1000 * range, easternmost.y};
    Kriged mean;
    kriging->estimate({&far, 1}, {&mean, 1});
    return {mean.estimate, std::sqrt(std::max(0.0, mean.lagrange))};
}

void Simulation::note_known(const model::Samples& samples) {
    const model::Grid& grid = m_setting.grid;
    for (std::size_t i = 0; i < m_samples.size(); ++i) {
        const geo::Point point = samples.points()[m_samples.origin()[i]];
        const double row = std::floor((grid.max_y - point.y) / grid.cell);
        const double column = std::floor((point.x - grid.min_x) / grid.cell);
        const bool is_inside = row >= 0 && column >= 0 && row < static_cast<double>(grid.rows) &&
                               column < static_cast<double>(grid.columns);
        if (!is_inside || !m_setting.setup.is_exact_at(i)) continue;
        const auto u = static_cast<std::size_t>(row);
        const auto v = static_cast<std::size_t>(column);
        if (std::sqrt(geo::squared_distance(grid.centre(u, v), point)) > kSamePlace) continue;
        m_known.emplace_back(u * grid.columns + v, samples.values()[m_samples.origin()[i]]);
    }
}

/// The path past the cells of samples, where every realisation is the sample.
SimulationPath Simulation::path_after_known() {
    std::vector<std::size_t> known;
    for (const auto& [cell, value] : m_known) {
        known.push_back(cell);
        std::fill_n(realisations_of(cell), m_count, value);
    }
    return {m_setting.grid, known, m_seed};
}

void Simulation::simulate(const base::Job& job) {
    m_values.resize(m_setting.grid.count() * m_count);
    const SimulationPath path = path_after_known();
    const std::vector<std::uint32_t>& cells = path.cells();
    const std::vector<LatticeStep> steps = lattice_steps(reach_for(m_setting.most), m_setting.plane);
    std::vector<NodeLaw> laws(std::min(kNodesAtOnce, cells.size()));
    job.report(0, "simulate");
    for (std::size_t begin = 0; begin < cells.size(); begin += kNodesAtOnce) {
        const std::size_t count = std::min(kNodesAtOnce, cells.size() - begin);
        base::parallel_chunks(job, count, kLawsAtOnce, [&](std::size_t first, std::size_t end) {
            NodeKriging kriging(m_setting, path, m_samples, steps);
            for (std::size_t i = first; i < end; ++i) {
                if (kriging.tell(cells[begin + i], laws[i])) continue;
                const std::size_t columns = m_setting.grid.columns;
                const geo::Point place =
                    m_setting.grid.centre(cells[begin + i] / columns, cells[begin + i] % columns);
                fail_singular(m_samples, m_setting.setup, m_ids,
                              fmt::format("of the {} samples and cells nearest to ({:.1f}, {:.1f})",
                                          m_setting.most, place.x, place.y));
            }
        });
        base::parallel_chunks(job, m_count, kRealisationsAtOnce, [&](std::size_t first, std::size_t end) {
            for (std::size_t i = 0; i < count; ++i) draw(cells[begin + i], laws[i], first, end);
        });
        job.report(static_cast<double>(begin + count) / static_cast<double>(cells.size()), "simulate");
    }
    base::parallel_chunks(job, cells.size(), kNodesAtOnce, [&](std::size_t first, std::size_t end) {
        for (std::size_t i = first; i < end; ++i) {
            const std::span<double> values(realisations_of(cells[i]), m_count);
            for (double& value : values) value = m_transform.back(value);
        }
    });
}

/// The node's values in realisations [first, end).
void Simulation::draw(std::size_t cell, const NodeLaw& law, std::size_t first, std::size_t end) {
    std::array<double, kRealisationsAtOnce> sums;
    const std::size_t count = end - first;
    // The neighbours lie anywhere in memory: fetched while the random numbers are drawn.
    for (const std::size_t other : law.cells) {
        const double* const others = realisations_of(other) + first;
        for (std::size_t r = 0; r < count; r += 8) __builtin_prefetch(others + r);
    }
    for (std::size_t r = 0; r < count; ++r) {
        sums[r] = law.of_samples + law.rest * m_means[first + r] +
                  law.deviation * random_normal(m_seed, cell, first + r);
    }
    for (std::size_t k = 0; k < law.cells.size(); ++k) {
        const double weight = law.weights[k];
        const double* const others = realisations_of(law.cells[k]) + first;
        for (std::size_t r = 0; r < count; ++r) sums[r] += weight * others[r];
    }
    std::copy_n(sums.begin(), count, realisations_of(cell) + first);
}

std::vector<std::string> Simulation::band_names() const {
    std::vector<std::string> names{"estimate", "standard error"};
    if (m_options.above) names.emplace_back(kProbabilityBand);
    for (int r = 1; r <= m_options.keep; ++r) names.push_back(fmt::format("realisation {}", r));
    return names;
}

model::Raster Simulation::rows(std::size_t first, std::size_t count, const geo::Crs& crs,
                               const std::string& unit, const base::Job& job) const {
    const model::Grid& grid = m_setting.grid;
    model::Raster raster(grid.rows_from(first, count), crs, band_names());
    for (model::Band& band : raster.bands) band.unit = band.name == kProbabilityBand ? "" : unit;
    const auto kept = static_cast<std::size_t>(m_options.keep);
    const auto work = [&](std::size_t begin, std::size_t end) {
        for (std::size_t cell = begin; cell < end; ++cell) {
            const std::span values(realisations_of(first * grid.columns + cell), m_count);
            auto band = raster.bands.begin();
            band++->set(cell, *base::mean(values));
            band++->set(cell, *base::standard_deviation(values));
            if (m_options.above) {
                const auto above = std::count_if(values.begin(), values.end(),
                                                 [&](double value) { return value > *m_options.above; });
                band++->set(cell, static_cast<double>(above) / static_cast<double>(m_count));
            }
            for (std::size_t r = 0; r < kept; ++r) band++->set(cell, values[r]);
        }
    };
    base::parallel_chunks(job, raster.grid.count(), kNodesAtOnce, work);
    return raster;
}

base::Json Simulation::description() const {
    const KrigingOptions& kriging = m_options.kriging;
    base::Json json = base::Json::object();
    json.set("method", "simulation")
        .set("kind", "sequential Gaussian")
        .set("samples", m_samples.size())
        .set("realisations", m_options.realisations)
        .set("seed", m_options.seed)
        .set("neighbours", m_setting.most);
    if (m_setting.radius) json.set("radius", *m_setting.radius);
    m_transform.describe(json);
    json.set("mean", m_mean.mean).set("mean_standard_error", m_mean.standard_deviation);
    if (m_options.above) json.set("probability_above", *m_options.above);
    if (kriging.error) json.set("error_variance", *kriging.error);
    if (!kriging.error && !m_error_variances.empty())
        json.set("mean_error_variance", *base::mean(m_error_variances));
    kriging.anisotropy.tell(json);
    return json.set("variogram", m_chosen.description);
}

}  // namespace isopleth::interpolate
