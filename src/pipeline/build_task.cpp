// SPDX-License-Identifier: MIT
#include "pipeline/build_task.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <set>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "io/gdal_vector.hpp"
#include "pipeline/build_record.hpp"
#include "pipeline/build_step.hpp"
#include "pipeline/map_task.hpp"
#include "pipeline/plan.hpp"
#include "pipeline/project.hpp"
#include "pipeline/project_datasets.hpp"
#include "pipeline/run.hpp"
#include "pipeline/summary_text.hpp"

namespace isopleth::pipeline {

void BuildTask::declare(base::ParameterList& list) {
    list.add("project", project, "project file").required().at(0).called("PROJECT.toml");
    list.add("only", only, "make these results alone").called("NAME");
    list.add("force", force, "make everything again");
}

Outcome BuildTask::run(Datasets&, const base::Job&) {
    base::bug("build is run by run_build");
}

namespace {
constexpr const char* kGeoPackage = "geopackage";
constexpr const char* kSummary = "summary";

constexpr const char* kWithheld = "restricted: not among the files to hand out";

class Builder {
public:
    Builder(const BuildTask& task, const BuildFacts& facts, const base::Job& job)
        : m_task(task),
          m_facts(facts),
          m_job(job),
          m_project(read_project(task.project)),
          m_record(BuildRecord::load(facts.folder)),
          m_datasets(m_project, facts.folder, m_job) {}

    Outcome build() {
        check_only();
        find_keys();
        if (m_facts.plan) return plan();
        io::make_folder(m_facts.folder);
        claim_files();
        try {
            make_all();
        } catch (const base::Error&) {
            m_record.save(m_facts.folder);
            throw;
        }
        m_record.save(m_facts.folder);
        return report();
    }

private:
    void make_all() {
        double total = 1e-9;
        for (const Step& step : m_project.steps)
            total += is_due(step) ? expected_seconds(step, record_of(step)) : 0;
        double gone = 0;
        for (const Step& step : m_project.steps) {
            m_job.check();
            if (!is_wanted(step)) continue;
            if (!is_due(step)) {
                keep(step);
                continue;
            }
            const double share = expected_seconds(step, record_of(step)) / total;
            const base::Job part = part_of(gone, share, step.name);
            at_step(step, [&] { make(step, part); });
            gone += share;
        }
        if (!m_task.only.empty()) return;
        make_geopackage();
        write_summaries();
        std::vector<std::string> kept{kGeoPackage, kSummary};
        for (const Step& step : m_project.steps) kept.push_back(id_of(step));
        m_record.keep_only(kept, m_facts.folder);
    }

    /// A message without a place of its own gets the section's; one about an input file keeps that. A wrong
    /// word, such as a field that is not there, is a fault of the section that names it.
    template <class Work>
    void at_step(const Step& step, Work&& work) const {
        try {
            work();
        } catch (const base::Error& error) {
            const base::Place place{.file = m_project.file, .line = step.line};
            if (error.kind() == base::ErrorKind::kUsage)
                base::fail_input(error.message(), error.hint(), place);
            if (!error.place().file.empty()) throw;
            throw error.with_place(place);
        }
    }

    /// A step's own progress as a part of the whole build's.
    base::Job part_of(double gone, double share, const std::string& name) const {
        base::Job part = m_job;
        m_job.report(gone, name);
        part.progress = [this, gone, share, name](double done, const std::string&) {
            m_job.report(gone + share * done, name);
        };
        return part;
    }

    void check_only() const {
        std::vector<std::string> names;
        for (const Step& step : m_project.steps) names.push_back(step.name);
        for (const std::string& name : m_task.only) {
            if (m_project.find(name) == nullptr) {
                base::fail_usage(fmt::format("--only {}: the project makes no such thing{}", name,
                                             base::did_you_mean(name, names)));
            }
        }
    }

    bool is_wanted(const Step& step) const {
        return m_task.only.empty() ||
               std::find(m_task.only.begin(), m_task.only.end(), step.name) != m_task.only.end();
    }
    bool is_due(const Step& step) const { return is_wanted(step) && !m_current.contains(id_of(step)); }

    /// A step's key is the hash of its parameters, of the files it reads, and of the keys of what it needs.
    void find_keys() {
        for (const Step& step : m_project.steps) {
            std::string text =
                fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n", m_facts.version, id_of(step), step.settings.dump(-1),
                            m_project.crs ? m_project.crs->wkt() : "", m_project.note, m_project.language);
            if (!step.file.empty()) text += m_record.hash_of(step.file) + "\n";
            for (const std::string& style : styles_of(step)) text += m_record.hash_of(style) + "\n";
            for (const std::string& need : step.needs) text += m_keys[id_of(*m_project.find(need))] + "\n";
            const std::string key = base::sha256(text);
            m_keys[id_of(step)] = key;
            if (m_task.force || !m_record.is_current(id_of(step), key, m_facts.folder)) continue;
            m_current.insert(id_of(step));
            if (step.task->makes() == Makes::kRaster) m_datasets.mark_current(step.name);
        }
    }

    /// Before anything is made: foreign files stop the build, and what is written from now on is known to be
    /// ours.
    void claim_files() {
        for (const Step& step : m_project.steps) {
            if (is_due(step)) m_record.claim(id_of(step), paths_of(step), m_facts.folder);
        }
        if (m_task.only.empty()) {
            if (!is_geopackage_current()) m_record.claim(kGeoPackage, {geopackage_path()}, m_facts.folder);
            m_record.claim(kSummary, {"summary.json", "summary.md"}, m_facts.folder);
        }
        m_record.save(m_facts.folder);
    }

    model::Provenance provenance_of(const Step& step) {
        model::Provenance provenance = common_provenance("build " + id_of(step), step.settings);
        add_inputs(step, provenance.inputs);
        return provenance;
    }

    model::Provenance common_provenance(const std::string& command, const base::Json& parameters) const {
        model::Provenance provenance;
        provenance.version = m_facts.version;
        provenance.command = command;
        provenance.parameters = parameters;
        provenance.time = m_facts.time;
        provenance.note = m_project.note;
        return provenance;
    }

    void add_input(const std::string& file, std::vector<model::InputRecord>& inputs) {
        const std::string name = std::filesystem::path(file).filename().string();
        const auto same = [&](const model::InputRecord& record) { return record.name == name; };
        if (std::none_of(inputs.begin(), inputs.end(), same))
            inputs.push_back({name, m_record.hash_of(file)});
    }

    void add_inputs(const Step& step, std::vector<model::InputRecord>& inputs) {
        if (!step.file.empty()) add_input(step.file, inputs);
        for (const std::string& style : styles_of(step)) add_input(style, inputs);
        for (const std::string& need : step.needs) add_inputs(*m_project.find(need), inputs);
    }

    /// An up-to-date step says again what it found when it was made.
    void keep(const Step& step) {
        ++m_unchanged;
        for (const std::string& text : m_record.steps[id_of(step)].findings) m_findings.push_back({text, {}});
    }

    void make(const Step& step, const base::Job& job) {
        const auto start = std::chrono::steady_clock::now();
        StepRecord record;
        record.key = m_keys[id_of(step)];
        Outcome outcome;
        const Makes makes = step.task->makes();
        if (makes == Makes::kRaster || makes == Makes::kPicture) {
            outcome = step.task->run(m_datasets, job);
            for (const std::string& path : paths_of(step)) write(step, outcome, path, record, job);
            // What needs the raster reads it from the file, in this build as in the next.
            if (makes == Makes::kRaster) m_datasets.mark_current(step.name);
        } else {
            const auto layer = m_datasets.layer(step.name);
            outcome = std::move(m_datasets.outcome(step.name));
            outcome.product = *layer;
            note_table(outcome, *layer);
            if ((layer->has_geometry || outcome.plot) && !is_source(step) && step.restricted)
                outcome.summary.set("withheld", kWithheld);
            if (layer->has_geometry || outcome.plot) {
                for (const std::string& path : paths_of(step)) write(step, outcome, path, record, job);
            }
        }
        record.summary = outcome.summary;
        for (base::Finding& finding : outcome.findings) {
            finding.place.file = within_project(m_project, finding.place.file);
            record.findings.push_back(base::to_text(finding));
            m_findings.push_back(std::move(finding));
        }
        record.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        m_record.replace(id_of(step), std::move(record), m_facts.folder);
        m_made.push_back(step.name);
    }

    void write(const Step& step, Outcome& outcome, const std::string& path, StepRecord& record,
               const base::Job& job) {
        const std::string file = m_facts.folder + "/" + path;
        io::make_folder(std::filesystem::path(file).parent_path().string());
        RunOptions options;
        options.overwrite = true;  // claimed: it is ours or was not there
        outcome.plot ? write_plot(outcome, file, options, provenance_of(step))
                     : write_product(outcome, file, options, provenance_of(step), job);
        note_output(record, path);
        const std::string sidecar = path + ".provenance.json";
        if (io::file_exists(m_facts.folder + "/" + sidecar)) note_output(record, sidecar);
    }

    void note_output(StepRecord& record, const std::string& path) {
        record.outputs[path] = io::stamp_of(m_facts.folder + "/" + path);
    }

    std::string geopackage_path() const {
        return std::filesystem::path(m_project.file).stem().string() + ".gpkg";
    }

    std::string geopackage_key() const {
        std::string text = m_facts.version;
        for (const auto& [id, key] : m_keys) text += id + key;
        return base::sha256(text);
    }

    bool is_geopackage_current() const {
        return !m_task.force && m_record.is_current(kGeoPackage, geopackage_key(), m_facts.folder);
    }

    void make_geopackage() {
        if (is_geopackage_current()) return;
        const auto start = std::chrono::steady_clock::now();
        std::vector<std::shared_ptr<const model::Layer>> kept;
        std::vector<const model::Layer*> layers;
        io::WriteOptions options;
        options.overwrite = true;  // claimed
        options.provenance = common_provenance("build", base::Json::object());
        for (const Step& step : m_project.steps) {
            const Makes makes = step.task->makes();
            if (makes != Makes::kLayer && makes != Makes::kTable) continue;
            kept.push_back(m_datasets.layer(step.name));
            layers.push_back(kept.back().get());
            add_inputs(step, options.provenance.inputs);
        }
        io::write_geopackage(m_facts.folder + "/" + geopackage_path(), layers,
                             embedded_styles(m_project, m_datasets), options, m_job);
        StepRecord record;
        record.key = geopackage_key();
        record.summary = base::Json::object();
        note_output(record, geopackage_path());
        record.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        m_record.replace(kGeoPackage, std::move(record), m_facts.folder);
        m_made.push_back(geopackage_path());
    }

    void write_summaries() {
        std::vector<StepSummary> steps;
        for (const Step& step : m_project.steps) {
            const StepRecord& record = m_record.steps[id_of(step)];
            StepSummary summary{step.kind, step.name, record.summary, record.findings, {}, step.restricted};
            for (const auto& [path, stamp] : record.outputs) summary.outputs.push_back(path);
            steps.push_back(std::move(summary));
        }
        StepRecord record;
        record.summary = base::Json::object();
        const std::string json = summary_document(m_project, steps).dump() + "\n";
        write_text("summary.json", json, record);
        write_text("summary.md", summary_markdown(m_project, steps), record);
        m_record.replace(kSummary, std::move(record), m_facts.folder);
    }

    /// A file that says the same already keeps its time stamp.
    void write_text(const std::string& path, const std::string& text, StepRecord& record) {
        const std::string file = m_facts.folder + "/" + path;
        if (!io::file_exists(file) || io::read_bytes(file) != text) io::write_bytes(file, text, true);
        note_output(record, path);
    }

    /// nullptr for a step that was never made.
    const StepRecord* record_of(const Step& step) const {
        const auto found = m_record.steps.find(id_of(step));
        return found == m_record.steps.end() ? nullptr : &found->second;
    }

    Outcome plan() const {
        Outcome outcome;
        base::Json would = base::Json::array();
        Estimate estimate = program_estimate();
        bool has_maps = false;
        for (const Step& step : m_project.steps) {
            has_maps = has_maps || step.task->makes() == Makes::kPicture || step.task->plot_file();
            if (!step.file.empty()) add_reading(static_cast<double>(io::stamp_of(step.file).size), estimate);
            if (!is_due(step)) continue;
            would.push(id_of(step));
            estimate.seconds += expected_seconds(step, record_of(step));
            estimate.output_bytes += expected_bytes(step, record_of(step));
        }
        if (has_maps) add_drawing(estimate);
        if (m_task.only.empty() && !is_geopackage_current()) {
            would.push(geopackage_path());
            const auto last = m_record.steps.find(kGeoPackage);
            estimate.seconds += last == m_record.steps.end() ? 2 : last->second.seconds;
            const long long size = io::stamp_of(m_facts.folder + "/" + geopackage_path()).size;
            estimate.output_bytes += size < 0 ? 1e6 : static_cast<double>(size);
        }
        outcome.summary.set("project", m_project.title)
            .set("folder", m_facts.folder)
            .set("would_make", would.items().size())
            .set("steps", std::move(would));
        tell(estimate, outcome.summary);
        return outcome;
    }

    Outcome report() const {
        Outcome outcome;
        outcome.findings = m_findings;
        outcome.summary.set("project", m_project.title)
            .set("folder", m_facts.folder)
            .set("made", m_made.size())
            .set("unchanged", m_unchanged);
        std::vector<std::string> withheld;
        for (const Step& step : m_project.steps) {
            const StepRecord* record = record_of(step);
            if (record != nullptr && !record->summary["withheld"].is_null()) withheld.push_back(step.name);
        }
        if (!m_made.empty()) outcome.summary.set("made_again", base::join(m_made, ", "));
        if (!withheld.empty()) outcome.summary.set("withheld", base::join(withheld, ", "));
        return outcome;
    }

    const BuildTask& m_task;
    const BuildFacts& m_facts;
    const base::Job& m_job;
    Project m_project;
    BuildRecord m_record;
    ProjectDatasets m_datasets;
    std::map<std::string, std::string> m_keys;
    std::set<std::string> m_current;
    std::vector<std::string> m_made;
    std::size_t m_unchanged = 0;
    base::Findings m_findings;
};
}  // namespace

Outcome run_build(const BuildTask& task, const BuildFacts& facts, const base::Job& job) {
    return Builder(task, facts, job).build();
}

}  // namespace isopleth::pipeline
