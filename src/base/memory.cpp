// SPDX-License-Identifier: MIT
#include "base/memory.hpp"

#include <sys/resource.h>

namespace isopleth::base {

std::size_t peak_memory() {
    rusage usage{};
    if (getrusage(RUSAGE_SELF, &usage) != 0) return 0;
    return static_cast<std::size_t>(usage.ru_maxrss) * 1024;  // Linux counts in kilobytes
}

}  // namespace isopleth::base
