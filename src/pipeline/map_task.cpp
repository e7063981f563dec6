// SPDX-License-Identifier: MIT
#include "pipeline/map_task.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "draw/cairo_page.hpp"
#include "draw/scene.hpp"
#include "io/part_file.hpp"
#include "pipeline/crs_choice.hpp"
#include "pipeline/style_file.hpp"

namespace isopleth::pipeline {

void MapTask::declare(base::ParameterList& list) {
    list.add("layers", layers, "layers from back to front").required().rest(0).dataset().called("LAYER");
    list.add("styles", styles, "a style file for each layer, in the same order")
        .required()
        .called("STYLE.toml");
    list.add("title", title, "one line: subject, place, period").called("TEXT");
    list.add("subtitle", subtitle, "unit, method, standard").called("TEXT");
    list.add("map-crs", crs, "CRS of the map, in metres").called("CRS");
    list.add("page", page, "paper").one_of({"a4-portrait", "a4-landscape"});
    list.add("notes", notes, "lines below the legend").whole().called("TEXT");
    list.add("table", table, "layer or table shown beside the map").dataset().called("TABLE");
    list.add("table-columns", table_columns, "its fields").called("a,b");
    list.add("table-titles", table_titles, "their titles").called("A,B");
    list.add("source", source, "of the data").called("TEXT");
    list.add("note", note, "such as schematic boundaries").called("TEXT");
    list.add("language", language, "of the legend's own words; the project's, or zh").one_of({"zh", "en"});
    list.add("dpi", dpi, "resolution of PNG").called("N");
}

void MapTask::check() const {
    if (styles.size() != layers.size()) {
        base::fail_usage(
            fmt::format("{} layers but {} styles; each layer needs one", layers.size(), styles.size()));
    }
    if (!table_titles.empty() && table_titles.size() != table_columns.size()) {
        base::fail_usage("table_titles and table_columns differ in number");
    }
    if (!(dpi >= 30 && dpi <= 1200)) base::fail_usage("dpi must be from 30 to 1200");
}

namespace {
/// "-7.1%" as print sets it, with U+2212.
std::string with_minus_sign(std::string text) {
    const bool is_negative = text.size() > 1 && text[0] == '-' && text[1] >= '0' && text[1] <= '9';
    return is_negative ? text.replace(0, 1, "−") : text;
}

draw::SideTable side_table(const model::Layer& layer, const MapTask& task) {
    draw::SideTable table;
    for (std::size_t i = 0; i < task.table_columns.size(); ++i) {
        const model::Column& column = layer.column(task.table_columns[i]);
        table.columns.push_back(
            {task.table_titles.empty() ? column.name() : task.table_titles[i], column.is_number()});
    }
    for (std::size_t row = 0; row < layer.row_count(); ++row) {
        std::vector<std::string> cells;
        for (const std::string& name : task.table_columns)
            cells.push_back(with_minus_sign(layer.column(name).display(row)));
        table.rows.push_back(std::move(cells));
    }
    return table;
}

/// A raster is not warped, so the map takes its CRS; else the one asked for, else that of the first layer in
/// metres.
geo::Crs map_crs(const MapTask& task, Datasets& datasets, const std::vector<draw::BodyLayer>& layers) {
    std::optional<geo::Crs> plane;
    if (!task.crs.empty()) plane = geo::Crs::parse(task.crs);
    if (plane && !plane->is_metric()) {
        base::fail_usage(fmt::format("the map's CRS {} is not in metres", plane->code()),
                         "Choose a metric one.");
    }
    for (std::size_t i = 0; i < layers.size(); ++i) {
        if (!layers[i].raster) continue;
        if (plane && !(*plane == layers[i].raster->crs)) {
            base::fail_data(fmt::format("raster {} is in {}, the map in {}; rasters are not warped",
                                        task.layers[i], layers[i].raster->crs.code(), plane->code()),
                            "Make the raster in the map's CRS.");
        }
        plane = layers[i].raster->crs;
    }
    if (plane) return *plane;
    if (datasets.project_crs()) return *datasets.project_crs();
    return *in_metres(layers.front().features, std::nullopt).layer->crs;
}

/// The layers with their styles, from back to front, all in one plane.
std::vector<draw::BodyLayer> body_of(const MapTask& task, Datasets& datasets,
                                     std::optional<geo::Crs>& plane) {
    std::vector<draw::BodyLayer> layers;
    for (std::size_t i = 0; i < task.layers.size(); ++i) {
        draw::BodyLayer body;
        body.style = read_style(task.styles[i], task.words());
        datasets.note_input(
            {std::filesystem::path(task.styles[i]).filename().string(), io::sha256_of_file(task.styles[i])});
        if (body.style.kind == style::StyleKind::kRaster) {
            body.raster = datasets.raster(task.layers[i]);
            body.band = body.style.band - 1;
            if (body.band >= body.raster->bands.size()) {
                base::fail_usage(fmt::format("raster {} has {} bands; {} asks for band {}", task.layers[i],
                                             body.raster->bands.size(), task.styles[i], body.style.band));
            }
        } else {
            body.features = datasets.layer(task.layers[i]);
        }
        layers.push_back(std::move(body));
    }
    plane = map_crs(task, datasets, layers);
    for (draw::BodyLayer& layer : layers) {
        if (layer.features) layer.features = in_crs(layer.features, *plane);
    }
    return layers;
}
}  // namespace

style::Language MapTask::words() const {
    return style::parse_language(language.empty() ? "zh" : language);
}

Outcome MapTask::run(Datasets& datasets, const base::Job&) {
    auto scene = std::make_shared<draw::Scene>();
    std::optional<geo::Crs> plane;
    scene->layers = body_of(*this, datasets, plane);
    scene->page = page == "a4-landscape" ? draw::kA4Landscape : draw::kA4Portrait;
    scene->title = title;
    scene->subtitle = subtitle;
    scene->notes = notes;
    scene->legend = draw::legends_of(scene->layers);
    if (!table.empty()) scene->table = side_table(*datasets.layer(table), *this);
    scene->footer = {source, {}, fmt::format("{} ({})", plane->name(), plane->code()), note, {}};
    draw::check(*scene);
    Outcome outcome;
    outcome.summary.set("title", title).set("layers", layers.size()).set("crs", plane->code());
    outcome.product = PictureRecipe{
        [scene, resolution = dpi](const std::string& extension, const model::Provenance& provenance) {
            draw::Scene dated = *scene;
            dated.footer.date = base::to_iso_date(provenance.time);
            dated.footer.hash = short_hash(provenance);
            return draw::render(dated, draw::parse_format(extension.substr(1)), resolution, provenance.time);
        }};
    return outcome;
}

}  // namespace isopleth::pipeline
