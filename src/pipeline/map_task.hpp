// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "pipeline/task.hpp"
#include "style/language.hpp"

namespace isopleth::pipeline {

/// Layers and their styles to a page.
struct MapTask : Task {
    std::vector<std::string> layers;
    std::vector<std::string> styles;
    std::string title;
    std::string subtitle;
    std::string crs;
    std::string page = "a4-portrait";
    std::vector<std::string> notes;
    std::string table;
    std::vector<std::string> table_columns;
    std::vector<std::string> table_titles;
    std::string source;
    std::string note;
    std::string language;  ///< "" for the project's, or Chinese
    double dpi = 200;

    void declare(base::ParameterList& list) override;
    void check() const override;
    style::Language words() const;
    Makes makes() const override { return Makes::kPicture; }
    Outcome run(Datasets& datasets, const base::Job& job) override;
};

}  // namespace isopleth::pipeline
