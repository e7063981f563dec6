// SPDX-License-Identifier: MIT
#include "pipeline/crossval_plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace isopleth::pipeline {

namespace {

constexpr std::size_t kMostPoints = 5'000;
constexpr double kAir = 0.04;                      ///< of the values' span, around them
constexpr double kShareEnd = 106;                  ///< of 100 %: room for the labels
constexpr style::Colour kEqual{0x00, 0x72, 0xb2};  ///< Okabe and Ito's blue

class PlotMaker {
public:
    explicit PlotMaker(const CrossvalPicture& picture) : m_picture(picture) {}

    draw::Plot make() const {
        draw::Plot plot;
        plot.title = m_picture.title.empty() ? say(fmt::format("{} 的交叉检验", m_picture.field),
                                                   fmt::format("Cross-validation of {}", m_picture.field))
                                             : m_picture.title;
        plot.subtitle = m_picture.method;
        const auto points = chosen_points();
        set_axes(plot);
        plot.lines = {equal_line(plot.x)};
        plot.points_name =
            say("一个样点: 观测值与不用该点时的估计值", "a sample: observed, and estimated from the others");
        draw::PlotPanel panel;
        const double radius = std::clamp(std::sqrt(60.0 / static_cast<double>(points.size())), 0.3, 1.0);
        for (const auto& [estimate, observed] : points)
            panel.points.push_back({estimate, observed, radius, {}});
        plot.panels.push_back(std::move(panel));
        if (m_picture.scores.of_errors) plot.panels.push_back(coverage_panel());
        plot.notes = notes(points.size());
        return plot;
    }

private:
    std::string say(std::string_view chinese, std::string_view english) const {
        return std::string(style::in_language(m_picture.language, chinese, english));
    }

    /// (estimate, observed) by rising estimate.
    std::vector<std::pair<double, double>> all_points() const {
        std::vector<std::pair<double, double>> points;
        const interpolate::HeldOut& held_out = m_picture.held_out;
        for (std::size_t i = 0; i < held_out.valid.size(); ++i) {
            if (held_out.valid[i] != 0) points.emplace_back(held_out.estimates[i], held_out.observed[i]);
        }
        std::sort(points.begin(), points.end());
        return points;
    }

    std::vector<std::pair<double, double>> chosen_points() const {
        const auto all = all_points();
        const std::size_t count = std::min(all.size(), kMostPoints);
        std::vector<std::pair<double, double>> chosen;
        for (std::size_t i = 0; i < count; ++i) chosen.push_back(all[i * all.size() / count]);
        return chosen;
    }

    /// Both axes alike, so that the line of equal values is the diagonal; from 0 where no value is negative.
    void set_axes(draw::Plot& plot) const {
        double least = 0;
        double most = 0;
        for (const auto& [estimate, observed] : all_points()) {
            least = std::min({least, estimate, observed});
            most = std::max({most, estimate, observed});
        }
        if (least == most) most = least + 1;
        const double air = kAir * (most - least);
        const double begin = least < 0 ? least - air : 0;
        const std::string unit = m_picture.unit.empty() ? "" : fmt::format(" ({})", m_picture.unit);
        plot.x = {say("估计值", "estimated") + unit, most + air, begin};
        plot.y = {say("观测值", "observed") + unit, most + air, begin};
    }

    draw::PlotLine equal_line(const draw::PlotAxis& axis) const {
        return {say("相等", "equal"), {}, kEqual, true, {{axis.begin, axis.begin}, {axis.end, axis.end}}};
    }

    draw::PlotPanel coverage_panel() const {
        draw::PlotPanel panel;
        panel.own = draw::OwnAxes{{say("区间的置信水平 (%)", "interval (%)"), kShareEnd, 0},
                                  {say("落在区间内的观测值 (%)", "observed within it (%)"), kShareEnd, 0},
                                  {}};
        panel.own->lines = {equal_line(panel.own->x)};
        for (std::size_t k = 0; k < interpolate::kIntervals.size(); ++k) {
            const double share = 100 * m_picture.scores.of_errors->coverage[k];
            panel.points.push_back({static_cast<double>(interpolate::kIntervals[k].percent), share, 1.2,
                                    fmt::format("{:.0f}", share)});
        }
        return panel;
    }

    std::vector<std::string> notes(std::size_t drawn) const {
        const interpolate::Scores& scores = m_picture.scores;
        std::vector<std::string> notes{
            say(fmt::format("留出方式: {}", m_picture.folds), fmt::format("Held out: {}", m_picture.folds))};
        if (scores.count > drawn) {
            notes.push_back(say(fmt::format("{} 个样点, 图中 {} 个", scores.count, drawn),
                                fmt::format("{} samples, {} of them drawn", scores.count, drawn)));
        } else {
            notes.push_back(
                say(fmt::format("{} 个样点", scores.count), fmt::format("{} samples", scores.count)));
        }
        notes.push_back(fmt::format("RMSE {:.4g}, MAE {:.4g}", scores.rmse, scores.mae));
        notes.push_back(
            say(fmt::format("平均误差 {:.3g}", scores.bias), fmt::format("bias {:.3g}", scores.bias)));
        if (!scores.of_errors) return notes;
        notes.push_back(fmt::format("CRPS {:.4g}", scores.of_errors->crps));
        if (scores.of_errors->msdr) notes.push_back(fmt::format("MSDR {:.3g}", *scores.of_errors->msdr));
        return notes;
    }

    const CrossvalPicture& m_picture;
};

}  // namespace

draw::Plot crossval_plot(const CrossvalPicture& picture) {
    draw::Plot plot = PlotMaker(picture).make();
    for (std::string& note : plot.notes) {
        for (std::size_t at = note.find('-'); at != std::string::npos; at = note.find('-', at))
            note.replace(at, 1, "−");
    }
    return plot;
}

}  // namespace isopleth::pipeline
