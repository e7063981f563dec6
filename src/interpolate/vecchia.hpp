// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/job.hpp"
#include "geo/geometry.hpp"

namespace isopleth::interpolate {

// Vecchia's approximation (1988, JRSS B 50:297): the density of many values is the product of the density of
// each given those before it, of which only the nearest few are kept. The order matters: from coarse to fine
// the few lie on all sides and at many distances (Guinness 2018, Technometrics 60:415).

/// Positions of the points, coarse to fine: one point of the whole extent, then one of each quarter of it
/// that has none yet, of each 16th and so on, each nearest to the middle of its square; mixed within a step
/// by a fixed seed. Depends on the places alone, not on the order that they come in.
std::vector<std::size_t> coarse_to_fine(const std::vector<geo::Point>& points);

/// The nearest few of the points before each point.
class ConditioningSets {
public:
    /// `points` in their order; at most `count` for each, nearest first.
    ConditioningSets(const std::vector<geo::Point>& points, std::size_t count, const base::Job& job);
    std::size_t size() const { return m_size; }
    std::size_t most() const { return m_count; }
    std::span<const std::uint32_t> of(std::size_t point) const {
        return {m_items.data() + point * m_count, point < m_count ? point : m_count};
    }

private:
    void fill_batch(const std::vector<geo::Point>& points, std::size_t begin, std::size_t end,
                    const base::Job& job);

    std::size_t m_size;
    std::size_t m_count;
    std::vector<std::uint32_t> m_items;
};

}  // namespace isopleth::interpolate
