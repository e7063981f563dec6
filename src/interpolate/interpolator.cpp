// SPDX-License-Identifier: MIT
#include "interpolate/interpolator.hpp"

#include "base/error.hpp"
#include "base/parallel.hpp"

namespace isopleth::interpolate {

namespace {

constexpr std::size_t kCellsAtOnce = 4096;

}  // namespace

model::Raster estimate(const Interpolator& interpolator, const model::Grid& grid, const geo::Crs& crs,
                       const std::string& unit, const base::Job& job) {
    const bool has_error = interpolator.has_standard_error();
    std::vector<std::string> names{"estimate"};
    if (has_error) names.emplace_back("standard error");
    model::Raster raster(grid, crs, names);
    for (model::Band& band : raster.bands) band.unit = unit;

    // Chunks write to their own cells. What they find does not depend on where they begin.
    const auto work = [&](std::size_t begin, std::size_t end) {
        std::vector<geo::Point> places;
        places.reserve(end - begin);
        for (std::size_t cell = begin; cell < end; ++cell) {
            places.push_back(grid.centre(cell / grid.columns, cell % grid.columns));
        }
        const auto part = [&](auto& values) { return std::span(values).subspan(begin, end - begin); };
        model::Band& estimates = raster.bands[0];
        interpolator.estimate(places, part(estimates.values),
                              has_error ? part(raster.bands[1].values) : std::span<double>(),
                              part(estimates.valid));
        for (std::size_t cell = begin; cell < end; ++cell) {
            if (estimates.valid[cell] == 0) {
                for (model::Band& band : raster.bands) band.clear(cell);
            } else if (has_error) {
                raster.bands[1].valid[cell] = 1;
            }
        }
    };
    base::parallel_chunks(job, grid.count(), kCellsAtOnce, work, "estimate");
    return raster;
}

}  // namespace isopleth::interpolate
