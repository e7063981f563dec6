// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
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
    Point point(std::size_t item) const;
    /// The `count` nearest (all when there are fewer), nearest first, into `found`, which is reused.
    void nearest(Point point, std::size_t count, std::vector<Neighbour>& found) const;
    /// All at most `distance` away (its end included), nearest first.
    void within(Point point, double distance, std::vector<Neighbour>& found) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// By rising item.
void sort_by_item(std::vector<Neighbour>& found);

/// Searches at places that lie together, such as the cells of a tile: keeps the points around their middle.
/// All points nearer to it than the reach are kept, so what is nearest among them is nearest of all while the
/// place has not gone too far; then it searches anew. One for each thread.
class NearestAlong {
public:
    /// Keeps a reference to the index.
    NearestAlong(const PointIndex& index, std::size_t count);
    /// The next places: a search around their middle may serve them all.
    void expect(std::span<const Point> places);
    /// The points of PointIndex::nearest(point, count, found), by rising item.
    void nearest(Point point, std::vector<Neighbour>& found);

private:
    bool pick(Point point, std::vector<Neighbour>& found);
    void keep(Point centre);
    void choose_within(double farthest);
    double farthest_of(const std::vector<std::uint32_t>& set) const;

    const PointIndex& m_index;
    std::size_t m_count;
    Point m_centre{};
    double m_reach = -1;      ///< every point nearer to the centre than this is kept
    std::vector<double> m_x;  ///< of the points kept, by rising item, as m_y and m_items
    std::vector<double> m_y;
    std::vector<std::size_t> m_items;
    std::vector<double> m_squared;
    std::vector<std::uint32_t> m_set;  ///< those of the last answer among the points kept, rising
    std::vector<std::uint32_t> m_next;
    std::vector<std::uint32_t> m_within;
    std::vector<Neighbour> m_around;
};

}  // namespace isopleth::geo
