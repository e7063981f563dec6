// SPDX-License-Identifier: MIT
#include "base/memory.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace isopleth::base {
namespace {

TEST(PeakMemory, GrowsWithWhatIsHeldAndStays) {
    const std::size_t before = peak_memory();
    {
        // As much as this process ever held, and 32 MB more.
        const std::vector<char> held(before + (std::size_t{32} << 20), 'x');
        EXPECT_GE(peak_memory(), held.size());
    }
    EXPECT_GE(peak_memory(), before + (std::size_t{32} << 20));
}

}  // namespace
}  // namespace isopleth::base
