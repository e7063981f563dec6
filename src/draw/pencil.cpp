// SPDX-License-Identifier: MIT
#include "draw/pencil.hpp"

#include "base/error.hpp"

#include <cairo.h>
#include <fmt/format.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <memory>
#include <numbers>
#include <string_view>

namespace isopleth::draw {
namespace {

constexpr double kPointsPerMm = 72 / 25.4;
constexpr const char* kFamily = "Noto Sans CJK SC";

double pt(double mm) {
    return mm * kPointsPerMm;
}

struct LayoutCloser {
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
};
using LayoutPtr = std::unique_ptr<PangoLayout, LayoutCloser>;

struct SurfaceCloser {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};

void take(cairo_t* context, style::Colour c) {
    cairo_set_source_rgba(context, c.red / 255.0, c.green / 255.0, c.blue / 255.0, c.alpha / 255.0);
}

LayoutPtr laid_out(cairo_t* context, const std::string& words, const TextStyle& style) {
    LayoutPtr layout(pango_cairo_create_layout(context));
    PangoFontDescription* font = pango_font_description_new();
    pango_font_description_set_family(font, kFamily);
    pango_font_description_set_absolute_size(font, style.size_pt * PANGO_SCALE);
    if (style.bold) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout.get(), font);
    pango_font_description_free(font);
    // Unhinted metrics: the same lines break at every resolution.
    PangoContext* text_context = pango_layout_get_context(layout.get());
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(text_context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(text_context, FALSE);
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

PangoRectangle extents_of(const LayoutPtr& layout) {
    PangoRectangle box;
    pango_layout_get_extents(layout.get(), nullptr, &box);
    return box;
}

double millimetres(int pango_units) {
    return static_cast<double>(pango_units) / PANGO_SCALE / kPointsPerMm;
}

}  // namespace

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

void Pencil::paint(style::Colour colour) const {
    take(m_context, colour);
    cairo_paint(m_context);
}

void Pencil::fill(const Frame& frame, style::Colour colour) const {
    take(m_context, colour);
    rectangle(frame);
    cairo_fill(m_context);
}

void Pencil::move(double x, double y) const {
    cairo_move_to(m_context, pt(x), pt(y));
}

void Pencil::line(double x, double y) const {
    cairo_line_to(m_context, pt(x), pt(y));
}

void Pencil::close() const {
    cairo_close_path(m_context);
}

void Pencil::rectangle(const Frame& f) const {
    cairo_rectangle(m_context, pt(f.x), pt(f.y), pt(f.width), pt(f.height));
}

void Pencil::circle(double x, double y, double radius) const {
    // Without it a line would run from where the pencil stood, behind the last text, to the circle.
    cairo_new_sub_path(m_context);
    cairo_arc(m_context, pt(x), pt(y), pt(radius), 0, 2 * std::numbers::pi);
}

void Pencil::fill_path(style::Colour colour) const {
    take(m_context, colour);
    cairo_fill(m_context);
}

void Pencil::stroke(style::Colour colour, double width_mm) const {
    take(m_context, colour);
    cairo_set_line_width(m_context, pt(width_mm));
    cairo_stroke(m_context);
}

void Pencil::stroke_dashed(style::Colour colour, double width_mm, double dash_mm) const {
    const double dash = pt(dash_mm);
    cairo_set_dash(m_context, &dash, 1, 0);
    stroke(colour, width_mm);
    cairo_set_dash(m_context, nullptr, 0, 0);
}

void Pencil::fill_and_stroke(style::Colour inside, style::Colour outline, double width_mm) const {
    take(m_context, inside);
    cairo_fill_preserve(m_context);
    stroke(outline, width_mm);
}

void Pencil::inside(const Frame& frame, const std::function<void()>& draw) const {
    cairo_save(m_context);
    rectangle(frame);
    cairo_clip(m_context);
    draw();
    cairo_restore(m_context);
}

double Pencil::text(double x, double y, const std::string& words, const TextStyle& style) const {
    const LayoutPtr layout = laid_out(m_context, words, style);
    const PangoRectangle box = extents_of(layout);
    take(m_context, style.colour);
    move(style.right ? x - millimetres(box.width) : x, y);
    pango_cairo_show_layout(m_context, layout.get());
    return millimetres(box.height);
}

double Pencil::width(const std::string& words, const TextStyle& style) const {
    return millimetres(extents_of(laid_out(m_context, words, style)).width);
}

void Pencil::picture(const CellPicture& picture) const {
    const std::unique_ptr<cairo_surface_t, SurfaceCloser> image(cairo_image_surface_create(
        CAIRO_FORMAT_ARGB32, static_cast<int>(picture.columns), static_cast<int>(picture.rows)));
    if (cairo_surface_status(image.get()) != CAIRO_STATUS_SUCCESS) {
        base::fail_data(
            fmt::format("a raster of {} x {} cells is too large for a map", picture.columns, picture.rows),
            "Use larger cells.");
    }
    cairo_surface_flush(image.get());
    unsigned char* pixels = cairo_image_surface_get_data(image.get());
    const int stride = cairo_image_surface_get_stride(image.get());
    for (std::size_t row = 0; row < picture.rows; ++row) {
        auto* line = reinterpret_cast<std::uint32_t*>(pixels + static_cast<std::ptrdiff_t>(row) * stride);
        const auto first = picture.cells.begin() + static_cast<std::ptrdiff_t>(row * picture.columns);
        std::copy(first, first + static_cast<std::ptrdiff_t>(picture.columns), line);
    }
    cairo_surface_mark_dirty(image.get());
    cairo_save(m_context);
    cairo_translate(m_context, pt(picture.x_mm), pt(picture.y_mm));
    cairo_scale(m_context, pt(picture.cell_mm), pt(picture.cell_mm));
    cairo_set_source_surface(m_context, image.get(), 0, 0);
    cairo_pattern_set_filter(cairo_get_source(m_context), CAIRO_FILTER_NEAREST);  // cells stay crisp
    cairo_paint_with_alpha(m_context, picture.opacity);
    cairo_restore(m_context);
}

}  // namespace isopleth::draw
