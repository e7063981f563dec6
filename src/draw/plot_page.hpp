// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "base/time.hpp"
#include "draw/canvas.hpp"
#include "draw/plot.hpp"

namespace isopleth::draw {

/// The plot as the bytes of a file. PNG at `dpi`; PDF and SVG are vector, the PDF's creation date is `made`.
/// The same plot gives the same bytes. A Data error that names the text when the font lacks a glyph.
std::string render(const Plot& plot, Format format, double dpi, base::Instant made);

}  // namespace isopleth::draw
