// SPDX-License-Identifier: MIT
#include "interpolate/support.hpp"

#include "base/error.hpp"

#include <array>
#include <cmath>

namespace isopleth::interpolate {

namespace {

struct Node {
    double place;  ///< of a side from -1 to 1
    double weight;
};

/// Gauss-Legendre of four points (Abramowitz and Stegun 1972, table 25.4); the weights of both halves sum
/// to 1.
std::array<Node, 4> four_nodes() {
    const double root = 2.0 / 7.0 * std::sqrt(6.0 / 5.0);
    const double near = std::sqrt(3.0 / 7.0 - root);
    const double far = std::sqrt(3.0 / 7.0 + root);
    const double heavy = (18 + std::sqrt(30.0)) / 72;
    const double light = (18 - std::sqrt(30.0)) / 72;
    return {Node{-far, light}, Node{-near, heavy}, Node{near, heavy}, Node{far, light}};
}

}  // namespace

Support Support::rectangle(double width, double height) {
    Support support;
    support.m_is_point = false;
    support.m_offsets.clear();
    support.m_weights.clear();
    for (const Node& row : four_nodes()) {
        for (const Node& column : four_nodes()) {
            support.m_offsets.push_back({column.place * width / 2, row.place * height / 2});
            support.m_weights.push_back(column.weight * row.weight);
        }
    }
    return support;
}

Support Support::area(std::vector<geo::Point> offsets) {
    if (offsets.empty()) base::bug("an area without a point");
    Support support;
    support.m_is_point = false;
    support.m_is_area = true;
    support.m_weights.assign(offsets.size(), 1 / static_cast<double>(offsets.size()));
    support.m_offsets = std::move(offsets);
    return support;
}

VariogramModel Support::shared(const VariogramModel& model) const {
    VariogramModel part = model;
    if (!is_point()) part.nugget = 0;
    return part;
}

double Support::variance(const VariogramModel& model) const {
    if (is_point()) return model.sill();
    const VariogramModel part = shared(model);
    std::vector<double> distances(m_offsets.size());
    double sum = 0;
    for (std::size_t i = 0; i < m_offsets.size(); ++i) {
        for (std::size_t j = 0; j < m_offsets.size(); ++j)
            distances[j] = std::sqrt(geo::squared_distance(m_offsets[i], m_offsets[j]));
        part.to_covariances(distances);
        for (std::size_t j = 0; j < m_offsets.size(); ++j) sum += m_weights[i] * m_weights[j] * distances[j];
    }
    return sum;
}

}  // namespace isopleth::interpolate
