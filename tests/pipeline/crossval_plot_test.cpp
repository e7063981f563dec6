// SPDX-License-Identifier: MIT
#include "pipeline/crossval_plot.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace isopleth::pipeline {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

CrossvalPicture small_picture() {
    CrossvalPicture picture;
    picture.field = "pm25";
    picture.unit = "µg/m³";
    picture.language = style::Language::kEnglish;
    picture.method = "kriging";
    picture.folds = "block";
    picture.held_out = interpolate::HeldOut(4);
    picture.held_out.observed = {30, 10, 50, 99};
    picture.held_out.estimates = {25, 15, 40, 0};
    picture.held_out.standard_errors = {5, 5, 5, 0};
    picture.held_out.valid = {1, 1, 1, 0};
    picture.scores = *interpolate::score(picture.held_out);
    return picture;
}

TEST(CrossvalPlot, ShowsValuesAndIntervalsInWords) {
    // Errors -5, 5 and -10: RMSE sqrt(50), MAE 20 / 3, bias -10 / 3, MSDR (1 + 1 + 4) / 3 = 2. In standard
    // errors 1, 1 and 2: none within 0.674, two within 1.28 and 1.64, two within 1.96.
    const std::string text = to_text(crossval_plot(small_picture()));
    EXPECT_THAT(text, HasSubstr("title: Cross-validation of pm25\nsubtitle: kriging\n"
                                "x: estimated (µg/m³), 0 to 52\ny: observed (µg/m³), 0 to 52\n"));
    EXPECT_THAT(text, HasSubstr("line (main): equal |  | #0072b2 | (0, 0) to (52, 52)\n"));
    EXPECT_THAT(text, HasSubstr("panel: \n  (15, 10) \n  (25, 30) \n  (40, 50) \n"));
    EXPECT_THAT(text, HasSubstr("x: interval (%), 0 to 106\ny: observed within it (%), 0 to 106\n"
                                "  (50, 0) 0\n  (80, 66.6667) 67\n  (90, 66.6667) 67\n  (95, 66.6667) 67\n"));
    EXPECT_THAT(text, AllOf(HasSubstr("note: 3 samples\n"), HasSubstr("note: RMSE 7.071, MAE 6.667\n"),
                            HasSubstr("note: bias −3.33\n"), HasSubstr("note: MSDR 2\n")));
}

TEST(CrossvalPlot, HasNoIntervalsWithoutStandardErrors) {
    CrossvalPicture picture = small_picture();
    picture.held_out.standard_errors.clear();
    picture.scores = *interpolate::score(picture.held_out);
    EXPECT_EQ(crossval_plot(picture).panels.size(), 1u);
    EXPECT_THAT(to_text(crossval_plot(picture)), Not(HasSubstr("CRPS")));
}

TEST(CrossvalPlot, HasRoomForNegativeValues) {
    CrossvalPicture picture = small_picture();
    picture.held_out.observed[1] = -10;
    const draw::Plot plot = crossval_plot(picture);
    EXPECT_NEAR(plot.x.begin, -10 - 0.04 * 60, 1e-12);
    EXPECT_NEAR(plot.y.end, 50 + 0.04 * 60, 1e-12);
}

TEST(CrossvalPlot, DrawsFiveThousandOfManyInAnyOrder) {
    CrossvalPicture picture = small_picture();
    picture.held_out = interpolate::HeldOut(12'000);
    for (std::size_t i = 0; i < 12'000; ++i) {
        picture.held_out.estimates[i] = static_cast<double>(i * 7 % 12'000);
        picture.held_out.observed[i] = static_cast<double>(i);
        picture.held_out.valid[i] = 1;
        picture.held_out.standard_errors[i] = 1;
    }
    picture.scores = *interpolate::score(picture.held_out);
    const std::string text = to_text(crossval_plot(picture));
    EXPECT_EQ(crossval_plot(picture).panels[0].points.size(), 5'000u);
    EXPECT_THAT(text, HasSubstr("note: 12000 samples, 5000 of them drawn\n"));
    std::reverse(picture.held_out.estimates.begin(), picture.held_out.estimates.end());
    std::reverse(picture.held_out.observed.begin(), picture.held_out.observed.end());
    EXPECT_EQ(to_text(crossval_plot(picture)), text);
}

TEST(CrossvalPlot, SpeaksChinese) {
    CrossvalPicture picture = small_picture();
    picture.language = style::Language::kChinese;
    EXPECT_THAT(to_text(crossval_plot(picture)),
                AllOf(HasSubstr("title: pm25 的交叉检验\n"), HasSubstr("x: 估计值 (µg/m³)"),
                      HasSubstr("note: 3 个样点\n")));
    picture.title = "自己的标题";
    EXPECT_EQ(crossval_plot(picture).title, "自己的标题");
}

}  // namespace
}  // namespace isopleth::pipeline
