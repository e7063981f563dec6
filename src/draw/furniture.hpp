// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "draw/page.hpp"
#include "draw/pencil.hpp"
#include "draw/scene.hpp"

namespace isopleth::draw {

/// Title and subtitle; a title wider than the frame is set smaller, never cut.
void draw_title(const Pencil& pencil, const std::string& title, const std::string& subtitle,
                const Frame& frame);

/// Legend, table and notes from the top of the column, scale bar and north arrow at its foot. A table that is
/// too long ends in "… +N", its rows left out.
void draw_column(const Pencil& pencil, const Scene& scene, const PageLayout& layout);

/// Source, date, CRS, note and hash in one line that wraps at the frame's width.
void draw_footer(const Pencil& pencil, const Footer& footer, const Frame& frame);

}  // namespace isopleth::draw
