// SPDX-License-Identifier: MIT
#include "pipeline/map_task.hpp"

#include <fmt/format.h>

#include "draw/cairo_page.hpp"
#include "draw/scene.hpp"
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
    list.add("notes", notes, "lines below the legend").called("TEXT");
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
draw::SideTable side_table(const model::Layer& layer, const MapTask& task) {
    draw::SideTable table;
    for (std::size_t i = 0; i < task.table_columns.size(); ++i) {
        const model::Column& column = layer.column(task.table_columns[i]);
        table.columns.push_back(
            {task.table_titles.empty() ? column.name() : task.table_titles[i], column.is_number()});
    }
    for (std::size_t row = 0; row < layer.row_count(); ++row) {
        std::vector<std::string> cells;
        for (const std::string& name : task.table_columns) cells.push_back(layer.column(name).display(row));
        table.rows.push_back(std::move(cells));
    }
    return table;
}

/// The map's CRS: the one asked for, else that of the first layer in metres.
geo::Crs map_crs(const MapTask& task, Datasets& datasets, const model::Layer* first) {
    if (!task.crs.empty()) return geo::Crs::parse(task.crs);
    if (datasets.project_crs()) return *datasets.project_crs();
    if (first == nullptr) base::fail_usage("a map of rasters alone needs --map-crs");
    return *in_metres(std::make_shared<const model::Layer>(*first), std::nullopt).layer->crs;
}
}  // namespace

style::Language MapTask::words() const {
    return style::parse_language(language.empty() ? "zh" : language);
}

Outcome MapTask::run(Datasets& datasets, const base::Job&) {
    auto scene = std::make_shared<draw::Scene>();
    std::optional<geo::Crs> plane;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        draw::BodyLayer body;
        body.style = read_style(styles[i], words());
        if (body.style.kind == style::StyleKind::kRaster) {
            body.raster = datasets.raster(layers[i]);
            if (!plane) plane = body.raster->crs;
        } else {
            const auto layer = datasets.layer(layers[i]);
            if (!plane) plane = map_crs(*this, datasets, layer.get());
            if (!layer->crs) in_metres(layer, std::nullopt);  // throws with the remedy
            body.features = in_crs(layer, *plane);
        }
        scene->layers.push_back(std::move(body));
    }
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
    outcome.product =
        PictureRecipe{[scene, resolution = dpi](const std::string& extension, base::Instant made) {
            draw::Scene dated = *scene;
            dated.footer.date = base::to_iso_date(made);
            return draw::render(dated, draw::parse_format(extension.substr(1)), resolution, made);
        }};
    return outcome;
}

}  // namespace isopleth::pipeline
