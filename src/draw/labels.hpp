// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "draw/page.hpp"
#include "draw/scene.hpp"

namespace isopleth::draw {

/// A label of a point or polygon, ready to be drawn. Positions are ground coordinates.
struct PlacedLabel {
    std::string text;                       ///< rank and name
    std::string second_line;                ///< or ""
    geo::Point centre;                      ///< middle of the whole label
    std::optional<geo::LineString> leader;  ///< from the label to its place
    style::LabelStyle style;
};

/// Places the labels of all point and polygon layers so that none overlaps another or a marker. Polygons: at
/// the pole of inaccessibility, else nearby inside, else outside with a leader line. Required ones are never
/// left out. The same scene gives the same places.
std::vector<PlacedLabel> place_labels(const Scene& scene, const PageLayout& layout);

/// Width of a text in millimetres: 1 em for East Asian wide characters, 0.56 em for others.
double text_width_mm(const std::string& text, double size_pt);

}  // namespace isopleth::draw
