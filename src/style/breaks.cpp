// SPDX-License-Identifier: MIT
#include "style/breaks.hpp"

#include "base/error.hpp"
#include "base/statistics.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace isopleth::style {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr int kMostDecimals = 6;
constexpr std::size_t kMostClasses = 7;

struct Span {
    double low;
    double high;
};

Span span_of(std::span<const double> values, std::size_t classes) {
    if (classes == 0) base::fail_usage("0 classes were asked", "Ask for 3 to 7.");
    const auto low = base::minimum(values);
    const auto high = base::maximum(values);
    if (!low || !high) base::fail_data("no values to make classes of");
    if (!(*low < *high)) {
        base::fail_data(fmt::format("all {} values are {}: they make no classes", values.size(), *low),
                        "Give the breaks.");
    }
    return {*low, *high};
}

double step_of(double width, std::size_t classes) {
    const double wanted = width / static_cast<double>(classes);
    const double power = std::pow(10.0, std::floor(std::log10(wanted)));
    double best = power;
    for (const double factor : {1.0, 2.0, 2.5, 5.0, 10.0}) {
        if (std::abs(factor * power - wanted) < std::abs(best - wanted)) best = factor * power;
    }
    return best;
}

std::vector<double> round_edges(Span span, double step) {
    const double first = std::floor(span.low / step + 1e-9);
    const double last = std::ceil(span.high / step - 1e-9);
    std::vector<double> edges;
    for (double k = first; k <= last; k += 1) {
        // Through decimal text, so that 3 x 0.1 is the 0.3 that a reader would write.
        edges.push_back(std::stod(fmt::format("{:.12g}", k * step)));
    }
    return edges;
}

}  // namespace

Breaks Breaks::given(std::vector<double> edges) {
    if (edges.size() < 2) base::fail_usage("classes need at least two breaks");
    for (std::size_t i = 0; i < edges.size(); ++i) {
        if (std::isnan(edges[i]) || (i > 0 && !(edges[i - 1] < edges[i]))) {
            base::fail_usage(fmt::format("breaks must rise: {} stands after {}", edges[i], edges[i == 0 ? 0 : i - 1]),
                             "List them from low to high.");
        }
    }
    Breaks breaks;
    breaks.m_edges = std::move(edges);
    return breaks;
}

Breaks Breaks::open(std::vector<double> borders) {
    if (borders.empty()) base::fail_usage("open classes need at least one border");
    borders.insert(borders.begin(), -kInfinity);
    borders.push_back(kInfinity);
    return given(std::move(borders));
}

Breaks Breaks::equal(std::span<const double> values, std::size_t classes) {
    const Span span = span_of(values, classes);
    std::vector<double> edges;
    for (std::size_t i = 0; i < classes; ++i) {
        edges.push_back(span.low + (span.high - span.low) * static_cast<double>(i) / static_cast<double>(classes));
    }
    edges.push_back(span.high);
    return given(std::move(edges));
}

Breaks Breaks::quantile(std::span<const double> values, std::size_t classes) {
    const Span span = span_of(values, classes);
    std::vector<double> edges{span.low};
    for (std::size_t i = 1; i < classes; ++i) {
        const double edge = *base::quantile(values, static_cast<double>(i) / static_cast<double>(classes));
        if (edge > edges.back() && edge < span.high) edges.push_back(edge);
    }
    edges.push_back(span.high);
    return given(std::move(edges));
}

Breaks Breaks::pretty(std::span<const double> values, std::size_t classes) {
    const Span span = span_of(values, classes);
    for (std::size_t wanted = std::min(classes, kMostClasses); wanted > 0; --wanted) {
        std::vector<double> edges = round_edges(span, step_of(span.high - span.low, wanted));
        if (edges.size() >= 2 && edges.size() <= kMostClasses + 1) return given(std::move(edges));
    }
    return equal(values, 1);
}

std::optional<std::size_t> Breaks::classify(double value) const {
    if (class_count() == 0 || std::isnan(value) || value < m_edges.front() || value > m_edges.back()) {
        return std::nullopt;
    }
    const auto above = std::upper_bound(m_edges.begin(), m_edges.end(), value) - m_edges.begin();
    return std::min(static_cast<std::size_t>(above) - 1, class_count() - 1);
}

std::optional<std::size_t> Breaks::classify_clamped(double value) const {
    if (class_count() == 0 || std::isnan(value)) return std::nullopt;
    return classify(std::clamp(value, m_edges.front(), m_edges.back()));
}

std::string Breaks::label(std::size_t class_number) const {
    if (class_number >= class_count()) base::bug(fmt::format("class {} of {}", class_number, class_count()));
    const int decimals = decimals_needed(m_edges);
    const double low = m_edges[class_number];
    const double high = m_edges[class_number + 1];
    if (std::isinf(low) && std::isinf(high)) return "−∞–∞";
    if (std::isinf(low)) return "< " + map_number(high, decimals);
    if (std::isinf(high)) return "≥ " + map_number(low, decimals);
    return map_number(low, decimals) + "–" + map_number(high, decimals);
}

Breaks make_breaks(std::string_view method, std::span<const double> values, std::size_t classes,
                   const std::vector<double>& edges) {
    if (method == "given") return Breaks::given(edges);
    if (method == "equal") return Breaks::equal(values, classes);
    if (method == "quantile") return Breaks::quantile(values, classes);
    if (method == "pretty") return Breaks::pretty(values, classes);
    base::fail_usage(fmt::format("unknown classification {}{}", method,
                                 base::did_you_mean(method, {"given", "equal", "quantile", "pretty"})),
                     "Classifications are given, equal, quantile and pretty.");
}

std::string map_number(double value, int decimals) {
    std::string digits = fmt::format("{:.{}f}", std::abs(value), decimals);
    const bool zero = digits.find_first_not_of("0.") == std::string::npos;
    return value < 0 && !zero ? "−" + digits : digits;
}

int decimals_needed(std::span<const double> values) {
    for (int decimals = 0; decimals < kMostDecimals; ++decimals) {
        const double scale = std::pow(10.0, decimals);
        const auto exact = [scale](double value) {
            const double scaled = value * scale;
            return std::isinf(value) || std::abs(scaled - std::round(scaled)) <= 1e-9 * std::max(1.0, std::abs(scaled));
        };
        if (std::all_of(values.begin(), values.end(), exact)) return decimals;
    }
    return kMostDecimals;
}

}  // namespace isopleth::style
