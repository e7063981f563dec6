// SPDX-License-Identifier: MIT
#include "pipeline/summary_text.hpp"

#include <gmock/gmock.h>

namespace isopleth::pipeline {
namespace {

using testing::HasSubstr;
using testing::Not;

Project small_project() {
    Project project;
    project.title = "东城区";
    project.note = "边界为示意";
    project.crs = geo::Crs::parse("EPSG:4548");
    return project;
}

std::vector<StepSummary> small_steps() {
    base::Json figures = base::Json::object();
    figures.set("samples", 36).set("method", "kriging");
    base::Json of_map = base::Json::object();
    of_map.set("layers", 5);
    return {
        {"surfaces", "pm25", figures, {"stations.csv: 天坛 matches nothing"}, {"rasters/pm25.tif"}, false},
        {"maps", "pm25", of_map, {}, {"maps/pm25.png", "maps/pm25.pdf"}, false},
        {"joins", "near_wells", base::Json::object(), {}, {}, true}};
}

TEST(Summary, HoldsFiguresFindingsAndFilesOfEachResult) {
    const base::Json document = summary_document(small_project(), small_steps());
    EXPECT_EQ(document["title"].string_or(""), "东城区");
    EXPECT_EQ(document["crs"].string_or(""), "EPSG:4548");
    const base::Json& surface = document["results"]["pm25"];
    EXPECT_EQ(surface["figures"]["samples"].integer_or(0), 36);
    EXPECT_EQ(surface["findings"].items().front().string_or(""), "stations.csv: 天坛 matches nothing");
    EXPECT_EQ(surface["files"].items().size(), 1u);
    EXPECT_TRUE(surface["restricted"].is_null());
}

TEST(Summary, TellsAMapFromTheResultOfItsName) {
    const base::Json document = summary_document(small_project(), small_steps());
    EXPECT_EQ(document["results"]["map pm25"]["figures"]["layers"].integer_or(0), 5);
}

TEST(Summary, SaysWhatIsRestricted) {
    EXPECT_TRUE(
        summary_document(small_project(), small_steps())["results"]["near_wells"]["restricted"].bool_or(
            false));
    EXPECT_THAT(summary_markdown(small_project(), small_steps()),
                HasSubstr("**near_wells** (受限: 不在对外提供的文件之内)"));
}

TEST(Summary, LeavesACrsThatNobodyStatedOpen) {
    Project project;
    EXPECT_TRUE(summary_document(project, {})["crs"].is_null());
    EXPECT_THAT(summary_markdown(project, {}), Not(HasSubstr("CRS")));
}

TEST(Summary, IsReadableAsMarkdown) {
    Project project = small_project();
    project.language = "en";
    const std::string text = summary_markdown(project, small_steps());
    EXPECT_THAT(text, testing::StartsWith("# 东城区\n\n边界为示意\n\nCRS: "));
    EXPECT_THAT(text, HasSubstr("\n## surfaces\n\n**pm25**\n- samples: 36\n- method: kriging\n"
                                "- finding: stations.csv: 天坛 matches nothing\n- file: rasters/pm25.tif\n"));
}

TEST(Summary, SpeaksTheProjectsLanguageAndSetsRowsAsATable) {
    base::Json row = base::Json::object();
    row.set("name", "前门街道").set("difference", 0);
    base::Json figures = base::Json::object();
    figures.set("rows", 1).set("table", base::Json::array({row}));
    const std::string text = summary_markdown(small_project(), {{"queries", "check", figures, {}, {}, false}});
    EXPECT_THAT(text, HasSubstr("## 查询 (queries)\n\n**check**\n- rows: 1\n\n"
                                "| name | difference |\n|---|---|\n| 前门街道 | 0 |\n"));
}

TEST(Summary, LeavesOutAColumnWithoutValues) {
    base::Json sph = base::Json::object();
    sph.set("model", "sph").set("kappa", base::Json()).set("caveat", base::Json());
    base::Json mat = base::Json::object();
    mat.set("model", "mat").set("kappa", 1.23456789).set("caveat", base::Json());
    base::Json figures = base::Json::object();
    figures.set("models", base::Json::array({sph, mat}));
    const std::string text = summary_markdown(small_project(), {{"variogram", "v", figures, {}, {}, false}});
    EXPECT_THAT(text, HasSubstr("## 变异函数 (variogram)"));
    EXPECT_THAT(text, HasSubstr("| model | kappa |\n|---|---|\n| sph |  |\n| mat | 1.23457 |\n"));
}

}  // namespace
}  // namespace isopleth::pipeline
