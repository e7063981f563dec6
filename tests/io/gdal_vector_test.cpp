// SPDX-License-Identifier: MIT
#include "io/gdal_vector.hpp"

#include "base/error.hpp"
#include "io/part_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <unistd.h>

namespace isopleth::io {
namespace {

std::string dirty(const std::string& name) {
    return std::string(ISOPLETH_ROOT "/../shared/data/dirty/") + name;
}

class GdalVector : public testing::Test {
protected:
    void SetUp() override {
        m_folder = testing::TempDir() + "gdal_vector_" + std::to_string(::getpid());
        std::filesystem::remove_all(m_folder);
        make_folder(m_folder);
    }
    void TearDown() override { std::filesystem::remove_all(m_folder); }
    model::Layer read(const std::string& path) {
        return read_layer(parse_dataset_name(path), {}, m_findings);
    }
    std::string m_folder;
    base::Findings m_findings;
};

model::Layer sample() {
    model::Layer layer;
    layer.name = "points";
    layer.has_geometry = true;
    layer.crs = geo::Crs::wgs84();
    model::Column number("number", model::ColumnType::kInteger);
    model::Column value("a_long_value", model::ColumnType::kReal);
    model::Column text("text", model::ColumnType::kText);
    model::Column flag("flag", model::ColumnType::kBoolean);
    for (int i = 0; i < 3; ++i) {
        layer.geometry.push_back(geo::Point{116.0 + i, 39.5});
        number.append(std::int64_t{9007199254740993} + i);  // 2^53 + 1: lost if it went through a double
        if (i == 1) {
            value.append_missing();
        } else {
            value.append(0.1 * i);
        }
        text.append(std::string("东四"));
        flag.append_boolean(i == 0);
    }
    layer.columns = {number, value, text, flag};
    return layer;
}

TEST_F(GdalVector, EveryFormatKeepsRowsTypesAndMissingValues) {
    for (const char* extension : {".geojson", ".gpkg", ".fgb"}) {
        const auto path = m_folder + "/points" + extension;
        write_layer(path, sample(), {}, m_findings, {});
        const auto layer = read(path);
        ASSERT_EQ(layer.row_count(), 3u) << extension;
        EXPECT_EQ(layer.column("a_long_value").count_missing(), 1u) << extension;
        EXPECT_EQ(layer.column("text").text(0), "东四") << extension;
        EXPECT_EQ(layer.column("flag").type(), model::ColumnType::kBoolean) << extension;
        EXPECT_EQ(layer.column("number").type(), model::ColumnType::kInteger) << extension;
        EXPECT_TRUE(layer.crs.has_value()) << extension;
    }
}

TEST_F(GdalVector, CutsShapefileNamesAndSaysSo) {
    write_layer(m_folder + "/points.shp", sample(), {}, m_findings, {});
    EXPECT_EQ(m_findings.size(), 1u);
    const auto layer = read(m_folder + "/points.shp");
    EXPECT_EQ(layer.row_count(), 3u);
    EXPECT_NE(layer.find("a_long_val"), nullptr);
    EXPECT_EQ(layer.column("text").text(0), "东四");
    EXPECT_TRUE(file_exists(m_folder + "/points.cpg"));
}

TEST_F(GdalVector, LeavesNothingHiddenBehind) {
    write_layer(m_folder + "/points.gpkg", sample(), {}, m_findings, {});
    EXPECT_EQ(list_folder(m_folder), std::vector<std::string>{"points.gpkg"});
    EXPECT_THROW(write_layer(m_folder + "/points.gpkg", sample(), {}, m_findings, {}), base::Error);
}

TEST_F(GdalVector, RefusesWhatIsMissingEmptyOrTruncated) {
    EXPECT_THROW(read(m_folder + "/none.gpkg"), base::Error);
    write_bytes(m_folder + "/empty.geojson", "", true);
    EXPECT_THROW(read(m_folder + "/empty.geojson"), base::Error);
    if (!file_exists(dirty("truncated.gpkg"))) GTEST_SKIP() << "the shared data are absent";
    EXPECT_THROW(read(dirty("truncated.gpkg")), base::Error);
}

TEST_F(GdalVector, RefusesAnUnclosedRing) {
    if (!file_exists(dirty("unclosed_ring.geojson"))) GTEST_SKIP() << "the shared data are absent";
    EXPECT_THROW(read(dirty("unclosed_ring.geojson")), base::Error);
}

TEST_F(GdalVector, LeavesAShapefileWithoutPrjWithoutCrs) {
    if (!file_exists(dirty("streets_no_prj.shp"))) GTEST_SKIP() << "the shared data are absent";
    const auto layer = read(dirty("streets_no_prj.shp"));
    EXPECT_EQ(layer.row_count(), 17u);  // cases.csv
    EXPECT_FALSE(layer.crs.has_value());
}

}  // namespace
}  // namespace isopleth::io
