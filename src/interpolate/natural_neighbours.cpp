// SPDX-License-Identifier: MIT
#include "interpolate/natural_neighbours.hpp"

#include "geo/predicates.hpp"
#include "interpolate/sample_mesh.hpp"

#include <array>

namespace isopleth::interpolate {

namespace {

geo::Point minus(geo::Point left, geo::Point right) {
    return {left.x - right.x, left.y - right.y};
}

double squared_length(geo::Point vector) {
    return vector.x * vector.x + vector.y * vector.y;
}

/// Twice the area of the triangle of two vectors.
double cross(geo::Point left, geo::Point right) {
    return left.x * right.y - left.y * right.x;
}

/// The centre of the circle through three points that turn left, as seen from a place. Computed from the
/// corner opposite the longest side, where rounding is a few parts in 10^16 of the radius.
geo::Point centre(const std::array<geo::Point, 3>& corners, geo::Point place) {
    std::size_t at = 0;
    double longest = -1;
    for (std::size_t i = 0; i < 3; ++i) {
        const double squared = squared_length(minus(corners[(i + 1) % 3], corners[(i + 2) % 3]));
        if (squared > longest) {
            longest = squared;
            at = i;
        }
    }
    const geo::Point corner = corners[at];
    const geo::Point next = minus(corners[(at + 1) % 3], corner);
    const geo::Point last = minus(corners[(at + 2) % 3], corner);
    const double next_squared = squared_length(next);
    const double last_squared = squared_length(last);
    const double divisor = 2 * geo::doubled_area(corners[0], corners[1], corners[2]);
    const geo::Point to_corner = minus(corner, place);
    return {to_corner.x + (next_squared * last.y - last_squared * next.y) / divisor,
            to_corner.y + (last_squared * next.x - next_squared * last.x) / divisor};
}

struct Share {
    geo::MeshIndex point;
    double doubled_area;
};

/// What a place takes from the Voronoi cells of its natural neighbours. Each part taken is a polygon of
/// centres of circles: those of the triangles round the neighbour that have the place in their circle, and
/// those of the two triangles that the place would have there instead. The polygons' sides are met in turn
/// while going through these triangles, which lie round the place like a star, counterclockwise.
class TakenAreas {
public:
    explicit TakenAreas(const geo::Triangulation& mesh) : m_mesh(mesh) {}

    /// `triangle` holds the place, which is at no point and not on the hull. Valid until the next call.
    const std::vector<Share>& at(geo::Point place, geo::MeshIndex triangle);

private:
    /// An edge to look across, or (kNoEdge) what to add when all beyond an edge has been seen.
    struct Step {
        geo::MeshIndex edge;
        geo::Point centre;  ///< of the edge's triangle
        double doubled_area;
    };

    geo::Point centre_of(geo::MeshIndex triangle) const;
    bool is_in_circle(geo::MeshIndex triangle) const;
    void cross_edge(const Step& step, geo::MeshIndex twin);
    void end_at_edge(const Step& step);

    const geo::Triangulation& m_mesh;
    geo::Point m_place{};
    std::vector<Step> m_steps;
    std::vector<Share> m_shares;  ///< the last is that of the corner which the border has come to
    geo::Point m_first_centre{};  ///< of the place's new triangles
    geo::Point m_last_centre{};
};

std::array<geo::Point, 3> corners_of(const geo::Triangulation& mesh, geo::MeshIndex triangle) {
    const auto corner = [&](geo::MeshIndex i) { return mesh.points()[mesh.origin(3 * triangle + i)]; };
    return {corner(0), corner(1), corner(2)};
}

geo::Point TakenAreas::centre_of(geo::MeshIndex triangle) const {
    return centre(corners_of(m_mesh, triangle), m_place);
}

bool TakenAreas::is_in_circle(geo::MeshIndex triangle) const {
    const auto [a, b, c] = corners_of(m_mesh, triangle);
    return geo::in_circle(a, b, c, m_place) > 0;
}

/// Both triangles are the place's: the side between their centres belongs to both ends of the edge. The
/// border has come to its origin now, and will have come to its target when all beyond it has been seen.
void TakenAreas::cross_edge(const Step& step, geo::MeshIndex twin) {
    const geo::Point beyond = centre_of(geo::Triangulation::triangle_of(twin));
    const double area = cross(beyond, step.centre);
    m_shares.back().doubled_area += area;
    m_steps.push_back({geo::kNoEdge, {}, -area});
    m_steps.push_back({geo::Triangulation::previous(twin), beyond, 0});
    m_steps.push_back({geo::Triangulation::next(twin), beyond, 0});
}

/// The border of the place's triangles: with the place it makes a new one.
void TakenAreas::end_at_edge(const Step& step) {
    const std::vector<geo::Point>& points = m_mesh.points();
    const geo::MeshIndex target = m_mesh.target(step.edge);
    const geo::Point made = centre({points[m_mesh.origin(step.edge)], points[target], m_place}, m_place);
    if (m_shares.size() == 1) {
        m_first_centre = made;
    } else {
        m_shares.back().doubled_area += cross(m_last_centre, made);
    }
    const double area = cross(made, step.centre);
    m_shares.back().doubled_area += area;
    m_shares.push_back({target, -area});
    m_last_centre = made;
}

const std::vector<Share>& TakenAreas::at(geo::Point place, geo::MeshIndex triangle) {
    m_place = place;
    m_shares.assign(1, {m_mesh.origin(3 * triangle), 0});
    const geo::Point first = centre_of(triangle);
    m_steps.assign({{3 * triangle + 2, first, 0}, {3 * triangle + 1, first, 0}, {3 * triangle, first, 0}});
    while (!m_steps.empty()) {
        const Step step = m_steps.back();
        m_steps.pop_back();
        if (step.edge == geo::kNoEdge) {
            m_shares.back().doubled_area += step.doubled_area;
            continue;
        }
        const geo::MeshIndex twin = m_mesh.twin(step.edge);
        if (twin != geo::kNoEdge && is_in_circle(geo::Triangulation::triangle_of(twin))) {
            cross_edge(step, twin);
        } else {
            end_at_edge(step);
        }
    }
    // The border has come back to where it began.
    m_shares.front().doubled_area += m_shares.back().doubled_area + cross(m_last_centre, m_first_centre);
    m_shares.pop_back();
    return m_shares;
}

class NaturalNeighbours final : public Interpolator {
public:
    explicit NaturalNeighbours(const model::Samples& samples) : m_samples(triangulate(samples)) {}

    bool has_standard_error() const override { return false; }
    void estimate(std::span<const geo::Point> places, std::span<double> values,
                  std::span<double> standard_errors, std::span<std::uint8_t> valid) const override;
    base::Json description() const override;

private:
    double on_hull(geo::Point place, geo::MeshIndex edge) const;
    double weighted(const std::vector<Share>& shares) const;

    SampleMesh m_samples;
};

double NaturalNeighbours::on_hull(geo::Point place, geo::MeshIndex edge) const {
    const geo::MeshIndex from = m_samples.mesh.origin(edge);
    const geo::MeshIndex to = m_samples.mesh.target(edge);
    const geo::Point whole = minus(m_samples.mesh.points()[to], m_samples.mesh.points()[from]);
    const geo::Point part = minus(place, m_samples.mesh.points()[from]);
    const double share = (part.x * whole.x + part.y * whole.y) / squared_length(whole);
    return m_samples.values[from] + share * (m_samples.values[to] - m_samples.values[from]);
}

double NaturalNeighbours::weighted(const std::vector<Share>& shares) const {
    const double base = m_samples.values[shares.front().point];
    double area = 0;
    double sum = 0;
    for (const Share& share : shares) {
        area += share.doubled_area;
        sum += share.doubled_area * (m_samples.values[share.point] - base);
    }
    return base + sum / area;
}

void NaturalNeighbours::estimate(std::span<const geo::Point> places, std::span<double> values,
                                 std::span<double>, std::span<std::uint8_t> valid) const {
    using Position = geo::Triangulation::Position;
    const geo::Triangulation& mesh = m_samples.mesh;
    TakenAreas taken(mesh);
    geo::MeshIndex triangle = 0;
    for (std::size_t p = 0; p < places.size(); ++p) {
        const auto [position, edge] = mesh.locate(places[p], triangle);
        triangle = geo::Triangulation::triangle_of(edge);
        valid[p] = position == Position::kOutside ? 0 : 1;
        if (position == Position::kOutside) continue;
        if (position == Position::kAtPoint) {
            values[p] = m_samples.values[mesh.origin(edge)];
        } else if (position == Position::kOnEdge && mesh.twin(edge) == geo::kNoEdge) {
            values[p] = on_hull(places[p], edge);
        } else {
            values[p] = weighted(taken.at(places[p], triangle));
        }
    }
}

base::Json NaturalNeighbours::description() const {
    base::Json json = base::Json::object();
    return json.set("method", "natural")
        .set("samples", m_samples.values.size())
        .set("triangles", m_samples.mesh.size());
}

}  // namespace

std::unique_ptr<Interpolator> make_natural(const std::string& method_text, const model::Samples& samples,
                                           const base::Job&) {
    check_no_options(method_text);
    return std::make_unique<NaturalNeighbours>(samples);
}

}  // namespace isopleth::interpolate
