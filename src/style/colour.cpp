// SPDX-License-Identifier: MIT
#include "style/colour.hpp"

#include "base/error.hpp"

#include <fmt/format.h>

#include <cmath>
#include <optional>

namespace isopleth::style {
namespace {

std::optional<unsigned> hex_digit(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
    return std::nullopt;
}

std::optional<std::uint8_t> hex_byte(std::string_view two) {
    const auto high = hex_digit(two[0]);
    const auto low = hex_digit(two[1]);
    if (!high || !low) return std::nullopt;
    return static_cast<std::uint8_t>(*high * 16 + *low);
}

double linear(std::uint8_t component) {
    const double c = component / 255.0;
    return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

}  // namespace

Colour parse_colour(std::string_view text) {
    const bool form = (text.size() == 7 || text.size() == 9) && text[0] == '#';
    Colour colour;
    std::uint8_t* const components[] = {&colour.red, &colour.green, &colour.blue, &colour.alpha};
    bool good = form;
    for (std::size_t i = 0; good && 2 * i + 1 < text.size(); ++i) {
        const auto byte = hex_byte(text.substr(2 * i + 1, 2));
        good = byte.has_value();
        if (good) *components[i] = *byte;
    }
    if (!good) {
        base::fail_usage(fmt::format("\"{}\" is not a colour", text), "Write it as #rrggbb, for example #cc4c02.");
    }
    return colour;
}

std::string to_hex(Colour colour) {
    if (colour.alpha == 255) return fmt::format("#{:02x}{:02x}{:02x}", colour.red, colour.green, colour.blue);
    return fmt::format("#{:02x}{:02x}{:02x}{:02x}", colour.red, colour.green, colour.blue, colour.alpha);
}

Colour mixed(Colour first, Colour second, double share) {
    const auto mix = [share](std::uint8_t a, std::uint8_t b) {
        return static_cast<std::uint8_t>(std::lround(a + (b - a) * share));
    };
    return {mix(first.red, second.red), mix(first.green, second.green), mix(first.blue, second.blue),
            mix(first.alpha, second.alpha)};
}

double luminance(Colour colour) {
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

}  // namespace isopleth::style
