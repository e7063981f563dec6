// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <functional>
#include <string>

namespace isopleth::base {

/// What long work needs from its caller: how many threads, whom to tell, whether to stop.
/// Results never depend on it.
struct Job {
    int threads = 1;
    /// Told the share done in [0, 1] and what is being done; may be empty. Called from one thread at a time.
    std::function<void(double share, const std::string& what)> progress;
    /// Set by a signal handler; may be null.
    const std::atomic<bool>* cancelled = nullptr;

    /// Throws an Interrupted error once `cancelled` is set. Call it between pieces of work.
    void check() const;
    void report(double share, const std::string& what) const;
};

}  // namespace isopleth::base
