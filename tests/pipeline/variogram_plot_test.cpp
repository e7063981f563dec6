// SPDX-License-Identifier: MIT
#include "pipeline/variogram_plot.hpp"

#include <gmock/gmock.h>

namespace isopleth::pipeline {
namespace {

using interpolate::Shape;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

interpolate::VariogramFit fit(Shape shape, double nugget, double partial_sill, double range) {
    interpolate::VariogramFit fit;
    fit.model = {nugget, {{shape, partial_sill, range}}};
    fit.weighted_error = 2.344e-6;
    return fit;
}

VariogramPicture small_picture() {
    VariogramPicture picture;
    picture.field = "pm25";
    picture.unit = "µg/m³";
    picture.language = style::Language::kEnglish;
    picture.samples = 36;
    picture.directed = {{std::nullopt, {300, 100, {{10, 60, 1}, {40, 150, 2}, {160, 250, 3}}}}};
    picture.fits = {fit(Shape::kSpherical, 0.5, 2, 200), fit(Shape::kExponential, 0, 3, 1200)};
    picture.best = 1;
    return picture;
}

TEST(VariogramPlot, ShowsBinsAndModelsInWords) {
    EXPECT_EQ(to_text(variogram_plot(small_picture())),
              "title: Variogram of pm25\n"
              "subtitle: 36 samples; pairs up to 300 m in bins of 100 m; estimator of Matheron\n"
              "x: distance between the samples of a pair (m), 0 to 265\n"
              "y: semivariance (µg/m³)², 0 to 3.36\n"
              "points: semivariance of a bin, its number of pairs beside it\n"
              "line: spherical (sph) | nugget 0.5, partial sill 2\n"
              "range 200 m; weighted error 2.34e−6 | #0072b2 | (0, 0.5) to (265, 2.5)\n"
              "line (main): exponential (exp), best | nugget 0, partial sill 3\n"
              "range 1200 m; weighted error 2.34e−6 | #d55e00 | (0, 0) to (265, 0.594449)\n"
              "panel: \n  (60, 1) 10\n  (150, 2) 40\n  (250, 3) 160\n"
              "note: Least squares weighted by pairs / distance².\n");
}

TEST(VariogramPlot, SpeaksChinese) {
    VariogramPicture picture = small_picture();
    picture.language = style::Language::kChinese;
    picture.degree = 1;
    picture.estimator = interpolate::Estimator::kCressie;
    const std::string text = to_text(variogram_plot(picture));
    EXPECT_THAT(text, AllOf(HasSubstr("title: pm25 的变异函数\n"), HasSubstr("Cressie–Hawkins 稳健估计"),
                            HasSubstr("指数模型 (exp), 最佳"), HasSubstr("已扣除 1 次趋势面")));
    picture.title = "自己的标题";
    EXPECT_EQ(variogram_plot(picture).title, "自己的标题");
}

TEST(VariogramPlot, DrawsTheBestModelOverTheOthers) {
    VariogramPicture picture = small_picture();
    picture.best = 0;
    const draw::Plot plot = variogram_plot(picture);
    EXPECT_TRUE(plot.lines.back().is_main);
    EXPECT_EQ(plot.lines.back().name, "spherical (sph), best");
    picture.fits.pop_back();
    EXPECT_EQ(variogram_plot(picture).lines.back().name, "spherical (sph)");  // of one there is no best
}

TEST(VariogramPlot, SaysWhichFitIsNotForKriging) {
    VariogramPicture picture = small_picture();
    picture.fits[0] = fit(Shape::kGaussian, 0.5, 2, 400);  // the cutoff is 300 m
    EXPECT_EQ(variogram_plot(picture).lines.front().name, "Gaussian (gau), not for kriging");
}

TEST(VariogramPlot, GrowsAPointsAreaWithItsPairs) {
    const std::vector<draw::PlotPoint> points = variogram_plot(small_picture()).panels[0].points;
    EXPECT_NEAR(points[2].radius_mm, 2 * points[1].radius_mm, 1e-12);  // 160 and 40 pairs
    EXPECT_GT(points[0].radius_mm, 0.5);                               // however few
}

TEST(VariogramPlot, LeavesAFewPairsBeyondTheAxis) {
    VariogramPicture picture = small_picture();
    picture.directed[0].empirical.bins.push_back({4, 290, 50});
    const draw::Plot plot = variogram_plot(picture);
    EXPECT_NEAR(plot.y.end, 3.36, 1e-12);
    EXPECT_EQ(plot.notes.back(), "Triangles: above the axis, under 30 pairs.");
    // Where all bins are of few pairs, half of the most is enough.
    picture.directed[0].empirical.bins = {{10, 60, 1}, {4, 150, 50}, {6, 250, 40}};
    EXPECT_NEAR(variogram_plot(picture).y.end, 1.12 * 40, 1e-12);
    EXPECT_EQ(variogram_plot(picture).notes.back(), "Triangles: above the axis, under 5 pairs.");
}

TEST(VariogramPlot, GivesEachDirectionAPanel) {
    VariogramPicture picture = small_picture();
    picture.tolerance = 22.5;
    const auto empirical = picture.directed[0].empirical;
    picture.directed = {{0.0, empirical}, {45.0, empirical}, {67.5, empirical}, {270.0, empirical}};
    const draw::Plot plot = variogram_plot(picture);
    ASSERT_EQ(plot.panels.size(), 4u);
    EXPECT_EQ(plot.panels[0].title, "0° (north–south)");
    EXPECT_EQ(plot.panels[1].title, "45° (north-east–south-west)");
    EXPECT_EQ(plot.panels[2].title, "67.5°");
    EXPECT_EQ(plot.panels[3].title, "270° (east–west)");
    EXPECT_THAT(plot.notes.back(), HasSubstr("within ±22.5°"));
    EXPECT_THAT(to_text(variogram_plot(small_picture())), Not(HasSubstr("±")));
}

}  // namespace
}  // namespace isopleth::pipeline
