// SPDX-License-Identifier: MIT
#include "pipeline/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>

#include "io/dataset_name.hpp"

namespace isopleth::pipeline {

namespace {
using Clock = std::chrono::steady_clock;

// Measured on the sample city with two cores: the program with its libraries, a file's features in memory
// against its bytes, a picture, and the writing of a raster together with its overviews and the reading back,
// for which GDAL keeps blocks up to a share of the machine's memory.
constexpr double kProgramBytes = 60e6;
constexpr double kProgramSeconds = 0.2;
constexpr double kMemoryForFileByte = 6;
constexpr double kPictureSeconds = 1;
constexpr double kPictureBytes = 1e6;
constexpr double kDrawingMemory = 1.1e8;
constexpr double kRasterBytesPerSecond = 1e7;
constexpr double kMostBlocks = 4e8;
constexpr double kBytesOfCell = 8;
constexpr std::size_t kCellsTried = 30'000;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// The datasets that the parameters name, without "name=".
std::vector<std::string> dataset_names(const base::ParameterList& list) {
    std::vector<std::string> names;
    for (const base::Parameter& row : list.rows()) {
        if (!row.is_dataset) continue;
        const base::Json value = row.current();
        std::vector<std::string> texts{value.string_or("")};
        for (const base::Json& item : value.items()) texts.push_back(item.string_or(""));
        for (const std::string& text : texts) {
            if (!text.empty()) names.push_back(io::split_name(text).dataset);
        }
    }
    return names;
}

/// Reading and then as much again for computing and for writing.
Estimate estimate_layer(const base::ParameterList& list, FileDatasets& datasets, base::Json& summary) {
    const Clock::time_point start = Clock::now();
    std::size_t features = 0;
    for (const std::string& name : dataset_names(list)) features += datasets.layer(name)->row_count();
    summary.set("features_read", features);
    return {3 * seconds_since(start), kMemoryForFileByte * datasets.bytes(), datasets.bytes()};
}

std::string what_it_does(Task& task, const RunOptions& options) {
    const std::string plot = task.plot_file().value_or("");
    const std::string and_draw = plot.empty() ? "" : " and draw " + plot;
    if (!options.output.empty()) return "write " + options.output + and_draw;
    return task.makes() == Makes::kNothing ? "look or make as its help says" : "show a table" + and_draw;
}
}  // namespace

void tell(const Estimate& estimate, base::Json& summary) {
    summary.set("estimated_seconds", std::ceil(estimate.seconds * 10) / 10)
        .set("estimated_memory_bytes", static_cast<std::int64_t>(estimate.memory_bytes))
        .set("estimated_output_bytes", static_cast<std::int64_t>(estimate.output_bytes));
}

Estimate program_estimate() {
    return {kProgramSeconds, kProgramBytes, 0};
}

void add_reading(double bytes, Estimate& estimate) {
    estimate.memory_bytes += kMemoryForFileByte * bytes;
}

void add_drawing(Estimate& estimate) {
    estimate.memory_bytes += kDrawingMemory;
}

Estimate estimate_raster(const RasterRecipe& recipe, const base::Job& job) {
    const std::size_t rows = recipe.grid.rows;
    const std::size_t block =
        std::clamp<std::size_t>(kCellsTried / recipe.grid.columns, 1, std::max<std::size_t>(rows / 4, 1));
    const std::set<std::size_t> tried{rows / 4, rows / 2, rows * 3 / 4};
    base::Job quiet = job;
    quiet.progress = nullptr;
    const Clock::time_point start = Clock::now();
    std::size_t computed = 0;
    for (const std::size_t row : tried) {
        const std::size_t count = std::min(block, rows - row);
        recipe.compute(row, count, quiet);
        computed += count;
    }
    const double of_a_row = seconds_since(start) / static_cast<double>(computed);
    const auto bands = static_cast<double>(recipe.band_names.size());
    const double bytes = static_cast<double>(recipe.grid.count()) * bands * kBytesOfCell;
    const double window = static_cast<double>(std::min(window_rows(recipe.grid), rows) * recipe.grid.columns);
    // A cell is a value and its validity; a window is there as computed, masked, and on its way to the file.
    return {of_a_row * static_cast<double>(rows) + bytes / kRasterBytesPerSecond,
            3 * window * bands * (kBytesOfCell + 1) + std::min(2 * bytes, kMostBlocks), bytes};
}

Outcome plan_command(Task& task, const base::ParameterList& list, const RunOptions& options,
                     const base::Job& job) {
    std::optional<geo::Crs> output_crs;
    if (options.to_crs) output_crs = geo::Crs::parse(*options.to_crs);
    FileDatasets datasets(options.inputs, output_crs);
    Outcome outcome;
    Estimate estimate;
    if (task.makes() == Makes::kRaster || task.makes() == Makes::kPicture) {
        const Clock::time_point start = Clock::now();
        Outcome ready = task.run(datasets, job);
        const double preparation = seconds_since(start);
        estimate = {kPictureSeconds, kDrawingMemory, kPictureBytes};
        if (const auto* recipe = std::get_if<RasterRecipe>(&ready.product))
            estimate = estimate_raster(*recipe, job);
        estimate.seconds += preparation;
        estimate.memory_bytes += kMemoryForFileByte * datasets.bytes();
        outcome.summary = std::move(ready.summary);
        outcome.findings = std::move(ready.findings);
    } else if (task.makes() == Makes::kLayer || task.makes() == Makes::kTable) {
        estimate = estimate_layer(list, datasets, outcome.summary);
        if (!task.plot_file().value_or("").empty()) {
            add_drawing(estimate);
            estimate.seconds += kPictureSeconds;
            estimate.output_bytes += kPictureBytes;
        }
    }
    outcome.findings.insert(outcome.findings.begin(), datasets.findings().begin(), datasets.findings().end());
    estimate.seconds += kProgramSeconds;
    estimate.memory_bytes += kProgramBytes;
    outcome.summary.set("would", what_it_does(task, options));
    tell(estimate, outcome.summary);
    return outcome;
}

}  // namespace isopleth::pipeline
