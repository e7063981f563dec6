// SPDX-License-Identifier: MIT
#include "base/units.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace isopleth::base {

namespace {

std::optional<double> parse_kilometres(std::string_view number) {
    // The exponent moves the decimal point before the one rounding to binary: 1.001 * 1000 is not 1001.
    if (number.find_first_of("eE") == std::string_view::npos) return parse_number(std::string(number) + "e3");
    const auto value = parse_number(number);
    return value ? std::optional(*value * 1000) : std::nullopt;
}

std::optional<double> parse_length(std::string_view text) {
    if (text.ends_with("km")) return parse_kilometres(trim(text.substr(0, text.size() - 2)));
    if (text.ends_with('m')) return parse_number(text.substr(0, text.size() - 1));
    return parse_number(text);
}

}  // namespace

Meters parse_meters(std::string_view text) {
    const auto value = parse_length(trim(text));
    if (!value || !std::isfinite(*value)) {
        fail_usage("\"" + std::string(text) + "\" is not a length",
                   "Write metres or kilometres: 500, 500m, 2km.");
    }
    if (*value < 0) fail_usage("\"" + std::string(text) + "\" is a negative length");
    return Meters{*value};
}

std::string shortest(double value) {
    std::array<char, 64> buffer;
    const double size = std::fabs(value);
    // Shortest by to_chars alone is "1e+05" for 100000, which nobody wants to read in a table.
    const bool is_plain = size == 0 || (size >= 1e-5 && size < 1e17);
    const auto format = is_plain ? std::chars_format::fixed : std::chars_format::scientific;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format).ptr;
    return std::string(buffer.data(), end);
}

}  // namespace isopleth::base
