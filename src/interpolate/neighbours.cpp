// SPDX-License-Identifier: MIT
#include "interpolate/neighbours.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "interpolate/interpolator.hpp"
#include "interpolate/variogram.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace isopleth::interpolate {

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

void NeighbourOptions::tell(const Neighbourhood& samples, base::Json& description) const {
    description.set("neighbours",
                    samples.most() == samples.size() ? base::Json("all") : base::Json(samples.most()));
    if (neighbours.empty()) description.set("neighbours_by_default", true);
    if (radius) description.set("radius", radius->value);
    if (sectors) description.set("sectors", *sectors);
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

void NeighbourOptions::declare(base::ParameterList& list) {
    list.add("neighbours", neighbours, "nearest samples that count, or all").called("N");
    list.add("radius", radius, "farthest sample that counts").called("D");
    list.add("sectors", sectors, "4 or 8: the neighbours are taken from so many sides alike").called("N");
}

void NeighbourOptions::check(const std::string& method) const {
    const auto count = neighbours.empty() ? std::nullopt : parse_neighbours(neighbours);
    if (radius && !(radius->value > 0)) base::fail_usage(method + ": radius must be above 0");
    if (!sectors) return;
    if (*sectors != 4 && *sectors != 8)
        base::fail_usage(fmt::format("{}: sectors is 4 or 8, not {}", method, *sectors));
    if (!radius) {
        base::fail_usage(method + ": sectors needs a radius",
                         "A side without samples would be searched to the end of the data.");
    }
    if (!count || *count % static_cast<std::size_t>(*sectors) != 0) {
        base::fail_usage(
            fmt::format("{}: sectors={} needs neighbours, a multiple of {}", method, *sectors, *sectors));
    }
}

NeighbourRule NeighbourOptions::rule(std::size_t samples, std::size_t otherwise) const {
    NeighbourRule rule{choose_neighbours(neighbours, samples, otherwise), {}, 1};
    if (radius) rule.radius = radius->value;
    if (sectors) rule.sectors = static_cast<std::size_t>(*sectors);
    return rule;
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
    if (!radius) return;
    std::erase_if(found,
                  [&](const geo::Neighbour& one) { return std::sqrt(one.squared_distance) > *radius; });
}

/// 0 to 3 or 0 to 7, anticlockwise from east; 0 for the place itself.
std::size_t sector_of(double east, double north, std::size_t sectors) {
    std::size_t quadrant = 0;
    // Turned by quarters until it lies in the first one, its lower border included.
    while (quadrant < 4 && !(east > 0 && north >= 0)) {
        const double turned = north;
        north = -east;
        east = turned;
        ++quadrant;
    }
    quadrant %= 4;
    if (sectors == 4) return quadrant;
    return 2 * quadrant + (north >= east && north > 0 ? 1 : 0);
}

}  // namespace

void Neighbourhood::keep_by_sector(geo::Point place, std::vector<geo::Neighbour>& found) const {
    const std::size_t most_of_a_sector = *m_rule.count / m_rule.sectors;
    std::array<std::size_t, 8> taken{};
    std::erase_if(found, [&](const geo::Neighbour& one) {
        const geo::Point point = m_points[one.item];
        std::size_t& here = taken[sector_of(point.x - place.x, point.y - place.y, m_rule.sectors)];
        return ++here > most_of_a_sector;
    });
}

void Neighbourhood::find(geo::Point place, std::vector<geo::Neighbour>& found) const {
    if (m_rule.sectors > 1) {
        m_index.within(place, *m_rule.radius, found);
        return keep_by_sector(place, found);
    }
    if (m_rule.radius && m_take == size()) return m_index.within(place, *m_rule.radius, found);
    m_index.nearest(place, m_take, found);
    drop_beyond(m_rule.radius, found);
}

NeighbourSearch::NeighbourSearch(const Neighbourhood& samples)
    : m_samples(samples), m_along(samples.m_index, samples.m_take) {}

bool NeighbourSearch::is_along() const {
    return m_samples.m_take < m_samples.size() && m_samples.m_rule.sectors == 1;
}

void NeighbourSearch::expect(std::span<const geo::Point> places) {
    if (!is_along()) return;
    if (m_expected > 0) {
        --m_expected;
        return;
    }
    m_expected = std::min(kPlacesTogether, places.size()) - 1;
    m_along.expect(places.first(m_expected + 1));
}

void NeighbourSearch::find(geo::Point place, std::vector<geo::Neighbour>& found) {
    if (!is_along()) {
        m_samples.find(place, found);
        return geo::sort_by_item(found);
    }
    m_along.nearest(place, found);
    drop_beyond(m_samples.m_rule.radius, found);
}

void list_items(const std::vector<geo::Neighbour>& found, std::vector<std::size_t>& items) {
    items.clear();
    for (const geo::Neighbour& neighbour : found) items.push_back(neighbour.item);
}

std::optional<std::size_t> sample_here(const std::vector<geo::Neighbour>& found) {
    const geo::Neighbour* here = nullptr;
    for (const geo::Neighbour& neighbour : found) {
        if (neighbour.squared_distance > kSamePlace * kSamePlace) continue;
        if (here == nullptr || neighbour.squared_distance < here->squared_distance) here = &neighbour;
    }
    if (here == nullptr) return std::nullopt;
    return here->item;
}

}  // namespace isopleth::interpolate
