// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "draw/page.hpp"
#include "style/colour.hpp"

typedef struct _cairo cairo_t;

namespace isopleth::draw {

inline constexpr style::Colour kInk{0x22, 0x22, 0x22};
inline constexpr style::Colour kGrey{0x77, 0x77, 0x77};
inline constexpr style::Colour kRule{0xcc, 0xcc, 0xcc};

struct TextStyle {
    double size_pt = 8;
    bool bold = false;
    style::Colour colour = kInk;
    double width_mm = 0;  ///< wraps there; 0: one line
    bool right = false;   ///< x is the right end
};

/// Cells as 0xAARRGGBB by row from the top; transparent ones are 0.
struct CellPicture {
    std::size_t columns = 0;
    std::size_t rows = 0;
    std::vector<std::uint32_t> cells;
    double x_mm = 0;  ///< top left corner
    double y_mm = 0;
    double cell_mm = 0;
    double opacity = 1;
};

/// Draws on a page in millimetres from its top left corner. The context belongs to a canvas that lives
/// longer.
class Pencil {
public:
    explicit Pencil(cairo_t* context) : m_context(context) {}

    /// The whole page in one colour.
    void paint(style::Colour colour) const;
    void fill(const Frame& frame, style::Colour colour) const;

    // A path: made of these, then filled, stroked, or filled and stroked.
    void move(double x, double y) const;
    void line(double x, double y) const;
    void close() const;
    void rectangle(const Frame& frame) const;
    void circle(double x, double y, double radius) const;
    void fill_path(style::Colour colour) const;
    void stroke(style::Colour colour, double width_mm) const;
    /// Dashes as long as the gaps between them.
    void stroke_dashed(style::Colour colour, double width_mm, double dash_mm) const;
    void fill_and_stroke(style::Colour inside, style::Colour outline, double width_mm) const;

    /// What `draw` draws is seen inside the frame only.
    void inside(const Frame& frame, const std::function<void()>& draw) const;

    /// Draws text whose top left corner (right: top right) is (x, y); returns its height. A Data error that
    /// names the text when the font lacks a glyph.
    double text(double x, double y, const std::string& words, const TextStyle& style) const;
    double width(const std::string& words, const TextStyle& style) const;

    /// Cells stay crisp at every resolution. A Data error for more cells than a picture can hold.
    void picture(const CellPicture& picture) const;

private:
    cairo_t* m_context;
};

/// Pango markup of plain text: escaped, with the digits of pollutants set low and those of m3 set high.
std::string markup(const std::string& text);

}  // namespace isopleth::draw
