// SPDX-License-Identifier: MIT
#include "pipeline/variogram_plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "base/text.hpp"

namespace isopleth::pipeline {

namespace {
using interpolate::Bin;
using interpolate::Shape;

constexpr int kStepsOfALine = 200;
constexpr double kAir = 1.06;       ///< right of the last bin
constexpr double kAirAbove = 1.12;  ///< above the highest bin and its number
constexpr std::size_t kReliablePairs = 30;
constexpr double kLargestRadius = 1.5;
constexpr double kSmallestRadius = 0.7;

/// Three digits, whole numbers in full: 0.0123, 1597, 9.01e−6.
std::string brief(double value) {
    const bool is_long = std::abs(value) >= 1000 && std::abs(value) < 1e7;
    std::string text = is_long ? fmt::format("{:.0f}", value) : fmt::format("{:.3g}", value);
    const std::size_t exponent = text.find('e');
    if (exponent == std::string::npos) return text;
    const auto power = base::parse_integer(text.substr(exponent + 1)).value_or(0);
    return fmt::format("{}e{}{}", text.substr(0, exponent), power < 0 ? "−" : "", std::abs(power));
}

/// Okabe and Ito's colours, told apart by colour-blind readers.
style::Colour colour_of(Shape shape) {
    switch (shape) {
        case Shape::kSpherical:
            return {0x00, 0x72, 0xb2};
        case Shape::kExponential:
            return {0xd5, 0x5e, 0x00};
        case Shape::kGaussian:
            return {0x00, 0x9e, 0x73};
        case Shape::kMatern:
            return {0xcc, 0x79, 0xa7};
        case Shape::kLinear:
            return {0x56, 0xb4, 0xe9};
        case Shape::kPower:
            return {0xe6, 0x9f, 0x00};
    }
    base::bug("a variogram of undefined shape");
}

class PlotMaker {
public:
    explicit PlotMaker(const VariogramPicture& picture) : m_picture(picture) {}

    draw::Plot make() const {
        draw::Plot plot;
        plot.title = m_picture.title.empty() ? say(fmt::format("{} 的变异函数", m_picture.field),
                                                   fmt::format("Variogram of {}", m_picture.field))
                                             : m_picture.title;
        plot.subtitle = subtitle();
        plot.x = {say("点对间距 (m)", "distance between the samples of a pair (m)"), 1};
        plot.y = {say("半方差", "semivariance"), 1};
        if (!m_picture.unit.empty()) plot.y.title += fmt::format(" ({})²", m_picture.unit);
        plot.points_name =
            say("一组点对的半方差, 旁为点对数", "semivariance of a bin, its number of pairs beside it");
        set_ends(plot);
        for (const DirectedVariogram& one : m_picture.directed) plot.panels.push_back(panel(one));
        for (std::size_t i = 0; i < m_picture.fits.size(); ++i) {
            if (i != m_picture.best) plot.lines.push_back(line(i, plot.x.end));
        }
        plot.lines.push_back(line(m_picture.best, plot.x.end));
        const auto has_beyond = [&](const draw::PlotPanel& one) {
            return std::any_of(one.points.begin(), one.points.end(),
                               [&](const draw::PlotPoint& point) { return plot.is_beyond(point); });
        };
        plot.notes = notes(std::any_of(plot.panels.begin(), plot.panels.end(), has_beyond));
        return plot;
    }

private:
    std::string say(std::string_view chinese, std::string_view english) const {
        return std::string(style::in_language(m_picture.language, chinese, english));
    }
    bool has_directions() const { return m_picture.directed.front().degrees.has_value(); }

    std::string subtitle() const {
        const auto& scheme = m_picture.directed.front().empirical;
        const bool is_robust = m_picture.estimator == interpolate::Estimator::kCressie;
        const std::string cutoff = brief(scheme.cutoff);
        const std::string width = brief(scheme.width);
        return say(
            fmt::format("{} 个样点; {} m 以内的点对, 每 {} m 一组; {}", m_picture.samples, cutoff, width,
                        is_robust ? "Cressie–Hawkins 稳健估计" : "Matheron 估计"),
            fmt::format("{} samples; pairs up to {} m in bins of {} m; {}", m_picture.samples, cutoff, width,
                        is_robust ? "robust estimator of Cressie and Hawkins" : "estimator of Matheron"));
    }

    std::vector<Bin> all_bins() const {
        std::vector<Bin> bins;
        for (const DirectedVariogram& one : m_picture.directed)
            bins.insert(bins.end(), one.empirical.bins.begin(), one.empirical.bins.end());
        return bins;
    }

    /// Bins of fewer pairs say little (Journel and Huijbregts 1978, III.42): they do not stretch the axis.
    std::size_t fewest_pairs() const {
        std::size_t most = 0;
        for (const Bin& bin : all_bins()) most = std::max(most, bin.pairs);
        return std::min(kReliablePairs, (most + 1) / 2);
    }

    void set_ends(draw::Plot& plot) const {
        double farthest = 0;
        double highest = 0;
        const std::size_t fewest = fewest_pairs();
        for (const Bin& bin : all_bins()) {
            farthest = std::max(farthest, bin.distance);
            if (bin.pairs >= fewest) highest = std::max(highest, bin.semivariance);
        }
        plot.x.end = farthest > 0 ? kAir * farthest : 1;
        highest = std::max(highest, m_picture.fits[m_picture.best].model.semivariance(plot.x.end));
        plot.y.end = highest > 0 ? kAirAbove * highest : 1;
    }

    std::string direction_name(double degrees) const {
        const double axis = std::fmod(degrees, 180);
        std::string name;
        if (axis == 0) name = say("南–北", "north–south");
        if (axis == 45) name = say("东北–西南", "north-east–south-west");
        if (axis == 90) name = say("东–西", "east–west");
        if (axis == 135) name = say("东南–西北", "south-east–north-west");
        const std::string angle = base::shortest(degrees) + "°";
        return name.empty() ? angle : fmt::format("{} ({})", angle, name);
    }

    draw::PlotPanel panel(const DirectedVariogram& one) const {
        std::size_t most = 1;
        for (const Bin& bin : one.empirical.bins) most = std::max(most, bin.pairs);
        draw::PlotPanel panel;
        if (one.degrees) panel.title = direction_name(*one.degrees);
        for (const Bin& bin : one.empirical.bins) {
            const double share = static_cast<double>(bin.pairs) / static_cast<double>(most);
            panel.points.push_back({bin.distance, bin.semivariance,
                                    std::max(kSmallestRadius, kLargestRadius * std::sqrt(share)),
                                    std::to_string(bin.pairs)});
        }
        return panel;
    }

    std::string shape_name(const interpolate::Structure& structure) const {
        switch (structure.shape) {
            case Shape::kSpherical:
                return say("球状模型 (sph)", "spherical (sph)");
            case Shape::kExponential:
                return say("指数模型 (exp)", "exponential (exp)");
            case Shape::kGaussian:
                return say("高斯模型 (gau)", "Gaussian (gau)");
            case Shape::kMatern: {
                const std::string kappa = base::shortest(structure.smoothness);
                return say(fmt::format("Matern 模型 (mat, κ = {})", kappa),
                           fmt::format("Matern (mat, κ = {})", kappa));
            }
            case Shape::kLinear:
                return say("线性模型 (lin)", "linear (lin)");
            case Shape::kPower:
                return say("幂函数模型 (pow)", "power (pow)");
        }
        base::bug("a variogram of undefined shape");
    }

    draw::PlotLine line(std::size_t number, double end) const {
        const interpolate::VariogramFit& fit = m_picture.fits[number];
        const interpolate::Structure& structure = fit.model.structures.front();
        draw::PlotLine line;
        line.is_main = number == m_picture.best;
        line.name = shape_name(structure);
        if (line.is_main && m_picture.fits.size() > 1) line.name += say(", 最佳", ", best");
        // A fit of less error may not be the best: the reader has to see why.
        if (!interpolate::is_sound(fit, m_picture.directed.front().empirical))
            line.name += say(", 不宜用于克里金", ", not for kriging");
        const std::string nugget = brief(fit.model.nugget);
        const std::string partial_sill = brief(structure.partial_sill);
        const std::string range = brief(structure.range);
        const std::string error = brief(fit.weighted_error);
        if (interpolate::is_unbounded(structure.shape)) {
            const std::string slope = brief(structure.slope());
            const std::string exponent = brief(structure.exponent());
            line.detail =
                say(fmt::format("块金 {}, 斜率 {}\n指数 {}; 加权误差 {}", nugget, slope, exponent, error),
                    fmt::format("nugget {}, slope {}\nexponent {}; weighted error {}", nugget, slope,
                                exponent, error));
        } else {
            line.detail = say(fmt::format("块金 {}, 偏基台 {}\n变程参数 {} m; 加权误差 {}", nugget,
                                          partial_sill, range, error),
                              fmt::format("nugget {}, partial sill {}\nrange {} m; weighted error {}", nugget,
                                          partial_sill, range, error));
        }
        line.colour = colour_of(structure.shape);
        // At the distance 0 itself the semivariance is 0: the line begins at the nugget.
        line.points.push_back({0, fit.model.nugget});
        for (int i = 1; i <= kStepsOfALine; ++i) {
            const double distance = end * i / kStepsOfALine;
            line.points.push_back({distance, fit.model.semivariance(distance)});
        }
        return line;
    }

    std::vector<std::string> notes(bool has_points_beyond) const {
        std::vector<std::string> notes;
        if (m_picture.degree > 0) {
            notes.push_back(say(
                fmt::format("残差的变异函数: 已扣除 {} 次趋势面。", m_picture.degree),
                fmt::format("Of the residuals of a drift of degree {} by least squares.", m_picture.degree)));
        }
        notes.push_back(
            say("加权最小二乘拟合, 权重 = 点对数 / 距离²。", "Least squares weighted by pairs / distance²."));
        if (has_directions()) {
            notes.push_back(
                say(fmt::format("各方向取 ±{}° 以内的点对。\n曲线按所有方向的点对拟合。",
                                base::shortest(m_picture.tolerance)),
                    fmt::format("Directions take pairs within ±{}°; the curves are fitted to the pairs "
                                "of every direction.",
                                base::shortest(m_picture.tolerance))));
        }
        if (has_points_beyond) {
            notes.push_back(say(fmt::format("三角: 超出纵轴, 点对少于 {} 对。", fewest_pairs()),
                                fmt::format("Triangles: above the axis, under {} pairs.", fewest_pairs())));
        }
        return notes;
    }

    const VariogramPicture& m_picture;
};
}  // namespace

draw::Plot variogram_plot(const VariogramPicture& picture) {
    return PlotMaker(picture).make();
}

}  // namespace isopleth::pipeline
