// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "style/breaks.hpp"
#include "style/colour.hpp"

namespace isopleth::style {

enum class StyleKind { kSingle, kGraduated, kCategorised, kRaster };
enum class Marker { kCircle, kSquare, kTriangle, kDiamond };

/// "circle", "square", "triangle", "diamond"; parse answers others with a Usage error and the nearest name.
std::string_view name_of(Marker marker);
Marker parse_marker(std::string_view text);

struct Category {
    std::string value;  ///< as it stands in the field
    std::string label;  ///< as the legend says it
    Colour colour;
    bool operator==(const Category&) const = default;
};

/// Labels of a layer's features. Polygons: inside at the visual centre, a leader line where they don't fit. Points: beside.
/// Lines: along the line, once for each name.
struct LabelStyle {
    std::string field;         ///< "" for no labels
    std::string second_field;  ///< under the name, 7 pt; "" for none
    std::string rank_field;    ///< before the name: "3 东花市街道"; "" for none
    double size_pt = 8;
    Colour colour{0x22, 0x22, 0x22};
    double halo_mm = 0.5;
    double letter_spacing_pt = 0;  ///< river names
    bool required = true;          ///< polygons and points: never left out; false: left out where there is no room
    bool operator==(const LabelStyle&) const = default;
};

/// How one layer is drawn, the same on a printed map, in QGIS and in a web map. A value.
struct LayerStyle {
    StyleKind kind = StyleKind::kSingle;
    std::string title;  ///< of its legend block
    std::string unit;   ///< beside the title: "µg/m³"
    std::string field;  ///< graduated and categorised

    Colour fill{0xdd, 0xdd, 0xdd};  ///< kSingle: polygons and markers; alpha 0 draws no fill
    /// Graduated and raster: one colour for each class of `breaks`. A raster without breaks is continuous: `colours` are spread
    /// evenly from `lowest` to `highest`.
    Breaks breaks;
    std::vector<Colour> colours;
    std::optional<double> lowest, highest;
    std::vector<Category> categories;  ///< categorised; a value of none of them is drawn as missing
    std::size_t band = 1;  ///< rasters: the band shown, from 1
    /// Rasters: legend text of the cells that the band "supported" says are not; they are hatched.
    std::string unsupported_label = "远离测点, 估计不可靠";
    std::string missing_label = "无数据";  ///< missing is white with grey diagonal hatch, never a class

    Colour outline{0xff, 0xff, 0xff};  ///< polygon borders and marker outlines; lines: their casing where casing_mm > 0
    double outline_mm = 0.4;           ///< 0 draws none
    double line_mm = 0.5;              ///< lines: width
    double casing_mm = 0;              ///< lines: on each side, in `outline`
    std::vector<double> dashes_mm;     ///< lines and polygon borders; empty: solid
    Marker marker = Marker::kCircle;
    double marker_mm = 2.4;
    double opacity = 1;  ///< rasters
    LabelStyle label;
    bool in_legend = true;
    std::string legend_label;  ///< kSingle: the entry's text; empty: title

    bool operator==(const LayerStyle&) const = default;
};

/// Graduated with the ramp's colours for the breaks' classes.
LayerStyle graduated(std::string field, Breaks breaks, std::string_view ramp_name, bool reversed = false);
LayerStyle categorised(std::string field, std::vector<Category> categories);
/// A raster in classes.
LayerStyle raster_style(Breaks breaks, std::string_view ramp_name, bool reversed = false);

/// The colour of a cell: `number` is used by graduated and raster styles, `text` by categorised ones. nullopt: missing or of no
/// class (outside the breaks), drawn as missing. Rasters clamp to the first and last class: a surface may overshoot.
std::optional<Colour> colour_of(const LayerStyle& style, std::optional<double> number, std::string_view text);

/// A Usage error when the parts contradict each other: classes and colours differ in number, no field, no category, sizes <= 0.
void check(const LayerStyle& style);

}  // namespace isopleth::style
