// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace isopleth::style {

/// sRGB, 0 to 255; alpha 255 is opaque.
struct Colour {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
    std::uint8_t alpha = 255;
    bool operator==(const Colour&) const = default;
};

/// Reads "#rrggbb" or "#rrggbbaa", upper or lower case; a Usage error for anything else.
Colour parse_colour(std::string_view text);
/// "#rrggbb"; "#rrggbbaa" only where it is not opaque.
std::string to_hex(Colour colour);
/// Between two colours, component by component; `share` of the second, in [0, 1].
Colour mixed(Colour first, Colour second, double share);
/// Relative luminance of WCAG 2.1 in [0, 1]: 0 black, 1 white.
double luminance(Colour colour);

}  // namespace isopleth::style
