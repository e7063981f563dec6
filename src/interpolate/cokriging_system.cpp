// SPDX-License-Identifier: MIT
#include "interpolate/cokriging_system.hpp"

#include "base/statistics.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace isopleth::interpolate {

namespace {

constexpr std::size_t kAbreast = base::ColumnsByEight::kAbreast;
constexpr std::size_t kPlacesAtOnce = 64;
constexpr std::size_t kMeans = 2;

double distance_of(const geo::Point& left, const geo::Point& right) {
    return std::sqrt(geo::squared_distance(left, right));
}

base::Matrix covariances(const CokrigingSetup& setup) {
    const std::vector<geo::Point>& first = setup.first.points();
    const std::vector<geo::Point>& second = setup.second.points();
    const std::size_t size = first.size() + second.size();
    base::Matrix matrix(size, size);
    const auto fill = [&](std::size_t column, std::size_t row, std::span<const geo::Point> points,
                          const VariogramModel& model) {
        const geo::Point& place = column < first.size() ? first[column] : second[column - first.size()];
        const auto below = matrix.values().subspan(column * size + row, points.size());
        for (std::size_t i = 0; i < points.size(); ++i) below[i] = distance_of(points[i], place);
        model.to_covariances(below);
    };
    for (std::size_t j = 0; j < first.size(); ++j) {
        fill(j, j, std::span(first).subspan(j), setup.model.first);
        fill(j, first.size(), second, setup.model.cross);
    }
    for (std::size_t j = 0; j < second.size(); ++j)
        fill(first.size() + j, first.size() + j, std::span(second).subspan(j), setup.model.second);
    return matrix;
}

/// What is taken off the values, for the sake of rounding.
double centre_of(const Neighbourhood& samples) {
    return base::mean(samples.values()).value_or(0);
}

}  // namespace

std::optional<GlobalCokriging> GlobalCokriging::factor(const CokrigingSetup& setup) {
    auto factor = base::Cholesky::factor(covariances(setup));
    if (!factor) return std::nullopt;
    GlobalCokriging cokriging(setup, std::move(*factor));
    const std::size_t first = setup.first.size();
    const std::size_t size = first + setup.second.size();
    const double second_centre = centre_of(setup.second);
    base::ColumnsByEight columns(size, kMeans + 1);
    for (std::size_t i = 0; i < size; ++i) {
        const bool is_first = i < first;
        columns(i, is_first ? 0 : 1) = 1;
        columns(i, kMeans) = is_first ? setup.first.values()[i] - cokriging.m_centre
                                      : setup.second.values()[i - first] - second_centre;
    }
    if (!cokriging.m_drift.solve(cokriging.m_factor, columns, kMeans)) return std::nullopt;
    return cokriging;
}

GlobalCokriging::GlobalCokriging(const CokrigingSetup& setup, base::Cholesky factor)
    : m_setup(setup), m_factor(std::move(factor)), m_centre(centre_of(setup.first)) {}

void GlobalCokriging::estimate(std::span<const geo::Point> places, std::span<Kriged> results) const {
    const std::vector<geo::Point>& first = m_setup.first.points();
    const std::vector<geo::Point>& second = m_setup.second.points();
    const double variance = m_setup.model.first.sill();
    base::ColumnsByEight columns(first.size() + second.size(), std::min(kPlacesAtOnce, places.size()));
    std::array<double, kPlacesAtOnce> buffer;
    for (std::size_t begin = 0; begin < places.size(); begin += kPlacesAtOnce) {
        const std::size_t count = std::min(kPlacesAtOnce, places.size() - begin);
        std::array<std::optional<std::size_t>, kPlacesAtOnce> here;
        const std::span<double> distances(buffer.data(), count);
        for (std::size_t i = 0; i < columns.rows(); ++i) {
            const bool is_first = i < first.size();
            const geo::Point& sample = is_first ? first[i] : second[i - first.size()];
            for (std::size_t p = 0; p < count; ++p) {
                distances[p] = distance_of(sample, places[begin + p]);
                if (is_first && distances[p] <= kSamePlace) here[p] = i;
            }
            (is_first ? m_setup.model.first : m_setup.model.cross).to_covariances(distances);
            for (std::size_t p = 0; p < count; ++p) columns(i, p) = distances[p];
        }
        m_factor.forward(columns);
        const std::array<double, kMeans> means{1, 0};
        for (std::size_t p = 0; p < count; p += kAbreast) {
            const auto products = m_drift.products_of(columns, p / kAbreast);
            for (std::size_t k = p; k < std::min(count, p + kAbreast); ++k) {
                Kriged& result = results[begin + k];
                if (here[k]) {
                    result = {m_setup.first.values()[*here[k]], 0, 0};
                    continue;
                }
                result = m_drift.system().finish(means, products[k - p], variance);
                result.estimate += m_centre;
            }
        }
    }
}

LocalCokriging::LocalCokriging(const CokrigingSetup& setup)
    : m_setup(setup),
      m_centre(centre_of(setup.first)),
      m_second_centre(centre_of(setup.second)),
      m_first_search(setup.first),
      m_second_search(setup.second) {}

void LocalCokriging::expect(std::span<const geo::Point> places) {
    m_first_search.expect(places);
    m_second_search.expect(places);
}

bool LocalCokriging::seek(geo::Point place) {
    m_first_search.find(place, m_found);
    if (m_found.empty()) return false;
    m_here = sample_here(m_found);
    list_items(m_found, m_next_first);
    m_second_search.find(place, m_found);
    list_items(m_found, m_next_second);
    return true;
}

double LocalCokriging::covariance(std::size_t i, std::size_t j) const {
    const auto place = [&](std::size_t k) {
        return k < m_first.size() ? m_setup.first.points()[m_first[k]]
                                  : m_setup.second.points()[m_second[k - m_first.size()]];
    };
    const double distance = distance_of(place(i), place(j));
    if (j < m_first.size()) return m_setup.model.first.covariance(distance);
    return (i < m_first.size() ? m_setup.model.cross : m_setup.model.second).covariance(distance);
}

bool LocalCokriging::factor() {
    const std::size_t size = m_first.size() + m_second.size();
    // Without a sample of it nearby, the second variable's mean is not asked for.
    const std::size_t means = m_second.empty() ? 1 : kMeans;
    m_drift.reset(size, means);
    for (std::size_t i = 0; i < size; ++i) {
        double* const row = m_drift.row(i);
        for (std::size_t j = i; j < size; ++j) row[j] = covariance(i, j);
        const bool is_first = i < m_first.size();
        for (std::size_t mean = 0; mean < means; ++mean) row[size + mean] = is_first == (mean == 0) ? 1 : 0;
        row[size + means] = is_first
                                ? m_setup.first.values()[m_first[i]] - m_centre
                                : m_setup.second.values()[m_second[i - m_first.size()]] - m_second_centre;
    }
    return m_drift.factor();
}

std::optional<Kriged> LocalCokriging::solve(geo::Point place) {
    if (m_here) return Kriged{m_setup.first.values()[*m_here], 0, 0};
    if (m_next_first != m_first || m_next_second != m_second) {
        m_first = m_next_first;
        m_second = m_next_second;
        m_is_singular = !factor();
    }
    if (m_is_singular) return std::nullopt;
    m_solution.clear();
    for (const std::size_t item : m_first)
        m_solution.push_back(
            m_setup.model.first.covariance(distance_of(m_setup.first.points()[item], place)));
    for (const std::size_t item : m_second)
        m_solution.push_back(
            m_setup.model.cross.covariance(distance_of(m_setup.second.points()[item], place)));
    const std::array<double, kMeans> drift{1, 0};
    const Products products = m_drift.solve(m_solution);
    Kriged kriged = m_drift.system().finish(drift, products, m_setup.model.first.sill());
    kriged.estimate += m_centre;
    return kriged;
}

}  // namespace isopleth::interpolate
