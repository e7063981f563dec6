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
    std::string key;  ///< hash of all that the result depends on; "" while it is being made
    std::map<std::string, io::FileStamp> outputs;  ///< path below the output folder -> as it was written
    base::Json summary;
    std::vector<std::string> findings;
    double seconds = 0;  ///< what it took, for the next --plan
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
    /// Notes, before anything is written, that the step is about to write these paths: what a killed run
    /// leaves is then ours. An Output error for a file that is there and is not ours.
    void claim(const std::string& step, const std::vector<std::string>& paths, const std::string& folder);
    /// Puts the step's new record in place of the old one and removes the files that only the old one had.
    void replace(const std::string& step, StepRecord made, const std::string& folder);
    /// Removes the records of steps that are not among `kept`, with their files.
    void keep_only(const std::vector<std::string>& kept, const std::string& folder);
    /// The file's SHA-256, by its stamp when that has not changed.
    std::string hash_of(const std::string& file);

    std::map<std::string, StepRecord> steps;

private:
    std::map<std::string, FileRecord> m_files;
};

}  // namespace isopleth::pipeline
