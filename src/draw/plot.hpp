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

struct PlotPanel {
    std::string title;  ///< "" for a plot of one panel
    std::vector<PlotPoint> points;
};

/// From 0 to `end`.
struct PlotAxis {
    std::string title;
    double end = 1;
};

inline constexpr PageSize kA5Landscape{210, 148};

/// Points and lines over two axes that all panels share, as a value.
struct Plot {
    PageSize page = kA5Landscape;
    std::string title;
    std::string subtitle;
    PlotAxis x;
    PlotAxis y;
    std::string points_name;  ///< in the legend
    std::vector<PlotPanel> panels;
    std::vector<PlotLine> lines;  ///< in each panel, from back to front
    std::vector<std::string> notes;
    Footer footer;

    /// Above the end of the y axis: a triangle at the panel's top stands for the point.
    bool is_beyond(const PlotPoint& point) const { return point.y > y.end; }
};

struct PanelLayout {
    Frame frame;  ///< between the axes' ends
    std::vector<std::optional<Frame>>
        labels;  ///< of each point, around its digits; nullopt: there is no room
};

/// Where things stand: title above, panels left, legend and notes right, footer below.
struct PlotLayout {
    Frame title;
    Frame body;  ///< panels with the axes' numbers and titles
    Frame column;
    Frame footer;
    std::vector<PanelLayout> panels;
    std::vector<double> x_ticks;
    std::vector<double> y_ticks;

    /// The page's place of (x, y) in a panel.
    geo::Point at(const Plot& plot, const Frame& frame, double x, double y) const;
    /// The middle of a point's mark.
    geo::Point mark(const Plot& plot, const Frame& frame, const PlotPoint& point) const;
};

inline constexpr double kPlotLabelPt = 6.5;
inline constexpr double kTickPt = 7;

/// Labels stand beside their points, within the panel, over no other point or label, and clear of the lines
/// where that can be.
PlotLayout lay_out(const Plot& plot);

/// Multiples from 0 to `end` of the least of 1, 2, 2.5, 5 x 10^k that makes at most `most` (from 2 on) steps.
std::vector<double> round_ticks(double end, int most);

/// The numbers at the ticks, all with the decimals that they need; U+2212 in exponents.
std::vector<std::string> tick_texts(const std::vector<double>& ticks);

/// The plot as text, line by line, for tests and for readers who don't see.
std::string to_text(const Plot& plot);

}  // namespace isopleth::draw
