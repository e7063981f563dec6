// SPDX-License-Identifier: MIT
#include "interpolate/area_to_point.hpp"

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "base/parameters.hpp"
#include "base/statistics.hpp"
#include "base/text.hpp"
#include "interpolate/kriging_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace isopleth::interpolate {

const char* const AreaToPoint::kOptions =
    "model=exp|sph|gau|mat, psill=S, range=D, nugget=0, kappa=0.5; model=lin|pow, slope=S, exponent=K";

AreaCovariances::AreaCovariances(const model::Grid& grid, const std::vector<AreaMean>& areas,
                                 const VariogramModel& model)
    : m_grid(grid), m_runs(areas.size()), m_prefixes(grid.rows * 2 * grid.columns) {
    for (std::size_t a = 0; a < areas.size(); ++a) {
        m_sizes.push_back(static_cast<double>(areas[a].cells.size()));
        for (const std::size_t cell : areas[a].cells) {
            const Run next{cell / grid.columns, cell % grid.columns, 1};
            std::vector<Run>& runs = m_runs[a];
            const bool goes_on = !runs.empty() && runs.back().row == next.row &&
                                 runs.back().first + runs.back().count == next.first;
            goes_on ? void(++runs.back().count) : runs.push_back(next);
        }
    }
    // No area shares the nugget of a single point.
    const VariogramModel shared{0, model.structures};
    const std::size_t columns = grid.columns;
    std::vector<double> covariances(columns);
    for (std::size_t rows = 0; rows < grid.rows; ++rows) {
        for (std::size_t c = 0; c < columns; ++c)
            covariances[c] = grid.cell * std::hypot(static_cast<double>(c), static_cast<double>(rows));
        shared.to_covariances(covariances);
        // Entry k sums the columns apart from -(columns - 1) on, k of them.
        double* const prefix = m_prefixes.data() + rows * 2 * columns;
        for (std::size_t k = 1; k < 2 * columns; ++k)
            prefix[k] = prefix[k - 1] + covariances[k < columns ? columns - k : k - columns];
    }
}

void AreaCovariances::fill(std::size_t row, std::size_t area, std::span<double> values) const {
    std::fill(values.begin(), values.end(), 0.0);
    const std::size_t columns = m_grid.columns;
    for (const Run& run : m_runs[area]) {
        const std::size_t apart = run.row > row ? run.row - row : row - run.row;
        const double* const prefix = m_prefixes.data() + apart * 2 * columns + columns;
        // From column u the run lies u - first down to u - first - count + 1 columns apart.
        const double* const upper = prefix - run.first;
        const double* const lower = upper - run.count;
        for (std::size_t u = 0; u < columns; ++u) values[u] += upper[u] - lower[u];
    }
    for (double& value : values) value /= m_sizes[area];
}

VariogramModel AreaToPoint::parse(const std::string& method_text) {
    KrigingOptions options = parse_kriging_options(method_text);
    const bool has_others = options.near.is_given() || options.mean || options.degree || options.error ||
                            options.anisotropy.angle || options.block || options.above ||
                            !options.transform.empty();
    if (has_others) base::fail_usage(std::string("area-to-point takes no options but ") + kOptions);
    if (!options.is_given()) {
        base::fail_usage("area-to-point needs the variogram at points: model, psill and range, or slope",
                         "Fit one to stations of the same field; means of areas do not tell it.");
    }
    return options.given_model();
}

namespace {

std::vector<AreaMean> checked(const model::Grid& grid, std::vector<AreaMean> areas) {
    if (areas.size() < 2 || areas.size() > AreaToPoint::kMostAreas) {
        base::fail_data(fmt::format("{} area{} with a mean; area-to-point kriging takes 2 to {}",
                                    areas.size(), areas.size() == 1 ? "" : "s", AreaToPoint::kMostAreas));
    }
    if (grid.count() > AreaToPoint::kMostCells) {
        base::fail_data(
            fmt::format("a grid of {} cells is too large for area-to-point kriging; {} are the most",
                        base::with_thousands(static_cast<long long>(grid.count())),
                        base::with_thousands(static_cast<long long>(AreaToPoint::kMostCells))),
            "Use a larger --cell.");
    }
    return areas;
}

}  // namespace

AreaToPoint::AreaToPoint(const model::Grid& grid, std::vector<AreaMean> areas, const VariogramModel& model,
                         const base::Job& job)
    : m_grid(grid),
      m_areas(checked(grid, std::move(areas))),
      m_model(model),
      m_lifted(model.lifted(std::hypot(grid.box().width(), grid.box().height()) / 2)),
      m_covariances(grid, m_areas, m_lifted) {
    solve(job);
}

void AreaToPoint::solve(const base::Job& job) {
    const std::size_t size = m_areas.size();
    base::Matrix matrix(size, size);
    // Column j: the mean over area j's cells of their covariances with each area. Each chunk has its own
    // column.
    base::parallel_chunks(job, size, 1, [&](std::size_t j, std::size_t) {
        std::vector<double> values(m_grid.columns);
        const std::vector<std::size_t>& cells = m_areas[j].cells;
        for (std::size_t i = 0; i <= j; ++i) {
            double sum = 0;
            std::size_t filled = m_grid.rows;
            for (const std::size_t cell : cells) {
                if (cell / m_grid.columns != filled)
                    m_covariances.fill(filled = cell / m_grid.columns, i, values);
                sum += values[cell % m_grid.columns];
            }
            matrix(j, i) = matrix(i, j) = sum / static_cast<double>(cells.size());
        }
    });
    m_factor = base::Cholesky::factor(matrix);
    if (!m_factor) {
        base::fail_data(
            "the areas cannot be told apart: two of them have the same cells, or the model is too smooth",
            "Check for an area twice, or use model=exp.");
    }
    std::vector<double> means;
    for (const AreaMean& area : m_areas) means.push_back(area.mean);
    m_centre = base::mean(means).value_or(0);
    base::ColumnsByEight columns(size, 2);
    for (std::size_t i = 0; i < size; ++i) {
        columns(i, 0) = 1;
        columns(i, 1) = means[i] - m_centre;
    }
    if (!m_drift.solve(*m_factor, columns, 1)) base::bug("a constant that areas do not settle");
}

void AreaToPoint::estimate_row(std::size_t row, std::span<Kriged> results) const {
    const std::size_t size = m_areas.size();
    base::ColumnsByEight columns(size, m_grid.columns);
    std::vector<double> values(m_grid.columns);
    for (std::size_t i = 0; i < size; ++i) {
        m_covariances.fill(row, i, values);
        for (std::size_t u = 0; u < values.size(); ++u) columns(i, u) = values[u];
    }
    m_factor->forward(columns);
    constexpr std::size_t kAbreast = base::ColumnsByEight::kAbreast;
    const double constant = 1;
    for (std::size_t group = 0; group < columns.groups(); ++group) {
        const auto products = m_drift.products_of(columns, group);
        for (std::size_t u = group * kAbreast; u < std::min((group + 1) * kAbreast, results.size()); ++u) {
            results[u] = m_drift.system().finish({&constant, 1}, products[u % kAbreast], m_lifted.sill());
            results[u].estimate += m_centre;
        }
    }
}

model::Raster AreaToPoint::rows(std::size_t first, std::size_t count, const geo::Crs& crs,
                                const std::string& unit, const base::Job& job) const {
    model::Raster raster(m_grid.rows_from(first, count), crs, {"estimate", "standard error"});
    for (model::Band& band : raster.bands) band.unit = unit;
    base::parallel_chunks(
        job, count, 1,
        [&](std::size_t row, std::size_t) {
            std::vector<Kriged> results(m_grid.columns);
            estimate_row(first + row, results);
            for (std::size_t u = 0; u < results.size(); ++u) {
                raster.bands[0].set(row * m_grid.columns + u, results[u].estimate);
                raster.bands[1].set(row * m_grid.columns + u, results[u].standard_error);
            }
        },
        "estimate");
    return raster;
}

base::Json AreaToPoint::description() const {
    return base::Json::object()
        .set("method", "area-to-point")
        .set("areas", m_areas.size())
        .set("variogram", to_json(m_model));
}

}  // namespace isopleth::interpolate
