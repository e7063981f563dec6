// SPDX-License-Identifier: MIT
#include "draw/cairo_page.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "draw/labels.hpp"
#include "draw/mapnik_body.hpp"
#include "draw/page.hpp"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cairo.h>
#include <fmt/format.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <vector>

namespace isopleth::draw {
namespace {

constexpr double kPointsPerMm = 72 / 25.4;
constexpr const char* kFamily = "Noto Sans CJK SC";
const style::Colour kInk{0x22, 0x22, 0x22};
const style::Colour kGrey{0x77, 0x77, 0x77};
const style::Colour kRule{0xcc, 0xcc, 0xcc};

struct TextStyle {
    double size_pt = 8;
    bool bold = false;
    style::Colour colour = kInk;
    double width_mm = 0;  ///< wraps there; 0: one line
    bool right = false;   ///< x is the right end
};

struct LayoutCloser {
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
};
using LayoutPtr = std::unique_ptr<PangoLayout, LayoutCloser>;

/// Pango markup of plain text: escaped, with the digits of pollutants and of m3 set low or high.
std::string markup(const std::string& text) {
    std::string marked;
    for (const char c : text) {
        if (c == '&')
            marked += "&amp;";
        else if (c == '<')
            marked += "&lt;";
        else if (c == '>')
            marked += "&gt;";
        else
            marked += c;
    }
    const auto replace = [&marked](std::string_view from, std::string_view to) {
        for (std::size_t at = marked.find(from); at != std::string::npos;
             at = marked.find(from, at + to.size())) {
            marked.replace(at, from.size(), to);
        }
    };
    for (const std::string_view digits : {"2.5", "10"}) {
        replace(fmt::format("PM{}", digits),
                fmt::format("PM<span size=\"70%\" rise=\"-1.5pt\">{}</span>", digits));
    }
    for (const std::string_view gas : {"SO2", "NO2", "O3"}) {
        replace(gas, fmt::format("{}<span size=\"70%\" rise=\"-1.5pt\">{}</span>",
                                 gas.substr(0, gas.size() - 1), gas.substr(gas.size() - 1)));
    }
    replace("/m3", "/m³");
    return marked;
}

/// A page's pencil: millimetres in, points out.
class Pencil {
public:
    explicit Pencil(cairo_t* context) : m_context(context) {}
    cairo_t* context() const { return m_context; }

    void colour(style::Colour c) const {
        cairo_set_source_rgba(m_context, c.red / 255.0, c.green / 255.0, c.blue / 255.0, c.alpha / 255.0);
    }
    void rectangle(const Frame& f) const {
        cairo_rectangle(m_context, pt(f.x), pt(f.y), pt(f.width), pt(f.height));
    }
    void fill(const Frame& frame, style::Colour c) const {
        colour(c);
        rectangle(frame);
        cairo_fill(m_context);
    }
    void move(double x, double y) const { cairo_move_to(m_context, pt(x), pt(y)); }
    void line(double x, double y) const { cairo_line_to(m_context, pt(x), pt(y)); }
    void stroke(style::Colour c, double width_mm) const {
        colour(c);
        cairo_set_line_width(m_context, pt(width_mm));
        cairo_stroke(m_context);
    }

    /// Draws text whose top left corner (right: top right) is (x, y); returns its height.
    double text(double x, double y, const std::string& words, const TextStyle& style) const {
        const LayoutPtr layout = laid_out(words, style);
        PangoRectangle box;
        pango_layout_get_extents(layout.get(), nullptr, &box);
        const double width = static_cast<double>(box.width) / PANGO_SCALE / kPointsPerMm;
        colour(style.colour);
        move(style.right ? x - width : x, y);
        pango_cairo_show_layout(m_context, layout.get());
        return static_cast<double>(box.height) / PANGO_SCALE / kPointsPerMm;
    }
    double width(const std::string& words, const TextStyle& style) const {
        const LayoutPtr layout = laid_out(words, style);
        PangoRectangle box;
        pango_layout_get_extents(layout.get(), nullptr, &box);
        return static_cast<double>(box.width) / PANGO_SCALE / kPointsPerMm;
    }
    static double pt(double mm) { return mm * kPointsPerMm; }

private:
    LayoutPtr laid_out(const std::string& words, const TextStyle& style) const {
        LayoutPtr layout(pango_cairo_create_layout(m_context));
        PangoFontDescription* font = pango_font_description_new();
        pango_font_description_set_family(font, kFamily);
        pango_font_description_set_absolute_size(font, style.size_pt * PANGO_SCALE);
        if (style.bold) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
        pango_layout_set_font_description(layout.get(), font);
        pango_font_description_free(font);
        // Unhinted metrics: the same lines break at every resolution.
        PangoContext* context = pango_layout_get_context(layout.get());
        cairo_font_options_t* options = cairo_font_options_create();
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
        pango_cairo_context_set_font_options(context, options);
        cairo_font_options_destroy(options);
        pango_context_set_round_glyph_positions(context, FALSE);
        if (style.width_mm > 0) {
            pango_layout_set_width(layout.get(), static_cast<int>(pt(style.width_mm) * PANGO_SCALE));
            pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
        }
        const std::string marked = "<span font_features=\"tnum\">" + markup(words) + "</span>";
        pango_layout_set_markup(layout.get(), marked.c_str(), -1);
        if (pango_layout_get_unknown_glyphs_count(layout.get()) > 0) {
            base::fail_data(fmt::format("the font {} has no glyph for a character of \"{}\"", kFamily, words),
                            "Write it in other characters, or install fonts-noto-cjk.");
        }
        return layout;
    }

    cairo_t* m_context;
};

void draw_title(const Pencil& pencil, const Scene& scene, const Frame& frame) {
    // The title keeps to one line: a long one is set smaller, never cut.
    TextStyle style{16, true, kInk, 0, false};
    if (pencil.width(scene.title, style) > frame.width) style.size_pt = 10;
    const double height = pencil.text(frame.x, frame.y - 1.5, scene.title, style);
    pencil.text(frame.x, frame.y - 1 + height, scene.subtitle, {9, false, kGrey, 0, false});
}

void draw_footer(const Pencil& pencil, const Footer& footer, const Frame& frame) {
    std::string line;
    for (const std::string& part : {footer.source, footer.date, footer.crs, footer.note, footer.hash}) {
        if (part.empty()) continue;
        line += (line.empty() ? "" : "  |  ") + part;
    }
    pencil.text(frame.x, frame.y, line, {6.5, false, kGrey, frame.width, false});
}

void marker_path(const Pencil& pencil, style::Marker marker, double x, double y, double radius) {
    cairo_t* context = pencil.context();
    if (marker == style::Marker::kCircle) {
        cairo_arc(context, Pencil::pt(x), Pencil::pt(y), Pencil::pt(radius), 0, 2 * std::numbers::pi);
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
    cairo_close_path(context);
}

void draw_hatch(const Pencil& pencil, const Frame& frame) {
    cairo_t* context = pencil.context();
    pencil.fill(frame, {255, 255, 255});
    cairo_save(context);
    pencil.rectangle(frame);
    cairo_clip(context);
    for (double x = frame.x - frame.height; x < frame.right(); x += 1.1 * 1.41) {
        pencil.move(x, frame.bottom());
        pencil.line(x + frame.height, frame.y);
    }
    pencil.stroke({0xa8, 0xa8, 0xa8}, 0.2);
    cairo_restore(context);
}

void draw_symbol(const Pencil& pencil, const style::LegendEntry& entry, const Frame& frame) {
    const double y = frame.y + frame.height / 2;
    switch (entry.symbol) {
        case style::LegendSymbol::kArea:
            pencil.fill(frame, entry.colour);
            break;
        case style::LegendSymbol::kMissing:
            draw_hatch(pencil, frame);
            break;
        case style::LegendSymbol::kLine:
            pencil.move(frame.x, y);
            pencil.line(frame.right(), y);
            pencil.stroke(entry.colour, std::max(entry.size_mm, 0.3));
            return;
        case style::LegendSymbol::kMarker:
            marker_path(pencil, entry.marker, frame.x + frame.width / 2, y, std::min(entry.size_mm, 4.0) / 2);
            pencil.colour(entry.colour);
            cairo_fill_preserve(pencil.context());
            pencil.stroke(entry.outline, 0.15);
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

std::vector<double> column_widths(const Pencil& pencil, const SideTable& table, double width) {
    std::vector<double> widths;
    double sum = 0;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        double widest = pencil.width(table.columns[i].title, {7, false, kGrey, 0, false});
        for (const auto& row : table.rows)
            widest = std::max(widest, pencil.width(row[i], {8, false, kInk, 0, false}));
        widths.push_back(widest);
        sum += widest;
    }
    // A gap between columns; what is left widens the first column of text, so that numbers stay near their
    // edge.
    constexpr double kColumnGap = 3;
    for (std::size_t i = 0; i + 1 < widths.size(); ++i) sum += kColumnGap;
    bool given = false;
    for (std::size_t i = 0; i < widths.size(); ++i) {
        if (given || table.columns[i].right_aligned) continue;
        widths[i] += std::max(0.0, width - sum);
        given = true;
    }
    return widths;
}

void draw_row(const Pencil& pencil, const SideTable& table, const std::vector<std::string>& cells, double x,
              double y, const std::vector<double>& widths, const TextStyle& style) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        TextStyle each = style;
        each.right = table.columns[i].right_aligned;
        if (!cells[i].empty()) pencil.text(each.right ? x + widths[i] : x, y, cells[i], each);
        x += widths[i] + 3;
    }
}

double draw_table(const Pencil& pencil, const SideTable& table, const Frame& column, double y,
                  double bottom) {
    constexpr double kRow = 4.1;
    if (!table.title.empty())
        y += pencil.text(column.x, y, table.title, {9, true, kInk, column.width, false}) + 0.8;
    std::vector<double> widths = column_widths(pencil, table, column.width);
    std::vector<std::string> titles;
    for (const TableColumn& each : table.columns) titles.push_back(each.title);
    draw_row(pencil, table, titles, column.x, y, widths, {7, false, kGrey, 0, false});
    y += kRow;
    pencil.move(column.x, y);
    pencil.line(column.right(), y);
    pencil.stroke(kRule, 0.2);
    std::size_t drawn = 0;
    for (const auto& row : table.rows) {
        if (y + 2 * kRow > bottom && drawn + 1 < table.rows.size()) break;
        draw_row(pencil, table, row, column.x, y, widths, {8, false, kInk, 0, false});
        y += kRow;
        ++drawn;
    }
    if (drawn < table.rows.size()) {
        pencil.text(column.x, y, fmt::format("… +{}", table.rows.size() - drawn),
                    {7, false, kGrey, 0, false});
        y += kRow;
    }
    return y + 2.5;
}

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
    cairo_close_path(pencil.context());
    pencil.colour(kInk);
    cairo_fill(pencil.context());
    const TextStyle small{7, false, kInk, 0, false};
    pencil.text(x - pencil.width("N", small) / 2, bottom - kHeight - 0.7, "N", small);
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
    if (scene.table) y = draw_table(pencil, *scene.table, column, y, bar - 10 - notes_height);
    for (const std::string& note : scene.notes) {
        y += pencil.text(column.x, y, note, {7, false, kGrey, column.width, false}) + 0.8;
    }
}

/// The band as a picture of its cells; invalid ones are transparent.
void draw_raster(const Pencil& pencil, const BodyLayer& layer, const PageLayout& layout) {
    const model::Raster& raster = *layer.raster;
    const auto columns = static_cast<int>(raster.grid.columns);
    const auto rows = static_cast<int>(raster.grid.rows);
    cairo_surface_t* image = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, columns, rows);
    if (cairo_surface_status(image) != CAIRO_STATUS_SUCCESS) {
        cairo_surface_destroy(image);
        base::fail_data(fmt::format("a raster of {} x {} cells is too large for a map", columns, rows),
                        "Use larger cells.");
    }
    cairo_surface_flush(image);
    unsigned char* pixels = cairo_image_surface_get_data(image);
    const int stride = cairo_image_surface_get_stride(image);
    for (std::size_t row = 0; row < raster.grid.rows; ++row) {
        auto* line = reinterpret_cast<std::uint32_t*>(pixels + static_cast<std::ptrdiff_t>(row) * stride);
        for (std::size_t column = 0; column < raster.grid.columns; ++column) {
            const auto colour = style::colour_of(layer.style, raster.at(layer.band, row, column), "");
            line[column] = colour ? 0xff000000u | static_cast<std::uint32_t>(colour->red) << 16 |
                                        static_cast<std::uint32_t>(colour->green) << 8 | colour->blue
                                  : 0u;
        }
    }
    cairo_surface_mark_dirty(image);
    cairo_t* context = pencil.context();
    const double cell = Pencil::pt(raster.grid.cell / layout.metres_per_mm);
    cairo_save(context);
    pencil.rectangle(layout.map);
    cairo_clip(context);
    cairo_translate(
        context, Pencil::pt(layout.map.x + (raster.grid.min_x - layout.map_box.min_x) / layout.metres_per_mm),
        Pencil::pt(layout.map.y + (layout.map_box.max_y - raster.grid.max_y) / layout.metres_per_mm));
    cairo_scale(context, cell, cell);
    cairo_set_source_surface(context, image, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_NEAREST);  // cells stay crisp
    cairo_paint_with_alpha(context, layer.style.opacity);
    cairo_restore(context);
    cairo_surface_destroy(image);
}

void draw_page(cairo_t* context, const Scene& scene) {
    const Pencil pencil(context);
    const PageLayout layout = lay_out(scene);
    pencil.colour({255, 255, 255});
    cairo_paint(context);
    std::size_t first = 0;
    for (std::size_t i = 0; i <= scene.layers.size(); ++i) {
        const bool raster = i < scene.layers.size() && scene.layers[i].raster;
        if (i < scene.layers.size() && !raster) continue;
        if (first < i) draw_vectors(context, scene, layout, first, i);
        if (raster) draw_raster(pencil, scene.layers[i], layout);
        first = i + 1;
    }
    draw_labels(context, scene, layout, place_labels(scene, layout));
    draw_title(pencil, scene, layout.title);
    draw_column(pencil, scene, layout);
    draw_footer(pencil, scene.footer, layout.footer);
}

cairo_status_t append(void* closure, const unsigned char* data, unsigned int length) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

cairo_surface_t* make_surface(const Scene& scene, Format format, double dpi, base::Instant made,
                              std::string& bytes) {
    const double width = Pencil::pt(scene.page.width_mm);
    const double height = Pencil::pt(scene.page.height_mm);
    if (format == Format::kPng) {
        return cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(std::lround(width * dpi / 72)),
                                          static_cast<int>(std::lround(height * dpi / 72)));
    }
    if (format == Format::kSvg) return cairo_svg_surface_create_for_stream(append, &bytes, width, height);
    cairo_surface_t* surface = cairo_pdf_surface_create_for_stream(append, &bytes, width, height);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, scene.title.c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, base::to_iso8601(made).c_str());
    return surface;
}

struct SurfaceCloser {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct ContextCloser {
    void operator()(cairo_t* context) const { cairo_destroy(context); }
};

/// Cairo numbers its surfaces by a counter of the process: numbered anew in the order of the file, so that
/// bytes repeat.
std::string renumbered(const std::string& svg, const std::string& word) {
    std::string result;
    std::vector<std::string> seen;
    std::size_t from = 0;
    for (std::size_t at = svg.find(word); at != std::string::npos; at = svg.find(word, from)) {
        const std::size_t digits = at + word.size();
        const std::size_t end = std::min(svg.find_first_not_of("0123456789", digits), svg.size());
        result.append(svg, from, digits - from);
        if (end > digits) {
            const std::string number = svg.substr(digits, end - digits);
            const auto found = std::find(seen.begin(), seen.end(), number);
            result += std::to_string(found - seen.begin());
            if (found == seen.end()) seen.push_back(number);
        }
        from = end;
    }
    return result.append(svg, from, std::string::npos);
}

}  // namespace

Format parse_format(std::string_view extension) {
    if (extension == "png") return Format::kPng;
    if (extension == "pdf") return Format::kPdf;
    if (extension == "svg") return Format::kSvg;
    base::fail_usage(fmt::format("unknown map format {}{}", extension,
                                 base::did_you_mean(extension, {"png", "pdf", "svg"})),
                     "Maps are png, pdf or svg.");
}

std::string render(const Scene& scene, Format format, double dpi, base::Instant made) {
    check(scene);
    if (!(dpi >= 30 && dpi <= 1200))
        base::fail_usage(fmt::format("{:g} dpi is not between 30 and 1200", dpi));
    std::string bytes;
    const std::unique_ptr<cairo_surface_t, SurfaceCloser> surface(
        make_surface(scene, format, dpi, made, bytes));
    {
        const std::unique_ptr<cairo_t, ContextCloser> context(cairo_create(surface.get()));
        if (format == Format::kPng) cairo_scale(context.get(), dpi / 72, dpi / 72);
        draw_page(context.get(), scene);
        if (cairo_status(context.get()) != CAIRO_STATUS_SUCCESS) {
            base::bug(fmt::format("Cairo: {}", cairo_status_to_string(cairo_status(context.get()))));
        }
    }
    if (format == Format::kPng) cairo_surface_write_to_png_stream(surface.get(), append, &bytes);
    cairo_surface_finish(surface.get());
    if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) {
        base::bug(fmt::format("Cairo: {}", cairo_status_to_string(cairo_surface_status(surface.get()))));
    }
    return format == Format::kSvg ? renumbered(renumbered(bytes, "\"surface"), "#surface") : bytes;
}

}  // namespace isopleth::draw
