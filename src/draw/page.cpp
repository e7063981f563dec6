// SPDX-License-Identifier: MIT
#include "draw/page.hpp"

#include <algorithm>
#include <cmath>

namespace isopleth::draw {
namespace {

constexpr double kMargin = 10;
constexpr double kTitleHeight = 15;
constexpr double kFooterHeight = 4;
constexpr double kGap = 3;

/// The frame's proportions around the extent's centre.
geo::Box fitted(const geo::Box& extent, const Frame& frame, double metres_per_mm) {
    const double x = (extent.min_x + extent.max_x) / 2;
    const double y = (extent.min_y + extent.max_y) / 2;
    const double half_width = frame.width * metres_per_mm / 2;
    const double half_height = frame.height * metres_per_mm / 2;
    return {x - half_width, y - half_height, x + half_width, y + half_height};
}

}  // namespace

PageLayout lay_out(const Scene& scene) {
    const double width = scene.page.width_mm;
    const double height = scene.page.height_mm;
    const double column = scene.page.landscape() ? 66 : 58;
    PageLayout layout;
    layout.title = {kMargin, kMargin, width - 2 * kMargin, kTitleHeight};
    layout.footer = {kMargin, height - kMargin - kFooterHeight, width - 2 * kMargin, kFooterHeight};
    const double top = layout.title.bottom() + 1;
    const double bottom = layout.footer.y - kGap;
    layout.map = {kMargin, top, width - 2 * kMargin - column - 5, bottom - top};
    layout.column = {width - kMargin - column, top, column, bottom - top};
    const geo::Box extent = map_extent(scene);
    layout.metres_per_mm = std::max(extent.width() / layout.map.width, extent.height() / layout.map.height);
    layout.map_box = fitted(extent, layout.map, layout.metres_per_mm);
    layout.scale_bar_m = round_scale_bar(layout.metres_per_mm);
    return layout;
}

double round_scale_bar(double metres_per_mm) {
    const double longest = 50 * metres_per_mm;
    const double power = std::pow(10.0, std::floor(std::log10(longest)));
    double best = power;
    for (const double factor : {1.0, 2.0, 2.5, 3.0, 4.0, 5.0}) {
        if (factor * power <= longest * (1 + 1e-12)) best = factor * power;
    }
    return best;
}

}  // namespace isopleth::draw
