// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/time.hpp"

typedef struct _cairo cairo_t;

namespace isopleth::draw {

enum class Format { kPng, kPdf, kSvg };

/// By extension without dot: "png", "pdf", "svg"; a Usage error for others.
Format parse_format(std::string_view extension);

struct CanvasSize {
    double width_mm = 0;
    double height_mm = 0;
    double dpi = 150;  ///< of PNG; PDF and SVG have none
};

/// A sheet of paper whose context has the point (1/72 inch) as its unit and the top left corner as its
/// origin.
class Canvas {
public:
    /// `title` and `made` go into a PDF. A Usage error for a resolution not between 30 and 1200 dpi.
    Canvas(Format format, const CanvasSize& size, const std::string& title, base::Instant made);
    ~Canvas();
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;

    cairo_t* context() const;
    /// Ends the drawing: the bytes of the file, the same for the same drawing. Call it once.
    std::string finish();

private:
    struct Sheet;
    std::unique_ptr<Sheet> m_sheet;
};

}  // namespace isopleth::draw
