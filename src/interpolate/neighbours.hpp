// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/parameters.hpp"
#include "base/units.hpp"
#include "geo/geometry.hpp"
#include "geo/nearest.hpp"
#include "model/samples.hpp"

namespace isopleth::interpolate {

/// Positions of the points by x, then y: an order that does not depend on the one they came in.
std::vector<std::size_t> west_to_east(const std::vector<geo::Point>& points);

/// The values at these positions, in their order.
template <class Value>
std::vector<Value> picked(const std::vector<Value>& values, const std::vector<std::size_t>& order) {
    std::vector<Value> result;
    result.reserve(order.size());
    for (const std::size_t position : order) result.push_back(values[position]);
    return result;
}

struct ClosestPair {
    std::size_t first = 0;
    std::size_t second = 0;
    double distance = 0;  ///< metres
};

/// The two points nearest to each other, of 2 or more; the first found of those that are equally near.
ClosestPair closest_pair(const std::vector<geo::Point>& points);

/// Which samples an estimate uses: the nearest `count` (nullopt: all) of those at most `radius` away
/// (nullopt: anywhere). With 4 or 8 sectors, the nearest `count / sectors` of each: quadrants or octants
/// around the place, the first from east on, each with its clockwise border and without the other. Sectors
/// need count and radius.
struct NeighbourRule {
    std::optional<std::size_t> count{};
    std::optional<double> radius{};
    std::size_t sectors = 1;
};

/// Options that methods with neighbours share.
struct NeighbourOptions {
    std::string neighbours;
    std::optional<base::Meters> radius;
    std::optional<int> sectors;

    bool is_given() const { return !neighbours.empty() || radius || sectors; }
    void declare(base::ParameterList& list);
    /// Usage errors that begin with the method's name.
    void check(const std::string& method) const;
    /// Without a count, all of up to kAllByDefault samples and `otherwise` of more.
    NeighbourRule rule(std::size_t samples, std::size_t otherwise) const;
    /// Adds how many neighbours estimates take of the samples, and what else was asked for.
    void tell(const class Neighbourhood& samples, base::Json& description) const;
};

/// "all" is nullopt, "16" is 16; a Usage error for anything else.
std::optional<std::size_t> parse_neighbours(std::string_view text);

/// All up to this many samples, unless told otherwise.
inline constexpr std::size_t kAllByDefault = 500;

/// What `text` says, or where it is empty: all of up to kAllByDefault samples, `otherwise` of more.
std::optional<std::size_t> choose_neighbours(std::string_view text, std::size_t samples,
                                             std::size_t otherwise);

/// The samples, ordered west to east, with the rule by which an estimate picks from them.
class Neighbourhood {
public:
    Neighbourhood(const model::Samples& samples, const NeighbourRule& rule);
    Neighbourhood(const std::vector<geo::Point>& points, const std::vector<double>& values,
                  const NeighbourRule& rule);

    std::size_t size() const { return m_points.size(); }
    const std::vector<geo::Point>& points() const { return m_points; }
    const std::vector<double>& values() const { return m_values; }
    const std::vector<std::size_t>& origin() const {
        return m_origin;
    }  ///< positions among the samples given
    /// Every estimate uses every sample.
    bool is_global() const { return !m_rule.radius && m_take == size(); }
    /// How many an estimate uses at most.
    std::size_t most() const { return m_take; }
    /// The samples for an estimate at `place`, nearest first (ties west to east), into `found`.
    void find(geo::Point place, std::vector<geo::Neighbour>& found) const;

private:
    friend class NeighbourSearch;
    void keep_by_sector(geo::Point place, std::vector<geo::Neighbour>& found) const;
    NeighbourRule m_rule;
    std::size_t m_take;
    std::vector<std::size_t> m_origin;
    std::vector<geo::Point> m_points;
    std::vector<double> m_values;
    geo::PointIndex m_index;
};

/// The items of what was found.
void list_items(const std::vector<geo::Neighbour>& found, std::vector<std::size_t>& items);

/// The sample at the place itself, up to kSamePlace away; the nearest one, if several.
std::optional<std::size_t> sample_here(const std::vector<geo::Neighbour>& found);

/// Neighbourhood::find at places that lie together, faster: the same samples, by rising item. One for each
/// thread.
class NeighbourSearch {
public:
    /// Keeps a reference.
    explicit NeighbourSearch(const Neighbourhood& samples);
    /// Told before each place, the place and those to come after it: one search around the middle of
    /// kPlacesTogether of them serves all, where it can.
    void expect(std::span<const geo::Point> places);
    void find(geo::Point place, std::vector<geo::Neighbour>& found);

private:
    bool is_along() const;
    const Neighbourhood& m_samples;
    geo::NearestAlong m_along;
    std::size_t m_expected = 0;  ///< places still to come of those looked around
};

}  // namespace isopleth::interpolate
