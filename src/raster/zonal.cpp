// SPDX-License-Identifier: MIT
#include "raster/zonal.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace isopleth::raster {

namespace {

struct Word {
    const char* name;
    ZonalKind kind;
    double parameter = 0;
};

constexpr double kHalf = 50;
constexpr Word kWords[] = {
    {"count", ZonalKind::kCount},
    {"sum", ZonalKind::kSum},
    {"mean", ZonalKind::kMean},
    {"min", ZonalKind::kMinimum},
    {"max", ZonalKind::kMaximum},
    {"variance", ZonalKind::kVariance},
    {"stdev", ZonalKind::kStandardDeviation},
    {"median", ZonalKind::kPercentile, kHalf},
    {"majority", ZonalKind::kMajority},
    {"minority", ZonalKind::kMinority},
    {"variety", ZonalKind::kVariety},
};

bool needs_values(ZonalKind kind) {
    return kind == ZonalKind::kPercentile || kind == ZonalKind::kMajority || kind == ZonalKind::kMinority ||
           kind == ZonalKind::kVariety;
}

/// "p95" or "p99.9".
std::optional<double> percent_of(const std::string& text) {
    if (text.size() < 2 || text[0] != 'p') return std::nullopt;
    const auto percent = base::parse_number(text.substr(1));
    if (!percent || *percent < 0 || *percent > 100) return std::nullopt;
    return percent;
}

}  // namespace

ZonalStatistic parse_zonal_statistic(const std::string& text) {
    for (const Word& word : kWords) {
        if (text == word.name) return {text, word.kind, word.parameter};
    }
    if (const auto percent = percent_of(text)) return {text, ZonalKind::kPercentile, *percent};
    if (text.starts_with("above:")) {
        const std::string limit = text.substr(std::string("above:").size());
        const auto number = base::parse_number(limit);
        if (!number) base::fail_usage(fmt::format("--stats above:{}: the limit is not a number", limit));
        return {"above_" + limit, ZonalKind::kFractionAbove, *number};
    }
    std::vector<std::string> names;
    for (const Word& word : kWords) names.emplace_back(word.name);
    base::fail_usage(fmt::format("unknown statistic {}{}", text, base::did_you_mean(text, names)),
                     fmt::format("It is one of {}, p0 to p100, above:LIMIT.", base::join(names, ", ")));
}

ZonalSums::ZonalSums(const std::vector<ZonalStatistic>& wanted)
    : m_minimum(std::numeric_limits<double>::infinity()), m_maximum(-m_minimum) {
    for (const ZonalStatistic& statistic : wanted) {
        m_lists_values = m_lists_values || needs_values(statistic.kind);
        if (statistic.kind == ZonalKind::kFractionAbove) m_limits.push_back(statistic.parameter);
    }
    m_above.resize(m_limits.size());
}

void ZonalSums::add(double value, double share, double weight) {
    m_count += share;
    m_sum += share * value;
    m_minimum = std::min(m_minimum, value);
    m_maximum = std::max(m_maximum, value);
    const double both = share * weight;
    add_moments(both, value, 0);
    for (std::size_t i = 0; i < m_limits.size(); ++i) m_above[i] += value > m_limits[i] ? both : 0;
    if (m_lists_values) m_cells.emplace_back(value, share);
}

/// Of two groups of cells (Chan, Golub and LeVeque 1983, The American Statistician 37:242).
void ZonalSums::add_moments(double weight, double mean, double squares) {
    if (!(weight > 0)) return;
    const double both = m_weight + weight;
    const double gap = mean - m_mean;
    m_squares += squares + gap * gap * m_weight * weight / both;
    m_mean += gap * weight / both;
    m_weight = both;
}

void ZonalSums::add_run(std::span<const double> values, double share) {
    if (m_lists_values || !m_limits.empty()) {
        for (const double value : values) add(value, share, 1);
        return;
    }
    // Four sums abreast, in an order that the run alone decides.
    constexpr std::size_t kAbreast = 4;
    std::array<double, kAbreast> sums{}, least, most;
    least.fill(m_minimum);
    most.fill(m_maximum);
    const std::size_t even = values.size() - values.size() % kAbreast;
    const auto take = [&](std::size_t k, double value) {
        sums[k] += value;
        least[k] = std::min(least[k], value);
        most[k] = std::max(most[k], value);
    };
    for (std::size_t i = 0; i < even; i += kAbreast) {
        for (std::size_t k = 0; k < kAbreast; ++k) take(k, values[i + k]);
    }
    for (std::size_t i = even; i < values.size(); ++i) take(0, values[i]);
    m_minimum = *std::min_element(least.begin(), least.end());
    m_maximum = *std::max_element(most.begin(), most.end());
    const double sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    const auto size = static_cast<double>(values.size());
    const double mean = sum / size;
    std::array<double, kAbreast> squares{};
    for (std::size_t i = 0; i < even; i += kAbreast) {
        for (std::size_t k = 0; k < kAbreast; ++k)
            squares[k] += (values[i + k] - mean) * (values[i + k] - mean);
    }
    for (std::size_t i = even; i < values.size(); ++i) squares[0] += (values[i] - mean) * (values[i] - mean);
    m_count += share * size;
    m_sum += share * sum;
    add_moments(share * size, mean, share * ((squares[0] + squares[1]) + (squares[2] + squares[3])));
}

void ZonalSums::merge(const ZonalSums& later) {
    m_count += later.m_count;
    m_sum += later.m_sum;
    m_minimum = std::min(m_minimum, later.m_minimum);
    m_maximum = std::max(m_maximum, later.m_maximum);
    add_moments(later.m_weight, later.m_mean, later.m_squares);
    for (std::size_t i = 0; i < m_above.size(); ++i) m_above[i] += later.m_above[i];
    m_cells.insert(m_cells.end(), later.m_cells.begin(), later.m_cells.end());
}

std::optional<double> ZonalSums::result(const ZonalStatistic& statistic) const {
    if (!(m_count > 0)) return std::nullopt;
    const auto weighted = [&](double value) { return m_weight > 0 ? std::optional(value) : std::nullopt; };
    switch (statistic.kind) {
        case ZonalKind::kCount:
            return m_count;
        case ZonalKind::kSum:
            return m_sum;
        case ZonalKind::kMean:
            return weighted(m_mean);
        case ZonalKind::kMinimum:
            return m_minimum;
        case ZonalKind::kMaximum:
            return m_maximum;
        case ZonalKind::kVariance:
            return weighted(m_squares / m_weight);
        case ZonalKind::kStandardDeviation:
            return weighted(std::sqrt(m_squares / m_weight));
        case ZonalKind::kFractionAbove: {
            const auto limit = std::find(m_limits.begin(), m_limits.end(), statistic.parameter);
            if (limit == m_limits.end()) base::bug("a zonal limit that was not asked for");
            return weighted(m_above[static_cast<std::size_t>(limit - m_limits.begin())] / m_weight);
        }
        default:
            return of_values(statistic);
    }
}

double ZonalSums::of_values(const ZonalStatistic& statistic) const {
    std::vector<std::pair<double, double>> cells = m_cells;
    std::sort(cells.begin(), cells.end());
    if (statistic.kind == ZonalKind::kPercentile) return zonal_percentile(cells, statistic.parameter);
    struct Found {
        double value = 0;
        double weight = -1;
    };
    Found most, least;
    std::size_t variety = 0;
    for (std::size_t begin = 0; begin < cells.size();) {
        std::size_t end = begin;
        double weight = 0;
        for (; end < cells.size() && cells[end].first == cells[begin].first; ++end)
            weight += cells[end].second;
        if (weight >= most.weight) most = {cells[begin].first, weight};
        if (variety == 0 || weight < least.weight) least = {cells[begin].first, weight};
        ++variety;
        begin = end;
    }
    if (statistic.kind == ZonalKind::kMajority) return most.value;
    if (statistic.kind == ZonalKind::kMinority) return least.value;
    return static_cast<double>(variety);
}

void add_window(const ZonalWindow& window, const Coverage& coverage, ZonalSums& sums) {
    const std::size_t first = std::max(window.first_row, coverage.first_row());
    const std::size_t end = std::min(window.first_row + window.rows, coverage.end_row());
    for (std::size_t row = first; row < end; ++row) {
        const std::size_t start = (row - window.first_row) * window.columns;
        for (const CoveredRun& run : coverage.row(row)) {
            const std::uint8_t* const valid = window.values->valid.data() + start;
            const bool is_whole = window.weights == nullptr &&
                                  std::find(valid + run.first, valid + run.end, 0) == valid + run.end;
            if (is_whole) {
                sums.add_run(std::span(window.values->values).subspan(start + run.first, run.end - run.first),
                             run.share);
                continue;
            }
            for (std::size_t cell = start + run.first; cell < start + run.end; ++cell) {
                if (window.values->valid[cell] == 0) continue;
                if (window.weights == nullptr) {
                    sums.add(window.values->values[cell], run.share, 1);
                } else if (window.weights->valid[cell] != 0) {
                    sums.add(window.values->values[cell], run.share, window.weights->values[cell]);
                }
            }
        }
    }
}

double zonal_percentile(const std::vector<std::pair<double, double>>& cells, double percent) {
    const auto steps = static_cast<double>(cells.size()) - 1;
    double whole = 0;
    for (const auto& [value, weight] : cells) whole += weight;
    const double sought = percent / 100 * whole * steps;
    double before = 0;  // weights of the cells before this one
    double last = 0;    // S of the one before this one
    for (std::size_t k = 0; k < cells.size(); ++k) {
        const auto& [value, weight] = cells[k];
        const double here = static_cast<double>(k) * weight + steps * before;
        if (here > sought && k > 0) {
            const double previous = cells[k - 1].first;
            return previous + (sought - last) / (here - last) * (value - previous);
        }
        last = here;
        before += weight;
    }
    return cells.back().first;
}

}  // namespace isopleth::raster
