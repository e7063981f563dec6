// SPDX-License-Identifier: MIT
#include "pipeline/rehearsal.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "base/error.hpp"
#include "base/parallel.hpp"

namespace isopleth::pipeline {
namespace {

TEST(Rehearsal, RunsShortWorkToItsEnd) {
    std::size_t done = 0;
    const double seconds = rehearse({}, 1000, [&](const base::Job& job) {
        base::parallel_chunks(
            job, 10, 1, [&](std::size_t, std::size_t) { ++done; }, "count");
    });
    EXPECT_EQ(done, 10u);
    EXPECT_GE(seconds, 0);
}

TEST(Rehearsal, ConcludesFromTheShareDone) {
    // Each step sleeps at least a millisecond; the machine may make it longer, never shorter.
    std::size_t done = 0;
    const double seconds = rehearse({}, 0.01, [&](const base::Job& job) {
        base::parallel_chunks(
            job, 1000, 1,
            [&](std::size_t, std::size_t) {
                ++done;
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            },
            "sleep");
    });
    EXPECT_LT(done, 1000u);
    EXPECT_GE(seconds, 1);
}

TEST(Rehearsal, CountsTheStagesBeforeTheOneThatItStops) {
    std::size_t steps = 0;
    const double seconds = rehearse({}, 0.02, [&](const base::Job& job) {
        std::this_thread::sleep_for(std::chrono::milliseconds(30));
        job.report(1, "first");
        for (int i = 1; i <= 1000; ++i) {
            ++steps;
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            job.report(i / 1000.0, "second");
        }
    });
    EXPECT_EQ(steps, 1u);
    EXPECT_GE(seconds, 0.03 + 1);
}

TEST(Rehearsal, LetsErrorsOut) {
    EXPECT_THROW(rehearse({}, 1, [](const base::Job&) { base::fail_data("no samples"); }), base::Error);
}

}  // namespace
}  // namespace isopleth::pipeline
