// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipeline/plot_options.hpp"
#include "pipeline/sample_options.hpp"
#include "pipeline/task.hpp"

namespace isopleth::pipeline {

/// How well methods estimate samples that they have not seen. The summary's "scores" has a row for each
/// method, over the samples that all of them estimate; "best" is the one with the least CRPS, or the least
/// RMSE where some method has no standard error. The layer made is the samples with the best method's (or the
/// only one's) observed, estimate, error (estimate less observed), standard_error and fold (from 1); a name
/// that is taken gets a number, "error_2". The plot is of that method.
struct CrossvalTask : Task {
    std::string input;
    std::string value;
    std::vector<std::string> methods;
    std::string folds = "block";
    int seed = 1;
    SampleOptions of_samples;
    PlotOptions of_plot;

    void declare(base::ParameterList& list) override;
    void check() const override;
    Makes makes() const override { return Makes::kTable; }
    bool is_rehearsed() const override { return true; }
    /// In a project the step makes its layer and no plot.
    std::optional<std::string> plot_file() const override {
        return of_plot.file.empty() ? std::nullopt : std::optional(of_plot.file);
    }
    Outcome run(Datasets& datasets, const base::Job& job) override;
};

}  // namespace isopleth::pipeline
