// SPDX-License-Identifier: MIT
#include "interpolate/interpolator.hpp"

#include "base/error.hpp"
#include "base/parallel.hpp"

#include <algorithm>

namespace isopleth::interpolate {

namespace {

constexpr std::size_t kGroup = 8;  ///< cells a side; kGroup * kGroup = kPlacesTogether
constexpr std::size_t kTile = 32;  ///< cells a side: a multiple of kGroup
static_assert(kGroup * kGroup == kPlacesTogether && kTile % kGroup == 0);

/// Cells of a tile, group by group: neighbours of neighbouring cells are mostly the same.
class Tiles {
public:
    explicit Tiles(const model::Grid& grid) : m_grid(grid), m_across((grid.columns + kTile - 1) / kTile) {}
    std::size_t count() const { return m_across * ((m_grid.rows + kTile - 1) / kTile); }
    void list_cells(std::size_t tile, std::vector<std::size_t>& cells) const {
        const std::size_t top = tile / m_across * kTile;
        const std::size_t left = tile % m_across * kTile;
        cells.clear();
        for (std::size_t group = 0; group < (kTile / kGroup) * (kTile / kGroup); ++group) {
            const std::size_t first_row = top + group / (kTile / kGroup) * kGroup;
            const std::size_t first_column = left + group % (kTile / kGroup) * kGroup;
            for (std::size_t row = first_row; row < std::min(first_row + kGroup, m_grid.rows); ++row) {
                for (std::size_t column = first_column;
                     column < std::min(first_column + kGroup, m_grid.columns); ++column)
                    cells.push_back(row * m_grid.columns + column);
            }
        }
    }

private:
    const model::Grid& m_grid;
    std::size_t m_across;
};

}  // namespace

model::Raster estimate(const Interpolator& interpolator, const model::Grid& grid, const geo::Crs& crs,
                       const std::string& unit, const base::Job& job) {
    const bool has_error = interpolator.has_standard_error();
    std::vector<std::string> names{"estimate"};
    if (has_error) names.emplace_back("standard error");
    model::Raster raster(grid, crs, names);
    for (model::Band& band : raster.bands) band.unit = unit;

    // Tiles write to their own cells. What they find does not depend on where they lie.
    const Tiles tiles(grid);
    const auto work = [&](std::size_t tile, std::size_t) {
        std::vector<std::size_t> cells;
        tiles.list_cells(tile, cells);
        std::vector<geo::Point> places;
        places.reserve(cells.size());
        for (const std::size_t cell : cells)
            places.push_back(grid.centre(cell / grid.columns, cell % grid.columns));
        std::vector<double> values(cells.size());
        std::vector<double> standard_errors(has_error ? cells.size() : 0);
        std::vector<std::uint8_t> valid(cells.size());
        interpolator.estimate(places, values, standard_errors, valid);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (valid[i] == 0) continue;
            raster.bands[0].set(cells[i], values[i]);
            if (has_error) raster.bands[1].set(cells[i], standard_errors[i]);
        }
    };
    base::parallel_chunks(job, tiles.count(), 1, work, "estimate");
    return raster;
}

}  // namespace isopleth::interpolate
