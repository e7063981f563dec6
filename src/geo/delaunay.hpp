// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "geo/geometry.hpp"

namespace isopleth::geo {

/// Number of a triangle, of a point or of an edge of a mesh.
using MeshIndex = std::uint32_t;
inline constexpr MeshIndex kNoEdge = 0xffffffff;

/// Triangles over the convex hull of points. Triangle t has the edges 3 t, 3 t + 1 and 3 t + 2, which run
/// round it counterclockwise; an edge within the hull is there twice, once in each direction. Immutable; may
/// be used from several threads.
class Triangulation {
public:
    enum class Position { kInside, kOnEdge, kAtPoint, kOutside };
    struct Location {
        Position position;
        MeshIndex edge;
    };

    Triangulation(std::vector<Point> points, std::vector<MeshIndex> origins, std::vector<MeshIndex> twins);

    std::size_t size() const { return m_origins.size() / 3; }  ///< triangles
    const std::vector<Point>& points() const { return m_points; }

    static MeshIndex triangle_of(MeshIndex edge) { return edge / 3; }
    static MeshIndex next(MeshIndex edge) { return edge % 3 == 2 ? edge - 2 : edge + 1; }
    static MeshIndex previous(MeshIndex edge) { return edge % 3 == 0 ? edge + 2 : edge - 1; }
    MeshIndex origin(MeshIndex edge) const { return m_origins[edge]; }
    MeshIndex target(MeshIndex edge) const { return m_origins[next(edge)]; }
    /// The same edge backwards; kNoEdge on the hull.
    MeshIndex twin(MeshIndex edge) const { return m_twins[edge]; }
    /// The hull's edge, counterclockwise, behind this one.
    MeshIndex next_on_hull(MeshIndex edge) const;

    /// Where a place lies, exactly. The edge is an edge of the triangle that it is inside of, the edge that
    /// it is on, an edge that begins at its point, or a hull edge that has it on its outer side. The walk
    /// there begins at the triangle `start`: the nearer the faster, and but for the edges of kAtPoint and
    /// kOutside the answer is the same from all. There must be a triangle.
    Location locate(Point place, MeshIndex start) const;

private:
    std::vector<Point> m_points;
    std::vector<MeshIndex> m_origins;
    std::vector<MeshIndex> m_twins;
};

/// The Delaunay triangulation: no point lies inside the circle through a triangle's corners. Of points on one
/// circle the westernmost (of those the southernmost) is joined to the others, so that triangles and their
/// order depend on the set of points alone. No triangles when all points lie on one line. Points must be
/// finite and no two at one place, or it is a bug.
///
/// Points are inserted one by one (Bowyer 1981, Watson 1981) by exact predicates, in random rounds along a
/// Hilbert curve (Amenta, Choi and Rote 2003): n log n steps for any points.
Triangulation triangulate(std::vector<Point> points);

}  // namespace isopleth::geo
