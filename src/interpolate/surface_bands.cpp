// SPDX-License-Identifier: MIT
#include "interpolate/surface_bands.hpp"

#include "base/error.hpp"

namespace isopleth::interpolate {

namespace {

model::Band& errors_of(model::Raster& surface) {
    if (surface.bands.size() < 2) base::bug("a surface without standard errors");
    return surface.bands[1];
}

}  // namespace

void calibrate(model::Raster& surface, double factor) {
    if (factor == 1) return;
    for (double& value : errors_of(surface).values) value *= factor;
}

std::size_t clamp_estimates(model::Raster& surface, double least) {
    model::Band& estimates = surface.bands.front();
    std::size_t count = 0;
    for (std::size_t cell = 0; cell < estimates.values.size(); ++cell) {
        if (estimates.valid[cell] == 0 || !(estimates.values[cell] < least)) continue;
        estimates.values[cell] = least;
        ++count;
    }
    return count;
}

std::size_t count_negative(const model::Raster& surface) {
    const model::Band& estimates = surface.bands.front();
    std::size_t count = 0;
    for (std::size_t cell = 0; cell < estimates.values.size(); ++cell)
        count += estimates.valid[cell] != 0 && estimates.values[cell] < 0 ? 1 : 0;
    return count;
}

void add_supported(model::Raster& surface, double greatest_error) {
    const model::Band& errors = errors_of(surface);
    model::Band supported{"supported", {}, std::vector<double>(errors.values.size()), errors.valid};
    for (std::size_t cell = 0; cell < errors.values.size(); ++cell) {
        if (errors.valid[cell] != 0) supported.values[cell] = errors.values[cell] <= greatest_error ? 1 : 0;
    }
    surface.bands.push_back(std::move(supported));
}

}  // namespace isopleth::interpolate
