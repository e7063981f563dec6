// SPDX-License-Identifier: MIT
#include "pipeline/run.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <future>
#include <iterator>
#include <memory>

#include "base/text.hpp"
#include "io/dataset_name.hpp"
#include "io/formats.hpp"
#include "io/gdal_raster.hpp"
#include "io/gdal_vector.hpp"
#include "io/part_file.hpp"
#include "pipeline/build_task.hpp"
#include "pipeline/crs_choice.hpp"
#include "pipeline/info_task.hpp"
#include "pipeline/plan.hpp"

namespace isopleth::pipeline {

void RunOptions::declare(base::ParameterList& list) {
    inputs.declare(list);
    list.add("output", output, "file to write; its extension gives the format")
        .with_short('o')
        .called("OUTPUT");
    list.add("to-crs", to_crs, "CRS of the output").called("CRS");
    list.add("overwrite", overwrite, "replace an existing output").neutral();
    list.add("wkt", wkt, "CSV output: geometry as WKT");
    list.add("plan", plan, "say what would be done, with time, memory and output size, and do nothing")
        .neutral();
}

std::string version() {
    return ISOPLETH_VERSION;
}

std::string library_versions() {
    return ISOPLETH_LIBRARIES;
}

base::Instant now(const char* source_date_epoch) {
    if (source_date_epoch != nullptr && *source_date_epoch != '\0') {
        const auto seconds = base::parse_integer(source_date_epoch);
        if (!seconds) base::fail_usage("SOURCE_DATE_EPOCH is not a whole number of seconds");
        return {*seconds};
    }
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::seconds>(since_epoch).count()};
}

namespace {
void write_recipe(const RasterRecipe& recipe, const std::string& target, const io::WriteOptions& options,
                  const base::Job& job) {
    io::RasterWriter::Layout layout{recipe.grid, recipe.crs, recipe.band_names, recipe.band_units,
                                    !recipe.is_exact};
    io::RasterWriter writer(target, layout, options);
    if (recipe.prepare) recipe.prepare(job);
    const std::size_t step = window_rows(recipe.grid);
    // A window is written while the next one is computed.
    const auto policy = job.threads == 1 ? std::launch::deferred : std::launch::async;
    std::future<void> writing;
    for (std::size_t first = 0; first < recipe.grid.rows; first += step) {
        const std::size_t count = std::min(step, recipe.grid.rows - first);
        const double done = static_cast<double>(first);
        const double total = static_cast<double>(recipe.grid.rows);
        base::Job window_job = job;
        window_job.progress = [&](double share, const std::string& what) {
            job.report((done + share * static_cast<double>(count)) / total, what);
        };
        auto window = std::make_shared<const model::Raster>(recipe.compute(first, count, window_job));
        if (writing.valid()) writing.get();
        writing = std::async(policy, [&writer, window] { writer.write(*window); });
    }
    writing.get();
    writer.close(job);
}

io::FormatKind kind_of(Makes makes) {
    if (makes == Makes::kRaster) return io::FormatKind::kRaster;
    return makes == Makes::kPicture ? io::FormatKind::kPicture : io::FormatKind::kVector;
}

void check_file(const std::string& file, io::FormatKind kind, bool overwrite) {
    io::format_of(file, kind);
    if (io::file_exists(file) && !overwrite)
        base::fail_output("the file exists", "Add --overwrite to replace it.", {.file = file});
    const std::filesystem::path folder = std::filesystem::path(file).parent_path();
    if (!folder.empty() && !std::filesystem::is_directory(folder))
        base::fail_output("there is no folder " + folder.string(), "Make it first.", {.file = file});
}

/// Usage and output errors before any work is done.
void check_targets(const Task& task, const RunOptions& options) {
    const Makes makes = task.makes();
    const std::string plot = task.plot_file().value_or("");
    if (!plot.empty()) check_file(plot, io::FormatKind::kPicture, options.overwrite);
    if (options.output.empty()) {
        const bool can_be_shown = makes == Makes::kNothing || makes == Makes::kTable;
        if (!can_be_shown) base::fail_usage("no output named", "Add -o FILE.");
        return;
    }
    if (makes == Makes::kNothing) base::fail_usage("this command writes no file; leave --output out");
    check_file(options.output, kind_of(makes), options.overwrite);
}

/// A picture has no room for its provenance, so that lies beside it, as it does for the other formats without
/// room.
void write_picture(const PictureRecipe& picture, const std::string& target, const io::WriteOptions& options) {
    const io::Format& format = io::format_of(target, io::FormatKind::kPicture);
    const std::string bytes = picture.render(format.extension, options.provenance);
    io::write_bytes(target, bytes, options.overwrite);
    io::write_bytes(target + ".provenance.json", options.provenance.to_json().dump() + "\n", true);
}

/// "counts=/home/ana/a.gpkg#b" without the folder of this machine: "counts=a.gpkg#b".
std::string without_folder(const std::string& text) {
    const auto [prefix, dataset] = io::split_name(text);
    const io::DatasetName name = io::parse_dataset_name(dataset);
    return (prefix ? *prefix + "=" : "") + name.file_name() + (name.layer.empty() ? "" : "#" + name.layer);
}

base::Json without_folders(const base::Json& value, bool is_dataset) {
    if (value.is_array()) {
        base::Json list = base::Json::array();
        for (const base::Json& item : value.items()) list.push(without_folders(item, is_dataset));
        return list;
    }
    const std::string text = value.string_or("");
    const bool is_file = !text.empty() && (is_dataset || io::file_exists(text));
    return is_file ? base::Json(without_folder(text)) : value;
}
}  // namespace

base::Json provenance_parameters(const base::ParameterList& list, const RunOptions& options) {
    base::Json parameters = base::Json::object();
    for (const base::Parameter& row : list.rows()) {
        const base::Json value = row.is_result_neutral ? base::Json() : row.current();
        if (!value.is_null()) parameters.set(row.name, without_folders(value, row.is_dataset));
    }
    RunOptions copy = options;
    base::ParameterList shared;
    copy.declare(shared);
    for (const base::Parameter& row : shared.rows()) {
        const base::Json value = row.is_result_neutral || row.name == "output" ? base::Json() : row.current();
        const bool is_given =
            row.kind == base::Parameter::Kind::kFlag ? value.bool_or(false) : !value.string_or("").empty();
        if (is_given) parameters.set(row.name, value);
    }
    return parameters;
}

void write_product(Outcome& outcome, const std::string& target, const RunOptions& options,
                   const model::Provenance& provenance, const base::Job& job) {
    io::WriteOptions write;
    write.overwrite = options.overwrite;
    write.wkt = options.wkt;
    write.provenance = provenance;
    if (auto* layer = std::get_if<model::Layer>(&outcome.product)) {
        const bool is_reprojected =
            options.to_crs || io::format_of(target, io::FormatKind::kVector).wgs84_only;
        if (is_reprojected && layer->has_geometry) require_crs(*layer);
        if (options.to_crs && layer->has_geometry) {
            *layer = model::transformed(*layer, geo::Crs::parse(*options.to_crs));
        }
        io::write_layer(target, *layer, write, outcome.findings, job);
    } else if (auto* recipe = std::get_if<RasterRecipe>(&outcome.product)) {
        write_recipe(*recipe, target, write, job);
        if (recipe->findings) std::ranges::copy(recipe->findings(), std::back_inserter(outcome.findings));
    } else if (auto* picture = std::get_if<PictureRecipe>(&outcome.product)) {
        write_picture(*picture, target, write);
    } else {
        base::bug("a task that makes nothing to write");
    }
}

void write_plot(const Outcome& outcome, const std::string& target, const RunOptions& options,
                const model::Provenance& provenance) {
    io::WriteOptions write;
    write.overwrite = options.overwrite;
    write.provenance = provenance;
    write_picture(*outcome.plot, target, write);
}

namespace {
std::optional<geo::Crs> output_crs(const RunOptions& options) {
    if (!options.to_crs) return std::nullopt;
    return geo::Crs::parse(*options.to_crs);
}

Outcome run_and_write(Task& task, const base::ParameterList& list, const RunOptions& options,
                      const RunFacts& facts, const base::Job& job) {
    FileDatasets datasets(options.inputs, output_crs(options));
    Outcome outcome = task.run(datasets, job);
    outcome.findings.insert(outcome.findings.begin(), datasets.findings().begin(), datasets.findings().end());
    const std::string plot = task.plot_file().value_or("");
    if (options.output.empty() && plot.empty()) return outcome;
    model::Provenance provenance;
    provenance.version = facts.version;
    provenance.command = facts.command;
    provenance.parameters = provenance_parameters(list, options);
    provenance.inputs = datasets.inputs();
    provenance.time = facts.time;
    if (!plot.empty()) {
        write_plot(outcome, plot, options, provenance);
        outcome.summary.set("plot", plot);
        if (!outcome.text.empty()) outcome.text += "plot " + plot + "\n";
    }
    if (options.output.empty()) return outcome;
    write_product(outcome, options.output, options, provenance, job);
    note_count(outcome);
    outcome.product = std::monostate();
    outcome.text.clear();
    outcome.summary.set("output", options.output);
    return outcome;
}
}  // namespace

Outcome run_command(Task& task, const base::ParameterList& list, const RunOptions& options,
                    const RunFacts& facts, const base::Job& job) {
    task.check();
    auto* build = dynamic_cast<BuildTask*>(&task);
    if (auto* info = dynamic_cast<InfoTask*>(&task)) info->settings = options.inputs;
    if (build == nullptr) check_targets(task, options);
    const std::string folder = options.output.empty() ? "out" : options.output;
    try {
        if (build != nullptr)
            return run_build(*build, {folder, facts.version, facts.time, options.plan}, job);
        if (options.plan) return plan_command(task, list, options, job);
        return run_and_write(task, list, options, facts, job);
    } catch (const base::Error& error) {
        if (error.kind() != base::ErrorKind::kInterrupted) throw;
        // Who interrupts wants to know what became of the files.
        std::string stays;
        if (build != nullptr) {
            stays = "; what was finished in " + folder + " is whole, and the next build goes on from there";
        } else if (!options.output.empty()) {
            stays = "; " + options.output + " was not changed";
        }
        throw base::Error(base::ErrorKind::kInterrupted, "interrupted" + stays);
    }
}

}  // namespace isopleth::pipeline
