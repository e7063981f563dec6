// SPDX-License-Identifier: MIT
#include "base/parallel.hpp"

#include "base/error.hpp"

#include <atomic>
#include <cmath>
#include <mutex>
#include <set>

namespace isopleth::base {
namespace {

Job with_threads(int threads) {
    Job job;
    job.threads = threads;
    return job;
}

TEST(ParallelChunks, CoverEveryItemOnceForAnyNumberOfThreads) {
    for (const int threads : {0, 1, 2, 7}) {
        std::vector<int> seen(1003, 0);
        std::mutex mutex;
        std::set<std::pair<std::size_t, std::size_t>> chunks;
        parallel_chunks(with_threads(threads), seen.size(), 100, [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i) ++seen[i];
            const std::lock_guard lock(mutex);
            chunks.emplace(begin, end);
        });
        EXPECT_THAT(seen, testing::Each(1));
        EXPECT_EQ(chunks.size(), 11u);
        EXPECT_TRUE(chunks.contains({1000, 1003}));
    }
}

TEST(ParallelChunks, LeaveByTheFirstErrorInChunkOrder) {
    for (const int threads : {1, 2, 7}) {
        try {
            parallel_chunks(with_threads(threads), 64, 1, [](std::size_t begin, std::size_t) {
                if (begin >= 5) fail_data("chunk " + std::to_string(begin));
            });
            ADD_FAILURE() << "nothing was thrown";
        } catch (const Error& error) {
            EXPECT_EQ(error.message(), "chunk 5");
        }
    }
}

TEST(ParallelChunks, StopWhenCancelled) {
    for (const int threads : {1, 2}) {
        std::atomic<bool> cancelled = false;
        Job job = with_threads(threads);
        job.cancelled = &cancelled;
        std::atomic<int> ran = 0;
        const auto work = [&](std::size_t, std::size_t) {
            ++ran;
            cancelled = true;
        };
        EXPECT_THROW(parallel_chunks(job, 1000, 1, work), Error);
        EXPECT_LE(ran, threads);
    }
}

TEST(ParallelChunks, ReportRisingShares) {
    for (const int threads : {1, 7}) {
        Job job = with_threads(threads);
        std::vector<double> shares;
        job.progress = [&](double share, const std::string& what) {
            EXPECT_EQ(what, "estimating");
            shares.push_back(share);
        };
        parallel_chunks(
            job, 8, 2, [](std::size_t, std::size_t) {}, "estimating");
        EXPECT_EQ(shares, (std::vector<double>{0.25, 0.5, 0.75, 1}));
    }
}

TEST(ParallelChunks, OfNothingDoNothing) {
    parallel_chunks(with_threads(2), 0, 10, [](std::size_t, std::size_t) { FAIL() << "called"; });
    EXPECT_THROW(parallel_chunks(Job{}, 1, 0, [](std::size_t, std::size_t) {}), Error);
}

TEST(ParallelChunks, MayBeNested) {
    std::atomic<int> count = 0;
    parallel_chunks(with_threads(2), 4, 1, [&](std::size_t, std::size_t) {
        parallel_chunks(with_threads(2), 10, 1, [&](std::size_t, std::size_t) { ++count; });
    });
    EXPECT_EQ(count, 40);
}

TEST(ParallelSum, HasTheSameBitsForAnyNumberOfThreads) {
    const auto work = [](std::size_t begin, std::size_t end) {
        double total = 0;
        for (std::size_t i = begin; i < end; ++i) total += std::sin(static_cast<double>(i)) * 1e10;
        return total;
    };
    const double expected = parallel_sum(with_threads(1), 10000, 33, work);
    EXPECT_NE(expected, 0);
    for (const int threads : {2, 7})
        EXPECT_EQ(parallel_sum(with_threads(threads), 10000, 33, work), expected);
    EXPECT_EQ(parallel_sum(Job{}, 0, 33, work), 0);
}

}  // namespace
}  // namespace isopleth::base
