// SPDX-License-Identifier: MIT
#include "geo/delaunay.hpp"

#include "base/error.hpp"
#include "base/random.hpp"
#include "geo/predicates.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <utility>

namespace isopleth::geo {

Triangulation::Triangulation(std::vector<Point> points, std::vector<MeshIndex> origins,
                             std::vector<MeshIndex> twins)
    : m_points(std::move(points)), m_origins(std::move(origins)), m_twins(std::move(twins)) {}

MeshIndex Triangulation::next_on_hull(MeshIndex edge) const {
    edge = next(edge);
    while (twin(edge) != kNoEdge) edge = next(twin(edge));
    return edge;
}

// Walks always across an edge that has the place on its other side, which comes to an end in a Delaunay
// triangulation (Edelsbrunner 1990).
Triangulation::Location Triangulation::locate(Point place, MeshIndex start) const {
    MeshIndex first = 3 * start;
    MeshIndex entrance = kNoEdge;
    for (;;) {
        std::array<bool, 3> is_on{};
        MeshIndex across = kNoEdge;
        for (MeshIndex i = 0; i < 3 && across == kNoEdge; ++i) {
            const MeshIndex edge = first + i;
            if (edge == entrance) continue;
            const int side = orientation(m_points[origin(edge)], m_points[target(edge)], place);
            if (side < 0) across = edge;
            is_on[i] = side == 0;
        }
        if (across != kNoEdge) {
            entrance = twin(across);
            if (entrance == kNoEdge) return {Position::kOutside, across};
            first = 3 * triangle_of(entrance);
            continue;
        }
        for (MeshIndex i = 0; i < 3; ++i) {
            if (is_on[i] && is_on[(i + 2) % 3]) return {Position::kAtPoint, first + i};
        }
        for (MeshIndex i = 0; i < 3; ++i) {
            if (is_on[i]) return {Position::kOnEdge, std::min(first + i, twin(first + i))};
        }
        return {Position::kInside, first};
    }
}

namespace {

bool is_west(Point left, Point right) {
    return left.x != right.x ? left.x < right.x : left.y < right.y;
}

/// How far along Hilbert's curve a cell of a square grid with 2^20 columns is.
std::uint64_t along_hilbert_curve(std::uint32_t column, std::uint32_t row) {
    std::uint64_t distance = 0;
    for (std::uint32_t half = 1U << 19; half > 0; half /= 2) {
        const bool is_east = (column & half) != 0;
        const bool is_north = (row & half) != 0;
        distance = 4 * distance + (is_east ? (is_north ? 2U : 3U) : (is_north ? 1U : 0U));
        if (is_north) continue;
        if (is_east) {
            column = ~column;
            row = ~row;
        }
        std::swap(column, row);
    }
    return distance;
}

/// A number from 0 that is one higher with a chance of one in 4, told by the coordinates alone.
std::uint64_t draw_round(Point point) {
    const auto bits_of = [](double value) { return std::bit_cast<std::uint64_t>(value + 0.0); };  // -0 is 0
    const std::uint64_t bits = base::random_bits(0, bits_of(point.x), bits_of(point.y));
    return static_cast<std::uint64_t>(std::countr_zero(bits | 1ULL << 40) / 2);
}

/// Positions of the points in rounds of about a quarter of the points that follow, along the curve in each
/// (Amenta, Choi and Rote 2003): points near one another follow one another, and no set of points is slow, as
/// two lines are along the curve alone. Depends on the set of points alone.
std::vector<MeshIndex> insertion_order(const std::vector<Point>& points) {
    constexpr std::uint64_t kLastRound = 20;
    Box box;
    for (const Point& point : points) box.extend(point);
    const double side = std::max(box.width(), box.height());
    const double scale = side > 0 ? ((1U << 20) - 1) / side : 0;
    struct Entry {
        std::uint64_t key;
        MeshIndex item;
    };
    std::vector<Entry> entries;
    entries.reserve(points.size());
    for (const Point& point : points) {
        const auto column = static_cast<std::uint32_t>((point.x - box.min_x) * scale);
        const auto row = static_cast<std::uint32_t>((point.y - box.min_y) * scale);
        const std::uint64_t round = kLastRound - draw_round(point);
        entries.push_back(
            {round << 40 | along_hilbert_curve(column, row), static_cast<MeshIndex>(entries.size())});
    }
    std::sort(entries.begin(), entries.end(), [&](const Entry& left, const Entry& right) {
        if (left.key != right.key) return left.key < right.key;
        return is_west(points[left.item], points[right.item]);
    });
    std::vector<MeshIndex> order;
    order.reserve(entries.size());
    for (const Entry& entry : entries) order.push_back(entry.item);
    return order;
}

/// Whether d lies inside the circle through a, b, c (a left turn), when each point stands a little lower on
/// the paraboloid z = x^2 + y^2 than it should: the westernmost most, and each by infinitely more than the
/// one east of it. So no four points are on one circle (Edelsbrunner and Muecke 1990, simulation of
/// simplicity).
bool is_in_circle(Point a, Point b, Point c, Point d) {
    const int side = in_circle(a, b, c, d);
    if (side != 0) return side > 0;
    const Point lowest = std::min({a, b, c, d}, is_west);
    if (lowest == d) return true;
    if (lowest == a) return orientation(d, b, c) < 0;
    if (lowest == b) return orientation(a, d, c) < 0;
    return orientation(a, b, d) < 0;
}

/// A triangulation that grows. A point at infinity closes it: each edge of the hull has a triangle with that
/// point on its outer side, so that points within and outside the hull are inserted alike.
class GrowingMesh {
public:
    /// The first three points must turn left.
    explicit GrowingMesh(const std::vector<Point>& points)
        : m_points(points), m_infinity(static_cast<MeshIndex>(points.size())) {
        m_origins.reserve(6 * points.size());
        m_twins.reserve(6 * points.size());
        // Outer triangle i stands on the edge from i + 1 to i.
        m_origins = {0, 1, 2, 1, 0, m_infinity, 2, 1, m_infinity, 0, 2, m_infinity};
        m_twins = {3, 6, 9, 0, 11, 7, 1, 5, 10, 2, 8, 4};
    }

    void insert(MeshIndex point);
    /// Without the outer triangles; `items` are the numbers that the points shall have.
    Triangulation finish(std::vector<Point> points, const std::vector<MeshIndex>& items) const;

private:
    /// An edge around the triangles that a new point takes away, seen from within.
    struct Border {
        MeshIndex origin;
        MeshIndex twin;
    };

    static MeshIndex next(MeshIndex edge) { return Triangulation::next(edge); }
    static MeshIndex previous(MeshIndex edge) { return Triangulation::previous(edge); }
    /// Its edge without the point at infinity; kNoEdge for triangles that do not have it.
    MeshIndex hull_edge(MeshIndex triangle) const {
        for (MeshIndex edge = 3 * triangle; edge < 3 * triangle + 3; ++edge) {
            if (m_origins[edge] == m_infinity) return next(edge);
        }
        return kNoEdge;
    }
    bool gives_way(MeshIndex triangle, Point place) const;
    MeshIndex find(Point place) const;
    void take_away(MeshIndex triangle, Point place);

    const std::vector<Point>& m_points;
    MeshIndex m_infinity;
    std::vector<MeshIndex> m_origins;
    std::vector<MeshIndex> m_twins;
    MeshIndex m_last = 0;  ///< a triangle of the point inserted last
    std::vector<MeshIndex> m_edges;
    std::vector<MeshIndex> m_free;  ///< triangles taken away
    std::vector<Border> m_border;
};

/// Whether the place lies in the triangle's circle, which for an outer triangle is the half plane beyond the
/// hull's edge with that edge itself, but not the rest of its line.
bool GrowingMesh::gives_way(MeshIndex triangle, Point place) const {
    const MeshIndex hull = hull_edge(triangle);
    if (hull == kNoEdge) {
        const MeshIndex* corners = &m_origins[3 * triangle];
        return is_in_circle(m_points[corners[0]], m_points[corners[1]], m_points[corners[2]], place);
    }
    const Point from = m_points[m_origins[hull]];
    const Point to = m_points[m_origins[next(hull)]];
    const int side = orientation(from, to, place);
    if (side != 0) return side > 0;
    return is_west(from, place) != is_west(to, place);
}

/// A triangle that gives way: the one that holds the place, or an outer one.
MeshIndex GrowingMesh::find(Point place) const {
    MeshIndex triangle = m_last;
    if (const MeshIndex hull = hull_edge(triangle); hull != kNoEdge) triangle = m_twins[hull] / 3;
    MeshIndex entrance = kNoEdge;
    for (;;) {
        MeshIndex across = kNoEdge;
        for (MeshIndex edge = 3 * triangle; edge < 3 * triangle + 3; ++edge) {
            if (edge == entrance) continue;
            const Point from = m_points[m_origins[edge]];
            const Point to = m_points[m_origins[next(edge)]];
            if (orientation(from, to, place) < 0) {
                across = edge;
                break;
            }
        }
        if (across == kNoEdge) return triangle;
        entrance = m_twins[across];
        triangle = entrance / 3;
        if (hull_edge(triangle) != kNoEdge) return triangle;
    }
}

/// From the triangle outwards to all that give way. They hold no point among them, so that no way leads
/// round to one of them twice, and the border comes out counterclockwise.
void GrowingMesh::take_away(MeshIndex triangle, Point place) {
    m_free.assign(1, triangle);
    m_border.clear();
    m_edges.assign({3 * triangle + 2, 3 * triangle + 1, 3 * triangle});
    while (!m_edges.empty()) {
        const MeshIndex edge = m_edges.back();
        const MeshIndex twin = m_twins[edge];
        m_edges.pop_back();
        if (!gives_way(twin / 3, place)) {
            m_border.push_back({m_origins[edge], twin});
            continue;
        }
        m_free.push_back(twin / 3);
        m_edges.push_back(previous(twin));
        m_edges.push_back(next(twin));
    }
}

void GrowingMesh::insert(MeshIndex point) {
    const Point place = m_points[point];
    take_away(find(place), place);
    while (m_free.size() < m_border.size()) {
        m_free.push_back(static_cast<MeshIndex>(m_origins.size() / 3));
        m_origins.resize(m_origins.size() + 3);
        m_twins.resize(m_twins.size() + 3);
    }
    for (std::size_t i = 0; i < m_border.size(); ++i) {
        const std::size_t following = i + 1 < m_border.size() ? i + 1 : 0;
        const MeshIndex edge = 3 * m_free[i];
        m_origins[edge] = m_border[i].origin;
        m_origins[edge + 1] = m_border[following].origin;
        m_origins[edge + 2] = point;
        m_twins[edge] = m_border[i].twin;
        m_twins[m_border[i].twin] = edge;
        m_twins[edge + 1] = 3 * m_free[following] + 2;
        m_twins[3 * m_free[following] + 2] = edge + 1;
    }
    m_last = m_free.front();
}

Triangulation GrowingMesh::finish(std::vector<Point> points, const std::vector<MeshIndex>& items) const {
    std::vector<MeshIndex> numbers(m_origins.size() / 3, kNoEdge);
    MeshIndex count = 0;
    for (MeshIndex triangle = 0; triangle < numbers.size(); ++triangle) {
        if (hull_edge(triangle) == kNoEdge) numbers[triangle] = count++;
    }
    std::vector<MeshIndex> origins;
    std::vector<MeshIndex> twins;
    origins.reserve(3 * std::size_t{count});
    twins.reserve(3 * std::size_t{count});
    for (MeshIndex edge = 0; edge < m_origins.size(); ++edge) {
        if (numbers[edge / 3] == kNoEdge) continue;
        const MeshIndex twin = m_twins[edge];
        const MeshIndex beyond = numbers[twin / 3];
        origins.push_back(items[m_origins[edge]]);
        twins.push_back(beyond == kNoEdge ? kNoEdge : 3 * beyond + twin % 3);
    }
    return {std::move(points), std::move(origins), std::move(twins)};
}

/// Moves a point that is not on one line with the first two to the third place, and lets the three turn left.
/// False when there is none.
bool begin_with_a_triangle(const std::vector<Point>& points, std::vector<MeshIndex>& order) {
    for (std::size_t i = 2; i < order.size(); ++i) {
        const int side = orientation(points[order[0]], points[order[1]], points[order[i]]);
        if (side == 0) continue;
        std::rotate(order.begin() + 2, order.begin() + static_cast<std::ptrdiff_t>(i),
                    order.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        if (side < 0) std::swap(order[0], order[1]);
        return true;
    }
    return false;
}

/// Two points at one place follow one another in the order.
void check(const std::vector<Point>& points, const std::vector<MeshIndex>& order) {
    for (std::size_t i = 1; i < order.size(); ++i) {
        if (points[order[i - 1]] == points[order[i]]) base::bug("a triangulation of two points at one place");
    }
}

}  // namespace

Triangulation triangulate(std::vector<Point> points) {
    if (points.size() > kNoEdge / 6) base::bug("a triangulation of too many points");
    for (const Point& point : points) {
        if (!std::isfinite(point.x) || !std::isfinite(point.y))
            base::bug("a triangulation of coordinates that are not finite");
    }
    std::vector<MeshIndex> order = insertion_order(points);
    check(points, order);
    if (!begin_with_a_triangle(points, order)) return {std::move(points), {}, {}};
    std::vector<Point> in_order;
    in_order.reserve(points.size());
    for (const MeshIndex item : order) in_order.push_back(points[item]);
    GrowingMesh mesh(in_order);
    for (MeshIndex point = 3; point < in_order.size(); ++point) mesh.insert(point);
    return mesh.finish(std::move(points), order);
}

}  // namespace isopleth::geo
