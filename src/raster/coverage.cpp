// SPDX-License-Identifier: MIT
#include "raster/coverage.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace isopleth::raster {

namespace {

/// What rounding makes of no coverage, or of all.
constexpr double kRounding = 1e-12;

/// Part of an edge within one row, in cells from the grid's western edge; x0 <= x1.
struct Piece {
    double x0;
    double x1;
    double height;  ///< of the row's height; negative where the edge runs north
};

/// The edges of all rings, cut at the rows' borders.
class Pieces {
public:
    Pieces(const model::Grid& grid, std::span<const geo::Polygon> polygons) : m_grid(grid) {
        geo::Box box;
        for (const geo::Polygon& polygon : polygons) {
            for (const geo::Point& point : polygon.outer) box.extend(in_cells(point));
        }
        if (box.empty()) return;
        const auto rows = static_cast<double>(grid.rows);
        m_first_row = static_cast<std::size_t>(std::clamp(std::floor(box.min_y), 0.0, rows));
        m_end_row = static_cast<std::size_t>(std::clamp(std::ceil(box.max_y), 0.0, rows));
        m_end_row = std::max(m_first_row, m_end_row);
        m_rows.resize(m_end_row - m_first_row);
        for (const geo::Polygon& polygon : polygons) {
            add(polygon.outer, false);
            for (const geo::Path& hole : polygon.holes) add(hole, true);
        }
    }

    std::size_t first_row() const { return m_first_row; }
    const std::vector<std::vector<Piece>>& rows() const { return m_rows; }

private:
    /// Columns from the western and rows from the northern edge.
    geo::Point in_cells(geo::Point point) const {
        return {(point.x - m_grid.min_x) / m_grid.cell, (m_grid.max_y - point.y) / m_grid.cell};
    }

    void add(const geo::Path& ring, bool is_hole) {
        // Counterclockwise rings run south on their western side, where what they cover begins.
        const double sign = (geo::signed_area_doubled(ring) < 0) == is_hole ? 1 : -1;
        for (std::size_t i = 1; i < ring.size(); ++i) {
            geo::Point from = in_cells(ring[i - 1]);
            geo::Point to = in_cells(ring[i]);
            const double direction = from.y < to.y ? sign : -sign;
            if (from.y > to.y) std::swap(from, to);
            cut(from, to, direction);
        }
    }

    /// An edge that runs south, or level.
    void cut(geo::Point from, geo::Point to, double direction) {
        if (from.y == to.y) return enter(from, to);
        const double slope = (to.x - from.x) / (to.y - from.y);
        const auto x_at = [&](double y) {
            if (y <= from.y) return from.x;
            if (y >= to.y) return to.x;
            return from.x + (y - from.y) * slope;
        };
        const double north = std::max(from.y, static_cast<double>(m_first_row));
        const double south = std::min(to.y, static_cast<double>(m_end_row));
        if (!(north < south)) return;
        for (auto row = static_cast<std::size_t>(north); static_cast<double>(row) < south; ++row) {
            const double upper = std::max(north, static_cast<double>(row));
            const double lower = std::min(south, static_cast<double>(row + 1));
            const double x0 = x_at(upper);
            const double x1 = x_at(lower);
            m_rows[row - m_first_row].push_back(
                {std::min(x0, x1), std::max(x0, x1), direction * (lower - upper)});
        }
    }

    /// A level edge covers nothing, but the cells that it divides are neither inside nor outside.
    void enter(geo::Point from, geo::Point to) {
        const double row = std::floor(from.y);
        if (row < static_cast<double>(m_first_row) || row >= static_cast<double>(m_end_row)) return;
        m_rows[static_cast<std::size_t>(row) - m_first_row].push_back(
            {std::min(from.x, to.x), std::max(from.x, to.x), 0});
    }

    const model::Grid& m_grid;
    std::size_t m_first_row = 0;
    std::size_t m_end_row = 0;
    std::vector<std::vector<Piece>> m_rows;
};

/// The covered area of a row as differences from each cell to the next.
class Row {
public:
    explicit Row(std::size_t columns)
        : m_columns(columns), m_differences(columns + 2), m_is_entered(columns + 1), m_first(columns) {}

    void add(const Piece& piece) {
        const auto end = static_cast<double>(m_columns);
        if (piece.x0 >= end) return;
        if (piece.x1 <= 0) return cover_from(0, piece.height);
        if (piece.x0 < 0 || piece.x1 > end) return add_cut(piece, end);
        add_inside(piece);
    }

    /// Appends the row's runs and empties it.
    void take_runs(std::vector<CoveredRun>& runs) {
        double covered = 0;
        const std::size_t first_run = runs.size();
        for (std::size_t column = m_first; column < m_end; ++column) {
            covered += m_differences[column];
            // Without an edge in it a cell lies inside or outside: the rest is rounding, and ends here.
            if (m_is_entered[column] == 0) covered = std::round(covered);
            append(runs, first_run, column, covered);
        }
        if (std::round(covered) > 0 && m_end < m_columns && m_end > m_first) {
            // Nothing closes it within the grid.
            for (std::size_t column = m_end; column < m_columns; ++column)
                append(runs, first_run, column, std::round(covered));
        }
        for (std::size_t column = m_first; column < m_end + 2; ++column) m_differences[column] = 0;
        for (std::size_t column = m_first; column < m_end; ++column) m_is_entered[column] = 0;
        m_first = m_columns;
        m_end = 0;
    }

private:
    static void append(std::vector<CoveredRun>& runs, std::size_t first_run, std::size_t column,
                       double covered) {
        double share = covered < kRounding ? 0 : covered;
        if (share > 1 - kRounding) share = 1;
        if (share == 0) return;
        if (runs.size() > first_run && runs.back().end == column && runs.back().share == share) {
            ++runs.back().end;
        } else {
            runs.push_back({column, column + 1, share});
        }
    }

    void widen(std::size_t first, std::size_t end) {
        m_first = std::min(m_first, first);
        m_end = std::max(m_end, std::min(end, m_columns));
    }

    /// All cells from a column on.
    void cover_from(std::size_t column, double height) {
        m_differences[column] += height;
        widen(column, column + 1);
    }

    /// The parts of a piece west of the grid, in it, and east of it, where it covers nothing.
    void add_cut(const Piece& piece, double end) {
        const double of_a_column = piece.height / (piece.x1 - piece.x0);
        if (piece.x0 < 0) cover_from(0, -piece.x0 * of_a_column);
        const double west = std::max(piece.x0, 0.0);
        const double east = std::min(piece.x1, end);
        add_inside({west, east, (east - west) * of_a_column});
    }

    void add_inside(const Piece& piece) {
        const auto first = static_cast<std::size_t>(piece.x0);
        const auto end = std::max(static_cast<std::size_t>(std::ceil(piece.x1)), first + 1);
        widen(first, end + 1);
        if (end == first + 1) {
            const double middle = 0.5 * (piece.x0 + piece.x1) - static_cast<double>(first);
            m_is_entered[first] = 1;
            m_differences[first] += piece.height * (1 - middle);
            m_differences[end] += piece.height * middle;
            return;
        }
        const double slope = piece.height / (piece.x1 - piece.x0);
        double before = 0;
        for (std::size_t column = first; column < end; ++column) {
            const auto x = static_cast<double>(column);
            const double west = std::max(piece.x0, x);
            const double east = std::min(piece.x1, x + 1);
            // Of this cell: what lies right of the edge within it, and beside it what came from further west.
            const double covered =
                slope * ((east - west) * (x + 1 - 0.5 * (west + east)) + (west - piece.x0));
            m_is_entered[column] = 1;
            m_differences[column] += covered - before;
            before = covered;
        }
        m_differences[end] += piece.height - before;
    }

    std::size_t m_columns;
    std::vector<double> m_differences;
    std::vector<std::uint8_t> m_is_entered;  ///< by an edge
    std::size_t m_first;                     ///< columns that differ from the one before
    std::size_t m_end = 0;
};

}  // namespace

Coverage::Coverage(const model::Grid& grid, const geo::Geometry& polygons) {
    const Pieces pieces(grid, geo::polygons_of(polygons));
    m_first_row = pieces.first_row();
    Row row(grid.columns);
    for (const std::vector<Piece>& of_row : pieces.rows()) {
        for (const Piece& piece : of_row) row.add(piece);
        row.take_runs(m_runs);
        m_starts.push_back(m_runs.size());
    }
}

std::span<const CoveredRun> Coverage::row(std::size_t row) const {
    const std::size_t position = row - m_first_row;
    return std::span(m_runs).subspan(m_starts[position], m_starts[position + 1] - m_starts[position]);
}

double Coverage::cells() const {
    double sum = 0;
    for (const CoveredRun& run : m_runs) sum += run.share * static_cast<double>(run.end - run.first);
    return sum;
}

}  // namespace isopleth::raster
