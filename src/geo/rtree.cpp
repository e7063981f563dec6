// SPDX-License-Identifier: MIT
#include "geo/rtree.hpp"

#include <boost/geometry/geometries/box.hpp>
#include <boost/geometry/geometries/point.hpp>
#include <boost/geometry/strategies/strategies.hpp>

// The tree needs the strategies above it.
#include <boost/geometry/index/rtree.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

namespace isopleth::geo {

namespace {

namespace bg = boost::geometry;
namespace bgi = boost::geometry::index;

using Corner = bg::model::point<double, 2, bg::cs::cartesian>;
using Rectangle = bg::model::box<Corner>;
using Entry = std::pair<Rectangle, std::size_t>;
using Tree = bgi::rtree<Entry, bgi::quadratic<16>>;

bool is_empty(const Box& box) {
    return !(box.min_x <= box.max_x && box.min_y <= box.max_y);
}

Rectangle to_rectangle(const Box& box) {
    return {{box.min_x, box.min_y}, {box.max_x, box.max_y}};
}

double squared_distance(const Rectangle& box, Point point) {
    const auto outside = [](double low, double high, double value) {
        return std::max({low - value, 0.0, value - high});
    };
    const double dx = outside(box.min_corner().get<0>(), box.max_corner().get<0>(), point.x);
    const double dy = outside(box.min_corner().get<1>(), box.max_corner().get<1>(), point.y);
    return dx * dx + dy * dy;
}

/// The square around a point, so much wider that no rounding of its sides loses a box.
Rectangle square_around(Point point, double distance) {
    const double slack = 4 * std::numeric_limits<double>::epsilon();
    const double x = distance + slack * (std::abs(point.x) + distance) + std::numeric_limits<double>::min();
    const double y = distance + slack * (std::abs(point.y) + distance) + std::numeric_limits<double>::min();
    return {{point.x - x, point.y - y}, {point.x + x, point.y + y}};
}

}  // namespace

struct BoxIndex::State {
    Tree tree;

    /// Calls `take(item, squared distance)` for every box near the square of that half side.
    template <class Take>
    void visit_near(Point point, double distance, Take&& take) const {
        const Rectangle square = square_around(point, distance);
        for (auto entry = tree.qbegin(bgi::intersects(square)); entry != tree.qend(); ++entry)
            take(entry->second, squared_distance(entry->first, point));
    }
};

BoxIndex::BoxIndex(const std::vector<Box>& boxes) : m_state(std::make_unique<State>()) {
    std::vector<Entry> entries;
    entries.reserve(boxes.size());
    for (std::size_t item = 0; item < boxes.size(); ++item)
        if (!is_empty(boxes[item])) entries.emplace_back(to_rectangle(boxes[item]), item);
    m_state->tree = Tree(entries);  // this constructor packs
}

BoxIndex::~BoxIndex() = default;
BoxIndex::BoxIndex(BoxIndex&&) noexcept = default;
BoxIndex& BoxIndex::operator=(BoxIndex&&) noexcept = default;

std::vector<std::size_t> BoxIndex::meeting(const Box& box) const {
    std::vector<std::size_t> items;
    if (is_empty(box)) return items;
    const Rectangle rectangle = to_rectangle(box);
    for (auto entry = m_state->tree.qbegin(bgi::intersects(rectangle)); entry != m_state->tree.qend();
         ++entry)
        items.push_back(entry->second);
    std::sort(items.begin(), items.end());
    return items;
}

std::vector<std::size_t> BoxIndex::within(Point point, double distance) const {
    std::vector<std::size_t> items;
    if (!(distance >= 0)) return items;
    m_state->visit_near(point, distance, [&](std::size_t item, double squared) {
        if (std::sqrt(squared) <= distance) items.push_back(item);
    });
    std::sort(items.begin(), items.end());
    return items;
}

std::vector<std::size_t> BoxIndex::nearest(Point point, std::size_t count) const {
    count = std::min(count, m_state->tree.size());
    if (count == 0) return {};
    // Boost chooses among equally near boxes by its tree: its answer only says how far to look.
    double farthest = 0;
    std::vector<Entry> chosen;
    m_state->tree.query(bgi::nearest(Corner(point.x, point.y), static_cast<unsigned>(count)),
                        std::back_inserter(chosen));
    for (const Entry& entry : chosen) farthest = std::max(farthest, squared_distance(entry.first, point));

    std::vector<std::pair<double, std::size_t>> candidates;
    m_state->visit_near(point, std::sqrt(farthest), [&](std::size_t item, double squared) {
        if (squared <= farthest) candidates.emplace_back(squared, item);
    });
    std::sort(candidates.begin(), candidates.end());
    std::vector<std::size_t> items;
    for (std::size_t i = 0; i < count && i < candidates.size(); ++i) items.push_back(candidates[i].second);
    return items;
}

}  // namespace isopleth::geo
