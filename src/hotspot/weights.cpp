// SPDX-License-Identifier: MIT
#include "hotspot/weights.hpp"

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "base/text.hpp"
#include "geo/nearest.hpp"
#include "geo/predicates.hpp"
#include "geo/rtree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace isopleth::hotspot {

namespace {

constexpr std::size_t kItemsAtATime = 64;
using Neighbours = std::vector<std::vector<std::size_t>>;

/// An edge of a ring, its western end first.
struct Segment {
    geo::Point west, east;
    double south() const { return std::min(west.y, east.y); }
    double north() const { return std::max(west.y, east.y); }
};

/// Edges that may meet `box`, by the place of their western end.
std::vector<Segment> segments_near(const geo::Geometry& polygons, const geo::Box& box) {
    std::vector<Segment> segments;
    const auto add_ring = [&](const geo::Path& ring) {
        for (std::size_t i = 1; i < ring.size(); ++i) {
            Segment segment{ring[i - 1], ring[i]};
            if (segment.east.x < segment.west.x) std::swap(segment.west, segment.east);
            const bool is_near = segment.west.x <= box.max_x && segment.east.x >= box.min_x &&
                                 segment.south() <= box.max_y && segment.north() >= box.min_y;
            if (is_near) segments.push_back(segment);
        }
    };
    for (const geo::Polygon& polygon : geo::polygons_of(polygons)) {
        add_ring(polygon.outer);
        for (const geo::Path& hole : polygon.holes) add_ring(hole);
    }
    std::sort(segments.begin(), segments.end(),
              [](const Segment& left, const Segment& right) { return left.west.x < right.west.x; });
    return segments;
}

bool is_in_box_of(const Segment& segment, geo::Point point) {
    return point.x >= segment.west.x && point.x <= segment.east.x && point.y >= segment.south() &&
           point.y <= segment.north();
}

/// A point in common; exact.
bool share_point(const Segment& a, const Segment& b) {
    const int west = geo::orientation(a.west, a.east, b.west);
    const int east = geo::orientation(a.west, a.east, b.east);
    if (west == 0 && is_in_box_of(a, b.west)) return true;
    if (east == 0 && is_in_box_of(a, b.east)) return true;
    const int other_west = geo::orientation(b.west, b.east, a.west);
    const int other_east = geo::orientation(b.west, b.east, a.east);
    if (other_west == 0 && is_in_box_of(b, a.west)) return true;
    if (other_east == 0 && is_in_box_of(b, a.east)) return true;
    return west * east < 0 && other_west * other_east < 0;
}

/// More than a point in common; exact.
bool share_stretch(const Segment& a, const Segment& b) {
    if (a.west == a.east || b.west == b.east) return false;
    if (geo::orientation(a.west, a.east, b.west) != 0 || geo::orientation(a.west, a.east, b.east) != 0)
        return false;
    return std::max(a.west.x, b.west.x) < std::min(a.east.x, b.east.x) ||
           (a.west.x == a.east.x && std::max(a.south(), b.south()) < std::min(a.north(), b.north()));
}

/// Whether any edge of one touches an edge of the other, sweeping both lists from west to east.
bool touch(const std::vector<Segment>& left, const std::vector<Segment>& right, bool along_an_edge) {
    const auto meets = along_an_edge ? share_stretch : share_point;
    const auto meets_any_from = [&](const Segment& segment, const std::vector<Segment>& others,
                                    std::size_t first) {
        for (std::size_t i = first; i < others.size() && others[i].west.x <= segment.east.x; ++i) {
            const bool is_level =
                others[i].south() <= segment.north() && others[i].north() >= segment.south();
            if (is_level && meets(segment, others[i])) return true;
        }
        return false;
    };
    std::size_t l = 0;
    std::size_t r = 0;
    while (l < left.size() && r < right.size()) {
        const bool take_left = left[l].west.x <= right[r].west.x;
        if (take_left ? meets_any_from(left[l], right, r) : meets_any_from(right[r], left, l)) return true;
        ++(take_left ? l : r);
    }
    return false;
}

void check_polygons(const model::Layer& layer) {
    for (std::size_t row = 0; row < layer.row_count(); ++row) {
        const bool is_fit = layer.has_geometry && (geo::is_missing(layer.geometry[row]) ||
                                                   !geo::polygons_of(layer.geometry[row]).empty());
        if (is_fit) continue;
        base::fail_data(fmt::format("queen and rook neighbours need polygons, not a {}",
                                    layer.has_geometry ? geo::type_name(layer.geometry[row]) : "table"),
                        "Use --weights knn:8 or --weights distance:500.", layer.place_of(row));
    }
}

Neighbours touching(const model::Layer& layer, bool along_an_edge, const base::Job& job) {
    check_polygons(layer);
    const std::size_t count = layer.row_count();
    std::vector<geo::Box> boxes;
    for (const geo::Geometry& geometry : layer.geometry) boxes.push_back(geo::bounds(geometry));
    const geo::BoxIndex index(boxes);
    Neighbours later(count);  // those with a higher number
    const auto work = [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            if (boxes[i].empty()) continue;
            for (const std::size_t j : index.meeting(boxes[i])) {
                if (j <= i) continue;
                if (touch(segments_near(layer.geometry[i], boxes[j]),
                          segments_near(layer.geometry[j], boxes[i]), along_an_edge)) {
                    later[i].push_back(j);
                }
            }
        }
    };
    base::parallel_chunks(job, count, kItemsAtATime, work, "neighbours");
    Neighbours all(count);
    for (std::size_t i = 0; i < count; ++i) {
        for (const std::size_t j : later[i]) all[j].push_back(i);
    }
    // Those with a lower number came first, by rising number.
    for (std::size_t i = 0; i < count; ++i) all[i].insert(all[i].end(), later[i].begin(), later[i].end());
    return all;
}

void check_metric(const model::Layer& layer) {
    if (layer.crs && layer.crs->is_metric()) return;
    base::fail_data(
        layer.crs ? fmt::format("distances between neighbours need metres; {} has none", layer.crs->name())
                  : "distances between neighbours need metres, and the layer has no CRS",
        "Project the layer first.", layer.row_count() > 0 ? layer.place_of(0) : base::Place{});
}

/// Centroids of the rows that have one.
struct Centres {
    std::vector<geo::Point> points;
    std::vector<std::size_t> rows;
};

Centres centres_of(const model::Layer& layer) {
    Centres centres;
    for (std::size_t row = 0; row < layer.geometry.size(); ++row) {
        const std::optional<geo::Point> centre = geo::centroid(layer.geometry[row]);
        if (!centre) continue;
        centres.points.push_back(*centre);
        centres.rows.push_back(row);
    }
    return centres;
}

Neighbours near(const model::Layer& layer, const WeightsMethod& method, const base::Job& job) {
    check_metric(layer);
    const Centres centres = centres_of(layer);
    const bool by_count = method.kind == WeightsMethod::Kind::kNearest;
    if (by_count && centres.rows.size() <= method.count) {
        base::fail_data(fmt::format("{} places; {} neighbours each need more than that", centres.rows.size(),
                                    method.count),
                        "Ask for fewer neighbours.");
    }
    const geo::PointIndex index(centres.points);
    Neighbours neighbours(layer.row_count());
    const auto work = [&](std::size_t begin, std::size_t end) {
        std::vector<geo::Neighbour> found;
        for (std::size_t i = begin; i < end; ++i) {
            if (by_count) {
                index.nearest(centres.points[i], method.count + 1, found);
            } else {
                index.within(centres.points[i], method.distance.value, found);
            }
            std::erase_if(found, [i](const geo::Neighbour& neighbour) { return neighbour.item == i; });
            // At a place that many share the item itself may not be among the nearest.
            if (by_count && found.size() > method.count) found.pop_back();
            std::vector<std::size_t>& own = neighbours[centres.rows[i]];
            for (const geo::Neighbour& neighbour : found) own.push_back(centres.rows[neighbour.item]);
            std::sort(own.begin(), own.end());
        }
    };
    base::parallel_chunks(job, centres.rows.size(), kItemsAtATime, work, "neighbours");
    return neighbours;
}

std::string_view value_of(std::string_view text, std::string_view name) {
    const std::string_view value = text.size() > name.size() ? text.substr(name.size() + 1) : "";
    if (!base::trim(value).empty()) return value;
    base::fail_usage(fmt::format("--weights {} needs a number", name), "Write knn:8 or distance:500.");
}

}  // namespace

WeightsMethod parse_weights(std::string_view text) {
    const std::string_view name = text.substr(0, text.find(':'));
    WeightsMethod method;
    if (text == "queen") return method;
    if (text == "rook") {
        method.kind = WeightsMethod::Kind::kRook;
        return method;
    }
    if (name == "knn") {
        const auto count = base::parse_integer(value_of(text, name));
        if (!count || *count < 1) {
            base::fail_usage(fmt::format("\"{}\" is no number of neighbours", text), "Write it as knn:8.");
        }
        method.kind = WeightsMethod::Kind::kNearest;
        method.count = static_cast<std::size_t>(*count);
        return method;
    }
    if (name == "distance") {
        method.kind = WeightsMethod::Kind::kDistance;
        method.distance = base::parse_meters(value_of(text, name));
        if (!(method.distance.value > 0)) base::fail_usage("the distance of --weights must be above 0");
        return method;
    }
    base::fail_usage(fmt::format("unknown weights {}{}", text,
                                 base::did_you_mean(name, {"queen", "rook", "knn", "distance"})),
                     "Weights are queen, rook, knn:8 (any number) or distance:500 (any length).");
}

std::size_t Weights::islands() const {
    return static_cast<std::size_t>(
        std::count_if(neighbours.begin(), neighbours.end(), [](const auto& own) { return own.empty(); }));
}

Weights make_weights(const model::Layer& layer, const WeightsMethod& method, const base::Job& job) {
    switch (method.kind) {
        case WeightsMethod::Kind::kQueen:
            return {touching(layer, false, job)};
        case WeightsMethod::Kind::kRook:
            return {touching(layer, true, job)};
        case WeightsMethod::Kind::kNearest:
        case WeightsMethod::Kind::kDistance:
            return {near(layer, method, job)};
    }
    base::bug("weights of an unknown kind");
}

}  // namespace isopleth::hotspot
