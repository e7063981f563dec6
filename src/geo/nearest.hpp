// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "geo/geometry.hpp"

namespace isopleth::geo {

struct Neighbour {
    std::size_t item;
    double squared_distance;
    bool operator==(const Neighbour&) const = default;
};

/// Static k-d tree over points in a plane. Queries may run from several threads.
/// Ties in distance are broken by the smaller item number, so results do not depend on the tree.
class PointIndex {
public:
    explicit PointIndex(std::vector<Point> points);
    ~PointIndex();
    PointIndex(PointIndex&&) noexcept;
    PointIndex& operator=(PointIndex&&) noexcept;

    std::size_t size() const;
    /// The `count` nearest (all when there are fewer), nearest first, into `found`, which is reused.
    void nearest(Point point, std::size_t count, std::vector<Neighbour>& found) const;
    /// All at most `distance` away (its end included), nearest first.
    void within(Point point, double distance, std::vector<Neighbour>& found) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace isopleth::geo
