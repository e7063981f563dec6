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
      m_centre(centre_of(samples.values(), setup)) {}

/// Covariances of the next set's pairs: those that the set has too are copied, the others computed.
void LocalKriging::take_covariances() {
    const std::size_t size = m_next_set.size();
    m_kept.assign(size, kNowhere);
    for (std::size_t i = 0, j = 0; i < size && j < m_set.size();) {
        if (m_next_set[i] == m_set[j]) {
            m_kept[i++] = j++;
        } else if (m_next_set[i] < m_set[j]) {
            ++i;
        } else {
            ++j;
        }
    }
    m_next_pairs.resize(size * size);
    m_distances.clear();
    const std::vector<geo::Point>& points = m_samples.points();
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = i; j < size; ++j) {
            if (m_kept[i] != kNowhere && m_kept[j] != kNowhere) {
                m_next_pairs[i * size + j] = m_pairs[m_kept[i] * m_set.size() + m_kept[j]];
            } else {
                m_distances.push_back(
                    std::sqrt(geo::squared_distance(points[m_next_set[i]], points[m_next_set[j]])));
            }
        }
    }
    m_setup.model.to_covariances(m_distances);
    std::size_t next = 0;
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = i; j < size; ++j) {
            if (m_kept[i] == kNowhere || m_kept[j] == kNowhere)
                m_next_pairs[i * size + j] = m_distances[next++];
        }
    }
    m_set.swap(m_next_set);
    m_pairs.swap(m_next_pairs);
}

bool LocalKriging::factor() {
    const std::size_t size = m_set.size();
    const std::size_t terms = m_setup.drift.size();
    m_drift.reset(size, terms);
    for (std::size_t i = 0; i < size; ++i) {
        double* const row = m_drift.row(i);
        std::copy(&m_pairs[i * size + i], m_pairs.data() + (i + 1) * size, row + i);
        row[i] += m_setup.error_variance(m_set[i]);
        m_setup.drift.fill_sample(m_set[i], m_samples.points()[m_set[i]], {row + size, terms});
        row[size + terms] = m_samples.values()[m_set[i]] - m_centre;
    }
    return m_drift.factor();
}

/// The set found, by rising number; false when it is singular.
bool LocalKriging::take_set() {
    sort_by_item(m_found, m_next_set);
    if (m_next_set != m_set) {
        take_covariances();
        m_is_singular = !factor();
    }
    return !m_is_singular;
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
    m_solution.assign(m_set.size(), 0);
    for (std::size_t q = 0; q < support.offsets().size(); ++q) {
        const geo::Point node{place.x + support.offsets()[q].x, place.y + support.offsets()[q].y};
        m_block.clear();
        for (const std::size_t sample : m_set)
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
    const geo::Neighbour& nearest = m_found.front();
    if (nearest.squared_distance <= kSamePlace * kSamePlace && m_setup.is_exact_at(nearest.item))
        return Kriged{m_samples.values()[nearest.item], 0, 0};
    if (!take_set()) return std::nullopt;
    fill_solution(place);
    const Products products = m_drift.solve(m_solution);
    std::array<double, Drift::kMostTerms> drift;
    mean_drift(m_setup, place, drift);
    Kriged kriged = m_drift.system().finish(drift, products, m_variance);
    kriged.estimate += m_centre;
    return kriged;
}

}  // namespace isopleth::interpolate
