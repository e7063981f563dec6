// SPDX-License-Identifier: MIT
#include "draw/canvas.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cairo.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace isopleth::draw {
namespace {

cairo_status_t append(void* closure, const unsigned char* data, unsigned int length) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

struct SurfaceCloser {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct ContextCloser {
    void operator()(cairo_t* context) const { cairo_destroy(context); }
};

cairo_surface_t* make_surface(Format format, const CanvasSize& size, std::string& bytes) {
    const double width = size.width_mm * 72 / 25.4;
    const double height = size.height_mm * 72 / 25.4;
    if (format == Format::kPdf) return cairo_pdf_surface_create_for_stream(append, &bytes, width, height);
    if (format == Format::kSvg) return cairo_svg_surface_create_for_stream(append, &bytes, width, height);
    return cairo_image_surface_create(CAIRO_FORMAT_RGB24,
                                      static_cast<int>(std::lround(width * size.dpi / 72)),
                                      static_cast<int>(std::lround(height * size.dpi / 72)));
}

void check(cairo_status_t status) {
    if (status != CAIRO_STATUS_SUCCESS) base::bug(fmt::format("Cairo: {}", cairo_status_to_string(status)));
}

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

struct Canvas::Sheet {
    Format format;
    std::string bytes;  // before the surface, which writes to it to the last
    std::unique_ptr<cairo_surface_t, SurfaceCloser> surface;
    std::unique_ptr<cairo_t, ContextCloser> context;
};

Canvas::Canvas(Format format, const CanvasSize& size, const std::string& title, base::Instant made)
    : m_sheet(std::make_unique<Sheet>()) {
    if (!(size.dpi >= 30 && size.dpi <= 1200))
        base::fail_usage(fmt::format("{:g} dpi is not between 30 and 1200", size.dpi));
    m_sheet->format = format;
    m_sheet->surface.reset(make_surface(format, size, m_sheet->bytes));
    cairo_surface_t* surface = m_sheet->surface.get();
    if (format == Format::kPdf) {
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title.c_str());
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                       base::to_iso8601(made).c_str());
    }
    m_sheet->context.reset(cairo_create(surface));
    if (format == Format::kPng) cairo_scale(context(), size.dpi / 72, size.dpi / 72);
}

Canvas::~Canvas() = default;

cairo_t* Canvas::context() const {
    return m_sheet->context.get();
}

std::string Canvas::finish() {
    check(cairo_status(context()));
    m_sheet->context.reset();
    cairo_surface_t* surface = m_sheet->surface.get();
    if (m_sheet->format == Format::kPng)
        check(cairo_surface_write_to_png_stream(surface, append, &m_sheet->bytes));
    cairo_surface_finish(surface);
    check(cairo_surface_status(surface));
    if (m_sheet->format == Format::kSvg)
        return renumbered(renumbered(m_sheet->bytes, "\"surface"), "#surface");
    return std::move(m_sheet->bytes);
}

}  // namespace isopleth::draw
