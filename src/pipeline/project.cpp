// SPDX-License-Identifier: MIT
#include "pipeline/project.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/text.hpp"
#include "io/dataset_name.hpp"
#include "io/part_file.hpp"
#include "pipeline/crossval_task.hpp"
#include "pipeline/density_task.hpp"
#include "pipeline/hotspot_task.hpp"
#include "pipeline/join_task.hpp"
#include "pipeline/layer_task.hpp"
#include "pipeline/map_task.hpp"
#include "pipeline/project_toml.hpp"
#include "pipeline/query_task.hpp"
#include "pipeline/rank_task.hpp"
#include "pipeline/surface_task.hpp"
#include "pipeline/variogram_task.hpp"
#include "pipeline/zonal_task.hpp"

namespace isopleth::pipeline {

namespace {
struct Kind {
    std::string name;
    MakeTask make;
};

/// The sections that a project file may have, but for [project] itself.
const std::vector<Kind>& kinds() {
    static const std::vector<Kind> kKinds = {
        {"layers", make_task<LayerTask>},      {"tables", make_task<LayerTask>},
        {"joins", make_task<JoinTask>},        {"surfaces", make_task<SurfaceTask>},
        {"ranks", make_task<RankTask>},        {"densities", make_task<DensityTask>},
        {"hotspots", make_task<HotspotTask>},  {"queries", make_task<QueryTask>},
        {"crossval", make_task<CrossvalTask>}, {"variogram", make_task<VariogramTask>},
        {"zonal", make_task<ZonalTask>},       {"maps", make_task<MapTask>},
    };
    return kKinds;
}

std::string key_to_option(std::string key) {
    std::replace(key.begin(), key.end(), '_', '-');
    return key;
}

std::string under(const std::string& folder, const std::string& path) {
    const std::filesystem::path wanted(path);
    return wanted.is_absolute() || folder.empty() ? path : (std::filesystem::path(folder) / wanted).string();
}

class ProjectReader {
public:
    explicit ProjectReader(const std::string& path) {
        m_project.file = path;
        m_project.folder = std::filesystem::path(path).parent_path().string();
    }

    Project read() {
        for (const TomlSection& section : parse_toml(io::read_bytes(m_project.file), m_project.file)) {
            base::at_place({.file = m_project.file, .line = section.line},
                           [&] { section.kind == "project" ? read_header(section) : read_step(section); });
        }
        const auto speak = [&](std::string& language) {
            if (language.empty()) language = m_project.language;
        };
        for (Step& step : m_project.steps) {
            if (auto* map = dynamic_cast<MapTask*>(step.task.get())) speak(map->language);
            if (auto* variogram = dynamic_cast<VariogramTask*>(step.task.get()))
                speak(variogram->of_plot.language);
        }
        check_names();
        sort_steps();
        return std::move(m_project);
    }

private:
    [[noreturn]] static void fail(const std::string& message, int line) {
        base::fail_input(message, {}, {.line = line});
    }

    void read_header(const TomlSection& section) {
        base::ParameterList list;
        std::string crs;
        list.add("title", m_project.title, "of summary and maps");
        list.add("crs", crs, "metric CRS of the analysis");
        list.add("language", m_project.language, "of maps and summary").one_of({"zh", "en"});
        list.add("note", m_project.note, "said on every map and in every output");
        set_keys(list, section, m_project.file);
        as_fault_of_file(m_project.file, section.line, [&] {
            if (!crs.empty()) m_project.crs = geo::Crs::parse(crs);
        });
        if (m_project.crs && !m_project.crs->is_metric()) {
            fail(fmt::format("crs {} is not in metres; nothing can be measured in it", crs), section.line);
        }
    }

    void require_keys(const base::ParameterList& list, const TomlSection& section) const {
        for (const base::Parameter& row : list.rows()) {
            const auto is_it = [&](const TomlEntry& entry) { return key_to_option(entry.key) == row.name; };
            if (!row.is_required || std::any_of(section.entries.begin(), section.entries.end(), is_it))
                continue;
            std::string key = row.name;
            std::replace(key.begin(), key.end(), '-', '_');
            fail(fmt::format("key {} is missing: {}", key, row.help), section.line);
        }
    }

    void read_step(const TomlSection& section) {
        std::vector<std::string> names{"project"};
        const Kind* kind = nullptr;
        for (const Kind& candidate : kinds()) {
            names.push_back(candidate.name);
            if (candidate.name == section.kind) kind = &candidate;
        }
        if (section.kind.empty()) {
            fail(fmt::format("key {} stands outside any section", section.entries.front().key), section.line);
        }
        if (kind == nullptr) {
            fail(fmt::format("unknown section [{}]{}", section.kind, base::did_you_mean(section.kind, names)),
                 section.line);
        }
        if (section.name.empty())
            fail(fmt::format("[{}] needs a name: [{}.NAME]", section.kind, section.kind), section.line);
        // A name becomes a file's name in the output folder and a layer's in the GeoPackage.
        if (section.name.find_first_of("/\\\"") != std::string::npos || section.name.front() == '.') {
            fail(fmt::format("\"{}\" cannot be a name: it holds / \\ or \", or begins with a full stop",
                             section.name),
                 section.line);
        }
        Step step;
        step.kind = section.kind;
        step.name = section.name;
        step.line = section.line;
        step.task = kind->make();
        step.parameters = std::make_shared<base::ParameterList>();
        step.task->declare(*step.parameters);
        set_keys(*step.parameters, section, m_project.file);
        require_keys(*step.parameters, section);
        as_fault_of_file(m_project.file, section.line, [&] { step.task->check(); });
        step.settings = step.parameters->to_json();
        if (const auto* query = dynamic_cast<const QueryTask*>(step.task.get())) {
            if (query->project)
                fail("project belongs to the command line; here with names sections", section.line);
        }
        if (!step.task->plot_file().value_or("").empty())
            fail("plot belongs to the command line; here the plot is plots/NAME.png and .pdf", section.line);
        resolve_files(step);
        step.needs = needs_of(*step.parameters);
        m_project.steps.push_back(std::move(step));
    }

    void resolve_files(Step& step) const {
        if (auto* layer = dynamic_cast<LayerTask*>(step.task.get())) {
            layer->path = under(m_project.folder, layer->path);
            step.file = layer->path;
            step.restricted = layer->sensitivity == "restricted";
        }
        if (auto* map = dynamic_cast<MapTask*>(step.task.get())) {
            for (std::string& style : map->styles) style = under(m_project.folder, style);
        }
    }

    static std::vector<std::string> needs_of(const base::ParameterList& list) {
        std::vector<std::string> needs;
        for (const base::Parameter& row : list.rows()) {
            if (!row.is_dataset) continue;
            const base::Json value = row.current();
            std::vector<std::string> texts;
            if (value.is_string()) texts.push_back(value.string_or(""));
            for (const base::Json& item : value.items()) texts.push_back(item.string_or(""));
            for (const std::string& text : texts) {
                const std::string name = io::split_name(text).dataset;
                if (!name.empty()) needs.push_back(name);
            }
        }
        return needs;
    }

    void check_names() const {
        std::vector<std::string> names;
        for (const Step& step : m_project.steps) {
            if (step.kind != "maps" && std::find(names.begin(), names.end(), step.name) != names.end()) {
                base::fail_input(fmt::format("the name {} is used twice", step.name), {},
                                 {.file = m_project.file, .line = step.line});
            }
            if (step.kind != "maps") names.push_back(step.name);
        }
        for (const Step& step : m_project.steps) {
            for (const std::string& need : step.needs) {
                if (std::find(names.begin(), names.end(), need) != names.end()) continue;
                base::fail_input(fmt::format("[{}.{}] names {}, which no section makes{}", step.kind,
                                             step.name, need, base::did_you_mean(need, names)),
                                 {}, {.file = m_project.file, .line = step.line});
            }
        }
    }

    void sort_steps() {
        std::vector<Step> sorted;
        for (const std::size_t position : order_of_work(m_project.steps, m_project.file)) {
            sorted.push_back(m_project.steps[position]);
        }
        m_project.steps = std::move(sorted);
        for (Step& step : m_project.steps) {
            for (const std::string& need : step.needs) {
                const Step* source = m_project.find(need);
                if (source != nullptr && source->restricted) step.restricted = true;
            }
        }
    }

    Project m_project;
};
}  // namespace

const Step* Project::find(const std::string& name) const {
    for (const Step& step : steps) {
        if (step.name == name && step.kind != "maps") return &step;
    }
    for (const Step& step : steps) {
        if (step.name == name) return &step;
    }
    return nullptr;
}

namespace {
/// The members of one circle among the steps that are not done, the earliest in the file first.
std::vector<std::size_t> find_circle(const std::vector<Step>& steps, const std::vector<bool>& done) {
    const auto next_of = [&](const Step& step) {
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const bool is_needed =
                std::find(step.needs.begin(), step.needs.end(), steps[i].name) != step.needs.end();
            if (!done[i] && steps[i].kind != "maps" && is_needed) return i;
        }
        base::bug("a step that waits for nothing");
    };
    std::vector<std::size_t> path;
    std::size_t current = static_cast<std::size_t>(std::find(done.begin(), done.end(), false) - done.begin());
    auto seen = path.end();
    while ((seen = std::find(path.begin(), path.end(), current)) == path.end()) {
        path.push_back(current);
        current = next_of(steps[current]);
    }
    std::vector<std::size_t> circle(seen, path.end());
    std::rotate(circle.begin(), std::min_element(circle.begin(), circle.end()), circle.end());
    return circle;
}
}  // namespace

std::vector<std::size_t> order_of_work(const std::vector<Step>& steps, const std::string& file) {
    std::vector<std::size_t> order;
    std::vector<std::string> made;
    std::vector<bool> done(steps.size(), false);
    const auto is_ready = [&](const Step& step) {
        return std::all_of(step.needs.begin(), step.needs.end(), [&](const std::string& need) {
            return std::find(made.begin(), made.end(), need) != made.end();
        });
    };
    while (order.size() < steps.size()) {
        std::size_t next = 0;
        while (next < steps.size() && (done[next] || !is_ready(steps[next]))) ++next;
        if (next == steps.size()) break;
        done[next] = true;
        order.push_back(next);
        if (steps[next].kind != "maps") made.push_back(steps[next].name);
    }
    if (order.size() == steps.size()) return order;
    const std::vector<std::size_t> circle = find_circle(steps, done);
    std::vector<std::string> members;
    for (const std::size_t position : circle) members.push_back(steps[position].name);
    base::fail_input(
        fmt::format("these sections need one another in a circle: {}", base::join(members, ", ")),
        "One of them must not name another.", {.file = file, .line = steps[circle.front()].line});
}

Project read_project(const std::string& path) {
    return ProjectReader(path).read();
}

}  // namespace isopleth::pipeline
