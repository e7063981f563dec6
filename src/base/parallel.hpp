// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "base/job.hpp"

namespace isopleth::base {

/// Calls `work(begin, end)` for the chunks [0, chunk), [chunk, 2 chunk) ... of [0, count) on `job.threads`
/// threads. Chunks depend on the data only, so work that writes to its own items gives the same bits for any
/// number of threads. Checks for cancellation before each chunk and reports progress as `what` where that is not
/// empty. The first Error by chunk order leaves the call.
void parallel_chunks(const Job& job, std::size_t count, std::size_t chunk,
                     const std::function<void(std::size_t begin, std::size_t end)>& work,
                     const std::string& what = {});

/// Sum over chunks in chunk order; the partial sums are those of `work`.
double parallel_sum(const Job& job, std::size_t count, std::size_t chunk,
                    const std::function<double(std::size_t begin, std::size_t end)>& work);

}  // namespace isopleth::base
