// SPDX-License-Identifier: MIT
#include "base/job.hpp"

#include "base/error.hpp"

namespace isopleth::base {
namespace {

TEST(Job, StopsOnceItIsCancelled) {
    std::atomic<bool> cancelled = false;
    const Job job{1, {}, &cancelled};
    EXPECT_NO_THROW(job.check());
    cancelled = true;
    try {
        job.check();
        FAIL() << "went on";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::kInterrupted);
    }
    EXPECT_NO_THROW(Job{}.check());
}

TEST(Job, ReportsSharesBetweenNothingAndAll) {
    std::vector<double> shares;
    const Job job{1, [&](double share, const std::string&) { shares.push_back(share); }, nullptr};
    for (const double share : {-0.5, 0.25, 1.5}) job.report(share, "reading");
    EXPECT_EQ(shares, (std::vector<double>{0, 0.25, 1}));
    EXPECT_NO_THROW(Job{}.report(0.5, "nobody listens"));
}

}  // namespace
}  // namespace isopleth::base
