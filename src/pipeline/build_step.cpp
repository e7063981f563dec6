// SPDX-License-Identifier: MIT
#include "pipeline/build_step.hpp"

#include <map>

#include "draw/qgis.hpp"
#include "pipeline/map_task.hpp"
#include "pipeline/style_file.hpp"
#include "pipeline/table_text.hpp"

namespace isopleth::pipeline {

namespace {
/// Larger tables are not shown in the summary.
constexpr std::size_t kRowsInSummary = 30;
}  // namespace

std::string id_of(const Step& step) {
    return step.kind + "." + step.name;
}

bool is_source(const Step& step) {
    return step.kind == "layers" || step.kind == "tables";
}

std::vector<std::string> paths_of(const Step& step) {
    const Makes makes = step.task->makes();
    if (makes == Makes::kRaster) return {"rasters/" + step.name + ".tif"};
    if (makes == Makes::kPicture) return {"maps/" + step.name + ".png", "maps/" + step.name + ".pdf"};
    if (is_source(step) || step.restricted) return {};
    if (step.task->plot_file()) return {"plots/" + step.name + ".png", "plots/" + step.name + ".pdf"};
    return {"geojson/" + step.name + ".geojson"};
}

std::vector<std::string> styles_of(const Step& step) {
    const auto* map = dynamic_cast<const MapTask*>(step.task.get());
    return map == nullptr ? std::vector<std::string>() : map->styles;
}

void note_table(Outcome& outcome, const model::Layer& layer) {
    if (!outcome.summary.members().empty()) return;
    outcome.summary.set(layer.has_geometry ? "features" : "rows", layer.row_count());
    if (layer.has_geometry || layer.row_count() > kRowsInSummary) return;
    outcome.summary.set("table", to_json_rows(layer)["rows"]);
}

std::string within_project(const Project& project, const std::string& file) {
    const std::string folder = project.folder + "/";
    return project.folder.empty() || !file.starts_with(folder) ? file : file.substr(folder.size());
}

namespace {
style::SymbolGeometry symbol_geometry(const model::Layer& layer) {
    const std::string type = layer.geometry_type();
    if (type.find("Point") != std::string::npos) return style::SymbolGeometry::kPoint;
    if (type.find("Line") != std::string::npos) return style::SymbolGeometry::kLine;
    return style::SymbolGeometry::kPolygon;
}
}  // namespace

std::vector<io::EmbeddedStyle> embedded_styles(const Project& project, Datasets& datasets) {
    struct Found {
        std::size_t depth = 0;
        io::EmbeddedStyle style;
    };
    std::map<std::string, Found> styles;
    for (const Step& step : project.steps) {
        const auto* map = dynamic_cast<const MapTask*>(step.task.get());
        if (map == nullptr) continue;
        for (std::size_t i = 0; i < map->layers.size(); ++i) {
            const style::LayerStyle style = read_style(map->styles[i], map->words());
            if (style.kind == style::StyleKind::kRaster) continue;
            const auto known = styles.find(map->layers[i]);
            if (known != styles.end() && known->second.depth < i) continue;
            const auto layer = datasets.layer(map->layers[i]);
            styles[map->layers[i]] = {
                i, {map->layers[i], step.name, draw::qml(style, symbol_geometry(*layer)), {}}};
        }
    }
    std::vector<io::EmbeddedStyle> list;
    for (auto& [name, found] : styles) list.push_back(std::move(found.style));
    return list;
}

double expected_seconds(const Step& step, const StepRecord* record) {
    if (record != nullptr && record->seconds > 0) return record->seconds;
    if (step.task->makes() == Makes::kPicture || step.task->plot_file()) return 1.5;
    return step.task->makes() == Makes::kRaster ? 2 : 0.2;
}

double expected_bytes(const Step& step, const StepRecord* record) {
    constexpr double kUsualFile = 5e5;
    double bytes = 0;
    for (const std::string& path : paths_of(step)) {
        double of_file = kUsualFile;
        if (record != nullptr) {
            const auto output = record->outputs.find(path);
            const bool is_known = output != record->outputs.end() && output->second.size >= 0;
            if (is_known) of_file = static_cast<double>(output->second.size);
        }
        bytes += of_file;
    }
    return bytes;
}

}  // namespace isopleth::pipeline
