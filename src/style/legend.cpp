// SPDX-License-Identifier: MIT
#include "style/legend.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace isopleth::style {
namespace {

LegendEntry entry_for(const LayerStyle& style, SymbolGeometry geometry, Colour colour, std::string label) {
    LegendEntry entry;
    entry.label = std::move(label);
    entry.colour = colour;
    entry.marker = style.marker;
    switch (geometry) {
        case SymbolGeometry::kPoint:
            entry.symbol = LegendSymbol::kMarker;
            entry.size_mm = style.marker_mm;
            // A ring without filling is known by its outline alone.
            if (colour.alpha == 0) entry.outline = style.outline;
            break;
        case SymbolGeometry::kLine:
            entry.symbol = LegendSymbol::kLine;
            entry.size_mm = style.line_mm;
            break;
        case SymbolGeometry::kPolygon:
            // A border without fill stands in the legend as what it is on the map: a line.
            if (colour.alpha == 0) {
                entry.symbol = LegendSymbol::kLine;
                entry.colour = style.outline;
                entry.size_mm = style.outline_mm;
            }
            break;
        case SymbolGeometry::kRaster:
            break;
    }
    return entry;
}

void add_count(LegendEntry& entry, const ClassCounts& counts, std::size_t position) {
    if (position < counts.counts.size()) entry.count = counts.counts[position];
}

void add_classes(LegendBlock& block, const LayerStyle& style, SymbolGeometry geometry, const ClassCounts& counts) {
    for (std::size_t i = style.breaks.class_count(); i-- > 0;) {
        block.entries.push_back(entry_for(style, geometry, style.colours.at(i), style.breaks.label(i)));
        add_count(block.entries.back(), counts, i);
    }
}

void add_categories(LegendBlock& block, const LayerStyle& style, SymbolGeometry geometry, const ClassCounts& counts) {
    for (std::size_t i = 0; i < style.categories.size(); ++i) {
        const Category& category = style.categories[i];
        block.entries.push_back(entry_for(style, geometry, category.colour, category.label));
        add_count(block.entries.back(), counts, i);
    }
}

LegendEntry strip_of(const LayerStyle& style) {
    LegendEntry entry;
    entry.symbol = LegendSymbol::kRampStrip;
    entry.strip = style.colours;
    const double ends[] = {style.lowest.value_or(0), style.highest.value_or(0)};
    const int decimals = std::min(decimals_needed(ends), 2);
    entry.label = map_number(ends[0], decimals) + "|" + map_number(ends[1], decimals);
    return entry;
}

}  // namespace

LegendBlock make_legend(const LayerStyle& style, SymbolGeometry geometry, const ClassCounts& counts) {
    LegendBlock block{style.title, style.unit, {}};
    switch (style.kind) {
        case StyleKind::kSingle:
            block.entries.push_back(entry_for(style, geometry, style.fill,
                                              style.legend_label.empty() ? style.title : style.legend_label));
            if (style.legend_label.empty()) block.title.clear();
            add_count(block.entries.back(), counts, 0);
            break;
        case StyleKind::kGraduated:
            add_classes(block, style, geometry, counts);
            break;
        case StyleKind::kCategorised:
            add_categories(block, style, geometry, counts);
            break;
        case StyleKind::kRaster:
            if (style.breaks.class_count() > 0) {
                add_classes(block, style, geometry, counts);
            } else {
                block.entries.push_back(strip_of(style));
            }
            break;
    }
    if (counts.missing > 0 && style.kind != StyleKind::kSingle) {
        LegendEntry entry = entry_for(style, geometry, Colour{255, 255, 255}, style.missing_label);
        if (entry.symbol == LegendSymbol::kArea) entry.symbol = LegendSymbol::kMissing;
        entry.count = counts.missing;
        block.entries.push_back(std::move(entry));
    }
    if (counts.has_unsupported) {
        LegendEntry entry = entry_for(style, geometry, Colour{255, 255, 255}, style.unsupported_label);
        entry.symbol = LegendSymbol::kUnsupported;
        block.entries.push_back(std::move(entry));
    }
    return block;
}

}  // namespace isopleth::style
