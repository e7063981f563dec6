// SPDX-License-Identifier: MIT
#include "join/polygon_locator.hpp"

#include "base/parallel.hpp"
#include "geo/predicates.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace isopleth::join {

namespace {
constexpr std::size_t kMostCellsAcross = 1024;
/// Cells in the boxes of all polygons together: an entry of 4 bytes each at most.
constexpr double kMostEntries = 1 << 25;

template <class Visit>
void for_each_edge(const geo::Geometry& geometry, Visit&& visit) {
    std::uint32_t part = 0;
    for (const geo::Polygon& polygon : geo::polygons_of(geometry)) {
        std::uint32_t ring = 0;
        const auto visit_ring = [&](const geo::Path& path) {
            for (std::size_t i = 1; i < path.size(); ++i) visit(path[i - 1], path[i], part, ring);
            ++ring;
        };
        visit_ring(polygon.outer);
        for (const geo::Path& hole : polygon.holes) visit_ring(hole);
        ++part;
    }
}

std::size_t cell_of(double offset, double cells_per_unit, std::size_t count) {
    const double cell = offset * cells_per_unit;
    return cell > 0 ? std::min(count - 1, static_cast<std::size_t>(cell)) : 0;
}
}  // namespace

std::span<const PolygonLocator::Edge> PolygonLocator::Shape::in_row(std::size_t row) const {
    const std::size_t at = row - first_row;
    return std::span(edges).subspan(start[at], start[at + 1] - start[at]);
}

std::size_t PolygonLocator::column_of(double x) const {
    return cell_of(x - m_box.min_x, m_cells_per_x, m_columns);
}

std::size_t PolygonLocator::row_of(double y) const {
    return cell_of(y - m_box.min_y, m_cells_per_y, m_rows);
}

PolygonLocator::PolygonLocator(const std::vector<geo::Geometry>& shapes, std::size_t lookups,
                               const base::Job& job) {
    std::vector<geo::Box> boxes;
    for (std::size_t item = 0; item < shapes.size(); ++item) {
        if (geo::polygons_of(shapes[item]).empty()) continue;
        const geo::Box box = geo::bounds(shapes[item]);
        if (box.empty()) continue;
        m_shapes.emplace_back().item = item;
        boxes.push_back(box);
        m_box.extend(box);
    }
    choose_cells(shapes, boxes, lookups);
    std::vector<std::vector<Run>> runs(m_shapes.size());
    base::parallel_chunks(job, m_shapes.size(), 1, [&](std::size_t i, std::size_t) {
        runs[i] = add_shape(shapes[m_shapes[i].item], boxes[i], m_shapes[i]);
    });
    fill_cells(runs);
}

void PolygonLocator::choose_cells(const std::vector<geo::Geometry>& shapes,
                                  const std::vector<geo::Box>& boxes, std::size_t lookups) {
    if (m_box.empty()) return;
    std::size_t edges = 0;
    for (const Shape& shape : m_shapes) edges += geo::count_points(shapes[shape.item]);
    // About as many cells across as edges along a border across; few lookups are not worth many cells.
    const double wanted = 3 * std::sqrt(static_cast<double>(std::min(edges, lookups)));
    std::size_t across = std::clamp<std::size_t>(static_cast<std::size_t>(wanted), 1, kMostCellsAcross);
    const double width = m_box.width();
    const double height = m_box.height();
    const auto entries = [&] {
        double sum = 0;
        const double size = static_cast<double>(across);
        for (const geo::Box& box : boxes) {
            const double cells_x = width > 0 ? box.width() / width * size : 0;
            const double cells_y = height > 0 ? box.height() / height * size : 0;
            sum += (cells_x + 2) * (cells_y + 2);
        }
        return sum;
    };
    while (across > 1 && entries() > kMostEntries) across /= 2;
    // Padding that no rounding of coordinates reaches; a cell is far larger.
    const double largest = std::max(
        {std::abs(m_box.min_x), std::abs(m_box.max_x), std::abs(m_box.min_y), std::abs(m_box.max_y)});
    const double finest = 16 * largest * std::numeric_limits<double>::epsilon();
    const auto choose = [&](double length, std::size_t& count, double& per_unit, double& pad) {
        const double most = finest > 0 ? length / (64 * finest) : static_cast<double>(across);
        count = std::max<std::size_t>(1, std::min(across, static_cast<std::size_t>(std::min(most, 1e6))));
        per_unit = length > 0 ? static_cast<double>(count) / length : 0;
        // So short a box that the quotient overflows has one cell.
        if (!std::isfinite(per_unit)) {
            count = 1;
            per_unit = 0;
        }
        pad = std::max(finest, 1e-6 * length / static_cast<double>(count));
    };
    choose(width, m_columns, m_cells_per_x, m_pad_x);
    choose(height, m_rows, m_cells_per_y, m_pad_y);
}

/// Counting sort by row; the edges of a row stay in the order of parts and rings.
void PolygonLocator::sort_into_rows(const geo::Geometry& geometry, const geo::Box& box, Shape& made) const {
    made.first_row = row_of(box.min_y);
    const std::size_t rows = row_of(box.max_y) - made.first_row + 1;
    made.start.assign(rows + 1, 0);
    const auto rows_of = [&](geo::Point a, geo::Point b) {
        return std::pair(row_of(std::min(a.y, b.y)) - made.first_row,
                         row_of(std::max(a.y, b.y)) - made.first_row);
    };
    for_each_edge(geometry, [&](geo::Point a, geo::Point b, std::uint32_t, std::uint32_t) {
        const auto [first, last] = rows_of(a, b);
        for (std::size_t row = first; row <= last; ++row) ++made.start[row + 1];
    });
    for (std::size_t row = 0; row < rows; ++row) made.start[row + 1] += made.start[row];
    made.edges.resize(made.start.back());
    std::vector<std::size_t> next(made.start.begin(), made.start.end() - 1);
    for_each_edge(geometry, [&](geo::Point a, geo::Point b, std::uint32_t part, std::uint32_t ring) {
        const auto [first, last] = rows_of(a, b);
        for (std::size_t row = first; row <= last; ++row) made.edges[next[row]++] = {a, b, part, ring};
    });
}

/// Marks the cells of a row that the edge may meet: its part between the row's borders, padded both ways, so
/// that rounding never leaves out a cell.
void PolygonLocator::mark(const Edge& edge, std::size_t row, std::size_t first_column,
                          std::vector<std::uint8_t>& marks) const {
    const geo::Point low = edge.a.y <= edge.b.y ? edge.a : edge.b;
    const geo::Point high = edge.a.y <= edge.b.y ? edge.b : edge.a;
    double west = std::min(low.x, high.x);
    double east = std::max(low.x, high.x);
    if (m_cells_per_y > 0 && low.y < high.y) {
        const double bottom = m_box.min_y + static_cast<double>(row) / m_cells_per_y - m_pad_y;
        const double top = m_box.min_y + static_cast<double>(row + 1) / m_cells_per_y + m_pad_y;
        const auto x_at = [&](double y) {
            return low.x + (std::clamp(y, low.y, high.y) - low.y) / (high.y - low.y) * (high.x - low.x);
        };
        const auto [from, to] = std::minmax({x_at(bottom), x_at(top)});
        west = std::max(west, from - m_pad_x);
        east = std::min(east, to + m_pad_x);
    }
    std::fill(marks.begin() + static_cast<std::ptrdiff_t>(column_of(west) - first_column),
              marks.begin() + static_cast<std::ptrdiff_t>(column_of(east) - first_column + 1),
              std::uint8_t{1});
}

bool PolygonLocator::is_cell_inside(const Shape& shape, std::size_t row, std::size_t column) const {
    const geo::Point centre{m_box.min_x + (static_cast<double>(column) + 0.5) / m_cells_per_x,
                            m_box.min_y + (static_cast<double>(row) + 0.5) / m_cells_per_y};
    return side_of(shape.in_row(row), centre) == geo::Side::kInside;
}

/// Between two marked cells of a row no edge passes, so all unmarked ones there lie on one side. Those at the
/// ends reach the polygon's outermost x: they are outside.
std::vector<PolygonLocator::Run> PolygonLocator::add_shape(const geo::Geometry& shape, const geo::Box& box,
                                                           Shape& made) const {
    sort_into_rows(shape, box, made);
    const std::size_t first_column = column_of(box.min_x);
    const std::size_t width = column_of(box.max_x) - first_column + 1;
    const std::size_t rows = made.start.size() - 1;
    std::vector<Run> runs;
    std::vector<std::uint8_t> marks(width);
    for (std::size_t row = made.first_row; row < made.first_row + rows; ++row) {
        std::fill(marks.begin(), marks.end(), std::uint8_t{0});
        for (const Edge& edge : made.in_row(row)) mark(edge, row, first_column, marks);
        const std::size_t cell = row * m_columns + first_column;
        for (std::size_t first = 0, last = 0; first < width; first = last) {
            while (last < width && marks[last] == marks[first]) ++last;
            const bool is_border = marks[first] != 0;
            if (!is_border && (first == 0 || last == width)) continue;
            if (is_border || is_cell_inside(made, row, first_column + first))
                runs.push_back({cell + first, cell + last, !is_border});
        }
    }
    return runs;
}

void PolygonLocator::fill_cells(const std::vector<std::vector<Run>>& runs) {
    std::vector<std::uint32_t> counts(m_columns * m_rows);
    for (const auto& of_shape : runs) {
        for (const Run& run : of_shape) {
            for (std::size_t cell = run.first; cell < run.last; ++cell) ++counts[cell];
        }
    }
    m_cells.assign(counts.size(), 0);
    for (std::size_t i = 0; i < runs.size(); ++i) {
        for (const Run& run : runs[i]) {
            const auto entry = static_cast<std::uint32_t>(2 * i + (run.is_inside ? 1 : 0));
            for (std::size_t cell = run.first; cell < run.last; ++cell)
                add_to_cell(cell, entry, counts[cell]);
        }
    }
}

void PolygonLocator::add_to_cell(std::size_t cell, std::uint32_t entry, std::uint32_t count) {
    if (count == 1 && entry % 2 != 0) {
        m_cells[cell] = entry;
        return;
    }
    if (m_cells[cell] == 0) {
        m_cells[cell] = static_cast<std::uint32_t>(2 * (m_lists.size() + 1));
        m_lists.push_back(0);
        m_lists.resize(m_lists.size() + count);
    }
    const std::size_t list = m_cells[cell] / 2 - 1;
    m_lists[list + ++m_lists[list]] = entry;
}

namespace {
/// Where a point lies with respect to one ring, by the crossings of its ray to the east.
template <class Edges>
geo::Side side_of_ring(const Edges& ring, geo::Point point) {
    bool is_inside = false;
    for (const auto& edge : ring) {
        const geo::Point a = edge.a;
        const geo::Point b = edge.b;
        if (point == a || point == b) return geo::Side::kBorder;
        if ((a.y > point.y) == (b.y > point.y)) {
            const bool on_level = a.y == point.y && b.y == point.y;
            if (on_level && point.x >= std::min(a.x, b.x) && point.x <= std::max(a.x, b.x))
                return geo::Side::kBorder;
            continue;
        }
        const int turn = geo::orientation(a, b, point);
        if (turn == 0) return geo::Side::kBorder;
        if ((turn > 0) == (b.y > a.y)) is_inside = !is_inside;
    }
    return is_inside ? geo::Side::kInside : geo::Side::kOutside;
}

/// The same for the place beside the point that is east of it by nearly nothing, and north by nearly nothing
/// of that: it lies on no edge, and in one polygon of a coverage.
template <class Edges>
geo::Side side_beside(const Edges& ring, geo::Point point) {
    bool is_inside = false;
    for (const auto& edge : ring) {
        if ((edge.a.y > point.y) == (edge.b.y > point.y)) continue;
        const int turn = geo::orientation(edge.a, edge.b, point);
        if (turn != 0 && (turn > 0) == (edge.b.y > edge.a.y)) is_inside = !is_inside;
    }
    return is_inside ? geo::Side::kInside : geo::Side::kOutside;
}

/// A shape's side from those of its rings, as geo::side_of has it: inside of any part counts before the
/// border of another.
template <class Edges, class OfRing>
geo::Side side_of_shape(const Edges& edges, OfRing&& of_ring) {
    bool on_border = false;
    for (std::size_t first = 0; first < edges.size();) {
        const std::uint32_t part = edges[first].part;
        geo::Side side = geo::Side::kOutside;
        while (first < edges.size() && edges[first].part == part) {
            const std::uint32_t ring = edges[first].ring;
            std::size_t last = first;
            while (last < edges.size() && edges[last].part == part && edges[last].ring == ring) ++last;
            const auto of_this_ring = edges.subspan(first, last - first);
            first = last;
            if (ring == 0) {
                side = of_ring(of_this_ring);
            } else if (side == geo::Side::kInside) {
                const geo::Side in_hole = of_ring(of_this_ring);
                if (in_hole != geo::Side::kOutside)
                    side = in_hole == geo::Side::kInside ? geo::Side::kOutside : in_hole;
            }
        }
        if (side == geo::Side::kInside) return side;
        on_border = on_border || side == geo::Side::kBorder;
    }
    return on_border ? geo::Side::kBorder : geo::Side::kOutside;
}
}  // namespace

/// geo::side_of with the edges that a level line through the point may meet: no others hold the point or
/// cross its ray.
geo::Side PolygonLocator::side_of(std::span<const Edge> edges, geo::Point point) {
    return side_of_shape(edges, [point](std::span<const Edge> ring) { return side_of_ring(ring, point); });
}

bool PolygonLocator::owns(std::span<const Edge> edges, geo::Point point) {
    return side_of_shape(edges, [point](std::span<const Edge> ring) { return side_beside(ring, point); }) ==
           geo::Side::kInside;
}

void PolygonLocator::find(geo::Point point, Border border, std::vector<std::size_t>& found) const {
    found.clear();
    if (!m_box.contains(point)) return;
    const std::size_t row = row_of(point.y);
    const std::uint32_t cell = m_cells[row * m_columns + column_of(point.x)];
    if (cell == 0) return;
    if (cell % 2 != 0) {
        found.push_back(m_shapes[cell / 2].item);
        return;
    }
    const std::size_t list = cell / 2 - 1;
    std::vector<std::uint32_t> bordering;
    for (const std::uint32_t entry : std::span(m_lists).subspan(list + 1, m_lists[list])) {
        const Shape& shape = m_shapes[entry / 2];
        const auto side = entry % 2 != 0 ? geo::Side::kInside : side_of(shape.in_row(row), point);
        if (side == geo::Side::kInside) found.push_back(shape.item);
        if (side == geo::Side::kBorder) bordering.push_back(entry / 2);
    }
    if (bordering.empty() || border == Border::kNone) return;
    if (border == Border::kAll) {
        for (const std::uint32_t number : bordering) found.push_back(m_shapes[number].item);
        std::sort(found.begin(), found.end());
    } else if (found.empty()) {
        const auto owner = std::find_if(bordering.begin(), bordering.end(), [&](std::uint32_t number) {
            return owns(m_shapes[number].in_row(row), point);
        });
        found.push_back(m_shapes[owner == bordering.end() ? bordering.front() : *owner].item);
    }
}

}  // namespace isopleth::join
