// SPDX-License-Identifier: MIT
#include "cli/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace isopleth::cli {

std::string bar_text(double share, double seconds_gone, const std::string& what) {
    constexpr int kWidth = 30;
    const double done = std::clamp(share, 0.0, 1.0);
    const auto filled = static_cast<std::size_t>(std::floor(done * kWidth));
    std::string text = fmt::format("[{}{}] {:3.0f} %", std::string(filled, '#'),
                                   std::string(kWidth - filled, '-'), std::floor(done * 100));
    if (done >= 0.02 && seconds_gone >= 1)
        text += fmt::format("  {:.0f} s left", seconds_gone / done * (1 - done));
    return text + "  " + what;
}

ProgressBar::ProgressBar() : m_start(std::chrono::steady_clock::now()), m_last(m_start) {}

ProgressBar::~ProgressBar() {
    if (m_drawn) std::fputs("\r\033[K", stderr);
}

void ProgressBar::show(double share, const std::string& what) {
    const auto now = std::chrono::steady_clock::now();
    if (now - m_last < std::chrono::milliseconds(100)) return;
    m_last = now;
    m_drawn = true;
    const double gone = std::chrono::duration<double>(now - m_start).count();
    fmt::print(stderr, "\r{}\033[K", bar_text(share, gone, what));
}

}  // namespace isopleth::cli
