// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "base/time.hpp"
#include "draw/canvas.hpp"
#include "draw/scene.hpp"

namespace isopleth::draw {

/// The page as the bytes of a file. PNG at `dpi`; PDF and SVG are vector (rasters inside stay pictures),
/// fonts embedded in the PDF, whose creation date is `made`. The same scene gives the same bytes. A Data
/// error that names the text when the font lacks a glyph; errors of `check(scene)`.
std::string render(const Scene& scene, Format format, double dpi, base::Instant made);

}  // namespace isopleth::draw
