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

struct Events {
    std::vector<geo::Point> points;
    std::vector<double> weights;  ///< one for each point; empty: each counts once
};

struct Smoothing {
    Kernel kernel = Kernel::kQuartic;
    base::Meters radius;
};

/// Kernel density of events in events per square kilometre, at cell centres. An event at most `radius` away
/// counts; every kernel has the volume 1 (Silverman 1986, section 4.2, in two dimensions), u = distance /
/// radius: quartic 3/(pi r^2) (1 - u^2)^2 (eq. 4.5), Epanechnikov 2/(pi r^2) (1 - u^2), uniform 1/(pi r^2),
/// Gaussian with standard deviation r/3, cut at r and scaled up by 1.1 % for it. Exact sums, no binning: an
/// error of 1e-15 for each event at most, relative. No edge correction. One band "density", all cells valid;
/// the same bits for any order of events and number of threads. A Usage error for a radius of 0 or less.
model::Raster kernel_density(const Events& events, const model::Grid& grid, const geo::Crs& crs,
                             const Smoothing& smoothing, const base::Job& job);

}  // namespace isopleth::hotspot
