// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "io/part_file.hpp"

namespace isopleth::pipeline {

/// What a build remembers of a step, or of one file made of many steps.
struct StepRecord {
    std::string key;                               ///< hash of all that the result depends on
    std::map<std::string, io::FileStamp> outputs;  ///< path below the output folder -> as it was written
    base::Json summary;
    std::vector<std::string> findings;
};

/// The hash of an input file, kept with the stamp under which it was taken.
struct FileRecord {
    io::FileStamp stamp;
    std::string sha256;
};

/// The state of an output folder, kept in FOLDER/.isopleth/state.json and nowhere else.
class BuildRecord {
public:
    /// Empty when there is none or it cannot be read: then everything is made again.
    static BuildRecord load(const std::string& folder);
    void save(const std::string& folder) const;

    /// True when `key` is the recorded one and every recorded output is there as it was written.
    bool is_current(const std::string& step, const std::string& key, const std::string& folder) const;
    /// Whether a path below the folder was written by an earlier build.
    bool is_ours(const std::string& path) const;
    /// The file's SHA-256, by its stamp when that has not changed.
    std::string hash_of(const std::string& file);

    std::map<std::string, StepRecord> steps;

private:
    std::map<std::string, FileRecord> m_files;
};

}  // namespace isopleth::pipeline
