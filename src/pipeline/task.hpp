// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/finding.hpp"
#include "base/job.hpp"
#include "base/json.hpp"
#include "base/parameters.hpp"
#include "base/time.hpp"
#include "model/layer.hpp"
#include "model/provenance.hpp"
#include "model/raster.hpp"

namespace isopleth::pipeline {

/// A raster that is read by rows, so that memory does not grow with it.
struct RasterSource {
    model::Grid grid;
    geo::Crs crs;
    std::size_t band_count = 1;
    std::size_t block_rows = 1;  ///< best read together
    /// Rows [first, first + count) of these bands, numbered from 0. May be called from several threads.
    std::function<model::Raster(std::size_t first, std::size_t count, const std::vector<std::size_t>& bands)>
        rows;
};

/// Where a task's inputs come from: files for a command, other sections for a project.
class Datasets {
public:
    virtual ~Datasets() = default;
    virtual std::shared_ptr<const model::Layer> layer(const std::string& name) = 0;
    virtual std::shared_ptr<const model::Raster> raster(const std::string& name) = 0;
    /// The same without holding all of it where that can be.
    virtual RasterSource raster_source(const std::string& name);
    /// The CRS for measuring when an input has no metric one of its own; nullopt when the user stated none.
    virtual std::optional<geo::Crs> project_crs() const = 0;
    /// What the user asked the output to be in; a raster is computed in it. nullopt when nothing was asked.
    virtual std::optional<geo::Crs> output_crs() const { return std::nullopt; }
    /// Remembers a file that a task read by itself, for the provenance.
    virtual void note_input(const model::InputRecord&) {}
};

/// A raster to be computed window by window, so that memory does not grow with it.
struct RasterRecipe {
    model::Grid grid;
    geo::Crs crs;
    std::vector<std::string> band_names;
    std::vector<std::string> band_units;
    /// Rows [first, first + count), after `prepare`; progress is reported for the window alone.
    std::function<model::Raster(std::size_t first, std::size_t count, const base::Job& job)> compute;
    /// What has to be said of the windows computed, after the last one; may be empty.
    std::function<base::Findings()> findings{};
    bool is_exact = false;  ///< its digits count: written in double precision
    /// Work for all windows, once, before the first; may be empty.
    std::function<void(const base::Job& job)> prepare{};
    double bytes_prepared = 0;  ///< memory that it takes
};

/// A page to be drawn: bytes for an extension (".png", ".pdf", ".svg"). Date and short hash come from
/// `provenance`.
struct PictureRecipe {
    std::function<std::string(const std::string& extension, const model::Provenance& provenance)> render;
};

/// What a task makes, known before it runs. A table is a layer that is shown where no output is named.
enum class Makes { kNothing, kLayer, kTable, kRaster, kPicture, kFolder };

/// What a task hands back. Nothing is written yet.
struct Outcome {
    std::variant<std::monostate, model::Layer, RasterRecipe, PictureRecipe> product;
    std::optional<PictureRecipe> plot;          ///< of the product, for tasks that have a plot_file()
    base::Json summary = base::Json::object();  ///< what was done and what has to be said
    base::Findings findings;
    std::string text;  ///< what a person reads on stdout when nothing is written; "" for the summary
};

/// One command, or one section of a project file.
class Task {
public:
    virtual ~Task() = default;
    /// Binds the task's fields to their rows: the only declaration of a parameter.
    virtual void declare(base::ParameterList& list) = 0;
    virtual Outcome run(Datasets& datasets, const base::Job& job) = 0;
    /// Usage errors that need no data; called before anything is read.
    virtual void check() const {}
    virtual Makes makes() const { return Makes::kLayer; }
    /// --plan runs it until its own progress tells how long it takes: for work that is more than reading.
    virtual bool is_rehearsed() const { return false; }
    /// Where the plot that stands beside the product is to be written, "" when none was asked for; nullopt
    /// for a task that draws none.
    virtual std::optional<std::string> plot_file() const { return std::nullopt; }
};

using MakeTask = std::unique_ptr<Task> (*)();
template <class T>
std::unique_ptr<Task> make_task() {
    return std::make_unique<T>();
}

/// The whole raster of a recipe.
model::Raster compute_all(const RasterRecipe& recipe, const base::Job& job);
/// Eight digits that tell results of other inputs, parameters or versions apart: of the provenance without
/// its time.
std::string short_hash(const model::Provenance& provenance);
/// Says how many features or rows a layer has where the task's summary does not.
void note_count(Outcome& outcome);
/// How many rows make a window of about 260,000 cells: two or more are in memory at a time.
std::size_t window_rows(const model::Grid& grid);
/// About as many, in whole blocks.
std::size_t window_rows(const RasterSource& source);

}  // namespace isopleth::pipeline
