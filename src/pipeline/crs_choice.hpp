// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "model/layer.hpp"
#include "pipeline/task.hpp"

namespace isopleth::pipeline {

/// A layer ready for measuring, and what has to be said about how it got its CRS.
struct MetricLayer {
    std::shared_ptr<const model::Layer> layer;
    std::string said;  ///< "analysed in EPSG:32650, chosen to suit the data" or ""
};

/// The layer in metres: in its own CRS when that is metric, else in `project_crs`, else in the metric CRS
/// that suits it. An Input error (with --crs as the remedy) for a layer without CRS.
MetricLayer in_metres(std::shared_ptr<const model::Layer> layer, const std::optional<geo::Crs>& project_crs);

/// As `in_metres`, but in the CRS that was asked for the output, where one was: what makes a raster computes
/// in it. A Usage error when that is not in metres.
MetricLayer in_output_metres(std::shared_ptr<const model::Layer> layer, const Datasets& datasets);

/// An Input error, with --crs as the remedy, for a layer without CRS; with --x and --y for a table without
/// places.
void require_crs(const model::Layer& layer);

/// The layer in `crs`; the same pointer when it is already. An Input error for a layer without CRS.
std::shared_ptr<const model::Layer> in_crs(std::shared_ptr<const model::Layer> layer, const geo::Crs& crs);

}  // namespace isopleth::pipeline
