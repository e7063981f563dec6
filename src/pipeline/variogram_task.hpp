// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/units.hpp"
#include "pipeline/plot_options.hpp"
#include "pipeline/task.hpp"

namespace isopleth::pipeline {

/// The empirical variogram of points with values, models fitted to it, and a plot of both. The table has a
/// row for each bin: direction (where asked), distance, pairs, semivariance, and the best model's value at
/// that distance.
struct VariogramTask : Task {
    std::string input;
    std::string value;
    std::vector<std::string> model = {"sph", "exp", "gau"};
    double kappa = 0.5;
    std::optional<base::Meters> cutoff;
    std::optional<base::Meters> width;
    std::string estimator = "matheron";
    std::vector<std::string> directions;
    double tolerance = 22.5;
    int degree = 0;
    std::string duplicates = "refuse";
    PlotOptions of_plot;

    void declare(base::ParameterList& list) override;
    void check() const override;
    Makes makes() const override { return Makes::kTable; }
    bool is_rehearsed() const override { return true; }
    std::optional<std::string> plot_file() const override { return of_plot.file; }
    Outcome run(Datasets& datasets, const base::Job& job) override;
};

}  // namespace isopleth::pipeline
