// SPDX-License-Identifier: MIT
#include "cli/progress.hpp"

#include <gmock/gmock.h>

#include <thread>

namespace isopleth::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Progress, DrawsTheShareDone) {
    EXPECT_EQ(bar_text(0.5, 10, "kriging"), "[###############---------------]  50 %  10 s left  kriging");
    EXPECT_THAT(bar_text(1, 10, ""), HasSubstr("[##############################] 100 %  0 s left"));
}

TEST(Progress, ConcludesFromTheTimeGoneToTheTimeLeft) {
    EXPECT_THAT(bar_text(0.25, 30, "x"), HasSubstr("  90 s left"));
}

TEST(Progress, GuessesNoTimeFromTooLittle) {
    EXPECT_THAT(bar_text(0.01, 60, "x"), Not(HasSubstr("left")));
    EXPECT_THAT(bar_text(0.5, 0.4, "x"), Not(HasSubstr("left")));
}

TEST(Progress, StaysWithinItsBar) {
    EXPECT_EQ(bar_text(1.7, 0, "x"), bar_text(1, 0, "x"));
    EXPECT_EQ(bar_text(-1, 0, "x"), bar_text(0, 0, "x"));
}

TEST(Progress, DrawsAtMostTenTimesASecondAndWipesItself) {
    testing::internal::CaptureStderr();
    {
        ProgressBar bar;
        for (int i = 0; i < 1000; ++i) bar.show(0.001 * i, "x");  // within the first tenth of a second
        std::this_thread::sleep_for(std::chrono::milliseconds(120));
        bar.show(0.5, "x");
        bar.show(0.6, "x");
    }
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "\r" + bar_text(0.5, 0, "x") + "\033[K\r\033[K");
}

TEST(Progress, LeavesStandardErrorAloneWhenItWasNeverDrawn) {
    testing::internal::CaptureStderr();
    { const ProgressBar bar; }
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace isopleth::cli
