// SPDX-License-Identifier: MIT
#include "io/part_file.hpp"

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace isopleth::io {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTryAgain = "Free space, run again.";

/// A file descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int number) : m_number(number) {}
    ~Descriptor() {
        if (m_number >= 0) ::close(m_number);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number() const { return m_number; }
    /// 0, or the errno of the close: some file systems say only here that the disk is full.
    int close_now() {
        const int result = ::close(m_number);
        m_number = -1;
        return result == 0 ? 0 : errno;
    }

private:
    int m_number;
};

std::string folder_of(const std::string& path) {
    const auto folder = fs::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

std::string part_name(const std::string& target) {
    const fs::path path(target);
    return (path.parent_path() / (".part." + path.filename().string())).string();
}

[[noreturn]] void fail_writing(const std::string& target, int error_number) {
    const bool is_full = error_number == ENOSPC || error_number == EDQUOT || error_number == EFBIG;
    base::fail_output(fmt::format("{}; nothing was left behind", reason_of(error_number)),
                      is_full ? kTryAgain : "", file_place(target));
}

void check_target(const std::string& target, bool overwrite) {
    std::error_code ignored;
    const auto folder = folder_of(target);
    if (fs::path(target).filename().empty() || fs::is_directory(target, ignored)) {
        base::fail_output("this is a folder", "Name a file.", file_place(target));
    }
    if (!fs::is_directory(folder, ignored)) {
        base::fail_output(fmt::format("there is no folder {}", folder), "Make the folder, run again.",
                          file_place(target));
    }
    if (::access(folder.c_str(), W_OK | X_OK) != 0) {
        base::fail_output(fmt::format("folder {}: {}", folder, reason_of(errno)),
                          "Choose another folder, or ask for the right to write there.", file_place(target));
    }
    if (!overwrite && file_exists(target)) {
        base::fail_output("the file exists", "Use --overwrite to replace it.", file_place(target));
    }
}

/// Removes a part file and what SQLite and GDAL put beside it.
void sweep(const std::string& part) {
    std::error_code ignored;
    for (const char* suffix : {"", "-journal", "-wal", "-shm", ".aux.xml", ".raw.tif", ".raw.tif.aux.xml"}) {
        fs::remove(part + suffix, ignored);
    }
    fs::remove_all(part + ".d", ignored);
}

/// The renaming itself is on the disk only when the folder is.
void flush_folder(const std::string& folder) {
    const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (descriptor.number() >= 0) ::fsync(descriptor.number());
}

void move_over(const std::string& from, const std::string& target) {
    if (std::rename(from.c_str(), target.c_str()) != 0) fail_writing(target, errno);
}

}  // namespace

base::Place file_place(std::string file) {
    base::Place place;
    place.file = std::move(file);
    return place;
}

std::string reason_of(int error_number) {
    switch (error_number) {
        case ENOSPC:
            return "the disk is full";
        case EDQUOT:
            return "the disk quota is used up";
        case EFBIG:
            return "the file-size limit is reached";
        case EACCES:
        case EPERM:
            return "no right to write there";
        case EROFS:
            return "the disk is read-only";
        case ENOENT:
            return "no such file or folder";
        case ENAMETOOLONG:
            return "the file name is too long";
        default:
            return std::generic_category().message(error_number);
    }
}

void flush_to_disk(const std::string& path) {
    const Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (descriptor.number() < 0 || ::fsync(descriptor.number()) != 0) fail_writing(path, errno);
}

PartFile::PartFile(std::string target, bool overwrite, bool create_folders)
    : m_target(std::move(target)), m_path(part_name(m_target)) {
    if (create_folders) make_folder(folder_of(m_target));
    check_target(m_target, overwrite);
    sweep(m_path);
}

PartFile::~PartFile() {
    if (!m_committed) sweep(m_path);
}

void PartFile::commit() {
    base::at_place(file_place(m_target), [&] {
        const Descriptor descriptor(::open(m_path.c_str(), O_RDONLY | O_CLOEXEC));
        if (descriptor.number() < 0 || ::fsync(descriptor.number()) != 0) fail_writing(m_target, errno);
        move_over(m_path, m_target);
    });
    m_committed = true;
    flush_folder(folder_of(m_target));
}

PartFolder::PartFolder(std::string target, bool overwrite)
    : m_target(std::move(target)), m_folder(part_name(m_target) + ".d") {
    check_target(m_target, overwrite);
    sweep(part_name(m_target));
    std::error_code error;
    fs::create_directory(m_folder, error);
    if (error) fail_writing(m_target, error.value());
}

PartFolder::~PartFolder() {
    std::error_code ignored;
    fs::remove_all(m_folder, ignored);
}

std::string PartFolder::path() const {
    return (fs::path(m_folder) / fs::path(m_target).filename()).string();
}

void PartFolder::commit() {
    const auto main_name = fs::path(m_target).filename().string();
    const fs::path folder = folder_of(m_target);
    for (const auto& name : list_folder(m_folder)) flush_to_disk((fs::path(m_folder) / name).string());
    for (const auto& name : list_folder(m_folder)) {
        if (name != main_name) move_over((fs::path(m_folder) / name).string(), (folder / name).string());
    }
    move_over(path(), m_target);
    m_committed = true;
    flush_folder(folder.string());
}

void write_bytes(const std::string& target, std::string_view bytes, bool overwrite) {
    PartFile part(target, overwrite);
    Descriptor descriptor(::open(part.path().c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (descriptor.number() < 0) fail_writing(target, errno);
    for (auto rest = bytes; !rest.empty();) {
        const auto written = ::write(descriptor.number(), rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) fail_writing(target, written < 0 ? errno : ENOSPC);
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(descriptor.number()) != 0) fail_writing(target, errno);
    if (const int error_number = descriptor.close_now(); error_number != 0)
        fail_writing(target, error_number);
    if (stamp_of(part.path()).size != static_cast<long long>(bytes.size())) fail_writing(target, EIO);
    part.commit();
}

namespace {

/// Calls `take` for each piece of a file; an Input error when it cannot be read.
template <class Take>
void read_pieces(const std::string& path, Take&& take) {
    const auto place = file_place(path);
    const Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (descriptor.number() < 0 && errno == ENOENT) {
        const auto name = fs::path(path).filename().string();
        base::fail_input("no such file" + base::did_you_mean(name, list_folder(folder_of(path))), "", place);
    }
    if (descriptor.number() < 0) {
        base::fail_input(errno == EACCES || errno == EPERM ? "no right to read it" : reason_of(errno), "",
                         place);
    }
    std::vector<char> buffer(std::size_t{1} << 20);
    for (;;) {
        const auto count = ::read(descriptor.number(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) base::fail_input(errno == EISDIR ? "this is a folder" : reason_of(errno), "", place);
        if (count == 0) return;
        take(std::string_view(buffer.data(), static_cast<std::size_t>(count)));
    }
}

}  // namespace

std::string read_bytes(const std::string& path) {
    std::string bytes;
    read_pieces(path, [&](std::string_view piece) { bytes += piece; });
    return bytes;
}

std::string sha256_of_file(const std::string& path) {
    base::Sha256 hash;
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
        // A folder dataset (several Shapefiles): names and contents of what lies in it.
        for (const auto& name : list_folder(path)) {
            const auto inner = (fs::path(path) / name).string();
            if (!fs::is_regular_file(inner, ignored)) continue;
            hash.add(name);
            read_pieces(inner, [&](std::string_view piece) { hash.add(piece); });
        }
        return hash.finish();
    }
    read_pieces(path, [&](std::string_view piece) { hash.add(piece); });
    return hash.finish();
}

bool file_exists(const std::string& path) {
    std::error_code ignored;
    return fs::exists(fs::symlink_status(path, ignored));
}

void make_folder(const std::string& path) {
    std::error_code error;
    fs::create_directories(path, error);
    if (error) {
        base::fail_output(fmt::format("the folder cannot be made: {}", reason_of(error.value())), "",
                          file_place(path));
    }
}

void remove_file(const std::string& path) {
    std::error_code error;
    fs::remove(path, error);
    if (error)
        base::fail_output(fmt::format("cannot be removed: {}", reason_of(error.value())), "",
                          file_place(path));
}

std::vector<std::string> list_folder(const std::string& path) {
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator entry(path, error), end; !error && entry != end; entry.increment(error)) {
        names.push_back(entry->path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

FileStamp stamp_of(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return {};
    return {status.st_size, status.st_mtim.tv_sec * 1'000'000'000LL + status.st_mtim.tv_nsec};
}

}  // namespace isopleth::io
