// SPDX-License-Identifier: MIT
#include "pipeline/rehearsal.hpp"

#include <chrono>
#include <string>

namespace isopleth::pipeline {

namespace {

using Clock = std::chrono::steady_clock;

/// Thrown out of work of which enough is known.
struct Enough {
    double seconds;
};

/// Hears the work's reports.
class Listener {
public:
    explicit Listener(double most_seconds) : m_most(most_seconds) {}

    double seconds() const { return std::chrono::duration<double>(Clock::now() - m_start).count(); }
    void hear(double share, const std::string& what) {
        const double now = seconds();
        if (what != m_stage) {
            m_stage = what;
            // It began when the one before was done, or now where it says so.
            m_stage_start = share <= 0 ? now : m_last;
        }
        m_last = now;
        if (now < m_most || share <= 0 || share >= 1) return;
        throw Enough{m_stage_start + (now - m_stage_start) / share};
    }

private:
    Clock::time_point m_start = Clock::now();
    double m_most;
    std::string m_stage;
    double m_stage_start = 0;
    double m_last = 0;
};

}  // namespace

double rehearse(const base::Job& job, double most_seconds,
                const std::function<void(const base::Job& job)>& work) {
    Listener listener(most_seconds);
    base::Job part = job;
    part.progress = [&listener](double share, const std::string& what) { listener.hear(share, what); };
    try {
        work(part);
    } catch (const Enough& enough) {
        return enough.seconds;
    }
    return listener.seconds();
}

}  // namespace isopleth::pipeline
