// SPDX-License-Identifier: MIT
#include "hotspot/gi_star.hpp"

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "base/random.hpp"
#include "base/statistics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace isopleth::hotspot {

namespace {

constexpr double kRounding = 1e-14;  // of a sum, for each of its terms
constexpr std::size_t kItemsAtATime = 256;

/// Items with a value, numbered anew, and their neighbours among themselves.
struct Present {
    std::vector<std::size_t> rows;
    std::vector<double> values;
    std::vector<std::vector<std::size_t>> neighbours;
    double largest = 0;  ///< absolute value
};

Present gather(const model::Column& column, const Weights& weights) {
    Present present;
    std::vector<std::size_t> number(column.size());
    for (std::size_t row = 0; row < column.size(); ++row) {
        const std::optional<double> value = column.number(row);
        if (!value) continue;
        number[row] = present.rows.size();
        present.rows.push_back(row);
        present.values.push_back(*value);
        present.largest = std::max(present.largest, std::abs(*value));
    }
    for (const std::size_t row : present.rows) {
        std::vector<std::size_t>& own = present.neighbours.emplace_back();
        for (const std::size_t other : weights.neighbours[row]) {
            if (other != row && column.is_present(other)) own.push_back(number[other]);
        }
    }
    return present;
}

void check(const Present& present, const model::Column& column) {
    const auto& values = present.values;
    if (values.size() < 3) {
        base::fail_data(
            fmt::format("{} values of {}; hot spots need at least 3", values.size(), column.name()));
    }
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    if (*least == *most) {
        base::fail_data(fmt::format("all values of {} are equal; there are no hot spots", column.name()));
    }
}

/// Ord and Getis (1995), eq. 14, for binary weights with the item itself: sum and sum of squares of the
/// weights are both k. nullopt where the neighbourhood is everything.
std::optional<double> score(double sum, std::size_t members, std::size_t count, double mean,
                            double deviation) {
    const auto k = static_cast<double>(members);
    const auto n = static_cast<double>(count);
    if (members >= count) return std::nullopt;
    return (sum - k * mean) / (deviation * std::sqrt((n * k - k * k) / (n - 1)));
}

/// Sums of `size` of the others' values, drawn without replacement (Floyd's method, in Bentley 1987).
class Draws {
public:
    Draws(const std::vector<double>& values, std::uint64_t seed)
        : m_values(values), m_seed(seed), m_drawn_in(values.size(), 0) {}

    double sum(std::size_t item, std::size_t size, std::uint64_t permutation) {
        ++m_round;
        const std::size_t others = m_values.size() - 1;
        double total = 0;
        for (std::size_t j = others - size; j < others; ++j) {
            const std::uint64_t draw = permutation * size + (j - (others - size));
            auto pick = static_cast<std::size_t>(base::random_below(j + 1, m_seed, item, draw));
            if (m_drawn_in[pick] == m_round) pick = j;
            m_drawn_in[pick] = m_round;
            total += m_values[pick < item ? pick : pick + 1];  // the item itself is not among the others
        }
        return total;
    }

private:
    const std::vector<double>& m_values;
    std::uint64_t m_seed;
    std::uint64_t m_round = 0;
    std::vector<std::uint64_t> m_drawn_in;
};

double sum_around(const Present& present, std::size_t item) {
    double sum = 0;
    for (const std::size_t other : present.neighbours[item]) sum += present.values[other];
    return sum;
}

/// Share of the smaller tail, the observation counted as one of the permutations. Sums that are equal up to
/// rounding count in both tails: many zeros must not look like a rare sum.
double pseudo_p(const Present& present, std::size_t item, const GiStarOptions& options, Draws& draws) {
    const std::size_t size = present.neighbours[item].size();
    const double observed = sum_around(present, item);
    const double slack = kRounding * static_cast<double>(size) * present.largest;
    int as_large = 0;
    int as_small = 0;
    for (int i = 0; i < options.permutations; ++i) {
        const double drawn = draws.sum(item, size, static_cast<std::uint64_t>(i));
        if (drawn >= observed - slack) ++as_large;
        if (drawn <= observed + slack) ++as_small;
    }
    return (std::min(as_large, as_small) + 1.0) / (options.permutations + 1.0);
}

/// Adjusted p-values (Benjamini and Hochberg 1995): p n / rank, made to rise with p.
void control_false_discoveries(std::vector<double>& p) {
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p[a] > p[b]; });
    double least = 1;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto rank = static_cast<double>(order.size() - i);
        least = std::min(least, p[order[i]] * static_cast<double>(order.size()) / rank);
        p[order[i]] = least;
    }
}

std::string class_of(double z, double p) {
    const char* const kind = z > 0 ? "hot" : "cold";
    if (p <= 0.01) return fmt::format("{} 99 %", kind);
    if (p <= 0.05) return fmt::format("{} 95 %", kind);
    if (p <= 0.1) return fmt::format("{} 90 %", kind);
    return "not significant";
}

void add_classes(std::vector<GiStar>& scores, bool false_discovery_rate) {
    std::vector<double> p;
    for (const GiStar& score : scores) {
        if (score.p) p.push_back(*score.p);
    }
    if (false_discovery_rate) control_false_discoveries(p);
    std::size_t next = 0;
    for (GiStar& score : scores) score.gi_class = score.p ? class_of(*score.z, p[next++]) : "not tested";
}

}  // namespace

std::vector<GiStar> gi_star(const model::Column& values, const Weights& weights, const GiStarOptions& options,
                            const base::Job& job) {
    if (values.size() != weights.neighbours.size()) {
        base::bug(fmt::format("weights of {} items for {} values", weights.neighbours.size(), values.size()));
    }
    const Present present = gather(values, weights);
    check(present, values);
    const double mean = *base::mean(present.values);
    const double deviation = *base::population_standard_deviation(present.values);
    std::vector<GiStar> scores(values.size());
    const auto work = [&](std::size_t begin, std::size_t end) {
        std::optional<Draws> draws;
        if (options.permutations > 0) draws.emplace(present.values, options.seed);
        for (std::size_t i = begin; i < end; ++i) {
            GiStar& result = scores[present.rows[i]];
            const double sum = sum_around(present, i) + present.values[i];
            result.z = score(sum, present.neighbours[i].size() + 1, present.values.size(), mean, deviation);
            if (!result.z) continue;
            if (!draws) {
                result.p = base::normal_two_sided_p(*result.z);
            } else if (!present.neighbours[i].empty()) {
                result.p = pseudo_p(present, i, options, *draws);
            }
        }
    };
    base::parallel_chunks(job, present.rows.size(), kItemsAtATime, work, "hot spots");
    add_classes(scores, options.false_discovery_rate);
    return scores;
}

}  // namespace isopleth::hotspot
