// SPDX-License-Identifier: MIT
#include "draw/plot_page.hpp"

#include "draw/furniture.hpp"
#include "draw/pencil.hpp"

#include <algorithm>
#include <cstddef>

namespace isopleth::draw {
namespace {

constexpr style::Colour kWhite{255, 255, 255};
constexpr style::Colour kGrid{0xe8, 0xe8, 0xe8};
constexpr style::Colour kAxis{0x99, 0x99, 0x99};
constexpr style::Colour kPoint{0x33, 0x33, 0x33};
constexpr double kMainWidth = 0.7;
constexpr double kOtherWidth = 0.4;
constexpr double kDash = 1.3;
constexpr double kLeastTriangle = 0.9;
constexpr double kMmPerPoint = 25.4 / 72;
/// From the top of a line to the top of its digits and to their middle, in em: Noto Sans CJK ascends 1.16 em,
/// its digits 0.733 em.
constexpr double kDigitTop = 0.427;
constexpr double kDigitMiddle = 0.79;

const TextStyle kTick{kTickPt, false, kGrey, 0, false};

/// Everything of one plot on one page.
class PlotPainter {
public:
    PlotPainter(const Pencil& pencil, const Plot& plot)
        : m_pencil(pencil), m_plot(plot), m_layout(lay_out(plot)) {}

    void draw() const {
        m_pencil.paint(kWhite);
        draw_title(m_pencil, m_plot.title, m_plot.subtitle, m_layout.title);
        for (std::size_t i = 0; i < m_layout.panels.size(); ++i) draw_panel(i);
        draw_axis_titles();
        draw_column();
        draw_footer(m_pencil, m_plot.footer, m_layout.footer);
    }

private:
    void draw_panel(std::size_t number) const {
        const PlotPanel& panel = m_plot.panels[number];
        const PanelLayout& layout = m_layout.panels[number];
        const Frame& frame = layout.frame;
        if (!panel.title.empty())
            m_pencil.text(frame.x, frame.y - 4.6, panel.title, {8, true, kInk, 0, false});
        const Plot view = m_plot.view(panel);
        draw_grid(view, number);
        m_pencil.inside(frame, [&] { draw_lines(view, frame); });
        for (const PlotPoint& point : panel.points)
            draw_mark(m_layout.mark(view, frame, point), point.radius_mm, view.is_beyond(point));
        for (std::size_t i = 0; i < panel.points.size(); ++i) {
            if (!layout.labels[i]) continue;
            const Frame& label = *layout.labels[i];
            m_pencil.text(label.x, label.y - kDigitTop * kPlotLabelPt * kMmPerPoint, panel.points[i].label,
                          {kPlotLabelPt, false, kGrey, 0, false});
        }
    }

    void draw_mark(geo::Point centre, double radius, bool is_beyond) const {
        if (is_beyond) {
            radius = std::max(radius, kLeastTriangle);
            m_pencil.move(centre.x, centre.y - radius);
            m_pencil.line(centre.x + radius, centre.y + radius);
            m_pencil.line(centre.x - radius, centre.y + radius);
            m_pencil.close();
        } else {
            m_pencil.circle(centre.x, centre.y, radius);
        }
        m_pencil.fill_and_stroke(kPoint, kWhite, 0.3);
    }

    /// Numbers stand at the leftmost panels, at those with axes of their own and at those with none below.
    void draw_grid(const Plot& view, std::size_t number) const {
        const PanelLayout& layout = m_layout.panels[number];
        const Frame& frame = layout.frame;
        const bool is_left =
            frame.x == m_layout.panels.front().frame.x || m_plot.panels[number].own.has_value();
        const bool is_lowest = std::none_of(
            m_layout.panels.begin(), m_layout.panels.end(),
            [&](const PanelLayout& other) { return other.frame.x == frame.x && other.frame.y > frame.y; });
        const std::vector<std::string> x_texts = tick_texts(layout.x_ticks);
        const std::vector<std::string> y_texts = tick_texts(layout.y_ticks);
        for (std::size_t i = 0; i < layout.x_ticks.size(); ++i) {
            const double x = m_layout.at(view, frame, layout.x_ticks[i], 0).x;
            stroke_line({x, frame.y}, {x, frame.bottom()}, kGrid);
            if (is_lowest) {
                m_pencil.text(x - m_pencil.width(x_texts[i], kTick) / 2, frame.bottom() + 0.2, x_texts[i],
                              kTick);
            }
        }
        for (std::size_t i = 0; i < layout.y_ticks.size(); ++i) {
            const double y = m_layout.at(view, frame, 0, layout.y_ticks[i]).y;
            stroke_line({frame.x, y}, {frame.right(), y}, layout.y_ticks[i] == 0 ? kAxis : kGrid);
            TextStyle style = kTick;
            style.right = true;
            if (is_left)
                m_pencil.text(frame.x - 1.2, y - kDigitMiddle * kTickPt * kMmPerPoint, y_texts[i], style);
        }
    }

    void stroke_line(geo::Point from, geo::Point to, style::Colour colour) const {
        m_pencil.move(from.x, from.y);
        m_pencil.line(to.x, to.y);
        m_pencil.stroke(colour, 0.2);
    }

    void stroke_as(const PlotLine& line) const {
        if (line.is_main) {
            m_pencil.stroke(line.colour, kMainWidth);
        } else {
            m_pencil.stroke_dashed(line.colour, kOtherWidth, kDash);
        }
    }

    void draw_lines(const Plot& view, const Frame& frame) const {
        for (const PlotLine& line : view.lines) {
            for (std::size_t i = 0; i < line.points.size(); ++i) {
                const geo::Point point = m_layout.at(view, frame, line.points[i].x, line.points[i].y);
                i == 0 ? m_pencil.move(point.x, point.y) : m_pencil.line(point.x, point.y);
            }
            stroke_as(line);
        }
    }

    void draw_axis_titles() const {
        const Frame& body = m_layout.body;
        const bool has_own = std::any_of(m_plot.panels.begin(), m_plot.panels.end(),
                                         [](const PlotPanel& panel) { return panel.own.has_value(); });
        if (!has_own) return draw_titles(m_plot, body.x, body.right());
        for (std::size_t i = 0; i < m_plot.panels.size(); ++i) {
            const PanelLayout& layout = m_layout.panels[i];
            draw_titles(m_plot.view(m_plot.panels[i]), layout.frame.x - layout.numbers, layout.frame.right());
        }
    }

    void draw_titles(const Plot& view, double left, double right) const {
        const Frame& body = m_layout.body;
        m_pencil.text(left, body.y - 0.8, view.y.title, {8, false, kInk, 0, false});
        m_pencil.text(right, body.bottom() - 4.6, view.x.title, {8, false, kInk, 0, true});
    }

    /// The main line first: the legend is read from the top.
    void draw_column() const {
        double y = draw_points_entry(m_layout.column.y);
        for (const bool is_main : {true, false}) {
            for (const PlotLine& line : m_plot.lines) {
                if (line.is_main == is_main) y = draw_line_entry(line, y);
            }
        }
        y += 2;
        const double width = m_layout.column.width;
        for (const std::string& note : m_plot.notes)
            y += m_pencil.text(m_layout.column.x, y, note, {7, false, kGrey, width, false}) + 0.8;
    }

    double draw_points_entry(double y) const {
        const Frame& column = m_layout.column;
        m_pencil.circle(column.x + 3.5, y + 2.2, 1.2);
        m_pencil.fill_and_stroke(kPoint, kWhite, 0.3);
        return y +
               m_pencil.text(column.x + 9, y, m_plot.points_name, {8, false, kInk, column.width - 9, false}) +
               2;
    }

    double draw_line_entry(const PlotLine& line, double y) const {
        const Frame& column = m_layout.column;
        m_pencil.move(column.x, y + 2.2);
        m_pencil.line(column.x + 7, y + 2.2);
        stroke_as(line);
        y += m_pencil.text(column.x + 9, y, line.name, {8, line.is_main, kInk, column.width - 9, false});
        return y + m_pencil.text(column.x + 9, y, line.detail, {7, false, kGrey, column.width - 9, false}) +
               2;
    }

    const Pencil& m_pencil;
    const Plot& m_plot;
    PlotLayout m_layout;
};

}  // namespace

std::string render(const Plot& plot, Format format, double dpi, base::Instant made) {
    Canvas canvas(format, {plot.page.width_mm, plot.page.height_mm, dpi}, plot.title, made);
    const Pencil pencil(canvas.context());
    PlotPainter(pencil, plot).draw();
    return canvas.finish();
}

}  // namespace isopleth::draw
