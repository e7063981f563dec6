// SPDX-License-Identifier: MIT
#include "join/spatial.hpp"

#include "base/parallel.hpp"
#include "base/text.hpp"
#include "geo/geos.hpp"
#include "geo/nearest.hpp"
#include "geo/rtree.hpp"
#include "join/polygon_locator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <iterator>
#include <limits>

namespace isopleth::join {

namespace {
constexpr std::size_t kChunk = 4096;  ///< left rows a piece of parallel work

template <class Value, std::size_t Count>
Value parse_word(std::string_view text, const char* what,
                 const std::pair<std::string_view, Value> (&words)[Count]) {
    std::vector<std::string> names;
    for (const auto& [name, value] : words) {
        if (name == text) return value;
        names.emplace_back(name);
    }
    base::fail_usage(fmt::format("unknown {} {}{}", what, text, base::did_you_mean(text, names)),
                     fmt::format("It is one of {}.", base::join(names, ", ")));
}
}  // namespace

Predicate parse_predicate(std::string_view text) {
    return parse_word<Predicate>(text, "predicate",
                                 {{"within", Predicate::kWithin},
                                  {"intersects", Predicate::kIntersects},
                                  {"nearest", Predicate::kNearest}});
}

Border parse_border(std::string_view text) {
    return parse_word<Border>(text, "border rule",
                              {{"one", Border::kOne}, {"all", Border::kAll}, {"none", Border::kNone}});
}

namespace {
void check_sides(const model::Layer& left, const model::Layer& right) {
    for (const model::Layer* layer : {&left, &right}) {
        const base::Place place{.file = layer->source.file, .layer = layer->name};
        if (!layer->has_geometry)
            base::fail_data("a table without geometry cannot be joined by place", "Use --by.", place);
        if (!layer->crs) base::fail_data("the coordinate system is not known", "State it with --crs.", place);
        if (!layer->crs->is_metric()) {
            base::fail_data(fmt::format("a join by place needs metres, not {}", layer->crs->code()),
                            "Transform the layer to a projected coordinate system.", place);
        }
    }
    if (*left.crs == *right.crs) return;
    base::fail_data(
        fmt::format("{} is in {}, {} in {}", left.name, left.crs->code(), right.name, right.crs->code()),
        "Transform one of them.");
}

/// The matches of `count` left rows, found in parallel: `find` fills in the right rows of one, and the
/// distances where there are any.
struct Found {
    std::vector<std::size_t> right;
    std::vector<double> distance;
};
using Find = std::function<void(std::size_t row, Found& found)>;

Matches collect(std::size_t count, const Find& find, const base::Job& job) {
    struct Piece {
        std::vector<std::size_t> counts;
        Found all;
    };
    std::vector<Piece> pieces(count / kChunk + 1);
    base::parallel_chunks(
        job, count, kChunk,
        [&](std::size_t begin, std::size_t end) {
            Piece& piece = pieces[begin / kChunk];
            piece.counts.reserve(end - begin);
            piece.all.right.reserve(end - begin);
            Found found;
            for (std::size_t row = begin; row < end; ++row) {
                found.right.clear();
                found.distance.clear();
                find(row, found);
                piece.counts.push_back(found.right.size());
                std::copy(found.right.begin(), found.right.end(), std::back_inserter(piece.all.right));
                std::copy(found.distance.begin(), found.distance.end(),
                          std::back_inserter(piece.all.distance));
            }
        },
        "joining");
    Matches matches;
    matches.start.reserve(count + 1);
    matches.start.push_back(0);
    std::size_t total = 0;
    for (const Piece& piece : pieces) total += piece.all.right.size();
    matches.right.reserve(total);
    for (const Piece& piece : pieces) {
        for (const std::size_t of_row : piece.counts) matches.start.push_back(matches.start.back() + of_row);
        matches.right.insert(matches.right.end(), piece.all.right.begin(), piece.all.right.end());
        matches.distance.insert(matches.distance.end(), piece.all.distance.begin(), piece.all.distance.end());
    }
    return matches;
}

/// For each polygon the points in it, from the polygons of each point.
Matches turned(const Matches& matches, std::size_t right_rows) {
    Matches result;
    result.start.assign(right_rows + 1, 0);
    for (const std::size_t right : matches.right) ++result.start[right + 1];
    for (std::size_t row = 0; row < right_rows; ++row) result.start[row + 1] += result.start[row];
    result.right.resize(matches.right.size());
    std::vector<std::size_t> next(result.start.begin(), result.start.end() - 1);
    for (std::size_t left = 0; left + 1 < matches.start.size(); ++left) {
        for (std::size_t i = matches.start[left]; i < matches.start[left + 1]; ++i)
            result.right[next[matches.right[i]]++] = left;
    }
    return result;
}

/// Polygons that have a point or, of several points, all (within) or any (intersects).
class PointsInPolygons {
public:
    PointsInPolygons(const model::Layer& points, const model::Layer& polygons, const SpatialOptions& options,
                     const base::Job& job)
        : m_points(points), m_options(options), m_locator(polygons.geometry, points.row_count(), job) {}

    void find(std::size_t row, std::vector<std::size_t>& found) const {
        const geo::Geometry& geometry = m_points.geometry[row];
        found.clear();
        if (const auto* point = std::get_if<geo::Point>(&geometry))
            m_locator.find(*point, m_options.border, found);
        const auto* several = std::get_if<geo::MultiPoint>(&geometry);
        if (several == nullptr) return;
        std::vector<std::size_t> of_one, both;
        for (std::size_t i = 0; i < several->points.size(); ++i) {
            m_locator.find(several->points[i], m_options.border, of_one);
            both.clear();
            if (i == 0 || m_options.predicate == Predicate::kIntersects) {
                std::set_union(found.begin(), found.end(), of_one.begin(), of_one.end(),
                               std::back_inserter(both));
            } else {
                std::set_intersection(found.begin(), found.end(), of_one.begin(), of_one.end(),
                                      std::back_inserter(both));
            }
            found.swap(both);
        }
    }

private:
    const model::Layer& m_points;
    const SpatialOptions& m_options;
    PolygonLocator m_locator;
};

/// Whether a layer has points, lines and polygons.
std::array<bool, 3> dimensions_of(const model::Layer& layer) {
    std::array<bool, 3> present{};
    for (const geo::Geometry& geometry : layer.geometry) {
        if (!geo::is_missing(geometry)) present[static_cast<std::size_t>(geo::dimension(geometry))] = true;
    }
    return present;
}

/// The boxes of a layer's rows that GEOS may be asked about; the others have empty ones, which no index
/// finds.
std::optional<geo::BoxIndex> index_of(const model::Layer& layer, int lowest_dimension,
                                      int highest_dimension) {
    std::vector<geo::Box> boxes(layer.row_count());
    bool has_any = false;
    for (std::size_t row = 0; row < boxes.size(); ++row) {
        const int dimension = geo::dimension(layer.geometry[row]);
        if (dimension < lowest_dimension || dimension > highest_dimension) continue;
        boxes[row] = geo::bounds(layer.geometry[row]);
        has_any = has_any || !boxes[row].empty();
    }
    return has_any ? std::optional(geo::BoxIndex(boxes)) : std::nullopt;
}

/// Pairs of points and polygons go by the border rule, all others by GEOS.
class Relation {
public:
    Relation(const model::Layer& left, const model::Layer& right, const SpatialOptions& options,
             const base::Job& job)
        : m_left(left), m_right(right), m_options(options) {
        const auto of_left = dimensions_of(left);
        const auto of_right = dimensions_of(right);
        if (of_left[0] && of_right[2]) m_points.emplace(left, right, options, job);
        if (of_left[2] && of_right[0]) {
            const PointsInPolygons of_points(right, left, options, job);
            const auto find = [&](std::size_t row, Found& found) { of_points.find(row, found.right); };
            m_in_polygons = turned(collect(right.row_count(), find, job), left.row_count());
        }
        if (of_left[0] && (of_right[0] || of_right[1])) m_for_dimension[0] = index_of(right, 0, 1);
        if (of_left[1]) m_for_dimension[1] = index_of(right, 0, 2);
        if (of_left[2] && (of_right[1] || of_right[2])) m_for_dimension[2] = index_of(right, 1, 2);
    }

    void find(std::size_t row, std::vector<std::size_t>& found) const {
        const geo::Geometry& geometry = m_left.geometry[row];
        const int dimension = geo::dimension(geometry);
        if (dimension < 0) return;
        if (dimension == 0 && m_points) m_points->find(row, found);
        if (dimension == 2 && m_in_polygons) {
            const auto begin = m_in_polygons->right.begin();
            found.assign(begin + static_cast<std::ptrdiff_t>(m_in_polygons->start[row]),
                         begin + static_cast<std::ptrdiff_t>(m_in_polygons->start[row + 1]));
        }
        const auto& index = m_for_dimension[static_cast<std::size_t>(dimension)];
        if (index) add_related(geometry, *index, found);
    }

private:
    void add_related(const geo::Geometry& geometry, const geo::BoxIndex& index,
                     std::vector<std::size_t>& found) const {
        const auto by_rule = static_cast<std::ptrdiff_t>(found.size());
        for (const std::size_t item : index.meeting(geo::bounds(geometry))) {
            if (are_related(geometry, m_right.geometry[item])) found.push_back(item);
        }
        std::inplace_merge(found.begin(), found.begin() + by_rule, found.end());
    }

    bool are_related(const geo::Geometry& left, const geo::Geometry& right) const {
        const auto* one = std::get_if<geo::Point>(&left);
        const auto* other = std::get_if<geo::Point>(&right);
        if (one != nullptr && other != nullptr) return *one == *other;
        return m_options.predicate == Predicate::kWithin ? geo::is_within(left, right)
                                                         : geo::intersects(left, right);
    }

    const model::Layer& m_left;
    const model::Layer& m_right;
    const SpatialOptions& m_options;
    std::optional<PointsInPolygons> m_points;
    std::optional<Matches> m_in_polygons;
    std::array<std::optional<geo::BoxIndex>, 3>
        m_for_dimension;  ///< right rows for a left point, line, polygon
};

/// The nearest right row of each left one.
class Nearest {
public:
    Nearest(const model::Layer& left, const model::Layer& right, const SpatialOptions& options)
        : m_left(left), m_right(right), m_limit(options.max_distance) {
        const auto is_point = [](const geo::Geometry& geometry) {
            return std::holds_alternative<geo::Point>(geometry) || geo::is_missing(geometry);
        };
        if (std::all_of(left.geometry.begin(), left.geometry.end(), is_point) &&
            std::all_of(right.geometry.begin(), right.geometry.end(), is_point)) {
            std::vector<geo::Point> points;
            for (std::size_t row = 0; row < right.row_count(); ++row) {
                const auto* point = std::get_if<geo::Point>(&right.geometry[row]);
                if (point == nullptr) continue;
                points.push_back(*point);
                m_rows.push_back(row);
            }
            m_points.emplace(std::move(points));
        } else {
            m_boxes = index_of(right, 0, 2);
        }
    }

    void find(std::size_t row, Found& found) const {
        const geo::Geometry& geometry = m_left.geometry[row];
        const geo::Box box = geo::bounds(geometry);
        if (box.empty()) return;
        const Best best = best_of(geometry, box);
        if (!std::isfinite(best.distance) || (m_limit && best.distance > m_limit->value)) return;
        found.right.push_back(best.row);
        found.distance.push_back(best.distance);
    }

private:
    struct Best {
        std::size_t row = 0;
        double distance = std::numeric_limits<double>::infinity();
    };

    Best best_of(const geo::Geometry& geometry, const geo::Box& box) const {
        if (m_points) return among_points(std::get<geo::Point>(geometry));
        return m_boxes ? among_shapes(geometry, box) : Best{};
    }

    Best among_points(geo::Point point) const {
        std::vector<geo::Neighbour> nearest;
        m_points->nearest(point, 1, nearest);
        if (nearest.empty()) return {};
        return {m_rows[nearest[0].item], std::sqrt(nearest[0].squared_distance)};
    }

    double distance_to(const geo::Geometry& geometry, std::size_t item) const {
        const auto* point = std::get_if<geo::Point>(&geometry);
        const auto distance = point != nullptr ? geo::distance(m_right.geometry[item], *point)
                                               : geo::distance(geometry, m_right.geometry[item]);
        return distance ? distance->value : std::numeric_limits<double>::infinity();
    }

    /// What lies nearest by its box sets the radius in which all are measured.
    Best among_shapes(const geo::Geometry& geometry, const geo::Box& box) const {
        const geo::Point centre{box.min_x + box.width() / 2, box.min_y + box.height() / 2};
        const auto first = m_boxes->nearest(centre, 1);
        if (first.empty()) return {};
        // Wider by what rounding may take from a distance.
        const double radius =
            distance_to(geometry, first[0]) * (1 + 1e-9) + 1e-9 * std::max(1.0, box.width() + box.height());
        const auto near = std::holds_alternative<geo::Point>(geometry)
                              ? m_boxes->within(centre, radius)
                              : m_boxes->meeting({box.min_x - radius, box.min_y - radius, box.max_x + radius,
                                                  box.max_y + radius});
        Best best;
        for (const std::size_t item : near) {
            const double distance = distance_to(geometry, item);
            if (distance < best.distance) best = {item, distance};
        }
        return best;
    }

    const model::Layer& m_left;
    const model::Layer& m_right;
    std::optional<base::Meters> m_limit;
    std::optional<geo::PointIndex> m_points;
    std::vector<std::size_t> m_rows;  ///< right row of each indexed point
    std::optional<geo::BoxIndex> m_boxes;
};
}  // namespace

Matches match_spatially(const model::Layer& left, const model::Layer& right, const SpatialOptions& options,
                        const base::Job& job) {
    check_sides(left, right);
    if (options.predicate == Predicate::kNearest) {
        const Nearest nearest(left, right, options);
        return collect(
            left.row_count(), [&](std::size_t row, Found& found) { nearest.find(row, found); }, job);
    }
    const Relation relation(left, right, options, job);
    return collect(
        left.row_count(), [&](std::size_t row, Found& found) { relation.find(row, found.right); }, job);
}

}  // namespace isopleth::join
