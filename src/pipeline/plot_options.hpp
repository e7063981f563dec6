// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "base/parameters.hpp"
#include "draw/plot.hpp"
#include "geo/crs.hpp"
#include "pipeline/task.hpp"
#include "style/language.hpp"

namespace isopleth::pipeline {

/// What commands that draw a plot beside their table ask about it.
struct PlotOptions {
    std::string file;  ///< or ""
    std::string title;
    std::string unit;
    std::string source;
    std::string note;
    std::string language;  ///< "" for Chinese

    void declare(base::ParameterList& list);
    style::Language words() const;
    /// The plot with its footer: source, CRS and note from here, date and hash from the provenance.
    PictureRecipe recipe(draw::Plot plot, const geo::Crs& crs) const;
};

}  // namespace isopleth::pipeline
