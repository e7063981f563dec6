// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "draw/page.hpp"
#include "draw/scene.hpp"
#include "geo/geometry.hpp"
#include "style/colour.hpp"

namespace isopleth::draw {

/// x and y are in the axes' units.
struct PlotPoint {
    double x = 0;
    double y = 0;
    double radius_mm = 1;
    std::string label;  ///< short, of digits; or ""
};

struct PlotLine {
    std::string name;  ///< in the legend
    std::string detail;
    style::Colour colour;
    bool is_main = false;  ///< solid and thick, its name bold; the others are thin and dashed
    std::vector<geo::Point> points;
};

/// From `begin` to `end`.
struct PlotAxis {
    std::string title;
    double end = 1;
    double begin = 0;
};

/// Of a panel that shows something else than the others.
struct OwnAxes {
    PlotAxis x;
    PlotAxis y;
    std::vector<PlotLine> lines;  ///< instead of the plot's; not in the legend
};

struct PlotPanel {
    std::string title;  ///< "" for a plot of one panel
    std::vector<PlotPoint> points;
    std::optional<OwnAxes> own{};  ///< in a plot of one row of panels
};

inline constexpr PageSize kA5Landscape{210, 148};

/// Points and lines over two axes, which all panels share that have none of their own, as a value.
struct Plot {
    PageSize page = kA5Landscape;
    std::string title;
    std::string subtitle;
    PlotAxis x;
    PlotAxis y;
    std::string points_name;  ///< in the legend
    std::vector<PlotPanel> panels;
    std::vector<PlotLine> lines;  ///< in each panel without its own, from back to front
    std::vector<std::string> notes;
    Footer footer;

    /// The axes and lines of a panel, without panels.
    Plot view(const PlotPanel& panel) const;
    /// Above the end of the y axis: a triangle at the panel's top stands for the point.
    bool is_beyond(const PlotPoint& point) const { return point.y > y.end; }
};

struct PanelLayout {
    Frame frame;  ///< between the axes' ends
    std::vector<std::optional<Frame>>
        labels;  ///< of each point, around its digits; nullopt: there is no room
    std::vector<double> x_ticks;
    std::vector<double> y_ticks;
    double numbers = 0;  ///< width of those at the y ticks, with their air
};

/// Where things stand: title above, panels left, legend and notes right, footer below.
struct PlotLayout {
    Frame title;
    Frame body;  ///< panels with the axes' numbers and titles
    Frame column;
    Frame footer;
    std::vector<PanelLayout> panels;

    /// The page's place of (x, y) in a panel, of which `plot` is the view.
    geo::Point at(const Plot& plot, const Frame& frame, double x, double y) const;
    /// The middle of a point's mark.
    geo::Point mark(const Plot& plot, const Frame& frame, const PlotPoint& point) const;
};

inline constexpr double kPlotLabelPt = 6.5;
inline constexpr double kTickPt = 7;

/// Labels stand beside their points, within the panel, over no other point or label, and clear of the lines
/// where that can be.
PlotLayout lay_out(const Plot& plot);

/// Multiples from `begin` to `end` of the least of 1, 2, 2.5, 5 x 10^k that makes at most `most` (from 2 on)
/// steps.
std::vector<double> round_ticks(double end, int most, double begin = 0);

/// The numbers at the ticks, all with the decimals that they need; U+2212 in exponents.
std::vector<std::string> tick_texts(const std::vector<double>& ticks);

/// The plot as text, line by line, for tests and for readers who don't see.
std::string to_text(const Plot& plot);

}  // namespace isopleth::draw
