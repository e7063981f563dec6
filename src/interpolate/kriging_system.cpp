// SPDX-License-Identifier: MIT
#include "interpolate/kriging_system.hpp"

#include "base/parallel.hpp"
#include "base/statistics.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace isopleth::interpolate {

namespace {

constexpr std::size_t kAbreast = base::ColumnsByEight::kAbreast;
constexpr std::size_t kPlacesAtOnce = 64;
constexpr std::size_t kNowhere = std::numeric_limits<std::size_t>::max();

base::Matrix covariances(const std::vector<geo::Point>& points, const KrigingSetup& setup) {
    base::Matrix matrix(points.size(), points.size());
    for (std::size_t j = 0; j < points.size(); ++j) {
        const auto below = matrix.values().subspan(j * points.size() + j, points.size() - j);
        for (std::size_t i = j; i < points.size(); ++i) {
            below[i - j] = std::sqrt(geo::squared_distance(points[i], points[j]));
        }
        setup.model.to_covariances(below);
        below[0] += setup.error_variance(j);
    }
    return matrix;
}

/// The drift's functions at a place: over a block polynomials are averaged and covariates those of its
/// centre; over an area both are averaged.
void mean_drift(const KrigingSetup& setup, geo::Point place, std::span<double> values) {
    const Support& support = setup.support;
    if (support.is_point()) return setup.drift.fill(place, values);
    std::array<double, Drift::kMostTerms> here;
    std::fill(values.begin(), values.end(), 0.0);
    for (std::size_t q = 0; q < support.offsets().size(); ++q) {
        setup.drift.fill({place.x + support.offsets()[q].x, place.y + support.offsets()[q].y}, here);
        const std::size_t averaged = support.is_area() ? setup.drift.size() : setup.drift.polynomials();
        for (std::size_t j = 0; j < averaged; ++j) values[j] += support.weights()[q] * here[j];
    }
    if (!setup.drift.has_covariates() || support.is_area()) return;
    setup.drift.fill(place, here);
    std::copy_n(here.begin() + static_cast<std::ptrdiff_t>(setup.drift.polynomials()),
                setup.drift.size() - setup.drift.polynomials(),
                values.begin() + static_cast<std::ptrdiff_t>(setup.drift.polynomials()));
}

/// What is taken off the values before they are solved for: the known mean of simple kriging, else their own,
/// for the sake of rounding.
double centre_of(const std::vector<double>& values, const KrigingSetup& setup) {
    return setup.drift.size() == 0 ? setup.known_mean : base::mean(values).value_or(0);
}

/// How many factors of so many samples are kept. Measured on 16 neighbours in 10,000: 32 save 6 of 10
/// factorisations, 256 spare no more than 65 of 100. A megabyte of them stays in the processor's cache.
std::size_t factors_kept(std::size_t samples) {
    constexpr std::size_t kBytes = std::size_t{1} << 20;
    return std::clamp<std::size_t>(kBytes / (2 * sizeof(double) * samples * samples + 1), 2, 32);
}

/// FNV-1a of the items.
std::uint64_t key_of(const std::vector<std::size_t>& set) {
    std::uint64_t key = 14695981039346656037U;
    for (const std::size_t item : set) key = (key ^ item) * 1099511628211U;
    return key;
}

}  // namespace

std::optional<GlobalKriging> GlobalKriging::factor(const std::vector<geo::Point>& points,
                                                   const std::vector<double>& values,
                                                   const KrigingSetup& setup) {
    auto factor = base::Cholesky::factor(covariances(points, setup));
    if (!factor) return std::nullopt;
    GlobalKriging kriging(points, values, setup, std::move(*factor));
    if (!kriging.solve_drift()) return std::nullopt;
    return kriging;
}

GlobalKriging::GlobalKriging(const std::vector<geo::Point>& points, const std::vector<double>& values,
                             const KrigingSetup& setup, base::Cholesky factor)
    : m_points(points),
      m_values(values),
      m_setup(setup),
      m_shared(setup.support.shared(setup.model)),
      m_variance(setup.support.variance(setup.model)),
      m_centre(centre_of(values, setup)),
      m_factor(std::make_shared<const base::Cholesky>(std::move(factor))) {}

GlobalKriging GlobalKriging::with_support(const Support& support) const {
    GlobalKriging other = *this;
    other.m_setup.support = support;
    other.m_shared = support.shared(m_setup.model);
    other.m_variance = support.variance(m_setup.model);
    return other;
}

bool GlobalKriging::solve_drift() {
    const std::size_t terms = m_setup.drift.size();
    base::ColumnsByEight columns(m_points.size(), terms + 1);
    std::array<double, Drift::kMostTerms> row;
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        m_setup.drift.fill_sample(i, m_points[i], row);
        for (std::size_t j = 0; j < terms; ++j) columns(i, j) = row[j];
        columns(i, terms) = m_values[i] - m_centre;
    }
    return m_drift.solve(*m_factor, columns, terms);
}

/// Covariances of the samples with each place, and the sample at the place, if any.
void GlobalKriging::fill(std::span<const geo::Point> places, base::ColumnsByEight& columns,
                         std::span<std::size_t> here) const {
    std::array<double, kPlacesAtOnce> buffer;
    std::array<double, kPlacesAtOnce> sums;
    const std::span<double> distances(buffer.data(), places.size());
    const Support& support = m_setup.support;
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        for (std::size_t q = 0; q < support.offsets().size(); ++q) {
            const geo::Point shifted{m_points[i].x - support.offsets()[q].x,
                                     m_points[i].y - support.offsets()[q].y};
            for (std::size_t p = 0; p < places.size(); ++p) {
                distances[p] = std::sqrt(geo::squared_distance(shifted, places[p]));
                if (distances[p] <= kSamePlace) here[p] = i;
            }
            m_shared.to_covariances(distances);
            if (support.is_point()) break;
            for (std::size_t p = 0; p < places.size(); ++p) {
                sums[p] = (q == 0 ? 0 : sums[p]) + support.weights()[q] * distances[p];
            }
        }
        const double* const covariances = support.is_point() ? buffer.data() : sums.data();
        for (std::size_t g = 0; g * kAbreast < places.size(); ++g) {
            const std::size_t count = std::min(kAbreast, places.size() - g * kAbreast);
            std::copy_n(covariances + g * kAbreast, count, columns.group(g) + i * kAbreast);
        }
    }
}

/// Results of the eight places of a group from their solved columns.
void GlobalKriging::finish(std::span<const geo::Point> places, const base::ColumnsByEight& columns,
                           std::size_t group, std::span<const std::size_t> here,
                           std::span<Kriged> results) const {
    const std::array<Products, kAbreast> products = m_drift.products_of(columns, group);
    for (std::size_t k = 0; k < places.size(); ++k) {
        if (here[k] != kNowhere && m_setup.is_exact_at(here[k])) {
            results[k] = {m_values[here[k]], 0, 0};
            continue;
        }
        std::array<double, Drift::kMostTerms> drift;
        mean_drift(m_setup, places[k], drift);
        results[k] = m_drift.system().finish(drift, products[k], m_variance);
        results[k].estimate += m_centre;
    }
}

void GlobalKriging::estimate(std::span<const geo::Point> places, std::span<Kriged> results) const {
    base::ColumnsByEight columns(m_points.size(), std::min(kPlacesAtOnce, places.size()));
    for (std::size_t begin = 0; begin < places.size(); begin += kPlacesAtOnce) {
        const std::size_t count = std::min(kPlacesAtOnce, places.size() - begin);
        std::array<std::size_t, kPlacesAtOnce> here;
        here.fill(kNowhere);
        fill(places.subspan(begin, count), columns, here);
        m_factor->forward(columns);
        for (std::size_t g = 0; g * kAbreast < count; ++g) {
            const std::size_t first = g * kAbreast;
            const std::size_t some = std::min(kAbreast, count - first);
            finish(places.subspan(begin + first, some), columns, g, std::span(here).subspan(first, some),
                   results.subspan(begin + first, some));
        }
    }
}

bool GlobalKriging::leave_one_out(std::span<Kriged> results, const base::Job& job) const {
    const std::size_t size = m_points.size();
    std::vector<std::uint8_t> is_settled(size);
    const auto work = [&](std::size_t begin, std::size_t end) {
        base::ColumnsByEight columns(size, end - begin);
        for (std::size_t i = begin; i < end; ++i) columns(i, i - begin) = 1;
        m_factor->forward(columns);
        for (std::size_t first = begin; first < end; first += kAbreast) {
            const std::array<Products, kAbreast> products =
                m_drift.products_of(columns, (first - begin) / kAbreast);
            for (std::size_t i = first; i < std::min(end, first + kAbreast); ++i) {
                const auto kriged = m_drift.system().left_out(products[i - first]);
                if (!kriged) continue;
                is_settled[i] = 1;
                const double variance = kriged->standard_error * kriged->standard_error;
                results[i] = {m_values[i] + kriged->estimate,
                              std::sqrt(std::max(0.0, variance - m_setup.error_variance(i))),
                              kriged->lagrange};
            }
        }
    };
    base::parallel_chunks(job, size, kPlacesAtOnce, work, "leave one out");
    return std::find(is_settled.begin(), is_settled.end(), 0) == is_settled.end();
}

LocalKriging::LocalKriging(const Neighbourhood& samples, const KrigingSetup& setup)
    : m_samples(samples),
      m_search(samples),
      m_setup(setup),
      m_shared(setup.support.shared(setup.model)),
      m_variance(setup.support.variance(setup.model)),
      m_centre(centre_of(samples.values(), setup)),
      m_factored(factors_kept(samples.most())) {}

/// Covariances of the next set's pairs: those that the last set has too are copied, the others computed.
void LocalKriging::take_covariances(FactoredSet& next) {
    static const FactoredSet kNone;
    const FactoredSet& last = m_now == nullptr ? kNone : *m_now;
    const std::size_t size = next.set.size();
    m_kept.assign(size, kNowhere);
    for (std::size_t i = 0, j = 0; i < size && j < last.set.size();) {
        if (next.set[i] == last.set[j]) {
            m_kept[i++] = j++;
        } else if (next.set[i] < last.set[j]) {
            ++i;
        } else {
            ++j;
        }
    }
    next.pairs.resize(size * size);
    m_distances.clear();
    const std::vector<geo::Point>& points = m_samples.points();
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = i; j < size; ++j) {
            if (m_kept[i] != kNowhere && m_kept[j] != kNowhere) {
                next.pairs[i * size + j] = last.pairs[m_kept[i] * last.set.size() + m_kept[j]];
            } else {
                m_distances.push_back(
                    std::sqrt(geo::squared_distance(points[next.set[i]], points[next.set[j]])));
            }
        }
    }
    m_setup.model.to_covariances(m_distances);
    std::size_t computed = 0;
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = i; j < size; ++j) {
            if (m_kept[i] == kNowhere || m_kept[j] == kNowhere)
                next.pairs[i * size + j] = m_distances[computed++];
        }
    }
}

bool LocalKriging::factor(FactoredSet& next) const {
    const std::size_t size = next.set.size();
    const std::size_t terms = m_setup.drift.size();
    next.drift.reset(size, terms);
    for (std::size_t i = 0; i < size; ++i) {
        double* const row = next.drift.row(i);
        std::copy(&next.pairs[i * size + i], next.pairs.data() + (i + 1) * size, row + i);
        row[i] += m_setup.error_variance(next.set[i]);
        m_setup.drift.fill_sample(next.set[i], m_samples.points()[next.set[i]], {row + size, terms});
        row[size + terms] = m_samples.values()[next.set[i]] - m_centre;
    }
    return next.drift.factor();
}

LocalKriging::FactoredSet* LocalKriging::find_factored(std::uint64_t key) {
    for (FactoredSet& one : m_factored) {
        if (one.key == key && one.set == m_next_set) return &one;
    }
    return nullptr;
}

LocalKriging::FactoredSet& LocalKriging::oldest() {
    return *std::min_element(
        m_factored.begin(), m_factored.end(),
        [](const FactoredSet& left, const FactoredSet& right) { return left.last_use < right.last_use; });
}

/// The set found becomes the one of now, factored.
void LocalKriging::take_set() {
    list_items(m_found, m_next_set);
    if (m_now != nullptr && m_next_set == m_now->set) return;
    const std::uint64_t key = key_of(m_next_set);
    FactoredSet* next = find_factored(key);
    if (next == nullptr) {
        next = &oldest();  // not the one of now, which was used last
        next->set = m_next_set;
        next->key = key;
        take_covariances(*next);
        next->is_singular = !factor(*next);
    }
    m_now = next;
    m_now->last_use = ++m_uses;
}

/// Covariances of the set with the place, or with the block around it.
void LocalKriging::fill_solution(geo::Point place) {
    m_solution.clear();
    const Support& support = m_setup.support;
    if (support.is_point()) {
        for (const geo::Neighbour& neighbour : m_found)
            m_solution.push_back(std::sqrt(neighbour.squared_distance));
        return m_shared.to_covariances(m_solution);
    }
    m_solution.assign(m_now->set.size(), 0);
    for (std::size_t q = 0; q < support.offsets().size(); ++q) {
        const geo::Point node{place.x + support.offsets()[q].x, place.y + support.offsets()[q].y};
        m_block.clear();
        for (const std::size_t sample : m_now->set)
            m_block.push_back(std::sqrt(geo::squared_distance(m_samples.points()[sample], node)));
        m_shared.to_covariances(m_block);
        for (std::size_t i = 0; i < m_block.size(); ++i) m_solution[i] += support.weights()[q] * m_block[i];
    }
}

std::size_t LocalKriging::seek(geo::Point place) {
    m_search.find(place, m_found);
    return m_found.size();
}

std::optional<Kriged> LocalKriging::solve(geo::Point place) {
    if (const auto here = sample_here(m_found); here && m_setup.is_exact_at(*here))
        return Kriged{m_samples.values()[*here], 0, 0};
    take_set();
    if (m_now->is_singular) return std::nullopt;
    fill_solution(place);
    const Products products = m_now->drift.solve(m_solution);
    std::array<double, Drift::kMostTerms> drift;
    mean_drift(m_setup, place, drift);
    Kriged kriged = m_now->drift.system().finish(drift, products, m_variance);
    kriged.estimate += m_centre;
    return kriged;
}

}  // namespace isopleth::interpolate
