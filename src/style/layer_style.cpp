// SPDX-License-Identifier: MIT
#include "style/layer_style.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "style/ramps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace isopleth::style {
namespace {

constexpr std::array<std::pair<Marker, std::string_view>, 4> kMarkers{{{Marker::kCircle, "circle"},
                                                                       {Marker::kSquare, "square"},
                                                                       {Marker::kTriangle, "triangle"},
                                                                       {Marker::kDiamond, "diamond"}}};

std::optional<Colour> continuous_colour(const LayerStyle& style, double number) {
    if (style.colours.empty() || !style.lowest || !style.highest) return std::nullopt;
    const double width = *style.highest - *style.lowest;
    const double share = width > 0 ? std::clamp((number - *style.lowest) / width, 0.0, 1.0) : 0.5;
    if (style.colours.size() == 1) return style.colours.front();
    const double position = share * static_cast<double>(style.colours.size() - 1);
    const auto below = std::min(static_cast<std::size_t>(position), style.colours.size() - 2);
    return mixed(style.colours[below], style.colours[below + 1], position - static_cast<double>(below));
}

}  // namespace

std::string_view name_of(Marker marker) {
    for (const auto& [value, name] : kMarkers) {
        if (value == marker) return name;
    }
    base::bug("a marker without a name");
}

Marker parse_marker(std::string_view text) {
    std::vector<std::string> names;
    for (const auto& [value, name] : kMarkers) {
        if (name == text) return value;
        names.emplace_back(name);
    }
    base::fail_usage(fmt::format("unknown marker {}{}", text, base::did_you_mean(text, names)),
                     fmt::format("Markers are {}.", base::join(names, ", ")));
}

LayerStyle graduated(std::string field, Breaks breaks, std::string_view ramp_name, bool reversed) {
    LayerStyle style;
    style.kind = StyleKind::kGraduated;
    style.field = std::move(field);
    style.colours = ramp(ramp_name, breaks.class_count(), reversed);
    style.breaks = std::move(breaks);
    return style;
}

LayerStyle categorised(std::string field, std::vector<Category> categories) {
    LayerStyle style;
    style.kind = StyleKind::kCategorised;
    style.field = std::move(field);
    style.categories = std::move(categories);
    return style;
}

LayerStyle raster_style(Breaks breaks, std::string_view ramp_name, bool reversed) {
    LayerStyle style = graduated("", std::move(breaks), ramp_name, reversed);
    style.kind = StyleKind::kRaster;
    return style;
}

std::optional<Colour> colour_of(const LayerStyle& style, std::optional<double> number, std::string_view text) {
    switch (style.kind) {
        case StyleKind::kSingle:
            return style.fill;
        case StyleKind::kGraduated: {
            const auto found = number ? style.breaks.classify(*number) : std::nullopt;
            return found ? std::optional(style.colours.at(*found)) : std::nullopt;
        }
        case StyleKind::kCategorised:
            for (const Category& category : style.categories) {
                if (category.value == text) return category.colour;
            }
            return std::nullopt;
        case StyleKind::kRaster: {
            if (!number) return std::nullopt;
            if (style.breaks.class_count() == 0) return continuous_colour(style, *number);
            const auto found = style.breaks.classify_clamped(*number);
            return found ? std::optional(style.colours.at(*found)) : std::nullopt;
        }
    }
    return std::nullopt;
}

void check(const LayerStyle& style) {
    const bool by_field = style.kind == StyleKind::kGraduated || style.kind == StyleKind::kCategorised;
    if (by_field && style.field.empty()) base::fail_usage("a style by value names no field");
    if (style.kind == StyleKind::kCategorised && style.categories.empty()) {
        base::fail_usage(fmt::format("the style of {} lists no category", style.field));
    }
    const std::size_t classes = style.breaks.class_count();
    const bool by_class = style.kind == StyleKind::kGraduated || (style.kind == StyleKind::kRaster && classes > 0);
    if (by_class && (classes == 0 || classes != style.colours.size())) {
        base::fail_usage(fmt::format("{} classes, but {} colours", classes, style.colours.size()));
    }
    if (style.kind == StyleKind::kRaster && classes == 0 &&
        (style.colours.empty() || !style.lowest || !style.highest)) {
        base::fail_usage("a continuous raster style needs colours, a lowest and a highest value");
    }
    if (!(style.marker_mm > 0) || !(style.line_mm > 0) || !(style.outline_mm >= 0) || !(style.casing_mm >= 0) ||
        !(style.opacity >= 0 && style.opacity <= 1) || !(style.label.size_pt > 0)) {
        base::fail_usage("sizes of a style must be above 0, its opacity between 0 and 1");
    }
}

}  // namespace isopleth::style
