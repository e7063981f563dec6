// SPDX-License-Identifier: MIT
#include "pipeline/plot_options.hpp"

#include <gmock/gmock.h>

namespace isopleth::pipeline {
namespace {

TEST(PlotOptions, SpeakChineseUnlessToldOtherwise) {
    PlotOptions options;
    EXPECT_EQ(options.words(), style::Language::kChinese);
    options.language = "en";
    EXPECT_EQ(options.words(), style::Language::kEnglish);
}

TEST(PlotOptions, AreSixRowsOfWhichTheFileChangesNoResult) {
    PlotOptions options;
    base::ParameterList list;
    options.declare(list);
    EXPECT_THAT(list.names(), testing::ElementsAre("plot", "title", "unit", "source", "note", "language"));
    EXPECT_TRUE(list.find("plot")->is_result_neutral);
    EXPECT_FALSE(list.find("title")->is_result_neutral);
}

TEST(PlotOptions, DrawEveryKindOfFile) {
    PlotOptions options;
    options.source = "by hand";
    draw::Plot plot;
    plot.title = "One point";
    plot.panels = {{"", {{0.5, 0.5, 1, "1"}}}};
    const PictureRecipe recipe = options.recipe(plot, geo::Crs::parse("EPSG:4548"));
    EXPECT_EQ(recipe.render(".png", {}).substr(1, 3), "PNG");
    EXPECT_EQ(recipe.render(".pdf", {}).substr(0, 5), "%PDF-");
    EXPECT_THAT(recipe.render(".svg", {}), testing::HasSubstr("<svg"));
}

}  // namespace
}  // namespace isopleth::pipeline
