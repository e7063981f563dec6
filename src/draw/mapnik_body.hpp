// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include "draw/labels.hpp"
#include "draw/page.hpp"
#include "draw/scene.hpp"

typedef struct _cairo cairo_t;

namespace isopleth::draw {

/// Draws the vector layers [first, last) of the scene on the map frame; the context's unit is the point (1/72
/// inch) and its origin the page's top left corner.
void draw_vectors(cairo_t* context, const Scene& scene, const PageLayout& layout, std::size_t first,
                  std::size_t last);

/// Draws labels: the placed ones and names along the lines of line layers, which avoid the placed ones.
void draw_labels(cairo_t* context, const Scene& scene, const PageLayout& layout,
                 const std::vector<PlacedLabel>& labels);

}  // namespace isopleth::draw
