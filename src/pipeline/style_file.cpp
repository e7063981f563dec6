// SPDX-License-Identifier: MIT
#include "pipeline/style_file.hpp"

#include <fmt/format.h>

#include <limits>

#include "base/parameters.hpp"
#include "base/text.hpp"
#include "io/part_file.hpp"
#include "pipeline/project_toml.hpp"
#include "style/ramps.hpp"
#include "style/standard_colours.hpp"

namespace isopleth::pipeline {

namespace {
/// The keys of a style file, as text, before they become a style.
struct StyleKeys {
    std::string kind = "single", title, unit, field, ramp, standard, legend_label, missing_label,
                unsupported_label;
    int band = 1;
    std::string fill = "#dddddd", outline = "#ffffff", marker = "circle", label_colour = "#222222";
    std::vector<std::string> breaks, categories, dashes;
    double outline_mm = 0.4, line_mm = 0.5, casing_mm = 0, marker_mm = 2.4, opacity = 1;
    double label_size = 8, label_halo = 0.5, label_spacing = 0;
    bool reversed = false, no_fill = false, hide_in_legend = false, label_optional = false;
    std::string label, label_second, label_rank;

    void declare(base::ParameterList& list) {
        list.add("kind", kind, "what the symbol depends on")
            .one_of({"single", "graduated", "categorised", "raster"});
        list.add("title", title, "of the legend block");
        list.add("unit", unit, "beside the title");
        list.add("field", field, "field that the symbol depends on");
        list.add("ramp", ramp, "colours of the classes");
        list.add("reversed", reversed, "dark to light");
        list.add("breaks", breaks, "class borders");
        list.add("standard", standard, "colours of a standard").one_of({"water", "hotspot"});
        list.add("categories", categories, "value=label=colour");
        list.add("missing-label", missing_label, "legend text of missing values");
        list.add("band", band, "of a raster, from 1");
        list.add("unsupported-label", unsupported_label,
                 "legend text of what a raster says is not supported");
        list.add("fill", fill, "colour");
        list.add("no-fill", no_fill, "borders only");
        list.add("outline", outline, "colour of borders");
        list.add("outline-mm", outline_mm, "width of borders");
        list.add("line-mm", line_mm, "width of lines");
        list.add("casing-mm", casing_mm, "width of a line's casing");
        list.add("dashes-mm", dashes, "dash and gap lengths");
        list.add("marker", marker, "shape of points").one_of({"circle", "square", "triangle", "diamond"});
        list.add("marker-mm", marker_mm, "size of points");
        list.add("opacity", opacity, "of rasters");
        list.add("hide-in-legend", hide_in_legend, "no legend block");
        list.add("legend-label", legend_label, "text of a single symbol");
        list.add("label", label, "field of the label");
        list.add("label-second", label_second, "field of the second line");
        list.add("label-rank", label_rank, "field of the rank before the label");
        list.add("label-size", label_size, "in points");
        list.add("label-colour", label_colour, "colour");
        list.add("label-halo", label_halo, "in millimetres");
        list.add("label-spacing", label_spacing, "between letters, in points");
        list.add("label-optional", label_optional, "leave labels out where there is no room");
    }
};

std::vector<double> numbers_of(const std::vector<std::string>& texts, const std::string& key) {
    std::vector<double> numbers;
    for (const std::string& text : texts) {
        const auto number = base::parse_number(text);
        if (!number) base::fail_usage(fmt::format("{}: \"{}\" is not a number", key, text));
        numbers.push_back(*number);
    }
    return numbers;
}

std::vector<style::Category> categories_of(const StyleKeys& keys, style::Language language) {
    if (keys.standard == "water") return style::water_class_categories(language);
    if (keys.standard == "hotspot") return style::hot_spot_categories(language);
    std::vector<style::Category> categories;
    for (const std::string& text : keys.categories) {
        const std::vector<std::string> parts = base::split(text, '=');
        if (parts.size() != 3)
            base::fail_usage(fmt::format("categories: \"{}\" is not value=label=colour", text));
        categories.push_back({parts[0], parts[1], style::parse_colour(parts[2])});
    }
    return categories;
}

style::LabelStyle label_of(const StyleKeys& keys) {
    style::LabelStyle label;
    label.field = keys.label;
    label.second_field = keys.label_second;
    label.rank_field = keys.label_rank;
    label.size_pt = keys.label_size;
    label.colour = style::parse_colour(keys.label_colour);
    label.halo_mm = keys.label_halo;
    label.letter_spacing_pt = keys.label_spacing;
    label.required = !keys.label_optional;
    return label;
}

style::LayerStyle style_of(const StyleKeys& keys, style::Language language) {
    style::LayerStyle style;
    if (keys.kind == "graduated") {
        style = style::graduated(keys.field, style::Breaks::given(numbers_of(keys.breaks, "breaks")),
                                 keys.ramp, keys.reversed);
    } else if (keys.kind == "raster") {
        style = style::raster_style(style::Breaks::given(numbers_of(keys.breaks, "breaks")), keys.ramp,
                                    keys.reversed);
    } else if (keys.kind == "categorised") {
        style = style::categorised(keys.field, categories_of(keys, language));
    }
    style.title = keys.title;
    style.unit = keys.unit;
    style.fill = style::parse_colour(keys.fill);
    if (keys.no_fill) style.fill.alpha = 0;
    style.outline = style::parse_colour(keys.outline);
    style.outline_mm = keys.outline_mm;
    style.line_mm = keys.line_mm;
    style.casing_mm = keys.casing_mm;
    style.dashes_mm = numbers_of(keys.dashes, "dashes_mm");
    style.marker = style::parse_marker(keys.marker);
    style.marker_mm = keys.marker_mm;
    style.opacity = keys.opacity;
    style.in_legend = !keys.hide_in_legend;
    style.legend_label = keys.legend_label;
    style.missing_label =
        keys.missing_label.empty() ? style::in_language(language, "无数据", "no data") : keys.missing_label;
    style.unsupported_label =
        keys.unsupported_label.empty()
            ? style::in_language(language, "远离测点, 估计不可靠", "far from the stations: not reliable")
            : keys.unsupported_label;
    if (keys.band < 1) base::fail_usage(fmt::format("band counts from 1, not {}", keys.band));
    style.band = static_cast<std::size_t>(keys.band);
    style.label = label_of(keys);
    style::check(style);
    return style;
}
}  // namespace

style::LayerStyle read_style(const std::string& path, style::Language language) {
    StyleKeys keys;
    base::ParameterList list;
    keys.declare(list);
    for (const TomlSection& section : parse_toml(io::read_bytes(path), path)) {
        if (!section.kind.empty()) {
            base::fail_input(fmt::format("a style file has no sections such as [{}]", section.kind), {},
                             {.file = path, .line = section.line});
        }
        set_keys(list, section, path);
    }
    style::LayerStyle made;
    as_fault_of_file(path, 1, [&] { made = style_of(keys, language); });
    return made;
}

}  // namespace isopleth::pipeline
