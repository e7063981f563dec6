// SPDX-License-Identifier: MIT
#include "draw/plot.hpp"

#include "draw/labels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace isopleth::draw {
namespace {

constexpr double kMargin = 10;
constexpr double kTitleHeight = 15;
constexpr double kFooterHeight = 4;
constexpr double kColumn = 54;
constexpr double kGap = 4;
constexpr double kLine = 4.5;  ///< a line of small text with its air
constexpr double kMmPerPoint = 25.4 / 72;
/// Digits are as high as capitals: 0.733 em in Noto Sans CJK.
constexpr double kDigitHeight = 0.733 * kPlotLabelPt * kMmPerPoint;

double overlap(const Frame& a, const Frame& b) {
    const double width = std::min(a.right(), b.right()) - std::max(a.x, b.x);
    const double height = std::min(a.bottom(), b.bottom()) - std::max(a.y, b.y);
    return width > 0 && height > 0 ? width * height : 0;
}

Frame around(geo::Point centre, double radius) {
    return {centre.x - radius, centre.y - radius, 2 * radius, 2 * radius};
}

bool holds(const Frame& frame, geo::Point point) {
    return point.x >= frame.x && point.x <= frame.right() && point.y >= frame.y && point.y <= frame.bottom();
}

/// Places the labels of one panel, one after another.
class LabelPlacer {
public:
    LabelPlacer(const Plot& plot, const PlotLayout& layout, const PlotPanel& points, const Frame& panel)
        : m_panel(panel) {
        for (const PlotPoint& point : points.points) {
            m_marks.push_back(layout.mark(plot, panel, point));
            m_taken.push_back(around(m_marks.back(), point.radius_mm + 0.3));
        }
        for (const PlotLine& line : plot.lines) {
            for (const geo::Point& point : line.points)
                m_lines.push_back(layout.at(plot, panel, point.x, point.y));
        }
    }

    std::optional<Frame> place(const PlotPoint& point, geo::Point centre) {
        if (point.label.empty()) return std::nullopt;
        const double width = text_width_mm(point.label, kPlotLabelPt);
        std::optional<Frame> best;
        double least = std::numeric_limits<double>::infinity();
        for (const double gap : {0.7, 1.6, 3.0}) {
            for (const auto& [right, down] : kSides) {
                const double reach = point.radius_mm + gap;
                const double slant = right != 0 && down != 0 ? 0.7 : 1;
                const Frame frame{centre.x + right * (reach * slant + width / 2) - width / 2,
                                  centre.y + down * (reach * slant + kDigitHeight / 2) - kDigitHeight / 2,
                                  width, kDigitHeight};
                if (!is_free(frame)) continue;
                const double cost = cost_of(frame, centre) + kCostOfGap * (gap - 0.7);
                if (cost >= least) continue;
                best = frame;
                least = cost;
            }
        }
        if (best) m_taken.push_back({best->x - kAirOfLabel, best->y, width + 2 * kAirOfLabel, best->height});
        return best;
    }

private:
    struct Side {
        double right;
        double down;
    };
    /// The best place first.
    static constexpr Side kSides[] = {{0, -1}, {0, 1}, {1, 0}, {-1, 0}, {1, -1}, {1, 1}, {-1, -1}, {-1, 1}};

    bool is_free(const Frame& frame) const {
        const bool is_inside = frame.x >= m_panel.x && frame.right() <= m_panel.right() &&
                               frame.y >= m_panel.y && frame.bottom() <= m_panel.bottom();
        return is_inside && std::all_of(m_taken.begin(), m_taken.end(),
                                        [&](const Frame& other) { return overlap(frame, other) == 0; });
    }
    /// What the reader has against a place: lines that run through it, or a mark nearer than its own.
    double cost_of(const Frame& frame, geo::Point own) const {
        const Frame wider{frame.x - 0.4, frame.y - 0.4, frame.width + 0.8, frame.height + 0.8};
        const auto crossed = std::count_if(m_lines.begin(), m_lines.end(),
                                           [&](geo::Point point) { return holds(wider, point); });
        const geo::Point middle{frame.x + frame.width / 2, frame.y + frame.height / 2};
        const auto apart = [&](geo::Point mark) { return std::hypot(mark.x - middle.x, mark.y - middle.y); };
        const bool is_ambiguous = std::any_of(m_marks.begin(), m_marks.end(), [&](geo::Point mark) {
            return apart(mark) < 1.1 * apart(own) && (mark.x != own.x || mark.y != own.y);
        });
        const double cost = crossed > 0 ? kCostOfCrossing + static_cast<double>(crossed) : 0;
        return cost + (is_ambiguous ? kCostOfDoubt : 0);
    }

    static constexpr double kCostOfGap = 4;  ///< points of a line under the label for a millimetre
    static constexpr double kCostOfCrossing = 5;
    static constexpr double kCostOfDoubt = 15;
    static constexpr double kAirOfLabel = 0.6;  ///< so that 4 and 35 are not read as 435

    Frame m_panel;
    std::vector<geo::Point> m_marks;
    std::vector<Frame> m_taken;
    std::vector<geo::Point> m_lines;
};

/// The panels' frames by row, `gap` apart; they are of one size.
std::vector<Frame> panel_frames(const Plot& plot, const Frame& area, double gap) {
    const std::size_t count = plot.panels.size();
    const std::size_t columns = count <= 1 ? 1 : (count <= 4 ? 2 : 3);
    const std::size_t rows = std::max<std::size_t>((count + columns - 1) / columns, 1);
    const bool has_titles = std::any_of(plot.panels.begin(), plot.panels.end(),
                                        [](const PlotPanel& panel) { return !panel.title.empty(); });
    const double above = has_titles ? kLine : 0;
    const double step_x = (area.width + gap) / static_cast<double>(columns);
    const double step_y = (area.height + kGap / 2) / static_cast<double>(rows);
    std::vector<Frame> frames;
    for (std::size_t i = 0; i < count; ++i) {
        frames.push_back({area.x + step_x * static_cast<double>(i % columns),
                          area.y + step_y * static_cast<double>(i / columns) + above, step_x - gap,
                          step_y - kGap / 2 - above});
    }
    return frames;
}

int steps_that_fit(double length, double least, int most) {
    return std::clamp(static_cast<int>(length / least), 2, most);
}

PanelLayout with_y_ticks(const Plot& view, const Frame& frame) {
    PanelLayout panel{frame, {}, {}, {}};
    panel.y_ticks = round_ticks(view.y.end, steps_that_fit(frame.height, 5.5, 10), view.y.begin);
    for (const std::string& text : tick_texts(panel.y_ticks))
        panel.numbers = std::max(panel.numbers, text_width_mm(text, kTickPt) + 1.5);
    return panel;
}

void append_axes(const Plot& view, std::string& text) {
    text += fmt::format("x: {}, {:g} to {:g}\ny: {}, {:g} to {:g}\n", view.x.title, view.x.begin, view.x.end,
                        view.y.title, view.y.begin, view.y.end);
}

void append_points(const Plot& plot, const PlotPanel& panel, std::string& text) {
    for (const PlotPoint& point : panel.points)
        text += fmt::format("  ({:g}, {:g}) {}{}\n", point.x, point.y, point.label,
                            plot.is_beyond(point) ? ", beyond the axis" : "");
}

}  // namespace

Plot Plot::view(const PlotPanel& panel) const {
    Plot view;
    view.x = panel.own ? panel.own->x : x;
    view.y = panel.own ? panel.own->y : y;
    view.lines = panel.own ? panel.own->lines : lines;
    return view;
}

geo::Point PlotLayout::at(const Plot& plot, const Frame& frame, double x, double y) const {
    const auto share = [](const PlotAxis& axis, double value) {
        return (value - axis.begin) / (axis.end - axis.begin);
    };
    return {frame.x + share(plot.x, x) * frame.width, frame.bottom() - share(plot.y, y) * frame.height};
}

geo::Point PlotLayout::mark(const Plot& plot, const Frame& frame, const PlotPoint& point) const {
    if (!plot.is_beyond(point)) return at(plot, frame, point.x, point.y);
    return {at(plot, frame, point.x, plot.y.begin).x, frame.y + point.radius_mm};
}

std::vector<double> round_ticks(double end, int most, double begin) {
    const double least = (end - begin) / std::max(most, 2);
    const double power = std::pow(10.0, std::floor(std::log10(least)));
    double step = 10 * power;
    for (const double factor : {5.0, 2.5, 2.0, 1.0}) {
        if (factor * power >= least * (1 - 1e-12)) step = factor * power;
    }
    std::vector<double> ticks;
    const double air = 1e-12 * std::max(std::abs(begin), std::abs(end));
    for (double i = std::ceil((begin - air) / step); i * step <= end + air; ++i)
        ticks.push_back(i * step + 0.0);
    return ticks;
}

std::vector<std::string> tick_texts(const std::vector<double>& ticks) {
    std::vector<std::string> texts;
    if (ticks.size() < 2) return {ticks.size(), "0"};
    const double step = ticks[1] - ticks[0];
    const bool is_plain = step >= 1e-4 && std::max(-ticks.front(), ticks.back()) < 1e7;
    int decimals = 0;
    while (decimals < 6 &&
           std::abs(step * std::pow(10, decimals) - std::round(step * std::pow(10, decimals))) > 1e-6)
        ++decimals;
    for (const double tick : ticks) {
        std::string text = is_plain ? fmt::format("{:.{}f}", tick, decimals) : fmt::format("{:.3g}", tick);
        for (std::size_t minus = text.find('-'); minus != std::string::npos; minus = text.find('-'))
            text.replace(minus, 1, "−");
        texts.push_back(std::move(text));
    }
    return texts;
}

PlotLayout lay_out(const Plot& plot) {
    PlotLayout layout;
    const double inner = plot.page.width_mm - 2 * kMargin;
    layout.title = {kMargin, kMargin, inner, kTitleHeight};
    layout.footer = {kMargin, plot.page.height_mm - kMargin - kFooterHeight, inner, kFooterHeight};
    const double top = layout.title.bottom() + 1;
    const double height = layout.footer.y - 2 - top;
    layout.column = {plot.page.width_mm - kMargin - kColumn, top, kColumn, height};
    layout.body = {kMargin, top, inner - kColumn - 6, height};

    // The axis' title stands above the panels, its numbers left of them: how wide they are follows from the
    // ticks, whose number follows from the height alone.
    Frame area{0, top + kLine, 0, height - 3 * kLine};
    double own_numbers = 0;
    for (std::size_t i = 0; i < plot.panels.size(); ++i) {
        layout.panels.push_back(with_y_ticks(plot.view(plot.panels[i]), panel_frames(plot, area, kGap)[i]));
        if (plot.panels[i].own && i > 0) own_numbers = std::max(own_numbers, layout.panels[i].numbers);
    }
    area.x = layout.body.x + (layout.panels.empty() ? 0 : layout.panels.front().numbers);
    area.width = layout.body.right() - area.x;
    const std::vector<Frame> frames = panel_frames(plot, area, kGap + own_numbers);
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const Plot view = plot.view(plot.panels[i]);
        PanelLayout& panel = layout.panels[i];
        panel.frame = frames[i];
        panel.x_ticks = round_ticks(view.x.end, steps_that_fit(frames[i].width, 9, 8), view.x.begin);
        LabelPlacer placer(view, layout, plot.panels[i], frames[i]);
        for (const PlotPoint& point : plot.panels[i].points)
            panel.labels.push_back(placer.place(point, layout.mark(view, frames[i], point)));
    }
    return layout;
}

std::string to_text(const Plot& plot) {
    std::string text = fmt::format("title: {}\nsubtitle: {}\n", plot.title, plot.subtitle);
    append_axes(plot, text);
    text += fmt::format("points: {}\n", plot.points_name);
    for (const PlotLine& line : plot.lines) {
        text += fmt::format("line{}: {} | {} | {}", line.is_main ? " (main)" : "", line.name, line.detail,
                            style::to_hex(line.colour));
        if (!line.points.empty()) {
            text += fmt::format(" | ({:g}, {:g}) to ({:g}, {:g})", line.points.front().x,
                                line.points.front().y, line.points.back().x, line.points.back().y);
        }
        text += "\n";
    }
    for (const PlotPanel& panel : plot.panels) {
        text += fmt::format("panel: {}\n", panel.title);
        if (panel.own) append_axes(plot.view(panel), text);
        append_points(plot.view(panel), panel, text);
    }
    for (const std::string& note : plot.notes) text += fmt::format("note: {}\n", note);
    for (const std::string& part :
         {plot.footer.source, plot.footer.date, plot.footer.crs, plot.footer.note, plot.footer.hash}) {
        if (!part.empty()) text += fmt::format("footer: {}\n", part);
    }
    return text;
}

}  // namespace isopleth::draw
