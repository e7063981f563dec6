// SPDX-License-Identifier: MIT
#pragma once

#include "draw/scene.hpp"

namespace isopleth::draw {

/// A rectangle of the page in millimetres from its top left corner.
struct Frame {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
    double right() const { return x + width; }
    double bottom() const { return y + height; }
    bool operator==(const Frame&) const = default;
};

/// Where things stand: title above, the map left (over 65 % of a landscape page's width), a column of 58 to
/// 66 mm right, the footer below. A portrait page suits a tall district: its map frame is twice as tall as
/// wide.
struct PageLayout {
    Frame title;
    Frame map;
    Frame column;  ///< legend, table, notes
    Frame footer;
    geo::Box map_box;          ///< the ground that the map frame shows, same proportions as the frame
    double metres_per_mm = 0;  ///< scale 1 : 1000 x this
    double scale_bar_m = 0;    ///< round length, 30 to 50 mm on paper
};

PageLayout lay_out(const Scene& scene);

/// The largest round length (1, 2, 2.5, 3, 4, 5 x 10^k) between 30 and 50 mm at this scale.
double round_scale_bar(double metres_per_mm);

}  // namespace isopleth::draw
