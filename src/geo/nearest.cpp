// SPDX-License-Identifier: MIT
#include "geo/nearest.hpp"

#include "base/error.hpp"

#include <nanoflann.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace isopleth::geo {

namespace {

/// nanoflann's view of the points.
struct Cloud {
    std::vector<Point> points;

    std::size_t kdtree_get_point_count() const { return points.size(); }
    double kdtree_get_pt(std::size_t index, std::size_t axis) const {
        return axis == 0 ? points[index].x : points[index].y;
    }
    template <class AnyBox>
    bool kdtree_get_bbox(AnyBox&) const {
        return false;
    }
};

using Tree =
    nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Simple_Adaptor<double, Cloud, double, std::size_t>,
                                        Cloud, 2, std::size_t>;

constexpr std::size_t kLeafSize = 16;
/// Up to so many neighbours are kept sorted by insertion, more in a heap: measured, insertion is quicker to
/// about 250.
constexpr std::size_t kFewNeighbours = 200;

bool is_nearer(const Neighbour& left, const Neighbour& right) {
    if (left.squared_distance != right.squared_distance)
        return left.squared_distance < right.squared_distance;
    return left.item < right.item;
}

/// nanoflann leaves out what is exactly at the limit, and adds up the least distance of a branch with
/// rounding (a few parts in 10^16 a level): this limit is so much wider that nothing at the true one is
/// missed.
double widened(double squared_distance) {
    return squared_distance * (1 + 1e-12) + std::numeric_limits<double>::min();
}

/// The nearest few, sorted; what nanoflann calls a result set.
class NearestFew {
public:
    NearestFew(std::size_t count, const std::vector<std::size_t>& items, std::vector<Neighbour>& found)
        : m_count(count), m_items(items), m_found(found) {}

    bool addPoint(double squared_distance, std::size_t index) {
        const Neighbour candidate{m_items[index], squared_distance};
        if (m_found.size() == m_count) {
            if (!is_nearer(candidate, m_found.back())) return true;
            m_found.pop_back();
        }
        std::size_t place = m_found.size();
        m_found.push_back(candidate);
        for (; place > 0 && is_nearer(candidate, m_found[place - 1]); --place)
            m_found[place] = m_found[place - 1];
        m_found[place] = candidate;
        return true;
    }
    double worstDist() const {
        return m_found.size() < m_count ? std::numeric_limits<double>::infinity()
                                        : widened(m_found.back().squared_distance);
    }
    bool full() const { return m_found.size() == m_count; }

private:
    std::size_t m_count;
    const std::vector<std::size_t>& m_items;
    std::vector<Neighbour>& m_found;
};

/// The nearest many, as a heap with the farthest on top.
class NearestMany {
public:
    NearestMany(std::size_t count, const std::vector<std::size_t>& items, std::vector<Neighbour>& found)
        : m_count(count), m_items(items), m_found(found) {}

    bool addPoint(double squared_distance, std::size_t index) {
        const Neighbour candidate{m_items[index], squared_distance};
        if (m_found.size() == m_count) {
            if (!is_nearer(candidate, m_found.front())) return true;
            std::pop_heap(m_found.begin(), m_found.end(), is_nearer);
            m_found.back() = candidate;
        } else {
            m_found.push_back(candidate);
        }
        std::push_heap(m_found.begin(), m_found.end(), is_nearer);
        return true;
    }
    double worstDist() const {
        return m_found.size() < m_count ? std::numeric_limits<double>::infinity()
                                        : widened(m_found.front().squared_distance);
    }
    bool full() const { return m_found.size() == m_count; }

private:
    std::size_t m_count;
    const std::vector<std::size_t>& m_items;
    std::vector<Neighbour>& m_found;
};

/// All within a distance, its end included.
class WithinDistance {
public:
    WithinDistance(double distance, const std::vector<std::size_t>& items, std::vector<Neighbour>& found)
        : m_distance(distance), m_limit(widened(distance * distance)), m_items(items), m_found(found) {}

    bool addPoint(double squared_distance, std::size_t index) {
        if (std::sqrt(squared_distance) <= m_distance) m_found.push_back({m_items[index], squared_distance});
        return true;
    }
    double worstDist() const { return m_limit; }
    bool full() const { return true; }

private:
    double m_distance;
    double m_limit;
    const std::vector<std::size_t>& m_items;
    std::vector<Neighbour>& m_found;
};

}  // namespace

struct PointIndex::State {
    Cloud cloud;
    std::vector<std::size_t> items;     ///< item number of each point of the cloud
    std::vector<std::size_t> position;  ///< where each item stands in the cloud
    Tree tree;

    explicit State(std::vector<Point> points)
        : cloud{std::move(points)},
          items(cloud.points.size()),
          tree(2, cloud, nanoflann::KDTreeSingleIndexAdaptorParams(kLeafSize)) {
        std::iota(items.begin(), items.end(), std::size_t{0});
        if (items.empty()) return;
        // The points in the order of the leaves: a search then reads memory that lies together.
        items.swap(tree.vAcc);
        std::vector<Point> in_order(items.size());
        for (std::size_t i = 0; i < items.size(); ++i) in_order[i] = cloud.points[items[i]];
        cloud.points = std::move(in_order);
        position.resize(items.size());
        for (std::size_t i = 0; i < items.size(); ++i) position[items[i]] = i;
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    template <class Result>
    void search(Point point, Result& result) const {
        const double place[2] = {point.x, point.y};
        tree.findNeighbors(result, place, nanoflann::SearchParams());
    }
};

PointIndex::PointIndex(std::vector<Point> points) {
    for (const Point& point : points) {
        if (!std::isfinite(point.x) || !std::isfinite(point.y))
            base::bug("a point index of coordinates that are not finite");
    }
    m_state = std::make_unique<State>(std::move(points));
}

PointIndex::~PointIndex() = default;
PointIndex::PointIndex(PointIndex&&) noexcept = default;
PointIndex& PointIndex::operator=(PointIndex&&) noexcept = default;

std::size_t PointIndex::size() const {
    return m_state->items.size();
}

void PointIndex::nearest(Point point, std::size_t count, std::vector<Neighbour>& found) const {
    found.clear();
    count = std::min(count, size());
    if (count == 0) return;
    if (count <= kFewNeighbours) {
        NearestFew result(count, m_state->items, found);
        m_state->search(point, result);
        return;
    }
    NearestMany result(count, m_state->items, found);
    m_state->search(point, result);
    std::sort_heap(found.begin(), found.end(), is_nearer);
}

void PointIndex::within(Point point, double distance, std::vector<Neighbour>& found) const {
    found.clear();
    if (size() == 0 || !(distance >= 0)) return;
    WithinDistance result(distance, m_state->items, found);
    m_state->search(point, result);
    std::sort(found.begin(), found.end(), is_nearer);
}

Point PointIndex::point(std::size_t item) const {
    return m_state->cloud.points[m_state->position[item]];
}

namespace {

/// How many are kept for each one asked for: measured, more cost more to look through than searching anew
/// less often saves.
constexpr std::size_t kKeptForOne = 2;
constexpr std::size_t kKeptMore = 8;
/// Above this many the tree's own search is as quick.
constexpr std::size_t kMostAlong = 64;

void square_distances(const std::vector<double>& x, const std::vector<double>& y, Point point,
                      std::vector<double>& squared) {
    for (std::size_t i = 0; i < squared.size(); ++i) {
        const double east = x[i] - point.x;
        const double north = y[i] - point.y;
        squared[i] = east * east + north * north;
    }
}

std::size_t count_within(const std::vector<double>& squared, double most) {
    std::size_t count = 0;
    for (const double one : squared) count += one <= most ? 1 : 0;
    return count;
}

}  // namespace

void sort_by_item(std::vector<Neighbour>& found) {
    std::sort(found.begin(), found.end(),
              [](const Neighbour& left, const Neighbour& right) { return left.item < right.item; });
}

NearestAlong::NearestAlong(const PointIndex& index, std::size_t count)
    : m_index(index), m_count(std::min(count, index.size())) {}

void NearestAlong::expect(std::span<const Point> places) {
    if (places.empty() || m_count == 0 || m_count > kMostAlong) return;
    Box box;
    for (const Point& place : places) box.extend(place);
    keep({(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2});
}

void NearestAlong::nearest(Point point, std::vector<Neighbour>& found) {
    if (m_count > 0 && m_count <= kMostAlong) {
        if (pick(point, found)) return;
        keep(point);
        if (pick(point, found)) return;
    }
    m_index.nearest(point, m_count, found);
    sort_by_item(found);
}

void NearestAlong::keep(Point centre) {
    const std::size_t kept = kKeptForOne * m_count + kKeptMore;
    m_index.nearest(centre, kept, m_around);
    m_centre = centre;
    m_reach = m_around.size() < kept ? std::numeric_limits<double>::infinity()
                                     : std::sqrt(m_around.back().squared_distance);
    const Neighbour last = m_around[m_count - 1];
    sort_by_item(m_around);
    m_x.clear();
    m_y.clear();
    m_items.clear();
    m_set.clear();
    for (const Neighbour& neighbour : m_around) {
        const Point kept_point = m_index.point(neighbour.item);
        if (!is_nearer(last, neighbour)) m_set.push_back(static_cast<std::uint32_t>(m_x.size()));
        m_x.push_back(kept_point.x);
        m_y.push_back(kept_point.y);
        m_items.push_back(neighbour.item);
    }
    m_squared.resize(m_x.size());
}

/// Four at a time, for each waits for the one before it.
double NearestAlong::farthest_of(const std::vector<std::uint32_t>& set) const {
    std::array<double, 4> farthest{};
    std::size_t i = 0;
    for (; i + 4 <= set.size(); i += 4) {
        for (std::size_t k = 0; k < 4; ++k) farthest[k] = std::max(farthest[k], m_squared[set[i + k]]);
    }
    for (; i < set.size(); ++i) farthest[0] = std::max(farthest[0], m_squared[set[i]]);
    return *std::max_element(farthest.begin(), farthest.end());
}

/// False when a point that is not kept might be nearer than those found. The last answer's points, wherever
/// they are now, bound the distance: no others than those within it can be among the nearest, and mostly
/// there are just as many as are asked for.
bool NearestAlong::pick(Point point, std::vector<Neighbour>& found) {
    if (m_x.empty()) return false;
    square_distances(m_x, m_y, point, m_squared);
    m_next = m_set;
    double farthest = farthest_of(m_next);
    if (count_within(m_squared, farthest) > m_count) {
        choose_within(farthest);
        farthest = farthest_of(m_next);
    }
    const double reached = std::sqrt(farthest) + std::sqrt(squared_distance(point, m_centre));
    if (!(reached * (1 + 1e-12) < m_reach)) return false;
    found.resize(m_count);
    m_set.swap(m_next);
    for (std::size_t i = 0; i < m_count; ++i) found[i] = {m_items[m_set[i]], m_squared[m_set[i]]};
    return true;
}

/// The nearest of those within that squared distance become the next set.
void NearestAlong::choose_within(double farthest) {
    m_within.resize(m_squared.size());
    std::size_t size = 0;
    for (std::size_t i = 0; i < m_squared.size(); ++i) {
        m_within[size] = static_cast<std::uint32_t>(i);
        size += m_squared[i] <= farthest ? 1 : 0;
    }
    m_within.resize(size);
    while (m_within.size() > m_count) {
        std::size_t worst = 0;  // the last of those equally far has the greatest item
        for (std::size_t i = 1; i < m_within.size(); ++i) {
            if (m_squared[m_within[i]] >= m_squared[m_within[worst]]) worst = i;
        }
        m_within.erase(m_within.begin() + static_cast<std::ptrdiff_t>(worst));
    }
    m_next = m_within;
}

}  // namespace isopleth::geo
