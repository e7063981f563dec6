// SPDX-License-Identifier: MIT
#include "rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace {
using namespace isopleth::architecture;
using ::testing::IsEmpty;
namespace fs = std::filesystem;

const fs::path kRoot = ISOPLETH_ROOT;

std::string text_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<SourceFile> sources_below(const fs::path& folder) {
    std::vector<SourceFile> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const std::string extension = entry.path().extension().string();
        if (extension != ".hpp" && extension != ".cpp") continue;
        files.push_back({fs::relative(entry.path(), folder).generic_string(), text_of(entry.path())});
    }
    std::sort(files.begin(), files.end(),
              [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
    return files;
}

/// src/ and the table, read once for all tests.
class Source : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        s_files = sources_below(kRoot / "src");
        s_table = parse_table(text_of(kRoot / "tests/architecture/rooms.txt"));
    }
    static std::vector<SourceFile> s_files;
    static Table s_table;
};
std::vector<SourceFile> Source::s_files;
Table Source::s_table;

TEST_F(Source, IsFound) {
    EXPECT_GT(s_files.size(), 100U);
    EXPECT_GT(s_table.rooms.size(), 10U);
    std::size_t functions = 0;
    for (const SourceFile& file : s_files) functions += functions_of(file.text).size();
    EXPECT_GT(functions, 500U);
}

TEST_F(Source, HasATableWithoutCycles) {
    EXPECT_THAT(check_table(s_table), IsEmpty());
}

TEST_F(Source, IncludesOnlyRoomsBelow) {
    EXPECT_THAT(check_rooms(s_files, s_table), IsEmpty());
}

TEST_F(Source, WritesIncludesFromItsRoot) {
    EXPECT_THAT(check_paths(s_files), IsEmpty());
}

TEST_F(Source, IncludesLibrariesByTheirDoors) {
    EXPECT_THAT(check_doors(s_files, s_table), IsEmpty());
}

TEST_F(Source, PrintsAndReadsClocksWhereItMay) {
    EXPECT_THAT(check_words(s_files, s_table), IsEmpty());
}

TEST_F(Source, KeepsFunctionsAndFilesShort) {
    EXPECT_THAT(check_limits(s_files, s_table), IsEmpty());
}

TEST_F(Source, HasALicenceLineOnTop) {
    EXPECT_THAT(check_tops(s_files), IsEmpty());
}

TEST(Tests, KeepToTheLimitsOfTheSource) {
    EXPECT_THAT(check_limits(sources_below(kRoot / "tests"), Table{}), IsEmpty());
}
}  // namespace
