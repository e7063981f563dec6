// SPDX-License-Identifier: MIT
#include "draw/mapnik_body.hpp"

#include "base/error.hpp"
#include "draw/body_geometry.hpp"

#include <fmt/format.h>
#include <cairo.h>
#include <mapnik/cairo/cairo_renderer.hpp>
#include <mapnik/expression.hpp>
#include <mapnik/feature.hpp>
#include <mapnik/feature_factory.hpp>
#include <mapnik/feature_type_style.hpp>
#include <mapnik/font_engine_freetype.hpp>
#include <mapnik/label_collision_detector.hpp>
#include <mapnik/layer.hpp>
#include <mapnik/map.hpp>
#include <mapnik/memory_datasource.hpp>
#include <mapnik/rule.hpp>
#include <mapnik/symbolizer.hpp>
#include <mapnik/text/formatting/text.hpp>
#include <mapnik/text/placements/dummy.hpp>
#include <mapnik/unicode.hpp>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

namespace isopleth::draw {
namespace {

constexpr const char* kFontFile = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";
constexpr const char* kFace = "Noto Sans CJK SC Regular";
constexpr double kPointsPerMm = 72 / 25.4;
// A body is laid out at this many pixels a point and drawn text by text.
constexpr double kPixelsPerPoint = 8;
constexpr double kPixelsPerMm = kPixelsPerPoint * kPointsPerMm;
constexpr double kSecondSizePt = 7;
constexpr double kHatchMm = 1.1;
const style::Colour kHatchGrey{0xa8, 0xa8, 0xa8};
const style::Colour kWhite{255, 255, 255};

using Features = std::vector<mapnik::feature_ptr>;

mapnik::color colour_of_ours(style::Colour c) {
    return mapnik::color(c.red, c.green, c.blue, c.alpha);
}

mapnik::geometry::point<double> converted(geo::Point p) {
    return {p.x, p.y};
}

template <class Line>
Line converted_path(const geo::Path& path) {
    Line line;
    for (const geo::Point p : path) line.emplace_back(p.x, p.y);
    return line;
}

mapnik::geometry::polygon<double> converted(const geo::Polygon& polygon) {
    mapnik::geometry::polygon<double> result;
    result.exterior_ring = converted_path<mapnik::geometry::linear_ring<double>>(polygon.outer);
    for (const geo::Path& hole : polygon.holes) {
        result.interior_rings.push_back(converted_path<mapnik::geometry::linear_ring<double>>(hole));
    }
    return result;
}

mapnik::geometry::geometry<double> converted(const geo::Geometry& geometry) {
    const auto polygons = geo::polygons_of(geometry);
    if (!polygons.empty()) {
        mapnik::geometry::multi_polygon<double> result;
        for (const geo::Polygon& polygon : polygons) result.push_back(converted(polygon));
        return result;
    }
    mapnik::geometry::multi_line_string<double> result;
    for (const geo::LineString& line : geo::lines_of(geometry)) {
        result.push_back(converted_path<mapnik::geometry::line_string<double>>(line.path));
    }
    return result;
}

mapnik::feature_ptr feature_of(mapnik::geometry::geometry<double> geometry, std::size_t id,
                               const std::string& text = {}) {
    auto context = std::make_shared<mapnik::context_type>();
    context->push("t");
    auto feature = mapnik::feature_factory::create(context, static_cast<mapnik::value_integer>(id + 1));
    if (!text.empty()) feature->put("t", mapnik::transcoder("utf-8").transcode(text.c_str()));
    feature->set_geometry(std::move(geometry));
    return feature;
}

/// One map on the page's frame, drawn layer upon layer.
class Body {
public:
    explicit Body(const PageLayout& layout)
        : m_map(static_cast<int>(std::lround(layout.map.width * kPixelsPerMm)),
                static_cast<int>(std::lround(layout.map.height * kPixelsPerMm)), kPlane),
          m_layout(layout) {
        m_map.set_aspect_fix_mode(mapnik::Map::RESPECT);
        m_map.set_buffer_size(static_cast<int>(20 * kPixelsPerMm));
    }

    void add(const Features& features, mapnik::symbolizer symbolizer) {
        if (features.empty()) return;
        mapnik::parameters parameters;
        parameters["type"] = "memory";
        auto source = std::make_shared<mapnik::memory_datasource>(parameters);
        for (const auto& feature : features) source->push(feature);
        const std::string name = std::to_string(m_map.layer_count());
        mapnik::rule rule;
        rule.append(std::move(symbolizer));
        mapnik::feature_type_style style;
        style.add_rule(std::move(rule));
        m_map.insert_style(name, std::move(style));
        mapnik::layer layer(name, kPlane);
        layer.set_datasource(source);
        layer.add_style(name);
        m_map.add_layer(std::move(layer));
    }

    /// `context` has the page's points as its unit.
    void draw(cairo_t* context, std::shared_ptr<mapnik::label_collision_detector4> taken) {
        const geo::Box& box = m_layout.map_box;
        m_map.zoom_to_box({box.min_x, box.min_y, box.max_x, box.max_y});
        cairo_save(context);
        cairo_translate(context, m_layout.map.x * kPointsPerMm, m_layout.map.y * kPointsPerMm);
        cairo_scale(context, 1 / kPixelsPerPoint, 1 / kPixelsPerPoint);
        {
            // The pointer takes one reference of its own; Mapnik's closer gives it back.
            const mapnik::cairo_ptr shared(cairo_reference(context), mapnik::cairo_closer());
            mapnik::cairo_renderer<mapnik::cairo_ptr> renderer(m_map, shared, taken, 1.0);
            renderer.apply();
        }
        cairo_restore(context);
    }

private:
    // Coordinates are plane metres already: any projected system will do when map and layers name the same.
    static constexpr const char* kPlane = "epsg:3857";
    mapnik::Map m_map;
    const PageLayout& m_layout;
};

mapnik::symbolizer fill(style::Colour colour) {
    mapnik::polygon_symbolizer symbolizer;
    mapnik::put(symbolizer, mapnik::keys::fill, colour_of_ours({colour.red, colour.green, colour.blue, 255}));
    mapnik::put(symbolizer, mapnik::keys::fill_opacity, colour.alpha / 255.0);
    return symbolizer;
}

mapnik::symbolizer stroke(style::Colour colour, double width_mm, const std::vector<double>& dashes_mm = {}) {
    mapnik::line_symbolizer symbolizer;
    mapnik::put(symbolizer, mapnik::keys::stroke,
                colour_of_ours({colour.red, colour.green, colour.blue, 255}));
    mapnik::put(symbolizer, mapnik::keys::stroke_opacity, colour.alpha / 255.0);
    mapnik::put(symbolizer, mapnik::keys::stroke_width, width_mm * kPixelsPerMm);
    mapnik::put(symbolizer, mapnik::keys::stroke_linejoin, mapnik::line_join_enum(mapnik::ROUND_JOIN));
    if (dashes_mm.empty()) {
        mapnik::put(symbolizer, mapnik::keys::stroke_linecap, mapnik::line_cap_enum(mapnik::ROUND_CAP));
    } else {
        mapnik::dash_array dashes;
        for (std::size_t i = 0; i < dashes_mm.size(); ++i) {
            const double gap = dashes_mm[i + 1 < dashes_mm.size() ? i + 1 : i];
            if (i % 2 == 0) dashes.emplace_back(dashes_mm[i] * kPixelsPerMm, gap * kPixelsPerMm);
        }
        mapnik::put(symbolizer, mapnik::keys::stroke_dasharray, dashes);
    }
    return symbolizer;
}

mapnik::symbolizer text(const style::LabelStyle& label, double size_pt, bool along_line) {
    auto placements = std::make_shared<mapnik::text_placements_dummy>();
    auto& format = placements->defaults.format_defaults;
    format.face_name = kFace;
    format.text_size = size_pt * kPixelsPerPoint;
    format.character_spacing = label.letter_spacing_pt * kPixelsPerPoint;
    format.fill = colour_of_ours(label.colour);
    format.halo_fill = mapnik::color(255, 255, 255, 220);
    format.halo_radius = label.halo_mm * kPixelsPerMm;
    auto& wishes = placements->defaults.expressions;
    wishes.allow_overlap = !along_line;
    if (along_line) {
        wishes.label_placement = mapnik::enumeration_wrapper(mapnik::LINE_PLACEMENT);
        wishes.label_position_tolerance = 60 * kPixelsPerMm;
        wishes.max_char_angle_delta = 35.0;
        placements->defaults.layout_defaults.dy = -(0.62 * size_pt) * kPixelsPerPoint;
    }
    placements->defaults.set_format_tree(
        std::make_shared<mapnik::formatting::text_node>(mapnik::parse_expression("[t]")));
    mapnik::text_symbolizer symbolizer;
    mapnik::put<mapnik::text_placements_ptr>(symbolizer, mapnik::keys::text_placements_, placements);
    return symbolizer;
}

/// Features by class number; the last group is what is missing.
struct Groups {
    std::vector<Features> classes;
    Features missing;
    Features all;
};

std::size_t class_count(const style::LayerStyle& style) {
    if (style.kind == style::StyleKind::kGraduated) return style.breaks.class_count();
    return style.kind == style::StyleKind::kCategorised ? style.categories.size() : 1;
}

style::Colour class_colour(const style::LayerStyle& style, std::size_t number) {
    if (style.kind == style::StyleKind::kGraduated) return style.colours.at(number);
    return style.kind == style::StyleKind::kCategorised ? style.categories.at(number).colour : style.fill;
}

template <class Convert>
Groups grouped(const BodyLayer& layer, Convert convert) {
    Groups groups;
    groups.classes.resize(class_count(layer.style));
    const auto classes = classes_of(layer);
    for (std::size_t row = 0; row < classes.size(); ++row) {
        const geo::Geometry& geometry = layer.features->geometry[row];
        if (geo::is_missing(geometry)) continue;
        auto feature = feature_of(convert(geometry), row);
        groups.all.push_back(feature);
        (classes[row] ? groups.classes[*classes[row]] : groups.missing).push_back(feature);
    }
    return groups;
}

void add_polygons(Body& body, const BodyLayer& layer, double metres_per_mm) {
    const style::LayerStyle& style = layer.style;
    const Groups groups = grouped(layer, [](const geo::Geometry& g) { return converted(g); });
    for (std::size_t i = 0; i < groups.classes.size(); ++i) {
        const style::Colour colour = class_colour(style, i);
        if (colour.alpha > 0) body.add(groups.classes[i], fill(colour));
    }
    if (!groups.missing.empty()) {
        body.add(groups.missing, fill(kWhite));
        const auto classes = classes_of(layer);
        Features hatch;
        for (std::size_t row = 0; row < classes.size(); ++row) {
            if (classes[row] || geo::is_missing(layer.features->geometry[row])) continue;
            hatch.push_back(feature_of(
                converted(hatch_of(layer.features->geometry[row], kHatchMm * metres_per_mm * 1.41)), row));
        }
        body.add(hatch, stroke(kHatchGrey, 0.2));
    }
    if (style.outline_mm > 0) body.add(groups.all, stroke(style.outline, style.outline_mm, style.dashes_mm));
}

void add_lines(Body& body, const BodyLayer& layer) {
    const style::LayerStyle& style = layer.style;
    const Groups groups = grouped(layer, [](const geo::Geometry& g) { return converted(g); });
    if (style.casing_mm > 0) body.add(groups.all, stroke(style.outline, style.line_mm + 2 * style.casing_mm));
    for (std::size_t i = 0; i < groups.classes.size(); ++i) {
        body.add(groups.classes[i], stroke(class_colour(style, i), style.line_mm, style.dashes_mm));
    }
    body.add(groups.missing, stroke(kHatchGrey, style.line_mm, {1.2, 0.8}));
}

void add_points(Body& body, const BodyLayer& layer, double metres_per_mm) {
    const style::LayerStyle& style = layer.style;
    const double radius = style.marker_mm / 2 * metres_per_mm;
    const auto marker = [&](const geo::Geometry& geometry) {
        geo::MultiPolygon rings;
        geo::for_each_point(geometry, [&](const geo::Point& p) {
            rings.polygons.push_back({marker_ring(p, style.marker, radius), {}});
        });
        return converted(geo::Geometry(rings));
    };
    const Groups groups = grouped(layer, marker);
    // The outline goes under the fill at twice its width, so that touching markers keep their size.
    if (style.outline_mm > 0) body.add(groups.all, stroke(style.outline, 2 * style.outline_mm));
    for (std::size_t i = 0; i < groups.classes.size(); ++i)
        body.add(groups.classes[i], fill(class_colour(style, i)));
    body.add(groups.missing, fill(kWhite));
    body.add(groups.missing, stroke(kHatchGrey, 0.25));
}

// Cairo and Mapnik share a FreeType face, and each trusts the size that it set last: two texts by one
// renderer come out in the wrong size. So each text has a renderer of its own; the detector tells them of one
// another.
using Taken = std::shared_ptr<mapnik::label_collision_detector4>;
Taken no_labels() {
    constexpr double kWide = 1e6;
    return std::make_shared<mapnik::label_collision_detector4>(
        mapnik::box2d<double>(-kWide, -kWide, kWide, kWide));
}

struct LabelCanvas {
    cairo_t* context;
    const PageLayout& layout;
    Taken taken;
    void draw(const mapnik::feature_ptr& feature, mapnik::symbolizer symbolizer) const {
        Body body(layout);
        body.add({feature}, std::move(symbolizer));
        body.draw(context, taken);
    }
};

void draw_line_names(const LabelCanvas& canvas, const BodyLayer& layer) {
    for (const auto& [name, line] : longest_by_name(layer)) {
        if (line.path.size() < 2) continue;
        canvas.draw(feature_of(converted_path<mapnik::geometry::line_string<double>>(line.path), 0, name),
                    text(layer.style.label, layer.style.label.size_pt, true));
    }
}

void draw_placed(const LabelCanvas& canvas, const PlacedLabel& label) {
    const double up = canvas.layout.metres_per_mm / kPointsPerMm;
    const bool two = !label.second_line.empty();
    const geo::Point first{label.centre.x, label.centre.y + (two ? 0.6 * kSecondSizePt * up : 0)};
    if (label.leader) {
        canvas.draw(feature_of(converted_path<mapnik::geometry::line_string<double>>(label.leader->path), 0),
                    stroke({0x55, 0x55, 0x55}, 0.2));
    }
    canvas.draw(feature_of(converted(first), 0, label.text), text(label.style, label.style.size_pt, false));
    if (!two) return;
    const geo::Point second{label.centre.x, label.centre.y - 0.6 * label.style.size_pt * up};
    canvas.draw(feature_of(converted(second), 0, label.second_line), text(label.style, kSecondSizePt, false));
}

/// Mapnik's exceptions as ours: they are no fault of the data.
template <class Work>
void guarded(Work work) {
    try {
        work();
    } catch (const base::Error&) {
        throw;
    } catch (const std::exception& error) {
        base::bug(fmt::format("Mapnik could not draw the map: {}", error.what()));
    }
}

}  // namespace

void draw_vectors(cairo_t* context, const Scene& scene, const PageLayout& layout, std::size_t first,
                  std::size_t last) {
    guarded([&] {
        Body body(layout);
        for (std::size_t i = first; i < last; ++i) {
            const BodyLayer& layer = scene.layers.at(i);
            if (!layer.features) base::bug("a raster among the vector layers");
            switch (geometry_of(layer)) {
                case style::SymbolGeometry::kPoint:
                    add_points(body, layer, layout.metres_per_mm);
                    break;
                case style::SymbolGeometry::kLine:
                    add_lines(body, layer);
                    break;
                default:
                    add_polygons(body, layer, layout.metres_per_mm);
                    break;
            }
        }
        body.draw(context, no_labels());
    });
}

void draw_labels(cairo_t* context, const Scene& scene, const PageLayout& layout,
                 const std::vector<PlacedLabel>& labels) {
    guarded([&] {
        if (!mapnik::freetype_engine::register_font(kFontFile)) {
            base::fail_data(fmt::format("the font {} is not there", kFontFile),
                            "Install it: apt-get install fonts-noto-cjk.");
        }
        const LabelCanvas canvas{context, layout, no_labels()};
        for (const PlacedLabel& label : labels) draw_placed(canvas, label);
        for (const BodyLayer& layer : scene.layers) {
            const bool lines = layer.features && geometry_of(layer) == style::SymbolGeometry::kLine;
            if (lines && !layer.style.label.field.empty()) draw_line_names(canvas, layer);
        }
    });
}

}  // namespace isopleth::draw
