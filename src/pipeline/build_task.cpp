// SPDX-License-Identifier: MIT
#include "pipeline/build_task.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "draw/qgis.hpp"
#include "io/formats.hpp"
#include "io/gdal_raster.hpp"
#include "io/gdal_vector.hpp"
#include "pipeline/build_record.hpp"
#include "pipeline/crs_choice.hpp"
#include "pipeline/map_task.hpp"
#include "pipeline/project.hpp"
#include "pipeline/project_datasets.hpp"
#include "pipeline/style_file.hpp"
#include "pipeline/summary_text.hpp"

namespace isopleth::pipeline {

void BuildTask::declare(base::ParameterList& list) {
    list.add("project", project, "project file").required().at(0).called("PROJECT.toml");
    list.add("only", only, "make these results alone").called("NAME");
    list.add("force", force, "make everything again");
    list.add("plan", plan, "say what would be made, and make nothing").neutral();
}

Outcome BuildTask::run(Datasets&, const base::Job&) {
    base::bug("build is run by run_build");
}

namespace {
bool is_source(const Step& step) {
    return step.kind == "layers" || step.kind == "tables";
}

class Builder {
public:
    Builder(const BuildTask& task, const BuildFacts& facts, const base::Job& job)
        : m_task(task),
          m_facts(facts),
          m_job(job),
          m_project(read_project(task.project)),
          m_record(BuildRecord::load(facts.folder)),
          m_datasets(m_project, facts.folder, job) {}

    Outcome build() {
        check_only();
        find_keys();
        if (m_task.plan) return report();
        io::make_folder(m_facts.folder);
        std::size_t done = 0;
        for (const Step& step : m_project.steps) {
            m_job.check();
            m_job.report(static_cast<double>(done++) / static_cast<double>(m_project.steps.size() + 1),
                         step.name);
            if (is_wanted(step)) at_step(step, [&] { make(step); });
        }
        if (m_task.only.empty()) {
            make_geopackage();
            write_summaries();
        }
        m_record.save(m_facts.folder);
        return report();
    }

private:
    template <class Work>
    void at_step(const Step& step, Work&& work) {
        try {
            work();
        } catch (const base::Error& error) {
            m_record.save(m_facts.folder);
            const bool has_place = !error.place().file.empty();
            throw has_place ? error : error.with_place({.file = m_project.file, .line = step.line});
        }
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

    static std::string id_of(const Step& step) { return step.kind + "." + step.name; }

    /// A step's key is the hash of its parameters, of the files it reads, and of the keys of what it needs.
    void find_keys() {
        for (const Step& step : m_project.steps) {
            std::string text = m_facts.version + "\n" + id_of(step) + "\n" +
                               step.parameters->to_json().dump(-1) + "\n" +
                               (m_project.crs ? m_project.crs->wkt() : "") + "\n";
            if (!step.file.empty()) text += m_record.hash_of(step.file) + "\n";
            if (const auto* map = dynamic_cast<const MapTask*>(step.task.get())) {
                for (const std::string& style : map->styles) text += m_record.hash_of(style) + "\n";
            }
            for (const std::string& need : step.needs) text += m_keys[id_of(*m_project.find(need))] + "\n";
            const std::string key = base::sha256(text);
            m_keys[id_of(step)] = key;
            if (!m_task.force && m_record.is_current(id_of(step), key, m_facts.folder)) {
                m_current[id_of(step)] = true;
                m_datasets.mark_current(step.name);
            }
        }
    }

    model::Provenance provenance_of(const Step& step) {
        model::Provenance provenance;
        provenance.version = m_facts.version;
        provenance.command = "build " + id_of(step);
        provenance.parameters = step.parameters->to_json();
        add_inputs(step, provenance.inputs);
        provenance.time = m_facts.time;
        provenance.note = m_project.note;
        return provenance;
    }

    void add_inputs(const Step& step, std::vector<model::InputRecord>& inputs) {
        if (!step.file.empty()) {
            const std::string name = std::filesystem::path(step.file).filename().string();
            const auto same = [&](const model::InputRecord& record) { return record.name == name; };
            if (std::none_of(inputs.begin(), inputs.end(), same))
                inputs.push_back({name, m_record.hash_of(step.file)});
        }
        for (const std::string& need : step.needs) add_inputs(*m_project.find(need), inputs);
    }

    io::WriteOptions write_options(const Step& step) {
        io::WriteOptions options;
        options.provenance = provenance_of(step);
        return options;
    }

    /// The full path of an output; a foreign file in its place is refused, an own one replaced.
    std::string claim(const std::string& relative, io::WriteOptions& options) {
        const std::string path = m_facts.folder + "/" + relative;
        options.overwrite = m_record.is_ours(relative);
        if (!options.overwrite && io::file_exists(path)) {
            base::fail_output(path + " exists already and was not written by build",
                              "Move it away or choose another -o.");
        }
        io::make_folder(std::filesystem::path(path).parent_path().string());
        return path;
    }

    void make(const Step& step) {
        if (m_current.contains(id_of(step))) {
            ++m_skipped;
            return;
        }
        StepRecord record;
        record.key = m_keys[id_of(step)];
        Outcome outcome;
        if (step.kind == "maps") {
            outcome = step.task->run(m_datasets, m_job);
            make_pictures(step, outcome, record);
        } else if (step.kind == "surfaces" || step.kind == "densities") {
            make_raster(step, record);
            outcome = std::move(m_datasets.outcome(step.name));
        } else {
            make_layer(step, record);
            outcome = std::move(m_datasets.outcome(step.name));
        }
        record.summary = outcome.summary;
        for (const base::Finding& finding : outcome.findings)
            record.findings.push_back(base::to_text(finding));
        m_findings.insert(m_findings.end(), outcome.findings.begin(), outcome.findings.end());
        m_record.steps[id_of(step)] = std::move(record);
        m_made.push_back(step.name);
    }

    void note_output(StepRecord& record, const std::string& relative) {
        record.outputs[relative] = io::stamp_of(m_facts.folder + "/" + relative);
    }

    void make_layer(const Step& step, StepRecord& record) {
        const auto layer = m_datasets.layer(step.name);
        if (is_source(step) || !layer->has_geometry) return;
        if (step.restricted) {
            m_withheld.push_back(step.name);
            return;
        }
        io::WriteOptions options = write_options(step);
        const std::string relative = "geojson/" + step.name + ".geojson";
        const std::string path = claim(relative, options);
        base::Findings findings;
        io::write_layer(path, *layer, options, findings, m_job);
        note_output(record, relative);
    }

    void make_raster(const Step& step, StepRecord& record) {
        const auto raster = m_datasets.raster(step.name);
        io::WriteOptions options = write_options(step);
        const std::string relative = "rasters/" + step.name + ".tif";
        const std::string path = claim(relative, options);
        io::RasterWriter::Layout layout{raster->grid, raster->crs, {}, {}, false};
        for (const model::Band& band : raster->bands) {
            layout.band_names.push_back(band.name);
            layout.band_units.push_back(band.unit);
        }
        io::RasterWriter writer(path, layout, options);
        writer.write(*raster);
        writer.close(m_job);
        note_output(record, relative);
    }

    void make_pictures(const Step& step, Outcome& outcome, StepRecord& record) {
        const auto* picture = std::get_if<PictureRecipe>(&outcome.product);
        if (picture == nullptr) base::bug("a map that draws nothing");
        for (const std::string extension : {".png", ".pdf"}) {
            io::WriteOptions options = write_options(step);
            const std::string relative = "maps/" + step.name + extension;
            const std::string path = claim(relative, options);
            io::write_bytes(path, picture->render(extension, m_facts.time), options.overwrite);
            note_output(record, relative);
        }
    }

    /// Styles of the maps, so that QGIS opens the layers as the maps show them: the last map that draws a
    /// layer decides.
    std::vector<io::EmbeddedStyle> embedded_styles() {
        std::map<std::string, io::EmbeddedStyle> styles;
        for (const Step& step : m_project.steps) {
            const auto* map = dynamic_cast<const MapTask*>(step.task.get());
            if (map == nullptr) continue;
            for (std::size_t i = 0; i < map->layers.size(); ++i) {
                const style::LayerStyle style = read_style(map->styles[i], map->words());
                if (style.kind == style::StyleKind::kRaster) continue;
                const auto layer = m_datasets.layer(map->layers[i]);
                styles[map->layers[i]] = {
                    map->layers[i], step.name, draw::qml(style, symbol_geometry(*layer)), {}};
            }
        }
        std::vector<io::EmbeddedStyle> list;
        for (auto& [name, style] : styles) list.push_back(std::move(style));
        return list;
    }

    static style::SymbolGeometry symbol_geometry(const model::Layer& layer) {
        const std::string type = layer.geometry_type();
        if (type.find("Point") != std::string::npos) return style::SymbolGeometry::kPoint;
        if (type.find("Line") != std::string::npos) return style::SymbolGeometry::kLine;
        return style::SymbolGeometry::kPolygon;
    }

    void make_geopackage() {
        const std::string relative = std::filesystem::path(m_project.file).stem().string() + ".gpkg";
        std::string text = m_facts.version;
        for (const auto& [id, key] : m_keys) text += id + key;
        const std::string key = base::sha256(text);
        if (!m_task.force && m_record.is_current("geopackage", key, m_facts.folder)) return;
        std::vector<std::shared_ptr<const model::Layer>> kept;
        std::vector<const model::Layer*> layers;
        model::Provenance provenance;
        for (const Step& step : m_project.steps) {
            if (step.kind == "maps" || step.kind == "surfaces" || step.kind == "densities") continue;
            kept.push_back(m_datasets.layer(step.name));
            layers.push_back(kept.back().get());
            add_inputs(step, provenance.inputs);
        }
        io::WriteOptions options;
        options.provenance = provenance;
        options.provenance.version = m_facts.version;
        options.provenance.command = "build";
        options.provenance.parameters = base::Json::object();
        options.provenance.time = m_facts.time;
        options.provenance.note = m_project.note;
        const std::string path = claim(relative, options);
        io::write_geopackage(path, layers, embedded_styles(), options, m_job);
        StepRecord record;
        record.key = key;
        record.summary = base::Json::object();
        note_output(record, relative);
        m_record.steps["geopackage"] = std::move(record);
        m_made.push_back(relative);
    }

    void write_summaries() {
        std::vector<StepSummary> steps;
        for (const Step& step : m_project.steps) {
            const StepRecord& record = m_record.steps[id_of(step)];
            StepSummary summary{step.kind, step.name, record.summary, record.findings, {}, step.restricted};
            for (const auto& [path, stamp] : record.outputs) summary.outputs.push_back(path);
            steps.push_back(std::move(summary));
        }
        const std::string json = summary_document(m_project, steps).dump() + "\n";
        const std::string markdown = summary_markdown(m_project, steps);
        const std::string key = base::sha256(json + markdown);
        if (!m_task.force && m_record.is_current("summary", key, m_facts.folder)) return;
        StepRecord record;
        record.key = key;
        record.summary = base::Json::object();
        for (const auto& [name, bytes] :
             {std::pair{"summary.json", &json}, std::pair{"summary.md", &markdown}}) {
            io::WriteOptions options;
            io::write_bytes(claim(name, options), *bytes, options.overwrite);
            note_output(record, name);
        }
        m_record.steps["summary"] = std::move(record);
    }

    Outcome report() {
        Outcome outcome;
        outcome.findings = m_findings;
        outcome.summary.set("project", m_project.title).set("folder", m_facts.folder);
        if (m_task.plan) {
            base::Json would = base::Json::array();
            for (const Step& step : m_project.steps) {
                if (is_wanted(step) && !m_current.contains(id_of(step))) would.push(id_of(step));
            }
            outcome.summary.set("would_make", would.items().size()).set("steps", std::move(would));
            return outcome;
        }
        outcome.summary.set("made", m_made.size()).set("unchanged", m_skipped);
        for (const auto& list : {std::pair{"made_again", &m_made}, std::pair{"withheld", &m_withheld}}) {
            if (!list.second->empty()) outcome.summary.set(list.first, base::join(*list.second, ", "));
        }
        return outcome;
    }

    const BuildTask& m_task;
    const BuildFacts& m_facts;
    const base::Job& m_job;
    Project m_project;
    BuildRecord m_record;
    ProjectDatasets m_datasets;
    std::map<std::string, std::string> m_keys;
    std::map<std::string, bool> m_current;
    std::vector<std::string> m_made;
    std::vector<std::string> m_withheld;
    std::size_t m_skipped = 0;
    base::Findings m_findings;
};
}  // namespace

Outcome run_build(const BuildTask& task, const BuildFacts& facts, const base::Job& job) {
    return Builder(task, facts, job).build();
}

}  // namespace isopleth::pipeline
