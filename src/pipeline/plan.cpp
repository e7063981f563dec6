// SPDX-License-Identifier: MIT
#include "pipeline/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>

#include "base/memory.hpp"
#include "io/dataset_name.hpp"
#include "pipeline/rehearsal.hpp"

namespace isopleth::pipeline {

namespace {
using Clock = std::chrono::steady_clock;

// Measured on two cores: the program with its libraries, a file's features in memory against its bytes, a
// picture, a raster's file, and its cells on their way into it, with overviews and the reading back.
constexpr double kProgramBytes = 60e6;
constexpr double kProgramSeconds = 0.12;
constexpr double kMemoryForFileByte = 6;
constexpr double kPictureSeconds = 1;
constexpr double kPictureBytes = 1e6;
constexpr double kDrawingMemory = 1.1e8;
constexpr double kRasterSeconds = 0.1;
constexpr double kSecondsToWriteACell = 1.5e-7;
constexpr double kWithOverviews = 4.0 / 3;
constexpr double kBytesInMemory = 9;  ///< a value and its validity
constexpr double kMostForWriting = 8e7;
constexpr std::size_t kCellsTried = 30'000;
/// Longer work is stopped and concluded from.
constexpr double kMostSeconds = 2;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Counts and times what it reads of layers: rasters are read while a task works.
class TimedDatasets : public FileDatasets {
public:
    using FileDatasets::FileDatasets;
    std::shared_ptr<const model::Layer> layer(const std::string& name) override {
        const Clock::time_point start = Clock::now();
        const double before = bytes();
        auto read = FileDatasets::layer(name);
        m_seconds += seconds_since(start);
        m_layer_bytes += bytes() - before;
        m_features += read->row_count();
        return read;
    }
    double seconds() const { return m_seconds; }
    double layer_bytes() const { return m_layer_bytes; }
    std::size_t features() const { return m_features; }

private:
    double m_seconds = 0;
    double m_layer_bytes = 0;
    std::size_t m_features = 0;
};

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
Estimate estimate_layer(const base::ParameterList& list, TimedDatasets& datasets, base::Json& summary) {
    for (const std::string& name : dataset_names(list)) datasets.layer(name);
    summary.set("features_read", datasets.features());
    return {3 * datasets.seconds(), kProgramBytes + kMemoryForFileByte * datasets.bytes(), datasets.bytes()};
}

/// The work with its reading, and as long as the layers' reading for writing.
Estimate estimate_by_rehearsal(Task& task, TimedDatasets& datasets, const base::Job& job,
                               base::Json& summary) {
    Estimate estimate;
    estimate.seconds = rehearse(job, kMostSeconds, [&](const base::Job& part) { task.run(datasets, part); }) +
                       datasets.seconds();
    summary.set("features_read", datasets.features());
    estimate.memory_bytes = std::max(kProgramBytes + kMemoryForFileByte * datasets.layer_bytes(),
                                     static_cast<double>(base::peak_memory()));
    estimate.output_bytes = datasets.layer_bytes();
    return estimate;
}

/// Seconds for the raster's cells, from blocks of rows at three places.
double seconds_for_cells(const RasterRecipe& recipe, const base::Job& job) {
    const std::size_t rows = recipe.grid.rows;
    const std::size_t block =
        std::clamp<std::size_t>(kCellsTried / recipe.grid.columns, 1, std::max<std::size_t>(rows / 4, 1));
    const std::set<std::size_t> tried{rows / 4, rows / 2, rows * 3 / 4};
    double seconds = 0;
    std::size_t computed = 0;
    for (const std::size_t row : tried) {
        const std::size_t count = std::min(block, rows - row);
        seconds +=
            rehearse(job, kMostSeconds / 3, [&](const base::Job& part) { recipe.compute(row, count, part); });
        computed += count;
    }
    return seconds / static_cast<double>(computed) * static_cast<double>(rows);
}

std::string what_it_does(Task& task, const RunOptions& options) {
    const std::string plot = task.plot_file().value_or("");
    const std::string and_draw = plot.empty() ? "" : " and draw " + plot;
    if (!options.output.empty()) return "write " + options.output + and_draw;
    return task.makes() == Makes::kNothing ? "look or make as its help says" : "show a table" + and_draw;
}
}  // namespace

void tell(const Estimate& estimate, base::Json& summary) {
    summary.set("estimated_seconds", std::max(0.1, std::round(estimate.seconds * 10) / 10))
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
    const auto bands = static_cast<double>(recipe.band_names.size());
    const double cells = static_cast<double>(recipe.grid.count()) * bands;
    const auto held = static_cast<double>(base::peak_memory());
    Estimate estimate;
    // What takes long before the first window mostly leaves little for the windows themselves.
    if (recipe.prepare) estimate.seconds += rehearse(job, kMostSeconds, recipe.prepare);
    if (estimate.seconds < kMostSeconds) estimate.seconds += seconds_for_cells(recipe, job);
    estimate.seconds += kRasterSeconds + cells * kSecondsToWriteACell;
    estimate.output_bytes = cells * (recipe.is_exact ? 8 : 4) * kWithOverviews;
    const double window =
        static_cast<double>(std::min(window_rows(recipe.grid), recipe.grid.rows) * recipe.grid.columns);
    // A window is there as computed, masked, and on its way to the file.
    estimate.memory_bytes = std::max(held, kProgramBytes) + recipe.bytes_prepared +
                            3 * window * bands * kBytesInMemory +
                            std::min(estimate.output_bytes, kMostForWriting);
    return estimate;
}

Outcome plan_command(Task& task, const base::ParameterList& list, const RunOptions& options,
                     const base::Job& job) {
    std::optional<geo::Crs> output_crs;
    if (options.to_crs) output_crs = geo::Crs::parse(*options.to_crs);
    TimedDatasets datasets(options.inputs, output_crs);
    Outcome outcome;
    Estimate estimate;
    if (task.makes() == Makes::kRaster || task.makes() == Makes::kPicture) {
        const Clock::time_point start = Clock::now();
        Outcome ready = task.run(datasets, job);
        const double preparation = seconds_since(start);
        estimate = {kPictureSeconds, kProgramBytes + kDrawingMemory + kMemoryForFileByte * datasets.bytes(),
                    kPictureBytes};
        if (const auto* recipe = std::get_if<RasterRecipe>(&ready.product))
            estimate = estimate_raster(*recipe, job);
        estimate.seconds += preparation;
        outcome.summary = std::move(ready.summary);
        outcome.findings = std::move(ready.findings);
    } else if (task.makes() == Makes::kLayer || task.makes() == Makes::kTable) {
        estimate = task.is_rehearsed() ? estimate_by_rehearsal(task, datasets, job, outcome.summary)
                                       : estimate_layer(list, datasets, outcome.summary);
        if (!task.plot_file().value_or("").empty()) {
            add_drawing(estimate);
            estimate.seconds += kPictureSeconds;
            estimate.output_bytes += kPictureBytes;
        }
    }
    outcome.findings.insert(outcome.findings.begin(), datasets.findings().begin(), datasets.findings().end());
    estimate.seconds += kProgramSeconds;
    outcome.summary.set("would", what_it_does(task, options));
    tell(estimate, outcome.summary);
    return outcome;
}

}  // namespace isopleth::pipeline
