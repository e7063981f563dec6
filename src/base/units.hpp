// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <string>
#include <string_view>

namespace isopleth::base {

/// A length on the ground or on a map plane, in metres.
struct Meters {
    double value = 0;
    auto operator<=>(const Meters&) const = default;
};

struct SquareMeters {
    double value = 0;
    auto operator<=>(const SquareMeters&) const = default;
};

/// An angle; longitudes and latitudes are in degrees only in this type or beside its name.
struct Degrees {
    double value = 0;
    auto operator<=>(const Degrees&) const = default;
};

/// Reads "500", "500m", "2km", "1.5 km"; throws a Usage error that names the text when it is anything else,
/// negative, or not finite.
Meters parse_meters(std::string_view text);

/// Shortest decimal text that reads back as the same double: 0.1 -> "0.1", 2 -> "2".
std::string shortest(double value);

}  // namespace isopleth::base
