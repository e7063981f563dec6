// SPDX-License-Identifier: MIT
#include "interpolate/node_kriging.hpp"

#include "base/cholesky.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace isopleth::interpolate {

namespace {

geo::Point centre_of(const NodeSetting& setting, std::size_t cell) {
    const std::size_t columns = setting.grid.columns;
    return setting.plane(setting.grid.centre(cell / columns, cell % columns));
}

}  // namespace

NodeKriging::NodeKriging(const NodeSetting& setting, const SimulationPath& path, const Neighbourhood& samples,
                         const std::vector<LatticeStep>& steps)
    : m_setting(setting),
      m_path(path),
      m_samples(samples),
      m_steps(steps),
      m_sill(setting.setup.model.sill()) {}

bool NodeKriging::tell(std::size_t cell, NodeLaw& law) {
    const geo::Point place = centre_of(m_setting, cell);
    m_samples.find(place, m_found);
    find(cell);
    m_points.clear();
    for (const std::size_t sample : m_near) m_points.push_back(m_samples.points()[sample]);
    for (const std::size_t node : m_cells) m_points.push_back(centre_of(m_setting, node));
    return solve(place, law);
}

/// The nearest of the samples found and of the nodes visited before, a sample before a node as near.
void NodeKriging::find(std::size_t cell) {
    const model::Grid& grid = m_setting.grid;
    const auto row = static_cast<std::ptrdiff_t>(cell / grid.columns);
    const auto column = static_cast<std::ptrdiff_t>(cell % grid.columns);
    const std::size_t spacing = m_path.spacing(cell / grid.columns, cell % grid.columns);
    const double scale = static_cast<double>(spacing) * grid.cell;
    const double limit = m_setting.radius.value_or(std::numeric_limits<double>::infinity());
    const std::uint32_t rank = m_path.rank(cell);
    m_near.clear();
    m_cells.clear();
    const auto take_samples = [&](double squared_distance) {
        while (m_near.size() + m_cells.size() < m_setting.most && m_near.size() < m_found.size() &&
               m_found[m_near.size()].squared_distance <= squared_distance)
            m_near.push_back(m_found[m_near.size()].item);
    };
    for (const LatticeStep& step : m_steps) {
        const double squared_distance = step.squared_distance * scale * scale;
        if (squared_distance > limit * limit || m_near.size() + m_cells.size() >= m_setting.most) break;
        const std::ptrdiff_t u = row + step.rows * static_cast<std::ptrdiff_t>(spacing);
        const std::ptrdiff_t v = column + step.columns * static_cast<std::ptrdiff_t>(spacing);
        if (u < 0 || v < 0 || u >= static_cast<std::ptrdiff_t>(grid.rows) ||
            v >= static_cast<std::ptrdiff_t>(grid.columns))
            continue;
        const std::size_t other = static_cast<std::size_t>(u) * grid.columns + static_cast<std::size_t>(v);
        if (m_path.rank(other) >= rank) continue;
        take_samples(squared_distance);
        if (m_near.size() + m_cells.size() < m_setting.most) m_cells.push_back(other);
    }
    take_samples(std::numeric_limits<double>::infinity());
}

bool NodeKriging::solve(geo::Point place, NodeLaw& law) {
    const std::size_t size = m_points.size();
    const KrigingSetup& setup = m_setting.setup;
    m_distances.clear();
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = i; j < size; ++j)
            m_distances.push_back(std::sqrt(geo::squared_distance(m_points[i], m_points[j])));
    }
    for (const geo::Point point : m_points)
        m_distances.push_back(std::sqrt(geo::squared_distance(point, place)));
    setup.model.to_covariances(m_distances);
    m_rows.resize(size * size);
    m_reciprocals.resize(size);
    std::size_t next = 0;
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = i; j < size; ++j) m_rows[i * size + j] = m_distances[next++];
        if (i < m_near.size()) m_rows[i * size + i] += setup.error_variance(m_near[i]);
    }
    if (!base::factor_small(m_rows, size, m_reciprocals)) return false;
    m_solution.assign(m_distances.begin() + static_cast<std::ptrdiff_t>(next), m_distances.end());
    base::forward_small(m_rows, size, m_reciprocals, m_solution);
    double variance = m_sill;
    for (const double value : m_solution) variance -= value * value;
    base::backward_small(m_rows, size, m_reciprocals, m_solution);
    law.of_samples = 0;
    law.rest = 1;
    law.deviation = std::sqrt(std::max(0.0, variance));
    for (const double weight : m_solution) law.rest -= weight;
    for (std::size_t i = 0; i < m_near.size(); ++i)
        law.of_samples += m_solution[i] * m_samples.values()[m_near[i]];
    law.cells.assign(m_cells.begin(), m_cells.end());
    law.weights.assign(m_solution.begin() + static_cast<std::ptrdiff_t>(m_near.size()), m_solution.end());
    return true;
}

}  // namespace isopleth::interpolate
