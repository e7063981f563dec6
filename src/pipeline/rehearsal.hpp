// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

#include "base/job.hpp"

namespace isopleth::pipeline {

/// How long the work takes, in seconds: runs it, and where it takes longer than `most_seconds` stops it at its
/// next report of progress and concludes from the share done. Of work in stages, those after the one that was
/// stopped are not counted. The work's errors leave the call.
double rehearse(const base::Job& job, double most_seconds,
                const std::function<void(const base::Job& job)>& work);

}  // namespace isopleth::pipeline
