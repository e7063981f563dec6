// SPDX-License-Identifier: MIT
#include "pipeline/surface_task.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "interpolate/methods.hpp"
#include "model/samples.hpp"
#include "pipeline/crs_choice.hpp"
#include "raster/mask.hpp"

namespace isopleth::pipeline {

void SurfaceTask::declare(base::ParameterList& list) {
    list.add("input", input, "points with values").required().at(0).dataset().called("POINTS");
    list.add("value", value, "field to interpolate").required().called("FIELD");
    list.add("method", method,
             "idw:power=2,neighbours=12, kriging, kriging:model=exp,nugget=0.1,psill=1,range=800 ...")
        .required()
        .called("METHOD");
    list.add("cell", cell, "cell size of the surface").required().called("C");
    list.add("extent", extent, "outer edge of the cells, x0,y0,x1,y1 in the output's CRS").called("BOX");
    list.add("mask", mask, "polygons outside which nothing is estimated").dataset().called("POLYGONS");
    list.add("duplicates", duplicates, "several samples at one place").one_of({"refuse", "mean"});
    list.add("unit", unit, "unit of the values, kept with the surface").called("TEXT");
}

void SurfaceTask::check() const {
    if (!(cell.value > 0))
        base::fail_usage(fmt::format("--cell must be above 0, not {}", base::shortest(cell.value)));
    interpolate::check_method(method);
    if (!extent.empty()) parse_extent(extent);
}

geo::Box parse_extent(const std::string& text) {
    const std::vector<std::string> parts = base::split(text, ',');
    std::vector<double> numbers;
    for (const std::string& part : parts) {
        if (const auto number = base::parse_number(part)) numbers.push_back(*number);
    }
    if (parts.size() != 4 || numbers.size() != 4 || !(numbers[0] < numbers[2]) ||
        !(numbers[1] < numbers[3])) {
        base::fail_usage(fmt::format("--extent \"{}\" is not x0,y0,x1,y1 with x0 < x1 and y0 < y1", text));
    }
    return {numbers[0], numbers[1], numbers[2], numbers[3]};
}

model::Grid choose_grid(const std::string& extent, const geo::Box& bounds, base::Meters cell) {
    if (!extent.empty()) return model::grid_over(parse_extent(extent), cell);
    return model::grid_around(bounds, cell);
}

void mask_window(model::Raster& window, const model::Layer* mask) {
    if (mask == nullptr) return;
    std::vector<std::uint8_t> inside(window.grid.count(), 0);
    // A window may well lie outside the mask; the whole grid was checked before.
    if (mask->bounds().intersects(window.grid.box())) {
        try {
            inside = raster::cells_inside(window.grid, *mask);
        } catch (const base::Error& error) {
            if (error.kind() != base::ErrorKind::kData) throw;
        }
    }
    raster::apply_mask(window, inside);
}

void require_overlap(const model::Layer* mask, const model::Grid& grid) {
    if (mask == nullptr || mask->bounds().intersects(grid.box())) return;
    base::fail_data("the mask does not meet the extent", "Check --extent and the mask's CRS.");
}

namespace {
/// What one window needs, shared by all of them.
struct SurfaceState {
    std::unique_ptr<interpolate::Interpolator> interpolator;
    std::shared_ptr<const model::Layer> mask;
    geo::Crs crs;
    std::string unit;

    model::Raster window(const model::Grid& grid, const base::Job& job) const {
        model::Raster raster = interpolate::estimate(*interpolator, grid, crs, unit, job);
        mask_window(raster, mask.get());
        return raster;
    }
};
}  // namespace

Outcome SurfaceTask::run(Datasets& datasets, const base::Job& job) {
    const MetricLayer points = in_output_metres(datasets.layer(input), datasets);
    const auto samples = model::Samples::gather(
        *points.layer, value, duplicates == "mean" ? model::Duplicates::kMean : model::Duplicates::kRefuse);
    auto state = std::make_shared<SurfaceState>(
        SurfaceState{base::at_place({.file = points.layer->source.file},
                                    [&] { return interpolate::make(method, samples, job); }),
                     nullptr, samples.crs(), unit});
    geo::Box bounds = samples.bounds();
    if (!mask.empty()) {
        state->mask = in_crs(datasets.layer(mask), samples.crs());
        bounds = state->mask->bounds();
    }
    const model::Grid grid = choose_grid(extent, bounds, cell);
    require_overlap(state->mask.get(), grid);
    RasterRecipe recipe{grid, samples.crs(), {"estimate"}, {unit}, {}};
    if (state->interpolator->has_standard_error()) {
        recipe.band_names.emplace_back("standard error");
        recipe.band_units.push_back(unit);
    }
    recipe.compute = [state, grid](std::size_t first, std::size_t count, const base::Job& window_job) {
        return state->window(grid.rows_from(first, count), window_job);
    };
    Outcome outcome;
    outcome.summary.set("samples", samples.size())
        .set("left_out", samples.left_out())
        .set("averaged", samples.averaged())
        .set("method", state->interpolator->description())
        .set("crs", samples.crs().code())
        .set("columns", grid.columns)
        .set("rows", grid.rows)
        .set("cell", grid.cell);
    if (!points.said.empty()) outcome.summary.set("crs_choice", points.said);
    outcome.product = std::move(recipe);
    return outcome;
}

}  // namespace isopleth::pipeline
