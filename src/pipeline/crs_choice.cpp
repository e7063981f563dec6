// SPDX-License-Identifier: MIT
#include "pipeline/crs_choice.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace isopleth::pipeline {

void require_crs(const model::Layer& layer) {
    if (layer.crs) return;
    if (!layer.has_geometry) {
        base::fail_input("there is neither a geometry nor a pair of coordinate columns",
                         fmt::format("Name them with --x and --y; the columns are {}.",
                                     base::join(layer.column_names(), ", ")),
                         {.file = layer.source.file, .layer = layer.source.layer});
    }
    const geo::Box box = layer.bounds();
    const bool are_degrees =
        !box.empty() && box.min_x >= -180 && box.max_x <= 180 && box.min_y >= -90 && box.max_y <= 90;
    base::fail_input(
        "the coordinate system is not known, so nothing can be measured, reprojected or drawn",
        are_degrees ? "The coordinates look like longitude and latitude: if they are, give --crs EPSG:4326."
                    : "State it, for example with --crs EPSG:4548.",
        {.file = layer.source.file, .layer = layer.source.layer});
}

std::shared_ptr<const model::Layer> in_crs(std::shared_ptr<const model::Layer> layer, const geo::Crs& crs) {
    require_crs(*layer);
    if (*layer->crs == crs) return layer;
    return std::make_shared<const model::Layer>(model::transformed(*layer, crs));
}

MetricLayer in_metres(std::shared_ptr<const model::Layer> layer, const std::optional<geo::Crs>& project_crs) {
    require_crs(*layer);
    if (layer->crs->is_metric()) return {layer, {}};
    if (project_crs) return {in_crs(layer, *project_crs), {}};
    const geo::Transform to_degrees(*layer->crs, geo::Crs::wgs84());
    geo::Box lon_lat;
    for (const geo::Geometry& geometry : layer->geometry)
        lon_lat.extend(geo::bounds(to_degrees.apply(geometry)));
    if (lon_lat.empty()) {
        base::fail_data("no feature has a geometry, so no metric coordinate system can be chosen", {},
                        {.file = layer->source.file, .layer = layer->source.layer});
    }
    const geo::Crs chosen = geo::metric_crs(lon_lat);
    return {in_crs(layer, chosen),
            fmt::format("analysed in {} ({}), chosen to suit the data", chosen.code(), chosen.name())};
}

MetricLayer in_output_metres(std::shared_ptr<const model::Layer> layer, const Datasets& datasets) {
    const std::optional<geo::Crs> wanted = datasets.output_crs();
    if (!wanted) return in_metres(std::move(layer), datasets.project_crs());
    if (!wanted->is_metric()) {
        base::fail_usage(
            fmt::format("--to-crs {} is not in metres; a raster cannot be computed in it", wanted->code()),
            "Choose a metric one, such as EPSG:4548 for Beijing.");
    }
    return {in_crs(std::move(layer), *wanted), {}};
}

}  // namespace isopleth::pipeline
