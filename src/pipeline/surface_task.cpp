// SPDX-License-Identifier: MIT
#include "pipeline/surface_task.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/statistics.hpp"
#include "base/text.hpp"
#include "interpolate/area_to_point.hpp"
#include "interpolate/methods.hpp"
#include "interpolate/simulation.hpp"
#include "interpolate/surface_bands.hpp"
#include "model/samples.hpp"
#include "pipeline/crs_choice.hpp"
#include "pipeline/zone_means.hpp"
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
    list.add("unit", unit, "unit of the values, kept with the surface").called("TEXT");
    list.add("zones", zones, "polygons: their means with standard errors instead of cells, for kriging")
        .dataset()
        .called("POLYGONS");
    of_samples.declare(list);
    list.add("clamp", clamp, "estimates below this are set to it, and counted").called("LEAST");
    list.add("calibration", calibration, "factor for the standard error, from crossval").called("FACTOR");
    list.add("supported", supported,
             "a third band: 1 where the error is at most this share of the samples' spread")
        .called("SHARE");
}

void SurfaceTask::check() const {
    if (!(cell.value > 0))
        base::fail_usage(fmt::format("--cell must be above 0, not {}", base::shortest(cell.value)));
    interpolate::check_method(method);
    of_samples.check({method});
    if (!(calibration > 0 && std::isfinite(calibration)))
        base::fail_usage(fmt::format("--calibration must be above 0, not {}", base::shortest(calibration)));
    if (supported && !(*supported > 0 && std::isfinite(*supported)))
        base::fail_usage(fmt::format("--supported must be above 0, not {}", base::shortest(*supported)));
    if (clamp && !std::isfinite(*clamp)) base::fail_usage("--clamp must be a number");
    if (!extent.empty()) parse_extent(extent);
    if (!zones.empty() && (!mask.empty() || !extent.empty() || clamp || supported))
        base::fail_usage("--zones excludes --mask, --extent, --clamp and --supported", "Leave them out.");
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

/// A grid that is farther from the samples than either is wide tells nothing of them: most likely the numbers
/// are in another CRS.
void require_samples_near(const geo::Box& samples, const model::Grid& grid) {
    const geo::Box box = grid.box();
    const double reach = std::max({samples.width(), samples.height(), box.width(), box.height()});
    const geo::Box around{samples.min_x - reach, samples.min_y - reach, samples.max_x + reach,
                          samples.max_y + reach};
    if (around.intersects(box)) return;
    base::fail_data(
        fmt::format("the samples lie at {:.0f},{:.0f},{:.0f},{:.0f}, far from the surface's extent "
                    "{:.0f},{:.0f},{:.0f},{:.0f}",
                    samples.min_x, samples.min_y, samples.max_x, samples.max_y, box.min_x, box.min_y,
                    box.max_x, box.max_y),
        "Check --extent, --mask and their CRS.");
}

void require_overlap(const model::Layer* mask, const model::Grid& grid) {
    if (mask == nullptr || mask->bounds().intersects(grid.box())) return;
    base::fail_data("the mask does not meet the extent", "Check --extent and the mask's CRS.");
}

namespace {
/// What one window needs, shared by all of them.
struct SurfaceState {
    geo::Crs crs;
    /// Estimates of rows [first, first + count) of the grid.
    std::function<model::Raster(std::size_t first, std::size_t count, const base::Job& job)> estimate{};
    std::vector<std::string> band_names{"estimate", "standard error"};
    std::function<void(const base::Job& job)> prepare{};  ///< before the first estimate; may be empty
    double bytes_prepared = 0;
    std::shared_ptr<const model::Layer> mask{};
    std::optional<double> clamp{};
    double calibration = 1;
    std::optional<double> greatest_error{};  ///< of what is supported
    bool has_negative_samples = false;
    std::size_t clamped = 0;
    std::size_t negative = 0;
    std::size_t estimated = 0;  ///< cells

    model::Raster window(std::size_t first, std::size_t count, const base::Job& job) {
        model::Raster raster = estimate(first, count, job);
        // First, so that nothing is counted that is not shown.
        mask_window(raster, mask.get());
        estimated += raster.count_valid(0);
        if (clamp) clamped += interpolate::clamp_estimates(raster, *clamp);
        if (!has_negative_samples) negative += interpolate::count_negative(raster);
        interpolate::calibrate(raster, calibration);
        if (greatest_error) interpolate::add_supported(raster, *greatest_error);
        return raster;
    }

    base::Findings findings() const {
        base::Findings found;
        if (estimated == 0) found.push_back({"no cell has an estimate: look at radius, extent and mask", {}});
        if (clamped > 0) {
            found.push_back(
                {fmt::format("{} estimates below {} were set to it",
                             base::with_thousands(static_cast<long long>(clamped)), base::shortest(*clamp)),
                 {}});
        }
        if (negative > 0) {
            found.push_back({fmt::format("{} estimates are negative, though no sample is",
                                         base::with_thousands(static_cast<long long>(negative))),
                             {}});
        }
        return found;
    }
};

/// Usage errors for what needs a standard error that the method does not have.
void require_standard_error(const SurfaceTask& task, bool has_standard_error) {
    if (has_standard_error || (!task.supported && task.calibration == 1)) return;
    base::fail_usage(fmt::format("{} gives no standard error for --{}", base::parse_method(task.method).name,
                                 task.supported ? "supported" : "calibration"),
                     "Use a method with one, such as --method kriging.");
}

/// What the task estimates from, made ready: `make` turns the grid, once chosen, into the state's estimate.
struct Source {
    geo::Box bounds;
    std::vector<double> values;
    std::function<void(const model::Grid& grid, SurfaceState& state, base::Json& summary)> make;
};

Source from_points(const SurfaceTask& task, const model::Layer& layer, Datasets& datasets,
                   const base::Job& job) {
    const auto samples =
        std::make_shared<const model::Samples>(task.of_samples.gather(layer, task.value, datasets));
    const auto make = [samples, &task, &job](const model::Grid& grid, SurfaceState& state,
                                             base::Json& summary) {
        const std::shared_ptr<interpolate::Interpolator> interpolator =
            interpolate::make(task.method, *samples, job);
        if (!interpolator->has_standard_error()) state.band_names = {"estimate"};
        state.estimate = [interpolator, grid, crs = samples->crs(), unit = task.unit](
                             std::size_t first, std::size_t count, const base::Job& window_job) {
            return interpolate::estimate(*interpolator, grid.rows_from(first, count), crs, unit, window_job);
        };
        tell_samples(*samples, summary);
        summary.set("method", interpolator->description());
    };
    return {samples->bounds(), samples->values(), make};
}

Source from_simulation(const SurfaceTask& task, const model::Layer& layer, Datasets& datasets,
                       const base::Job& job) {
    if (!task.of_samples.covariates.empty())
        base::fail_usage("simulation takes no covariates", "Use --method kriging.");
    if (task.clamp || task.calibration != 1) {
        base::fail_usage(fmt::format("--{} would change the bands and not the realisations that they sum up",
                                     task.clamp ? "clamp" : "calibration"),
                         task.clamp ? "Use transform=log, boxcox or normal, which stay above 0." : "");
    }
    const auto samples = task.of_samples.gather(layer, task.value, datasets);
    const auto make = [samples, &task, &job](const model::Grid& grid, SurfaceState& state,
                                             base::Json& summary) {
        const auto simulation = std::make_shared<interpolate::Simulation>(
            interpolate::parse_simulation_options(task.method), samples, grid, job);
        state.band_names = simulation->band_names();
        state.prepare = [simulation](const base::Job& whole_job) { simulation->simulate(whole_job); };
        state.bytes_prepared = static_cast<double>(simulation->bytes());
        state.estimate = [simulation, crs = samples.crs(), unit = task.unit](
                             std::size_t first, std::size_t count, const base::Job& window_job) {
            return simulation->rows(first, count, crs, unit, window_job);
        };
        tell_samples(samples, summary);
        summary.set("method", simulation->description());
    };
    return {samples.bounds(), samples.values(), make};
}

Source from_areas(const SurfaceTask& task, const std::shared_ptr<const model::Layer>& layer,
                  const base::Job& job) {
    if (!task.of_samples.covariates.empty()) base::fail_usage("area-to-point takes no covariates");
    if (!task.of_samples.measurement_error.empty())
        base::fail_usage("area-to-point takes no measurement errors");
    if (task.clamp) {
        base::fail_usage("--clamp would change the means that area-to-point keeps", "Leave --clamp out.");
    }
    const model::Column column = model::number_column(*layer, task.value);
    std::vector<std::size_t> rows;
    std::vector<double> values;
    for (std::size_t row = 0; row < layer->row_count(); ++row) {
        if (!column.number(row) || std::holds_alternative<std::monostate>(layer->geometry[row])) continue;
        rows.push_back(row);
        values.push_back(*column.number(row));
    }
    if (rows.empty()) base::fail_data("no polygon has a value of " + task.value);
    const auto make = [layer, rows, values, &task, &job](const model::Grid& grid, SurfaceState& state,
                                                         base::Json& summary) {
        std::vector<interpolate::AreaMean> areas;
        for (std::size_t i = 0; i < rows.size(); ++i)
            areas.push_back(
                {cells_of(*layer, rows[i], grid, "Use a smaller --cell, or a larger --extent."), values[i]});
        const auto kriging = std::make_shared<interpolate::AreaToPoint>(
            grid, std::move(areas), interpolate::AreaToPoint::parse(task.method), job);
        state.estimate = [kriging, crs = state.crs, unit = task.unit](std::size_t first, std::size_t count,
                                                                      const base::Job& window_job) {
            return kriging->rows(first, count, crs, unit, window_job);
        };
        summary.set("areas", rows.size())
            .set("left_out", layer->row_count() - rows.size())
            .set("method", kriging->description());
    };
    return {layer->bounds(), values, make};
}

RasterRecipe recipe_of(const std::shared_ptr<SurfaceState>& state, const model::Grid& grid,
                       const std::string& unit) {
    RasterRecipe recipe{grid, state->crs, state->band_names, {}, {}};
    if (state->greatest_error) recipe.band_names.emplace_back("supported");
    for (const std::string& name : recipe.band_names) {
        const bool has_no_unit = name == "supported" || name == interpolate::Simulation::kProbabilityBand;
        recipe.band_units.push_back(has_no_unit ? "" : unit);
    }
    recipe.compute = [state](std::size_t first, std::size_t count, const base::Job& window_job) {
        return state->window(first, count, window_job);
    };
    recipe.prepare = state->prepare;
    recipe.bytes_prepared = state->bytes_prepared;
    recipe.findings = [state] { return state->findings(); };
    return recipe;
}
}  // namespace

Outcome SurfaceTask::run_zones(Datasets& datasets, const base::Job& job) const {
    const MetricLayer points = in_output_metres(datasets.layer(input), datasets);
    const base::Place place{.file = points.layer->source.file};
    Outcome outcome;
    std::unique_ptr<interpolate::Interpolator> interpolator;
    base::at_place(place, [&] {
        const auto samples = of_samples.gather(*points.layer, value, datasets);
        interpolator = interpolate::make(method, samples, job);
        tell_samples(samples, outcome.summary);
        outcome.summary.set("method", interpolator->description());
    });
    const auto polygons = in_crs(datasets.layer(zones), *points.layer->crs);
    if (calibration != 1) outcome.summary.set("calibration", calibration);
    outcome.summary.set("crs", polygons->crs->code())
        .set("zones", polygons->row_count())
        .set("cell", cell.value);
    if (!points.said.empty()) outcome.summary.set("crs_choice", points.said);
    outcome.product = zone_means(*interpolator, *polygons, cell, calibration, job);
    return outcome;
}

Outcome SurfaceTask::run(Datasets& datasets, const base::Job& job) {
    if (!zones.empty()) return run_zones(datasets, job);
    const MetricLayer input_layer = in_output_metres(datasets.layer(input), datasets);
    const std::string name = base::parse_method(method).name;
    const bool is_of_areas = name == "area-to-point";
    auto state = std::make_shared<SurfaceState>(SurfaceState{*input_layer.layer->crs});
    state->clamp = clamp;
    state->calibration = calibration;
    Outcome outcome;
    const base::Place place{.file = input_layer.layer->source.file};
    const Source source = base::at_place(place, [&] {
        if (is_of_areas) return from_areas(*this, input_layer.layer, job);
        return name == "simulation" ? from_simulation(*this, *input_layer.layer, datasets, job)
                                    : from_points(*this, *input_layer.layer, datasets, job);
    });
    geo::Box bounds = source.bounds;
    if (!mask.empty()) {
        state->mask = in_crs(datasets.layer(mask), state->crs);
        bounds = state->mask->bounds();
    }
    const model::Grid grid = choose_grid(extent, bounds, cell);
    require_overlap(state->mask.get(), grid);
    base::at_place(place, [&] { require_samples_near(source.bounds, grid); });
    base::at_place(place, [&] { source.make(grid, *state, outcome.summary); });
    require_standard_error(*this, state->band_names.size() > 1);
    state->has_negative_samples = *base::minimum(source.values) < 0;
    const double spread = base::population_standard_deviation(source.values).value_or(0);
    if (supported) state->greatest_error = *supported * spread;
    if (calibration != 1) outcome.summary.set("calibration", calibration);
    if (supported) outcome.summary.set("supported_up_to", *state->greatest_error);
    outcome.summary.set("crs", state->crs.code())
        .set("columns", grid.columns)
        .set("rows", grid.rows)
        .set("cell", grid.cell);
    if (!input_layer.said.empty()) outcome.summary.set("crs_choice", input_layer.said);
    outcome.product = recipe_of(state, grid, unit);
    if (is_of_areas) std::get<RasterRecipe>(outcome.product).is_exact = true;
    return outcome;
}

}  // namespace isopleth::pipeline
