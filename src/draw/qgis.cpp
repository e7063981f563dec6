// SPDX-License-Identifier: MIT
#include "draw/qgis.hpp"

#include "base/error.hpp"
#include "base/units.hpp"

#include <fmt/format.h>
#include <pugixml.hpp>

#include <algorithm>
#include <cmath>
#include <sstream>

namespace isopleth::draw {
namespace {

using style::LayerStyle;
using style::StyleKind;
using style::SymbolGeometry;
// QGIS knows no open class; figures of a bureau stay far below this.
constexpr double kOpenEnd = 1e12;

std::string rgba(style::Colour c) {
    return fmt::format("{},{},{},{}", c.red, c.green, c.blue, c.alpha);
}
std::string number(double value) {
    return base::shortest(std::isinf(value) ? std::copysign(kOpenEnd, value) : value);
}

void option(pugi::xml_node parent, const char* name, const std::string& value) {
    pugi::xml_node node = parent.append_child("Option");
    node.append_attribute("name") = name;
    node.append_attribute("type") = "QString";
    node.append_attribute("value") = value.c_str();
}

/// A symbol layer's settings go in twice: QGIS before 3.18 reads <prop>, later ones <Option>.
class SymbolLayer {
public:
    SymbolLayer(pugi::xml_node symbol, const char* type) : m_layer(symbol.append_child("layer")) {
        m_layer.append_attribute("class") = type;
        m_layer.append_attribute("enabled") = "1";
        m_layer.append_attribute("locked") = "0";
        m_layer.append_attribute("pass") = "0";
        m_map = m_layer.append_child("Option");
        m_map.append_attribute("type") = "Map";
    }
    SymbolLayer& set(const char* name, const std::string& value) {
        option(m_map, name, value);
        pugi::xml_node prop = m_layer.append_child("prop");
        prop.append_attribute("k") = name;
        prop.append_attribute("v") = value.c_str();
        return *this;
    }
    pugi::xml_node node() { return m_layer; }

private:
    pugi::xml_node m_layer;
    pugi::xml_node m_map;
};

pugi::xml_node add_symbol(pugi::xml_node symbols, const std::string& name, const char* type) {
    pugi::xml_node symbol = symbols.append_child("symbol");
    symbol.append_attribute("name") = name.c_str();
    symbol.append_attribute("type") = type;
    symbol.append_attribute("alpha") = "1";
    symbol.append_attribute("clip_to_extent") = "1";
    symbol.append_attribute("force_rhr") = "0";
    return symbol;
}

void add_line_layer(pugi::xml_node symbol, style::Colour colour, double width, const LayerStyle& style) {
    SymbolLayer layer(symbol, "SimpleLine");
    layer.set("line_color", rgba(colour)).set("line_width", number(width)).set("line_width_unit", "MM");
    layer.set("line_style", "solid")
        .set("joinstyle", "round")
        .set("capstyle", style.dashes_mm.empty() ? "round" : "flat");
    if (style.dashes_mm.empty()) return;
    std::string dashes;
    for (const double dash : style.dashes_mm) dashes += (dashes.empty() ? "" : ";") + number(dash);
    layer.set("use_custom_dash", "1").set("customdash", dashes).set("customdash_unit", "MM");
}

/// Missing areas: white with grey diagonal hatch, as on the printed map.
void add_hatch(pugi::xml_node symbol, const std::string& name) {
    SymbolLayer layer(symbol, "LinePatternFill");
    layer.set("angle", "45").set("distance", "1.1").set("distance_unit", "MM").set("line_width", "0.2");
    layer.set("color", "168,168,168,255");
    pugi::xml_node line = add_symbol(layer.node(), "@" + name + "@1", "line");
    SymbolLayer(line, "SimpleLine")
        .set("line_color", "168,168,168,255")
        .set("line_width", "0.2")
        .set("line_width_unit", "MM");
}

/// One of a renderer's symbols.
struct Entry {
    std::string name;
    style::Colour colour;
    bool missing = false;
};

void add_symbol_for(pugi::xml_node symbols, const LayerStyle& style, SymbolGeometry geometry,
                    const Entry& entry) {
    if (geometry == SymbolGeometry::kPoint) {
        pugi::xml_node symbol = add_symbol(symbols, entry.name, "marker");
        SymbolLayer(symbol, "SimpleMarker")
            .set("name", std::string(style::name_of(style.marker)))
            .set("color", rgba(entry.colour))
            .set("outline_color", rgba(entry.missing ? style::Colour{0xa8, 0xa8, 0xa8} : style.outline))
            .set("outline_width", number(entry.missing ? 0.25 : style.outline_mm))
            .set("outline_width_unit", "MM")
            .set("size", number(style.marker_mm + 2 * style.outline_mm))
            .set("size_unit", "MM");
    } else if (geometry == SymbolGeometry::kLine) {
        pugi::xml_node symbol = add_symbol(symbols, entry.name, "line");
        if (style.casing_mm > 0)
            add_line_layer(symbol, style.outline, style.line_mm + 2 * style.casing_mm, style);
        add_line_layer(symbol, entry.missing ? style::Colour{0xa8, 0xa8, 0xa8} : entry.colour, style.line_mm,
                       style);
    } else {
        pugi::xml_node symbol = add_symbol(symbols, entry.name, "fill");
        SymbolLayer(symbol, "SimpleFill")
            .set("color", rgba(entry.colour))
            .set("style", entry.colour.alpha == 0 ? "no" : "solid")
            .set("outline_color", rgba(style.outline))
            .set("outline_style", style.outline_mm > 0 ? (style.dashes_mm.empty() ? "solid" : "dash") : "no")
            .set("outline_width", number(style.outline_mm))
            .set("outline_width_unit", "MM")
            .set("joinstyle", "round");
        if (entry.missing) add_hatch(symbol, entry.name);
    }
}

pugi::xml_node add_renderer(pugi::xml_node root, const char* type, const std::string& field) {
    pugi::xml_node renderer = root.append_child("renderer-v2");
    renderer.append_attribute("type") = type;
    renderer.append_attribute("forceraster") = "0";
    renderer.append_attribute("enableorderby") = "0";
    if (!field.empty()) renderer.append_attribute("attr") = field.c_str();
    return renderer;
}

void add_graduated(pugi::xml_node root, const LayerStyle& style, SymbolGeometry geometry) {
    pugi::xml_node renderer = add_renderer(root, "graduatedSymbol", style.field);
    renderer.append_attribute("graduatedMethod") = "GraduatedColor";
    pugi::xml_node ranges = renderer.append_child("ranges");
    pugi::xml_node symbols = renderer.append_child("symbols");
    const auto& edges = style.breaks.edges();
    // Highest first: a value on a border takes QGIS's first range that holds it, which is our upper class.
    const std::size_t count = style.breaks.class_count();
    for (std::size_t i = count; i-- > 0;) {
        const std::string name = std::to_string(count - 1 - i);
        pugi::xml_node range = ranges.append_child("range");
        range.append_attribute("symbol") = name.c_str();
        range.append_attribute("lower") = number(edges[i]).c_str();
        range.append_attribute("upper") = number(edges[i + 1]).c_str();
        range.append_attribute("label") = style.breaks.label(i).c_str();
        range.append_attribute("render") = "true";
        add_symbol_for(symbols, style, geometry, {name, style.colours[i], false});
    }
}

void add_categorised(pugi::xml_node root, const LayerStyle& style, SymbolGeometry geometry) {
    pugi::xml_node renderer = add_renderer(root, "categorizedSymbol", style.field);
    pugi::xml_node categories = renderer.append_child("categories");
    pugi::xml_node symbols = renderer.append_child("symbols");
    for (std::size_t i = 0; i <= style.categories.size(); ++i) {
        // The last one, with an empty value, is QGIS's "all other values".
        const bool missing = i == style.categories.size();
        const std::string name = std::to_string(i);
        pugi::xml_node category = categories.append_child("category");
        category.append_attribute("symbol") = name.c_str();
        category.append_attribute("value") = missing ? "" : style.categories[i].value.c_str();
        category.append_attribute("label") =
            missing ? style.missing_label.c_str() : style.categories[i].label.c_str();
        category.append_attribute("render") = "true";
        category.append_attribute("type") = missing ? "NULL" : "string";
        add_symbol_for(symbols, style, geometry,
                       {name, missing ? style::Colour{255, 255, 255} : style.categories[i].colour, missing});
    }
}

std::string quoted(const std::string& field) {
    std::string result = "\"";
    for (const char c : field) result += c == '"' ? std::string("\"\"") : std::string(1, c);
    return result + "\"";
}

void add_labels(pugi::xml_node root, const LayerStyle& style, SymbolGeometry geometry) {
    const style::LabelStyle& label = style.label;
    if (label.field.empty()) return;
    std::string expression = quoted(label.field);
    if (!label.rank_field.empty())
        expression =
            fmt::format("coalesce(to_string({}) || ' ', '') || {}", quoted(label.rank_field), expression);
    if (!label.second_field.empty())
        expression += fmt::format(" || coalesce('\\n' || to_string({}), '')", quoted(label.second_field));
    pugi::xml_node labeling = root.append_child("labeling");
    labeling.append_attribute("type") = "simple";
    pugi::xml_node settings = labeling.append_child("settings");
    settings.append_attribute("calloutType") = "simple";
    pugi::xml_node text = settings.append_child("text-style");
    text.append_attribute("fieldName") = expression.c_str();
    text.append_attribute("isExpression") = "1";
    text.append_attribute("fontFamily") = "Noto Sans CJK SC";
    text.append_attribute("fontSize") = number(label.size_pt).c_str();
    text.append_attribute("fontSizeUnit") = "Point";
    text.append_attribute("fontLetterSpacing") = number(label.letter_spacing_pt).c_str();
    text.append_attribute("textColor") = rgba(label.colour).c_str();
    text.append_attribute("multilineHeight") = "1";
    pugi::xml_node halo = text.append_child("text-buffer");
    halo.append_attribute("bufferDraw") = label.halo_mm > 0 ? "1" : "0";
    halo.append_attribute("bufferSize") = number(label.halo_mm).c_str();
    halo.append_attribute("bufferSizeUnits") = "MM";
    halo.append_attribute("bufferColor") = "255,255,255,220";
    pugi::xml_node placement = settings.append_child("placement");
    // QgsPalLayerSettings::Placement: 6 ordered around a point, 3 curved along a line, 1 over the polygon's
    // point inside.
    placement.append_attribute("placement") = geometry == SymbolGeometry::kPoint  ? "6"
                                              : geometry == SymbolGeometry::kLine ? "3"
                                                                                  : "1";
    placement.append_attribute("centroidInside") = "1";
    placement.append_attribute("centroidWhole") = "1";
    placement.append_attribute("quadOffset") = "4";
    placement.append_attribute("dist") = "0.6";
    pugi::xml_node rendering = settings.append_child("rendering");
    rendering.append_attribute("drawLabels") = "1";
    rendering.append_attribute("displayAll") =
        label.required && geometry != SymbolGeometry::kLine ? "1" : "0";
    rendering.append_attribute("mergeLines") = geometry == SymbolGeometry::kLine ? "1" : "0";
}

void add_raster(pugi::xml_node root, const LayerStyle& style) {
    pugi::xml_node renderer = root.append_child("pipe").append_child("rasterrenderer");
    renderer.append_attribute("type") = "singlebandpseudocolor";
    renderer.append_attribute("band") = std::to_string(style.band).c_str();
    renderer.append_attribute("opacity") = number(style.opacity).c_str();
    pugi::xml_node shader = renderer.append_child("rastershader").append_child("colorrampshader");
    const bool classes = style.breaks.class_count() > 0;
    shader.append_attribute("colorRampType") = classes ? "DISCRETE" : "INTERPOLATED";
    shader.append_attribute("clip") = "0";
    for (std::size_t i = 0; i < style.colours.size(); ++i) {
        double value = 0;
        if (classes) {
            value = i + 1 == style.colours.size() ? HUGE_VAL : style.breaks.edges()[i + 1];
        } else {
            const double last = std::max<double>(1, static_cast<double>(style.colours.size() - 1));
            value = *style.lowest + (*style.highest - *style.lowest) * static_cast<double>(i) / last;
        }
        pugi::xml_node item = shader.append_child("item");
        item.append_attribute("value") = std::isinf(value) ? "inf" : number(value).c_str();
        item.append_attribute("label") = classes ? style.breaks.label(i).c_str() : number(value).c_str();
        item.append_attribute("color") = style::to_hex(style.colours[i]).substr(0, 7).c_str();
        item.append_attribute("alpha") = "255";
    }
}

}  // namespace

std::string qml(const style::LayerStyle& style, style::SymbolGeometry geometry) {
    style::check(style);
    if ((style.kind == StyleKind::kRaster) != (geometry == SymbolGeometry::kRaster)) {
        base::bug("a raster's style for features, or the other way round");
    }
    pugi::xml_document document;
    document.append_child(pugi::node_doctype).set_value("qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'");
    pugi::xml_node root = document.append_child("qgis");
    root.append_attribute("version") = "3.22.16";
    root.append_attribute("styleCategories") = "Symbology|Labeling";
    root.append_attribute("labelsEnabled") = style.label.field.empty() ? "0" : "1";
    if (style.kind == StyleKind::kRaster) add_raster(root, style);
    if (style.kind == StyleKind::kGraduated) add_graduated(root, style, geometry);
    if (style.kind == StyleKind::kCategorised) add_categorised(root, style, geometry);
    if (style.kind == StyleKind::kSingle) {
        pugi::xml_node renderer = add_renderer(root, "singleSymbol", "");
        add_symbol_for(renderer.append_child("symbols"), style, geometry, {"0", style.fill, false});
    }
    if (geometry != SymbolGeometry::kRaster) add_labels(root, style, geometry);
    std::ostringstream text;
    document.save(text, " ", pugi::format_indent | pugi::format_no_declaration);
    return text.str();
}

}  // namespace isopleth::draw
