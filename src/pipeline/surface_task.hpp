// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/units.hpp"
#include "pipeline/sample_options.hpp"
#include "pipeline/task.hpp"

namespace isopleth::pipeline {

/// Points with values to an interpolated surface.
struct SurfaceTask : Task {
    std::string input;
    std::string value;
    std::string method;
    base::Meters cell;
    std::string extent;
    std::string mask;
    std::string zones;  ///< polygons whose means are asked for, or "" for cells
    SampleOptions of_samples;
    std::string unit;
    std::optional<double> clamp;
    double calibration = 1;
    std::optional<double> supported;

    void declare(base::ParameterList& list) override;
    void check() const override;
    bool is_rehearsed() const override { return true; }
    Makes makes() const override { return zones.empty() ? Makes::kRaster : Makes::kLayer; }
    Outcome run(Datasets& datasets, const base::Job& job) override;

private:
    Outcome run_zones(Datasets& datasets, const base::Job& job) const;
};

/// "x0,y0,x1,y1" as a box; a Usage error for anything else.
geo::Box parse_extent(const std::string& text);

/// Makes the cells of a window outside the mask invalid; none when there is no mask (nullptr).
void mask_window(model::Raster& window, const model::Layer* mask);

/// A Data error when mask and grid have nothing in common.
void require_overlap(const model::Layer* mask, const model::Grid& grid);

/// A Data error for a grid that is farther from the samples' bounds than either is wide.
void require_samples_near(const geo::Box& samples, const model::Grid& grid);

/// The grid of a task: over `extent` when given, else around `bounds`.
model::Grid choose_grid(const std::string& extent, const geo::Box& bounds, base::Meters cell);

}  // namespace isopleth::pipeline
