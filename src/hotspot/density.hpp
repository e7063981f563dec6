// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "base/job.hpp"
#include "base/units.hpp"
#include "model/raster.hpp"

namespace isopleth::hotspot {

enum class Kernel { kQuartic, kGaussian, kEpanechnikov, kUniform };
Kernel parse_kernel(std::string_view text);  ///< Usage error with the nearest name

/// Kernel density of events in events per square kilometre, at cell centres; `radius` is the kernel's support (Gaussian: standard
/// deviation radius / 3, cut at radius). Exact sums, no binning. No edge correction. One band "density", all cells valid.
/// Silverman (1986), eq. 4.5 for the quartic kernel: 3/(pi r^2) (1 - d^2/r^2)^2.
model::Raster kernel_density(const std::vector<geo::Point>& events, const std::vector<double>& event_weights,
                             const model::Grid& grid, const geo::Crs& crs, Kernel kernel, base::Meters radius,
                             const base::Job& job);

}  // namespace isopleth::hotspot
