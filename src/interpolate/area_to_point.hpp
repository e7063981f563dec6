// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/cholesky.hpp"
#include "base/job.hpp"
#include "base/json.hpp"
#include "interpolate/kriging_system.hpp"
#include "interpolate/variogram.hpp"
#include "model/grid.hpp"
#include "model/raster.hpp"

namespace isopleth::interpolate {

/// The mean of a field over an area, for which the cells with their centre in it stand.
struct AreaMean {
    std::vector<std::size_t> cells;  ///< rising, at least one
    double mean = 0;
};

/// What the cells of a grid have in common with areas: the covariance of the field at a cell with its mean
/// over each area. Cells being equally spaced, a covariance is looked up by rows and columns apart; a run of
/// an area's cells in one row adds up to a difference of two prefix sums.
class AreaCovariances {
public:
    AreaCovariances(const model::Grid& grid, const std::vector<AreaMean>& areas, const VariogramModel& model);
    /// Those of the cells of one row with area number `area`, into `values` (one a column).
    void fill(std::size_t row, std::size_t area, std::span<double> values) const;

private:
    struct Run {
        std::size_t row = 0;
        std::size_t first = 0;
        std::size_t count = 0;
    };
    model::Grid m_grid;
    std::vector<std::vector<Run>> m_runs;
    std::vector<double> m_sizes;     ///< cells of each area
    std::vector<double> m_prefixes;  ///< for each number of rows apart, over the columns apart
};

/// Area-to-point kriging (Kyriakidis 2004, Geographical Analysis 36:259) with an unknown constant mean: the
/// field at the cells' centres, given its means over areas and its variogram at points. The mean of the
/// estimates over each area's cells is the mean given, but for rounding (Kyriakidis 2004, eq. 13): the system
/// holds the same cells' covariances. The standard error is that of the value at the centre. The nugget is in
/// it, and in no mean of an area.
class AreaToPoint {
public:
    static constexpr std::size_t kMostCells = 20'000'000;
    static constexpr std::size_t kMostAreas = 2'000;

    /// Options: model, psill, range, nugget, kappa, as for kriging; all but nugget and kappa are needed.
    static const char* const kOptions;
    /// Usage errors.
    static VariogramModel parse(const std::string& method_text);

    /// Data errors: fewer than 2 areas, more than kMostAreas, a grid of more than kMostCells, areas that
    /// cover the same cells or a model too smooth to tell them apart.
    AreaToPoint(const model::Grid& grid, std::vector<AreaMean> areas, const VariogramModel& model,
                const base::Job& job);

    /// Bands "estimate" and "standard error" of rows [first, first + count).
    model::Raster rows(std::size_t first, std::size_t count, const geo::Crs& crs, const std::string& unit,
                       const base::Job& job) const;
    base::Json description() const;

private:
    void solve(const base::Job& job);
    void estimate_row(std::size_t row, std::span<Kriged> results) const;

    model::Grid m_grid;
    std::vector<AreaMean> m_areas;
    VariogramModel m_model;
    VariogramModel m_lifted;  ///< the same with a sill
    AreaCovariances m_covariances;
    double m_centre = 0;                     ///< taken off the means, for the sake of rounding
    std::optional<base::Cholesky> m_factor;  ///< there, once solved
    GlobalDrift m_drift;
};

}  // namespace isopleth::interpolate
