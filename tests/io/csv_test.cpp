// SPDX-License-Identifier: MIT
#include "io/csv.hpp"

#include "base/error.hpp"
#include "io/part_file.hpp"

#include <gtest/gtest.h>

namespace isopleth::io {
namespace {

model::Layer parse(std::string_view text, const CsvOptions& options = {}) {
    base::Findings findings;
    return parse_csv(text, "stations.csv", options, findings);
}

std::string failure_of(std::string_view text) {
    try {
        parse(text);
    } catch (const base::Error& error) {
        EXPECT_EQ(error.kind(), base::ErrorKind::kInput);
        return error.what();
    }
    return "no error";
}

TEST(Csv, GivesColumnsTheTypeThatAllTheirCellsHave) {
    const auto layer = parse("id,n,v,code\na,1,38.0,007\nb,,6,010\n");
    EXPECT_EQ(layer.columns[0].type(), model::ColumnType::kText);
    EXPECT_EQ(layer.columns[1].type(), model::ColumnType::kInteger);
    EXPECT_EQ(layer.columns[2].type(), model::ColumnType::kReal);
    EXPECT_EQ(layer.columns[3].type(), model::ColumnType::kText);
    EXPECT_FALSE(layer.columns[1].is_present(1));
    EXPECT_EQ(format_csv(layer, false), "id,n,v,code\na,1,38.0,007\nb,,6,010\n");
}

TEST(Csv, ReadsQuotedCellsWithSeparatorsQuotesAndBreaks) {
    const auto layer = parse("\xEF\xBB\xBFname,v\r\n\"a,\"\"b\"\"\nc\",1\r\nd,2\r\n");
    EXPECT_EQ(layer.columns[0].name(), "name");
    EXPECT_EQ(layer.columns[0].text(0), "a,\"b\"\nc");
    EXPECT_EQ(layer.source.lines, (std::vector<std::int64_t>{2, 4}));
}

TEST(Csv, FindsTabsAndSemicolons) {
    EXPECT_EQ(parse("a\tb\n1\t2\n").columns.size(), 2u);
    EXPECT_EQ(parse("a;b\n1;2\n").columns.size(), 2u);
}

TEST(Csv, MakesPointsOfCoordinateColumnsWithoutGuessingACrs) {
    const auto layer = parse("经度,纬度\n116.4,39.9\n,\n");
    ASSERT_TRUE(layer.has_geometry);
    EXPECT_FALSE(layer.crs.has_value());
    EXPECT_EQ(std::get<geo::Point>(layer.geometry[0]), (geo::Point{116.4, 39.9}));
    EXPECT_TRUE(geo::is_missing(layer.geometry[1]));
}

TEST(Csv, NamesTheSwappedColumns) {
    EXPECT_EQ(failure_of("lon,lat\n39.9,116.4\n"),
              "stations.csv, line 2, column lat: latitude 116.4 is above 90. "
              "Columns lon and lat look swapped: use --x lat --y lon.");
}

TEST(Csv, NamesLineAndColumnOfANumberThatIsNotFinite) {
    EXPECT_NE(failure_of("id,pm25\na,1\nb,NaN\n").find("stations.csv, line 3, column pm25: \"NaN\""),
              std::string::npos);
    EXPECT_NE(failure_of("id,pm25\na,1\nb,-inf\n").find("line 3, column pm25: \"-inf\""), std::string::npos);
}

TEST(Csv, RefusesEmptyFilesRaggedRowsAndMissingHeaders) {
    EXPECT_NE(failure_of("").find("stations.csv: the file is empty"), std::string::npos);
    EXPECT_NE(failure_of("a,b\n1,2\n1\n").find("stations.csv, line 3: 1 cells"), std::string::npos);
    EXPECT_NE(failure_of("1,2\n3,4\n").find("there is no header"), std::string::npos);
    EXPECT_NE(failure_of("a,a\n3,4\n").find("names column a twice"), std::string::npos);
    EXPECT_NE(failure_of("a,b\n\"3,4\n").find("line 2: a quoted cell is never closed"), std::string::npos);
}

TEST(Csv, TakesAHeaderWithoutRows) {
    EXPECT_EQ(parse("a,b\n").row_count(), 0u);
}

TEST(Csv, FindsGb18030ByItself) {
    const std::string path = std::string(ISOPLETH_ROOT "/../shared/data/dirty/streets_gb18030_swapped.csv");
    if (!file_exists(path)) GTEST_SKIP() << "the shared data are absent";
    CsvOptions options;
    options.x = "纬度";
    options.y = "经度";
    const auto layer = parse(read_bytes(path), options);
    EXPECT_EQ(layer.source.encoding, "GB18030");
    EXPECT_EQ(layer.row_count(), 17u);  // cases.csv: 17 points
    EXPECT_NE(failure_of(read_bytes(path)).find("look swapped"), std::string::npos);
}

}  // namespace
}  // namespace isopleth::io
