// SPDX-License-Identifier: MIT
#include "draw/furniture.hpp"

#include "base/text.hpp"
#include "draw/labels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

namespace isopleth::draw {
namespace {

void marker_path(const Pencil& pencil, style::Marker marker, double x, double y, double radius) {
    if (marker == style::Marker::kCircle) {
        pencil.circle(x, y, radius);
        return;
    }
    const int corners = marker == style::Marker::kTriangle ? 3 : 4;
    const double turn = marker == style::Marker::kSquare ? std::numbers::pi / 4 : std::numbers::pi / 2;
    for (int i = 0; i < corners; ++i) {
        const double angle = turn + 2 * std::numbers::pi * i / corners;
        const double px = x + 1.25 * radius * std::cos(angle);
        const double py = y - 1.25 * radius * std::sin(angle);
        i == 0 ? pencil.move(px, py) : pencil.line(px, py);
    }
    pencil.close();
}

void draw_hatch(const Pencil& pencil, const Frame& frame, style::Colour ink, double width_mm) {
    pencil.fill(frame, {255, 255, 255});
    pencil.inside(frame, [&] {
        for (double x = frame.x - frame.height; x < frame.right(); x += 1.1 * 1.41) {
            pencil.move(x, frame.bottom());
            pencil.line(x + frame.height, frame.y);
        }
        pencil.stroke(ink, width_mm);
    });
}

void draw_symbol(const Pencil& pencil, const style::LegendEntry& entry, const Frame& frame) {
    const double y = frame.y + frame.height / 2;
    switch (entry.symbol) {
        case style::LegendSymbol::kArea:
            pencil.fill(frame, entry.colour);
            break;
        case style::LegendSymbol::kMissing:
            draw_hatch(pencil, frame, {0xa8, 0xa8, 0xa8}, 0.2);
            break;
        case style::LegendSymbol::kUnsupported:
            draw_hatch(pencil, frame, {0x33, 0x33, 0x33}, 0.15);
            break;
        case style::LegendSymbol::kLine:
            pencil.move(frame.x, y);
            pencil.line(frame.right(), y);
            pencil.stroke(entry.colour, std::max(entry.size_mm, 0.3));
            return;
        case style::LegendSymbol::kMarker:
            marker_path(pencil, entry.marker, frame.x + frame.width / 2, y, std::min(entry.size_mm, 4.0) / 2);
            pencil.fill_and_stroke(entry.colour, entry.outline, 0.15);
            return;
        case style::LegendSymbol::kRampStrip:
            return;
    }
    pencil.rectangle(frame);
    pencil.stroke(entry.outline, 0.15);
}

double draw_strip(const Pencil& pencil, const style::LegendEntry& entry, double x, double y, double width) {
    const double part = width / static_cast<double>(entry.strip.size() * 8);
    const std::size_t steps = entry.strip.size() * 8;
    for (std::size_t i = 0; i < steps; ++i) {
        const double position = static_cast<double>(i) / static_cast<double>(steps - 1) *
                                static_cast<double>(entry.strip.size() - 1);
        const auto below = std::min(static_cast<std::size_t>(position), entry.strip.size() - 1);
        const auto above = std::min(below + 1, entry.strip.size() - 1);
        pencil.fill(
            {x + part * static_cast<double>(i), y, part * 1.05, 4},
            style::mixed(entry.strip[below], entry.strip[above], position - static_cast<double>(below)));
    }
    const auto ends = base::split(entry.label, '|');
    pencil.text(x, y + 4.3, ends.front(), {8, false, kInk, 0, false});
    pencil.text(x + width, y + 4.3, ends.back(), {8, false, kInk, 0, true});
    return 9;
}

double draw_block(const Pencil& pencil, const style::LegendBlock& block, const Frame& column, double y) {
    if (!block.title.empty()) {
        const std::string title =
            block.unit.empty() ? block.title : fmt::format("{} ({})", block.title, block.unit);
        y += pencil.text(column.x, y, title, {9, true, kInk, column.width, false}) + 0.8;
    }
    const bool counted =
        std::any_of(block.entries.begin(), block.entries.end(), [](const auto& e) { return e.count; });
    for (const style::LegendEntry& entry : block.entries) {
        if (entry.symbol == style::LegendSymbol::kRampStrip) {
            y += draw_strip(pencil, entry, column.x, y, column.width - 12);
            continue;
        }
        draw_symbol(pencil, entry, {column.x, y + 0.5, 7, 3.7});
        const double height =
            pencil.text(column.x + 9, y + 0.1, entry.label, {8, false, kInk, column.width - 21, false});
        if (counted && entry.count) {
            pencil.text(column.right(), y + 0.1, std::to_string(*entry.count), {8, false, kGrey, 0, true});
        }
        y += std::max(height + 0.4, 4.8);
    }
    return y + 2.5;
}

/// A side table on its column: widths are found once, rows are drawn one below another.
class TablePainter {
public:
    TablePainter(const Pencil& pencil, const SideTable& table, const Frame& column)
        : m_pencil(pencil), m_table(table), m_column(column), m_widths(widths()) {}

    /// Draws from y on, as many rows as there is room for above `bottom`; returns where the next thing may
    /// begin.
    double draw(double y, double bottom) const {
        if (!m_table.title.empty())
            y += m_pencil.text(m_column.x, y, m_table.title, {9, true, kInk, m_column.width, false}) + 0.8;
        std::vector<std::string> titles;
        for (const TableColumn& each : m_table.columns) titles.push_back(each.title);
        draw_row(titles, y, {7, false, kGrey, 0, false});
        y += kRow;
        m_pencil.move(m_column.x, y);
        m_pencil.line(m_column.right(), y);
        m_pencil.stroke(kRule, 0.2);
        std::size_t drawn = 0;
        for (const auto& row : m_table.rows) {
            if (y + 2 * kRow > bottom && drawn + 1 < m_table.rows.size()) break;
            draw_row(row, y, {8, false, kInk, 0, false});
            y += kRow;
            ++drawn;
        }
        if (drawn < m_table.rows.size()) {
            m_pencil.text(m_column.x, y, fmt::format("… +{}", m_table.rows.size() - drawn),
                          {7, false, kGrey, 0, false});
            y += kRow;
        }
        return y + 2.5;
    }

private:
    static constexpr double kRow = 4.1;
    static constexpr double kColumnGap = 3;

    std::vector<double> widths() const {
        std::vector<double> widths;
        double sum = 0;
        for (std::size_t i = 0; i < m_table.columns.size(); ++i) {
            double widest = m_pencil.width(m_table.columns[i].title, {7, false, kGrey, 0, false});
            for (const auto& row : m_table.rows)
                widest = std::max(widest, m_pencil.width(row[i], {8, false, kInk, 0, false}));
            widths.push_back(widest);
            sum += widest;
        }
        // A gap between columns; what is left widens the first column of text, so that numbers stay near
        // their edge.
        for (std::size_t i = 0; i + 1 < widths.size(); ++i) sum += kColumnGap;
        for (std::size_t i = 0; i < widths.size(); ++i) {
            if (m_table.columns[i].right_aligned) continue;
            widths[i] += std::max(0.0, m_column.width - sum);
            break;
        }
        return widths;
    }

    void draw_row(const std::vector<std::string>& cells, double y, TextStyle style) const {
        double x = m_column.x;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            style.right = m_table.columns[i].right_aligned;
            if (!cells[i].empty()) m_pencil.text(style.right ? x + m_widths[i] : x, y, cells[i], style);
            x += m_widths[i] + kColumnGap;
        }
    }

    const Pencil& m_pencil;
    const SideTable& m_table;
    const Frame& m_column;
    std::vector<double> m_widths;
};

std::string length_text(double metres) {
    return metres >= 1000 ? fmt::format("{:g} km", metres / 1000) : fmt::format("{:g} m", metres);
}

void draw_scale_bar(const Pencil& pencil, const PageLayout& layout, double y) {
    const double length = layout.scale_bar_m / layout.metres_per_mm;
    const double x = layout.column.x;
    pencil.fill({x, y, length / 2, 1}, kInk);
    pencil.rectangle({x, y, length, 1});
    pencil.stroke(kInk, 0.15);
    pencil.text(x, y + 1.2, "0", {7, false, kInk, 0, false});
    const std::string half = length_text(layout.scale_bar_m / 2);
    const TextStyle small{7, false, kInk, 0, false};
    pencil.text(x + length / 2 - pencil.width(half, small) / 2, y + 1.2, half, small);
    const std::string whole = length_text(layout.scale_bar_m);
    pencil.text(x + length - pencil.width(whole, small) / 2, y + 1.2, whole, small);
}

void draw_north(const Pencil& pencil, double x, double bottom) {
    constexpr double kHeight = 8;
    pencil.move(x, bottom - kHeight + 3);
    pencil.line(x + 1.6, bottom);
    pencil.line(x, bottom - 1.2);
    pencil.line(x - 1.6, bottom);
    pencil.close();
    pencil.fill_path(kInk);
    const TextStyle small{7, false, kInk, 0, false};
    pencil.text(x - pencil.width("N", small) / 2, bottom - kHeight - 0.7, "N", small);
}

}  // namespace

void draw_title(const Pencil& pencil, const std::string& title, const std::string& subtitle,
                const Frame& frame) {
    // The title keeps to one line: a long one is set smaller, never cut.
    TextStyle style{16, true, kInk, 0, false};
    if (pencil.width(title, style) > frame.width) style.size_pt = 10;
    const double height = pencil.text(frame.x, frame.y - 1.5, title, style);
    pencil.text(frame.x, frame.y - 1 + height, subtitle, {9, false, kGrey, 0, false});
}

void draw_footer(const Pencil& pencil, const Footer& footer, const Frame& frame) {
    std::string line;
    for (const std::string& part : {footer.source, footer.date, footer.crs, footer.note, footer.hash}) {
        if (part.empty()) continue;
        line += (line.empty() ? "" : "  |  ") + part;
    }
    pencil.text(frame.x, frame.y, line, {6.5, false, kGrey, frame.width, false});
}

void draw_column(const Pencil& pencil, const Scene& scene, const PageLayout& layout) {
    const Frame& column = layout.column;
    const double bar = column.bottom() - 6;
    draw_scale_bar(pencil, layout, bar);
    if (scene.north_arrow) draw_north(pencil, column.right() - 3, bar + 1);
    double notes_height = 0;
    for (const std::string& note : scene.notes) {
        const double lines = std::ceil(text_width_mm(note, 7) / column.width);
        notes_height += lines * 3.8 + 0.8;
    }
    double y = column.y;
    for (const style::LegendBlock& block : scene.legend) y = draw_block(pencil, block, column, y);
    if (scene.table) y = TablePainter(pencil, *scene.table, column).draw(y, bar - 10 - notes_height);
    for (const std::string& note : scene.notes) {
        y += pencil.text(column.x, y, note, {7, false, kGrey, column.width, false}) + 0.8;
    }
}

}  // namespace isopleth::draw
