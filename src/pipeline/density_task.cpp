// SPDX-License-Identifier: MIT
#include "pipeline/density_task.hpp"

#include <fmt/format.h>

#include "hotspot/density.hpp"
#include "pipeline/crs_choice.hpp"
#include "pipeline/surface_task.hpp"

namespace isopleth::pipeline {

void DensityTask::declare(base::ParameterList& list) {
    list.add("input", input, "events as points").required().at(0).dataset().called("EVENTS");
    list.add("radius", radius, "how far an event is felt").required().called("R");
    list.add("cell", cell, "cell size").required().called("C");
    list.add("kernel", kernel, "shape of an event's influence")
        .one_of({"quartic", "gaussian", "epanechnikov", "uniform"});
    list.add("extent", extent, "outer edge of the cells, x0,y0,x1,y1 in the output's CRS").called("BOX");
    list.add("mask", mask, "polygons outside which nothing is shown").dataset().called("POLYGONS");
    list.add("weight", weight, "field that counts an event more than once").called("FIELD");
}

void DensityTask::check() const {
    if (!(cell.value > 0))
        base::fail_usage(fmt::format("--cell must be above 0, not {}", base::shortest(cell.value)));
    if (!(radius.value > 0)) {
        base::fail_usage(fmt::format("--radius must be above 0, not {}", base::shortest(radius.value)));
    }
    if (!extent.empty()) parse_extent(extent);
}

namespace {
struct Gathered {
    hotspot::Events events;
    std::size_t left_out = 0;
};

Gathered gather_events(const model::Layer& layer, const std::string& weight) {
    std::optional<model::Column> column;
    if (!weight.empty()) column = model::number_column(layer, weight);
    Gathered gathered;
    for (std::size_t row = 0; row < layer.row_count(); ++row) {
        const auto* point = std::get_if<geo::Point>(&layer.geometry[row]);
        const std::optional<double> share = column ? column->number(row) : std::optional<double>(1.0);
        if (point == nullptr && !geo::is_missing(layer.geometry[row])) {
            base::fail_input(
                fmt::format("a {}, where density needs points", geo::type_name(layer.geometry[row])), {},
                layer.place_of(row));
        }
        if (point == nullptr || !share) {
            ++gathered.left_out;
            continue;
        }
        gathered.events.points.push_back(*point);
        gathered.events.weights.push_back(*share);
    }
    if (gathered.events.points.empty()) base::fail_data("no events with a place; there is nothing to count");
    return gathered;
}
}  // namespace

Outcome DensityTask::run(Datasets& datasets, const base::Job&) {
    const MetricLayer layer = in_output_metres(datasets.layer(input), datasets);
    const geo::Crs crs = *layer.layer->crs;
    auto gathered = std::make_shared<const Gathered>(gather_events(*layer.layer, weight));
    std::shared_ptr<const model::Layer> inside;
    geo::Box bounds = layer.layer->bounds();
    if (!mask.empty()) {
        inside = in_crs(datasets.layer(mask), crs);
        bounds = inside->bounds();
    }
    const model::Grid grid = choose_grid(extent, bounds, cell);
    require_overlap(inside.get(), grid);
    RasterRecipe recipe{grid, crs, {"density"}, {"events/km2"}, {}, {}};
    const hotspot::Smoothing smoothing{hotspot::parse_kernel(kernel), radius};
    recipe.compute = [=](std::size_t first, std::size_t count, const base::Job& window_job) {
        model::Raster window = hotspot::kernel_density(gathered->events, grid.rows_from(first, count), crs,
                                                       smoothing, window_job);
        mask_window(window, inside.get());
        return window;
    };
    Outcome outcome;
    outcome.summary.set("events", gathered->events.points.size())
        .set("left_out", gathered->left_out)
        .set("kernel", kernel)
        .set("radius", radius.value)
        .set("crs", crs.code())
        .set("columns", grid.columns)
        .set("rows", grid.rows);
    if (!layer.said.empty()) outcome.summary.set("crs_choice", layer.said);
    outcome.product = std::move(recipe);
    return outcome;
}

}  // namespace isopleth::pipeline
