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

/// Where things stand. Landscape: the map left, a column of 60 to 75 mm right. Portrait: map above, legend and table below it
/// side by side when there is a table, else the column over the map's emptier side is avoided by a narrower column right.
struct PageLayout {
    Frame title;
    Frame map;
    Frame column;  ///< legend, table, notes
    Frame footer;
    geo::Box map_box;            ///< the ground that the map frame shows, same proportions as the frame
    double metres_per_mm = 0;    ///< scale 1 : 1000 x this
    double scale_bar_m = 0;      ///< round length, 30 to 50 mm on paper
};

PageLayout lay_out(const Scene& scene);

/// The largest round length (1, 2, 2.5, 3, 4, 5 x 10^k) between 30 and 50 mm at this scale.
double round_scale_bar(double metres_per_mm);

}  // namespace isopleth::draw
