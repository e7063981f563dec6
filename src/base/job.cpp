// SPDX-License-Identifier: MIT
#include "base/job.hpp"

#include "base/error.hpp"

#include <algorithm>

namespace isopleth::base {

void Job::check() const {
    if (cancelled != nullptr && cancelled->load()) throw Error(ErrorKind::kInterrupted, "interrupted");
}

void Job::report(double share, const std::string& what) const {
    if (progress) progress(std::clamp(share, 0.0, 1.0), what);
}

}  // namespace isopleth::base
