// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "style/layer_style.hpp"

namespace isopleth::style {

enum class LegendSymbol { kArea, kLine, kMarker, kMissing, kUnsupported, kRampStrip };

struct LegendEntry {
    std::string label;
    LegendSymbol symbol = LegendSymbol::kArea;
    Colour colour;
    Colour outline{0x99, 0x99, 0x99};
    Marker marker = Marker::kCircle;
    double size_mm = 2.4;              ///< marker size or line width
    std::optional<std::size_t> count;  ///< how many features it holds
    std::vector<Colour> strip;         ///< kRampStrip, low to high; label is "low|high"
    bool operator==(const LegendEntry&) const = default;
};

struct LegendBlock {
    std::string title;
    std::string unit;
    std::vector<LegendEntry> entries;
    bool operator==(const LegendBlock&) const = default;
};

/// What the layer's features are, for its legend symbols.
enum class SymbolGeometry { kPoint, kLine, kPolygon, kRaster };

/// How many features each class or category holds, in their order, and how many are missing.
struct ClassCounts {
    std::vector<std::size_t> counts;  ///< empty: not counted
    std::size_t missing = 0;
    bool has_unsupported = false;  ///< rasters: some cells are not supported
};

/// The legend of a style, highest class first for graduated styles and rasters (as the eye expects more above less), categories in
/// their order. A missing entry stands last where there are missing ones.
LegendBlock make_legend(const LayerStyle& style, SymbolGeometry geometry, const ClassCounts& counts);

}  // namespace isopleth::style
