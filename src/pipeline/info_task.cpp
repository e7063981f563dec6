// SPDX-License-Identifier: MIT
#include "pipeline/info_task.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "io/gdal_vector.hpp"

namespace isopleth::pipeline {

void InfoTask::declare(base::ParameterList& list) {
    list.add("input", input, "dataset to look at").required().at(0).called("INPUT");
}

namespace {
base::Json box_of(const std::optional<geo::Box>& box) {
    if (!box) return {};
    return base::Json::array({box->min_x, box->min_y, box->max_x, box->max_y});
}

base::Json layer_json(const io::LayerInfo& layer) {
    base::Json fields = base::Json::array();
    for (const auto& field : layer.fields) {
        base::Json entry = base::Json::object();
        entry.set("name", field.name).set("type", field.type);
        fields.push(std::move(entry));
    }
    base::Json json = base::Json::object();
    json.set("name", layer.name)
        .set("geometry", layer.geometry_type)
        .set("features", static_cast<std::int64_t>(layer.feature_count))
        .set("crs", layer.crs.empty() ? base::Json() : base::Json(layer.crs))
        .set("extent", box_of(layer.extent))
        .set("fields", std::move(fields));
    return json;
}

base::Json band_json(const io::BandInfo& band) {
    const auto number = [](const std::optional<double>& value) {
        return value ? base::Json(*value) : base::Json();
    };
    base::Json json = base::Json::object();
    json.set("name", band.name)
        .set("type", band.type)
        .set("minimum", number(band.minimum))
        .set("maximum", number(band.maximum))
        .set("mean", number(band.mean))
        .set("nodata", number(band.nodata));
    return json;
}

std::string extent_text(const std::optional<geo::Box>& box) {
    if (!box) return "none";
    return fmt::format("{}, {} to {}, {}", base::shortest(box->min_x), base::shortest(box->min_y),
                       base::shortest(box->max_x), base::shortest(box->max_y));
}

std::string text_of(const io::DatasetInfo& info) {
    std::string text = fmt::format("format    {}\n", info.format);
    if (!info.encoding.empty()) text += fmt::format("encoding  {}\n", info.encoding);
    for (const io::LayerInfo& layer : info.layers) {
        text += fmt::format(
            "\nlayer     {}\n  geometry  {}\n  features  {}\n  CRS       {}\n  extent    {}\n  fields\n",
            layer.name, layer.geometry_type, base::with_thousands(layer.feature_count),
            layer.crs.empty() ? "not stated" : layer.crs, extent_text(layer.extent));
        for (const auto& field : layer.fields) text += fmt::format("    {}  {}\n", field.name, field.type);
    }
    if (!info.bands.empty()) {
        text += fmt::format("grid      {} columns x {} rows, cell {} x {}\nCRS       {}\nextent    {}\n",
                            info.columns, info.rows, base::shortest(info.cell_width),
                            base::shortest(info.cell_height), info.crs.empty() ? "not stated" : info.crs,
                            extent_text(info.extent));
        for (const io::BandInfo& band : info.bands)
            text += fmt::format("band      {}  {}\n", band.name, band.type);
    }
    return text;
}
}  // namespace

Outcome InfoTask::run(Datasets&, const base::Job&) {
    Outcome outcome;
    const io::DatasetInfo info =
        io::inspect_dataset(io::parse_dataset_name(input), read_options(settings), outcome.findings);
    outcome.summary.set("format", info.format);
    if (!info.encoding.empty()) outcome.summary.set("encoding", info.encoding);
    if (info.bands.empty()) {
        base::Json layers = base::Json::array();
        for (const io::LayerInfo& layer : info.layers) layers.push(layer_json(layer));
        outcome.summary.set("layers", std::move(layers));
    } else {
        base::Json bands = base::Json::array();
        for (const io::BandInfo& band : info.bands) bands.push(band_json(band));
        outcome.summary.set("columns", info.columns)
            .set("rows", info.rows)
            .set("cell", info.cell_width)
            .set("crs", info.crs)
            .set("extent", box_of(info.extent))
            .set("bands", std::move(bands));
    }
    if (!info.provenance.is_null()) outcome.summary.set("isopleth", info.provenance);
    outcome.text = text_of(info);
    return outcome;
}

}  // namespace isopleth::pipeline
