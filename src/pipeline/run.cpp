// SPDX-License-Identifier: MIT
#include "pipeline/run.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "base/text.hpp"
#include "io/formats.hpp"
#include "io/gdal_raster.hpp"
#include "io/gdal_vector.hpp"
#include "io/part_file.hpp"
#include "pipeline/build_task.hpp"

namespace isopleth::pipeline {

void RunOptions::declare(base::ParameterList& list) {
    inputs.declare(list);
    list.add("output", output, "file to write; its extension gives the format")
        .with_short('o')
        .called("OUTPUT");
    list.add("to-crs", to_crs, "CRS of the output").called("CRS");
    list.add("overwrite", overwrite, "replace an existing output").neutral();
    list.add("wkt", wkt, "CSV output: geometry as WKT");
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
    io::RasterWriter::Layout layout{recipe.grid, recipe.crs, recipe.band_names, recipe.band_units, true};
    io::RasterWriter writer(target, layout, options);
    const std::size_t step = window_rows(recipe.grid);
    for (std::size_t first = 0; first < recipe.grid.rows; first += step) {
        const std::size_t count = std::min(step, recipe.grid.rows - first);
        const double done = static_cast<double>(first);
        const double total = static_cast<double>(recipe.grid.rows);
        base::Job window_job = job;
        window_job.progress = [&](double share, const std::string& what) {
            job.report((done + share * static_cast<double>(count)) / total, what);
        };
        writer.write(recipe.compute(first, count, window_job));
    }
    writer.close(job);
}

void require_kind(const std::string& target, io::FormatKind kind) {
    io::format_of(target, kind);
}

/// Usage and output errors before any work is done.
void check_target(const RunOptions& options) {
    if (options.output.empty()) return;
    if (io::file_exists(options.output) && !options.overwrite) {
        base::fail_output(options.output + " exists already", "Add --overwrite to replace it.");
    }
    const std::filesystem::path folder = std::filesystem::path(options.output).parent_path();
    if (!folder.empty() && !std::filesystem::is_directory(folder)) {
        base::fail_output(options.output + ": there is no folder " + folder.string(), "Make it first.");
    }
}
}  // namespace

void write_product(Outcome& outcome, const std::string& target, const RunOptions& options,
                   const model::Provenance& provenance, const base::Job& job) {
    io::WriteOptions write;
    write.overwrite = options.overwrite;
    write.wkt = options.wkt;
    write.provenance = provenance;
    if (auto* layer = std::get_if<model::Layer>(&outcome.product)) {
        require_kind(target, io::FormatKind::kVector);
        if (options.to_crs && layer->has_geometry)
            *layer = model::transformed(*layer, geo::Crs::parse(*options.to_crs));
        io::write_layer(target, *layer, write, outcome.findings, job);
    } else if (auto* recipe = std::get_if<RasterRecipe>(&outcome.product)) {
        require_kind(target, io::FormatKind::kRaster);
        if (options.to_crs)
            base::fail_usage("--to-crs does not go with a raster; state the CRS of the input");
        write_recipe(*recipe, target, write, job);
    } else if (auto* picture = std::get_if<PictureRecipe>(&outcome.product)) {
        const io::Format& format = io::format_of(target, io::FormatKind::kPicture);
        io::write_bytes(target, picture->render(format.extension, provenance.time), options.overwrite);
    } else {
        base::fail_usage("this command writes no file; leave --output out");
    }
}

namespace {
Outcome run_and_write(Task& task, const base::ParameterList& list, const RunOptions& options,
                      const RunFacts& facts, const base::Job& job) {
    check_target(options);
    FileDatasets datasets(options.inputs);
    Outcome outcome = task.run(datasets, job);
    outcome.findings.insert(outcome.findings.begin(), datasets.findings().begin(), datasets.findings().end());
    if (options.output.empty()) {
        const bool can_be_shown =
            !outcome.text.empty() || std::holds_alternative<std::monostate>(outcome.product);
        if (!can_be_shown) base::fail_usage("no output named", "Add -o FILE.");
        return outcome;
    }
    model::Provenance provenance;
    provenance.version = facts.version;
    provenance.command = facts.command;
    provenance.parameters = list.to_json();
    provenance.inputs = datasets.inputs();
    provenance.time = facts.time;
    write_product(outcome, options.output, options, provenance, job);
    outcome.summary.set("output", options.output);
    return outcome;
}
}  // namespace

Outcome run_command(Task& task, const base::ParameterList& list, const RunOptions& options,
                    const RunFacts& facts, const base::Job& job) {
    task.check();
    auto* build = dynamic_cast<BuildTask*>(&task);
    const std::string folder = options.output.empty() ? "out" : options.output;
    try {
        if (build != nullptr) return run_build(*build, {folder, facts.version, facts.time}, job);
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
