// SPDX-License-Identifier: MIT
#include "pipeline/build_record.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace isopleth::pipeline {

namespace {
std::string state_path(const std::string& folder) {
    return folder + "/.isopleth/state.json";
}

base::Json stamp_json(const io::FileStamp& stamp) {
    return base::Json::array(
        {static_cast<std::int64_t>(stamp.size), static_cast<std::int64_t>(stamp.modified_nanoseconds)});
}

io::FileStamp stamp_from(const base::Json& json) {
    if (json.items().size() != 2) return {};
    return {json.items()[0].integer_or(-1), json.items()[1].integer_or(0)};
}
}  // namespace

BuildRecord BuildRecord::load(const std::string& folder) {
    BuildRecord record;
    if (!io::file_exists(state_path(folder))) return record;
    try {
        const base::Json json = base::Json::parse(io::read_bytes(state_path(folder)));
        for (const auto& [name, step] : json["steps"].members()) {
            StepRecord& entry = record.steps[name];
            entry.key = step["key"].string_or("");
            for (const auto& [path, stamp] : step["outputs"].members())
                entry.outputs[path] = stamp_from(stamp);
            entry.summary = step["summary"];
            entry.seconds = step["seconds"].number_or(0);
            for (const base::Json& finding : step["findings"].items())
                entry.findings.push_back(finding.string_or(""));
        }
        for (const auto& [path, file] : json["files"].members()) {
            record.m_files[path] = {stamp_from(file["stamp"]), file["sha256"].string_or("")};
        }
    } catch (const base::Error&) {
        // A damaged record costs a full build, nothing else.
        return {};
    }
    return record;
}

void BuildRecord::save(const std::string& folder) const {
    base::Json all = base::Json::object();
    base::Json step_list = base::Json::object();
    for (const auto& [name, step] : steps) {
        base::Json outputs = base::Json::object();
        for (const auto& [path, stamp] : step.outputs) outputs.set(path, stamp_json(stamp));
        base::Json findings = base::Json::array();
        for (const std::string& finding : step.findings) findings.push(finding);
        base::Json entry = base::Json::object();
        entry.set("seconds", step.seconds)
            .set("key", step.key)
            .set("outputs", outputs)
            .set("summary", step.summary)
            .set("findings", findings);
        step_list.set(name, std::move(entry));
    }
    base::Json file_list = base::Json::object();
    for (const auto& [path, file] : m_files) {
        base::Json entry = base::Json::object();
        entry.set("stamp", stamp_json(file.stamp)).set("sha256", file.sha256);
        file_list.set(path, std::move(entry));
    }
    all.set("steps", std::move(step_list)).set("files", std::move(file_list));
    io::make_folder(folder + "/.isopleth");
    io::write_bytes(state_path(folder), all.dump(), true);
}

bool BuildRecord::is_current(const std::string& step, const std::string& key,
                             const std::string& folder) const {
    const auto found = steps.find(step);
    if (found == steps.end() || found->second.key != key) return false;
    for (const auto& [path, stamp] : found->second.outputs) {
        if (!(io::stamp_of(folder + "/" + path) == stamp)) return false;
    }
    return true;
}

bool BuildRecord::is_ours(const std::string& path) const {
    for (const auto& [name, step] : steps) {
        if (step.outputs.contains(path)) return true;
    }
    return false;
}

void BuildRecord::claim(const std::string& step, const std::vector<std::string>& paths,
                        const std::string& folder) {
    for (const std::string& path : paths) {
        const std::string file = folder + "/" + path;
        if (!is_ours(path) && io::file_exists(file)) {
            base::fail_output("the file exists and was not written by build",
                              "Move it away or choose another -o.", {.file = file});
        }
    }
    StepRecord& record = steps[step];
    record.key.clear();
    for (const std::string& path : paths) record.outputs.try_emplace(path);
}

namespace {
/// A file that someone has changed since is no longer ours to remove.
void remove_as_written(const std::string& file, const io::FileStamp& stamp) {
    if (stamp.size >= 0 && io::stamp_of(file) == stamp) io::remove_file(file);
}
}  // namespace

void BuildRecord::replace(const std::string& step, StepRecord made, const std::string& folder) {
    StepRecord& record = steps[step];
    for (const auto& [path, stamp] : record.outputs) {
        if (!made.outputs.contains(path)) remove_as_written(folder + "/" + path, stamp);
    }
    record = std::move(made);
}

void BuildRecord::keep_only(const std::vector<std::string>& kept, const std::string& folder) {
    for (auto entry = steps.begin(); entry != steps.end();) {
        if (std::find(kept.begin(), kept.end(), entry->first) != kept.end()) {
            ++entry;
            continue;
        }
        for (const auto& [path, stamp] : entry->second.outputs) remove_as_written(folder + "/" + path, stamp);
        entry = steps.erase(entry);
    }
}

std::string BuildRecord::hash_of(const std::string& file) {
    const io::FileStamp stamp = io::stamp_of(file);
    FileRecord& record = m_files[file];
    if (stamp.size < 0 || record.sha256.empty() || !(record.stamp == stamp)) {
        record = {stamp, io::sha256_of_file(file)};
    }
    return record.sha256;
}

}  // namespace isopleth::pipeline
