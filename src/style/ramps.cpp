// SPDX-License-Identifier: MIT
#include "style/ramps.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace isopleth::style {
namespace {

constexpr std::size_t kMostClasses = 7;

// ColorBrewer 2.0 (colorbrewer2.org, Apache 2.0): for each ramp the colours of 3, 4, 5, 6 and 7 classes.
struct Ramp {
    std::string_view name;
    std::array<std::string_view, 5> colours;
};
constexpr std::array<Ramp, 7> kRamps{{
    {"YlOrBr",
     {"fff7bc fec44f d95f0e", "ffffd4 fed98e fe9929 cc4c02", "ffffd4 fed98e fe9929 d95f0e 993404",
      "ffffd4 fee391 fec44f fe9929 d95f0e 993404", "ffffd4 fee391 fec44f fe9929 ec7014 cc4c02 8c2d04"}},
    {"Purples",
     {"efedf5 bcbddc 756bb1", "f2f0f7 cbc9e2 9e9ac8 6a51a3", "f2f0f7 cbc9e2 9e9ac8 756bb1 54278f",
      "f2f0f7 dadaeb bcbddc 9e9ac8 756bb1 54278f", "f2f0f7 dadaeb bcbddc 9e9ac8 807dba 6a51a3 4a1486"}},
    {"OrRd",
     {"fee8c8 fdbb84 e34a33", "fef0d9 fdcc8a fc8d59 d7301f", "fef0d9 fdcc8a fc8d59 e34a33 b30000",
      "fef0d9 fdd49e fdbb84 fc8d59 e34a33 b30000", "fef0d9 fdd49e fdbb84 fc8d59 ef6548 d7301f 990000"}},
    {"Greys",
     {"f0f0f0 bdbdbd 636363", "f7f7f7 cccccc 969696 525252", "f7f7f7 cccccc 969696 636363 252525",
      "f7f7f7 d9d9d9 bdbdbd 969696 636363 252525", "f7f7f7 d9d9d9 bdbdbd 969696 737373 525252 252525"}},
    {"BuPu",
     {"e0ecf4 9ebcda 8856a7", "edf8fb b3cde3 8c96c6 88419d", "edf8fb b3cde3 8c96c6 8856a7 810f7c",
      "edf8fb bfd3e6 9ebcda 8c96c6 8856a7 810f7c", "edf8fb bfd3e6 9ebcda 8c96c6 8c6bb1 88419d 6e016b"}},
    {"RdBu",
     {"ef8a62 f7f7f7 67a9cf", "ca0020 f4a582 92c5de 0571b0", "ca0020 f4a582 f7f7f7 92c5de 0571b0",
      "b2182b ef8a62 fddbc7 d1e5f0 67a9cf 2166ac", "b2182b ef8a62 fddbc7 f7f7f7 d1e5f0 67a9cf 2166ac"}},
    {"PuOr",
     {"f1a340 f7f7f7 998ec3", "e66101 fdb863 b2abd2 5e3c99", "e66101 fdb863 f7f7f7 b2abd2 5e3c99",
      "b35806 f1a340 fee0b6 d8daeb 998ec3 542788", "b35806 f1a340 fee0b6 f7f7f7 d8daeb 998ec3 542788"}},
}};

const Ramp& find_ramp(std::string_view name) {
    for (const Ramp& each : kRamps) {
        if (each.name == name) return each;
    }
    base::fail_usage(fmt::format("unknown colour ramp {}{}", name, base::did_you_mean(name, ramp_names())),
                     fmt::format("Ramps are {}.", base::join(ramp_names(), ", ")));
}

}  // namespace

std::vector<std::string> ramp_names() {
    std::vector<std::string> names;
    for (const Ramp& each : kRamps) names.emplace_back(each.name);
    return names;
}

std::vector<Colour> ramp(std::string_view name, std::size_t classes, bool reversed) {
    const Ramp& found = find_ramp(name);
    if (classes == 0 || classes > kMostClasses) {
        base::fail_usage(fmt::format("{} classes of the ramp {}; it has 1 to {}", classes, name, kMostClasses));
    }
    const std::size_t drawn = std::max<std::size_t>(classes, 3);
    std::vector<Colour> colours;
    for (const std::string& hex : base::split(found.colours[drawn - 3], ' ')) {
        colours.push_back(parse_colour("#" + hex));
    }
    if (classes == 1) colours = {colours[1]};
    if (classes == 2) colours = {colours[0], colours[2]};
    if (reversed) std::reverse(colours.begin(), colours.end());
    return colours;
}

Colour ramp_colour(std::string_view name, double share, bool reversed) {
    const std::vector<Colour> colours = ramp(name, kMostClasses, reversed);
    const double position = std::clamp(share, 0.0, 1.0) * static_cast<double>(kMostClasses - 1);
    const auto below = std::min(static_cast<std::size_t>(position), kMostClasses - 2);
    return mixed(colours[below], colours[below + 1], position - static_cast<double>(below));
}

}  // namespace isopleth::style
