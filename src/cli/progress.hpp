// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>

namespace isopleth::cli {

/// A progress bar on stderr with the time left, drawn at most ten times a second; wiped at the end.
class ProgressBar {
public:
    ProgressBar();
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;
    void show(double share, const std::string& what);

private:
    std::chrono::steady_clock::time_point m_start;
    std::chrono::steady_clock::time_point m_last;
    bool m_drawn = false;
};

/// "[#####-----]  50 %  3 s left  kriging"; no time left below 2 % or within the first second.
std::string bar_text(double share, double seconds_gone, const std::string& what);

}  // namespace isopleth::cli
