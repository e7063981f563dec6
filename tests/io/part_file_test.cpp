// SPDX-License-Identifier: MIT
#include "io/part_file.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <sys/resource.h>
#include <unistd.h>

namespace isopleth::io {
namespace {

class PartFileTest : public testing::Test {
protected:
    void SetUp() override {
        m_folder = testing::TempDir() + "part_file_" + std::to_string(::getpid());
        std::filesystem::remove_all(m_folder);
        make_folder(m_folder);
    }
    void TearDown() override { std::filesystem::remove_all(m_folder); }
    std::string in_folder(const std::string& name) const { return m_folder + "/" + name; }
    std::string m_folder;
};

TEST_F(PartFileTest, WritesWholeFilesAndReadsThemBack) {
    write_bytes(in_folder("a.txt"), "abc", false);
    EXPECT_EQ(read_bytes(in_folder("a.txt")), "abc");
    EXPECT_EQ(list_folder(m_folder), std::vector<std::string>{"a.txt"});
    // FIPS 180-2, appendix B.1.
    EXPECT_EQ(sha256_of_file(in_folder("a.txt")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_F(PartFileTest, LeavesTheOldFileWhenNotCommitted) {
    write_bytes(in_folder("a.txt"), "old", false);
    {
        PartFile part(in_folder("a.txt"), true);
        write_bytes(part.path(), "new", true);
    }
    EXPECT_EQ(read_bytes(in_folder("a.txt")), "old");
    EXPECT_EQ(list_folder(m_folder).size(), 1u);
}

TEST_F(PartFileTest, RefusesAnExistingTargetWithoutOverwrite) {
    write_bytes(in_folder("a.txt"), "old", false);
    try {
        write_bytes(in_folder("a.txt"), "new", false);
        FAIL() << "no error";
    } catch (const base::Error& error) {
        EXPECT_EQ(error.kind(), base::ErrorKind::kOutput);
        EXPECT_EQ(error.message(), "the file exists");
        EXPECT_EQ(error.place().file, in_folder("a.txt"));
    }
    EXPECT_EQ(read_bytes(in_folder("a.txt")), "old");
}

TEST_F(PartFileTest, SweepsWhatAKilledRunLeft) {
    write_bytes(in_folder(".part.a.gpkg"), "half", false);
    write_bytes(in_folder(".part.a.gpkg-journal"), "half", false);
    write_bytes(in_folder("a.gpkg"), "whole", false);
    EXPECT_EQ(list_folder(m_folder), std::vector<std::string>{"a.gpkg"});
}

TEST_F(PartFileTest, RefusesAMissingFolderUnlessAskedToMakeIt) {
    EXPECT_THROW(PartFile(in_folder("x/y/a.txt"), false), base::Error);
    const PartFile part(in_folder("x/y/a.txt"), false, true);
    EXPECT_TRUE(std::filesystem::is_directory(in_folder("x/y")));
}

TEST_F(PartFileTest, MovesAllFilesOfAFolder) {
    {
        PartFolder part(in_folder("a.shp"), false);
        write_bytes(part.path(), "1", false);
        write_bytes(std::filesystem::path(part.path()).replace_extension(".dbf").string(), "2", false);
        part.commit();
    }
    EXPECT_EQ(list_folder(m_folder), (std::vector<std::string>{"a.dbf", "a.shp"}));
}

TEST_F(PartFileTest, NamesTheNearestFileForAMissingOne) {
    write_bytes(in_folder("stations.csv"), "a", false);
    try {
        read_bytes(in_folder("station.csv"));
        FAIL() << "no error";
    } catch (const base::Error& error) {
        EXPECT_EQ(error.kind(), base::ErrorKind::kInput);
        EXPECT_EQ(error.message(), "no such file; did you mean stations.csv?");
    }
}

TEST_F(PartFileTest, LeavesNothingBehindWhenThereIsNoRoom) {
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    rlimit old{};
    getrlimit(RLIMIT_FSIZE, &old);
    rlimit small = old;
    small.rlim_cur = 4096;
    setrlimit(RLIMIT_FSIZE, &small);
    base::ErrorKind kind = base::ErrorKind::kBug;
    try {
        write_bytes(in_folder("a.txt"), std::string(10000, 'x'), false);
    } catch (const base::Error& error) {
        kind = error.kind();
    }
    setrlimit(RLIMIT_FSIZE, &old);
    std::signal(SIGXFSZ, handler);
    EXPECT_EQ(kind, base::ErrorKind::kOutput);
    EXPECT_TRUE(list_folder(m_folder).empty());
}

TEST_F(PartFileTest, StampsTellAChangedFileAndAMissingOne) {
    EXPECT_EQ(stamp_of(in_folder("a.txt")).size, -1);
    write_bytes(in_folder("a.txt"), "abc", false);
    EXPECT_EQ(stamp_of(in_folder("a.txt")).size, 3);
}

}  // namespace
}  // namespace isopleth::io
