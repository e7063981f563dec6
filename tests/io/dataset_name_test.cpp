// SPDX-License-Identifier: MIT
#include "io/dataset_name.hpp"

#include "io/part_file.hpp"

#include <gtest/gtest.h>

namespace isopleth::io {
namespace {

TEST(DatasetName, SplitsPathAndLayerAtTheHash) {
    const auto name = parse_dataset_name("data/city.gpkg#stations");
    EXPECT_EQ(name.path, "data/city.gpkg");
    EXPECT_EQ(name.layer, "stations");
    EXPECT_EQ(name.file_name(), "city.gpkg");
    EXPECT_EQ(name.stem(), "city");
    EXPECT_EQ(name.to_string(), "data/city.gpkg#stations");
}

TEST(DatasetName, StandsBehindAnEqualsSignUnderAName) {
    EXPECT_EQ(split_name("counts=city.gpkg#a").name, "counts");
    EXPECT_EQ(split_name("counts=city.gpkg#a").dataset, "city.gpkg#a");
    EXPECT_EQ(split_name("city.gpkg").name, std::nullopt);
    EXPECT_EQ(split_name("city.gpkg").dataset, "city.gpkg");
    EXPECT_EQ(split_name("a=b=c.csv").dataset, "b=c.csv");
    EXPECT_EQ(split_name("=c.csv").name, "");
}

TEST(DatasetName, HasNoLayerWhenNoneIsNamed) {
    const auto name = parse_dataset_name("a.b.csv");
    EXPECT_EQ(name.layer, "");
    EXPECT_EQ(name.stem(), "a.b");
    EXPECT_EQ(name.to_string(), "a.b.csv");
}

TEST(DatasetName, KeepsAHashThatIsPartOfAnExistingFilesName) {
    const std::string path = testing::TempDir() + "dataset_name#1.csv";
    write_bytes(path, "a\n1\n", true);
    const auto name = parse_dataset_name(path);
    EXPECT_EQ(name.path, path);
    EXPECT_EQ(name.layer, "");
    remove_file(path);
}

}  // namespace
}  // namespace isopleth::io
