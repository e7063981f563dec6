// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "pipeline/task.hpp"

namespace isopleth::pipeline {

/// Statistics of a raster's cells in each polygon, weighted by the share of each cell that the polygon
/// covers. The polygons keep their fields; each statistic adds one, named after it, with the band's name in
/// front where there are several bands or rasters. A polygon without a cell that has a value gets missing
/// ones.
struct ZonalTask : Task {
    std::string raster;
    std::string polygons;
    std::vector<std::string> stats = {"mean"};
    std::vector<std::string> bands = {"1"};
    std::vector<std::string> more;
    std::string weights;

    void declare(base::ParameterList& list) override;
    void check() const override;
    bool is_rehearsed() const override { return true; }
    Outcome run(Datasets& datasets, const base::Job& job) override;
};

}  // namespace isopleth::pipeline
