// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace isopleth::io {

/// A file that appears under its name whole or not at all: written as ".part.NAME" beside the target, then renamed.
/// The destructor removes the part file when `commit` was not reached. The constructor sweeps what a killed run left
/// for the same target. A signal handler's flag is checked by the writers, not here.
class PartFile {
public:
    /// An Output error when the folder is missing (`create_folders` false) or not writable, or when the target exists and `overwrite` is false.
    PartFile(std::string target, bool overwrite, bool create_folders = false);
    ~PartFile();
    PartFile(const PartFile&) = delete;
    PartFile& operator=(const PartFile&) = delete;

    const std::string& path() const { return m_path; }      ///< where to write
    const std::string& target() const { return m_target; }
    /// Flushes to disk and renames; an Output error names the target.
    void commit();

private:
    std::string m_target;
    std::string m_path;
    bool m_committed = false;
};

/// A format of several files (Shapefile): a hidden folder ".part.NAME.d" beside the target holds them until `commit` moves each,
/// the target itself last.
class PartFolder {
public:
    PartFolder(std::string target, bool overwrite);
    ~PartFolder();
    PartFolder(const PartFolder&) = delete;
    PartFolder& operator=(const PartFolder&) = delete;
    std::string path() const;  ///< the target's name inside the hidden folder
    void commit();

private:
    std::string m_target;
    std::string m_folder;
    bool m_committed = false;
};

/// Whole-or-nothing write of bytes; reads the size back. Output error with the reason ("the disk is full", ...) else.
void write_bytes(const std::string& target, std::string_view bytes, bool overwrite);

/// All bytes of a file; an Input error "no such file" (with the nearest name in its folder) or the reason.
std::string read_bytes(const std::string& path);
/// SHA-256 of a file, read piece by piece. For a folder or a several-file format: of the main file.
std::string sha256_of_file(const std::string& path);
bool file_exists(const std::string& path);
/// Creates the folder and its parents; an Output error with the reason.
void make_folder(const std::string& path);
void remove_file(const std::string& path);
/// Names in a folder, sorted; empty when it does not exist.
std::vector<std::string> list_folder(const std::string& path);
/// The place of a message about a whole file.
base::Place file_place(std::string file);
/// "the disk is full", "no right to write there": what an errno means to a user.
std::string reason_of(int error_number);
/// Puts what was written to a file on the disk; an Output error with the reason.
void flush_to_disk(const std::string& path);

/// Size and modification time, to see quickly that a file has not changed; size -1 when it does not exist.
struct FileStamp {
    long long size = -1;
    long long modified_nanoseconds = 0;
    bool operator==(const FileStamp&) const = default;
};
FileStamp stamp_of(const std::string& path);

}  // namespace isopleth::io
