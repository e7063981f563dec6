// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "model/samples.hpp"
#include "pipeline/task.hpp"

namespace isopleth::pipeline {

/// The samples of `points` with the covariates that `texts` name: "roads.tif" is a raster read at the samples
/// too, "distance=roads.tif" a raster with the samples' own values in the field "distance". Samples without a
/// value are left out and counted. A Usage error for a raster in another CRS than the samples.
model::Samples with_covariates(model::Samples samples, const model::Layer& points,
                               const std::vector<std::string>& texts, Datasets& datasets);

}  // namespace isopleth::pipeline
