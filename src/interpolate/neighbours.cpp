// SPDX-License-Identifier: MIT
#include "interpolate/neighbours.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace isopleth::interpolate {

namespace {

template <class Value>
std::vector<Value> picked(const std::vector<Value>& values, const std::vector<std::size_t>& order) {
    std::vector<Value> result;
    result.reserve(order.size());
    for (const std::size_t position : order) result.push_back(values[position]);
    return result;
}

}  // namespace

std::vector<std::size_t> west_to_east(const std::vector<geo::Point>& points) {
    std::vector<std::size_t> order(points.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
        if (points[left].x != points[right].x) return points[left].x < points[right].x;
        if (points[left].y != points[right].y) return points[left].y < points[right].y;
        return left < right;
    });
    return order;
}

ClosestPair closest_pair(const std::vector<geo::Point>& points) {
    ClosestPair closest;
    double least = std::numeric_limits<double>::infinity();
    const geo::PointIndex index(points);
    std::vector<geo::Neighbour> found;
    for (std::size_t i = 0; i < points.size(); ++i) {
        index.nearest(points[i], 2, found);
        for (const geo::Neighbour& one : found) {
            if (one.item == i || one.squared_distance >= least) continue;
            least = one.squared_distance;
            closest = {i, one.item, std::sqrt(least)};
        }
    }
    return closest;
}

std::optional<std::size_t> parse_neighbours(std::string_view text) {
    if (text == "all") return std::nullopt;
    const auto count = base::parse_integer(text);
    if (!count || *count < 1) {
        base::fail_usage("neighbours is a whole number from 1 on or all, not \"" + std::string(text) + "\"");
    }
    return static_cast<std::size_t>(*count);
}

std::optional<std::size_t> choose_neighbours(std::string_view text, std::size_t samples,
                                             std::size_t otherwise) {
    if (!text.empty()) return parse_neighbours(text);
    if (samples <= kAllByDefault) return std::nullopt;
    return otherwise;
}

Neighbourhood::Neighbourhood(const model::Samples& samples, const NeighbourRule& rule)
    : Neighbourhood(samples.points(), samples.values(), rule) {}

Neighbourhood::Neighbourhood(const std::vector<geo::Point>& points, const std::vector<double>& values,
                             const NeighbourRule& rule)
    : m_rule(rule),
      m_take(std::min(rule.count.value_or(points.size()), points.size())),
      m_origin(west_to_east(points)),
      m_points(picked(points, m_origin)),
      m_values(picked(values, m_origin)),
      m_index(m_points) {}

namespace {

void drop_beyond(const std::optional<double>& radius, std::vector<geo::Neighbour>& found) {
    while (radius && !found.empty() && std::sqrt(found.back().squared_distance) > *radius) found.pop_back();
}

}  // namespace

void Neighbourhood::find(geo::Point place, std::vector<geo::Neighbour>& found) const {
    if (m_rule.radius && m_take == size()) return m_index.within(place, *m_rule.radius, found);
    m_index.nearest(place, m_take, found);
    drop_beyond(m_rule.radius, found);
}

NeighbourSearch::NeighbourSearch(const Neighbourhood& samples)
    : m_samples(samples), m_along(samples.m_index, samples.m_take) {}

void NeighbourSearch::find(geo::Point place, std::vector<geo::Neighbour>& found) {
    if (m_samples.m_take == m_samples.size()) return m_samples.find(place, found);
    m_along.nearest(place, found);
    drop_beyond(m_samples.m_rule.radius, found);
}

void sort_by_item(std::vector<geo::Neighbour>& found, std::vector<std::size_t>& items) {
    std::sort(found.begin(), found.end(),
              [](const geo::Neighbour& left, const geo::Neighbour& right) { return left.item < right.item; });
    items.clear();
    for (const geo::Neighbour& neighbour : found) items.push_back(neighbour.item);
}

}  // namespace isopleth::interpolate
