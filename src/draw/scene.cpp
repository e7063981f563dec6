// SPDX-License-Identifier: MIT
#include "draw/scene.hpp"

#include "base/error.hpp"
#include "base/units.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace isopleth::draw {
namespace {

constexpr double kAir = 0.06;

std::string describe(const style::LegendEntry& entry) {
    std::string line = fmt::format("  {} {}", style::to_hex(entry.colour), entry.label);
    if (entry.symbol == style::LegendSymbol::kMarker)
        line += fmt::format(" ({})", style::name_of(entry.marker));
    if (entry.symbol == style::LegendSymbol::kMissing || entry.symbol == style::LegendSymbol::kUnsupported)
        line += " (hatched)";
    if (entry.count) line += fmt::format(": {}", *entry.count);
    return line + "\n";
}

std::string class_text(const style::LayerStyle& style, std::optional<std::size_t> number) {
    if (!number) return style.missing_label;
    if (style.kind == style::StyleKind::kGraduated) return style.breaks.label(*number);
    if (style.kind == style::StyleKind::kCategorised) return style.categories.at(*number).label;
    return "";
}

/// Features one by one where they are labelled or classed and few, else their number alone.
std::string features_text(const BodyLayer& layer) {
    constexpr std::size_t kListed = 200;
    const model::Layer& features = *layer.features;
    std::string text;
    const auto& label = layer.style.label;
    if ((layer.style.kind == style::StyleKind::kSingle && label.field.empty()) ||
        features.row_count() > kListed) {
        return text;
    }
    const auto classes = classes_of(layer);
    std::vector<std::vector<std::string>> texts;
    for (const std::string& field : {label.rank_field, label.field, label.second_field, layer.style.field}) {
        texts.push_back(map_texts(features, field));
    }
    for (std::size_t row = 0; row < features.row_count(); ++row) {
        std::string line = "  ";
        for (const std::vector<std::string>& column : texts) {
            if (!column[row].empty()) line += column[row] + " | ";
        }
        text += line + class_text(layer.style, classes[row]) + "\n";
    }
    return text;
}

void check_crs(const geo::Crs& crs, const std::string& name, std::optional<geo::Crs>& common) {
    if (!crs.is_metric()) {
        base::fail_data(fmt::format("{} is in {}, which is not in metres; a map is drawn in one metric CRS",
                                    name, crs.code()));
    }
    if (common && !(*common == crs)) {
        base::fail_data(
            fmt::format("{} is in {}, the layers behind it in {}", name, crs.code(), common->code()),
            "Transform the layers to one CRS.");
    }
    common = crs;
}

void check_layer(const BodyLayer& layer, std::optional<geo::Crs>& common) {
    style::check(layer.style);
    if (!layer.features == !layer.raster) base::bug("a map layer must be features or a raster");
    if (layer.raster) {
        if (layer.band >= layer.raster->bands.size()) base::bug("a map layer of a band that is not there");
        check_crs(layer.raster->crs, "raster " + layer.raster->bands[layer.band].name, common);
        return;
    }
    const model::Layer& features = *layer.features;
    if (!features.has_geometry) base::fail_data(fmt::format("{} has no geometry to draw", features.name));
    if (!features.crs) {
        base::fail_input(fmt::format("{} has no CRS", features.name),
                         "State it with --crs, for example --crs EPSG:4326.",
                         {features.source.file, features.source.layer, {}, "", ""});
    }
    check_crs(*features.crs, features.name, common);
    const auto& label = layer.style.label;
    for (const std::string& field : {layer.style.field, label.field, label.second_field, label.rank_field}) {
        if (!field.empty()) static_cast<void>(features.column(field));
    }
}

}  // namespace

std::vector<std::string> map_texts(const model::Layer& layer, const std::string& field) {
    std::vector<std::string> texts(layer.row_count());
    if (field.empty()) return texts;
    const model::Column& column = layer.column(field);
    const bool is_computed = column.type() == model::ColumnType::kReal && !column.has_source_text();
    std::vector<double> numbers;
    for (std::size_t row = 0; is_computed && row < texts.size(); ++row) {
        if (const auto number = column.number(row)) numbers.push_back(*number);
    }
    const int decimals = std::min(style::decimals_needed(numbers), 2);
    for (std::size_t row = 0; row < texts.size(); ++row) {
        if (!column.is_present(row)) continue;
        texts[row] = is_computed ? style::map_number(*column.number(row), decimals) : column.display(row);
    }
    return texts;
}

std::vector<std::optional<std::size_t>> classes_of(const BodyLayer& layer) {
    const model::Layer& features = *layer.features;
    const style::LayerStyle& style = layer.style;
    std::vector<std::optional<std::size_t>> classes(features.row_count());
    if (style.kind == style::StyleKind::kGraduated) {
        const model::Column numbers = model::number_column(features, style.field);
        for (std::size_t row = 0; row < classes.size(); ++row) {
            const auto number = numbers.number(row);
            if (number) classes[row] = style.breaks.classify(*number);
        }
    } else if (style.kind == style::StyleKind::kCategorised) {
        const model::Column& column = features.column(style.field);
        for (std::size_t row = 0; row < classes.size(); ++row) {
            if (!column.is_present(row)) continue;
            const std::string value = column.display(row);
            for (std::size_t i = 0; i < style.categories.size() && !classes[row]; ++i) {
                if (style.categories[i].value == value) classes[row] = i;
            }
        }
    } else {
        std::fill(classes.begin(), classes.end(), std::optional<std::size_t>(0));
    }
    return classes;
}

style::SymbolGeometry geometry_of(const BodyLayer& layer) {
    if (layer.raster) return style::SymbolGeometry::kRaster;
    for (const geo::Geometry& geometry : layer.features->geometry) {
        if (geo::dimension(geometry) == 0) return style::SymbolGeometry::kPoint;
        if (geo::dimension(geometry) == 1) return style::SymbolGeometry::kLine;
        if (geo::dimension(geometry) == 2) return style::SymbolGeometry::kPolygon;
    }
    return style::SymbolGeometry::kPolygon;
}

std::optional<std::size_t> support_band_of(const BodyLayer& layer) {
    if (!layer.raster || layer.band != 0) return std::nullopt;
    for (std::size_t band = 1; band < layer.raster->bands.size(); ++band) {
        if (layer.raster->bands[band].name == "supported") return band;
    }
    return std::nullopt;
}

namespace {
std::size_t count_unsupported(const BodyLayer& layer) {
    const auto band = support_band_of(layer);
    if (!band) return 0;
    std::size_t count = 0;
    for (std::size_t cell = 0; cell < layer.raster->grid.count(); ++cell) {
        const model::Band& supported = layer.raster->bands[*band];
        if (supported.valid[cell] != 0 && supported.values[cell] == 0) ++count;
    }
    return count;
}
}  // namespace

style::LegendBlock legend_of(const BodyLayer& layer) {
    style::ClassCounts counts;
    counts.has_unsupported = count_unsupported(layer) > 0;
    if (layer.features && layer.style.kind != style::StyleKind::kSingle) {
        const auto classes = classes_of(layer);
        counts.counts.assign(std::max(layer.style.categories.size(), layer.style.breaks.class_count()), 0);
        for (const auto& each : classes) {
            if (each) {
                ++counts.counts[*each];
            } else {
                ++counts.missing;
            }
        }
    }
    return style::make_legend(layer.style, geometry_of(layer), counts);
}

std::vector<style::LegendBlock> legends_of(const std::vector<BodyLayer>& layers) {
    std::vector<style::LegendBlock> blocks;
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
        if (!layer->style.in_legend) continue;
        style::LegendBlock block = legend_of(*layer);
        // Single symbols share one block, so that they stand as a plain list.
        const bool plain = block.title.empty() && block.unit.empty();
        if (plain && !blocks.empty() && blocks.back().title.empty()) {
            for (auto& entry : block.entries) blocks.back().entries.push_back(std::move(entry));
        } else if (!block.entries.empty()) {
            blocks.push_back(std::move(block));
        }
    }
    return blocks;
}

geo::Box map_extent(const Scene& scene) {
    if (scene.extent) return *scene.extent;
    geo::Box box;
    for (const BodyLayer& layer : scene.layers) {
        if (layer.features) box.extend(layer.features->bounds());
        if (layer.raster) box.extend(layer.raster->grid.box());
    }
    if (box.empty()) base::fail_data("the map has nothing to show: no layer has a geometry");
    const double air = std::max({box.width(), box.height(), 1.0}) * kAir;
    return {box.min_x - air, box.min_y - air, box.max_x + air, box.max_y + air};
}

void check(const Scene& scene) {
    std::optional<geo::Crs> common;
    for (const BodyLayer& layer : scene.layers) check_layer(layer, common);
    if (scene.table) {
        for (const auto& row : scene.table->rows) {
            if (row.size() != scene.table->columns.size()) base::bug("a side table's row of another length");
        }
    }
    static_cast<void>(map_extent(scene));
}

std::string to_text(const Scene& scene) {
    std::string text = fmt::format("title: {}\nsubtitle: {}\npage: {} x {} mm\n", scene.title, scene.subtitle,
                                   base::shortest(scene.page.width_mm), base::shortest(scene.page.height_mm));
    for (const BodyLayer& layer : scene.layers) {
        if (layer.features) {
            text += fmt::format("layer {}: {} features\n", layer.features->name, layer.features->row_count());
            text += features_text(layer);
        } else {
            const model::Band& band = layer.raster->bands.at(layer.band);
            text += fmt::format("raster {}: {} x {} cells, {} valid\n", band.name, layer.raster->grid.columns,
                                layer.raster->grid.rows, layer.raster->count_valid(layer.band));
            if (support_band_of(layer))
                text += fmt::format("  {} cells hatched: not supported\n", count_unsupported(layer));
        }
    }
    for (const style::LegendBlock& block : scene.legend) {
        text += fmt::format("legend: {}{}{}\n", block.title, block.unit.empty() ? "" : ", ", block.unit);
        for (const style::LegendEntry& entry : block.entries) text += describe(entry);
    }
    if (scene.table) {
        text += "table: " + scene.table->title + "\n";
        for (const auto& row : scene.table->rows) {
            for (std::size_t i = 0; i < row.size(); ++i) text += (i == 0 ? "  " : " | ") + row[i];
            text += "\n";
        }
    }
    for (const std::string& note : scene.notes) text += "note: " + note + "\n";
    const Footer& f = scene.footer;
    return text + fmt::format("footer: {} | {} | {} | {} | {}\n", f.source, f.date, f.crs, f.note, f.hash);
}

}  // namespace isopleth::draw
