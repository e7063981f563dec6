// SPDX-License-Identifier: MIT
#include "interpolate/kriging_system.hpp"

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

double squared_distance(geo::Point left, geo::Point right) {
    const double east = left.x - right.x;
    const double north = left.y - right.y;
    return east * east + north * north;
}

/// The estimate's parts: v'v, u'v and v'(y - m u).
struct Products {
    double squared = 0;
    double ones = 0;
    double residuals = 0;
};

double standard_error(const Products& products, double sill, double information) {
    const double rest = 1 - products.ones;
    // Rounding may leave a variance just below 0.
    return std::sqrt(std::max(0.0, sill - products.squared + rest * rest / information));
}

base::Matrix covariances(const std::vector<geo::Point>& points, const VariogramModel& model) {
    base::Matrix matrix(points.size(), points.size());
    for (std::size_t j = 0; j < points.size(); ++j) {
        const auto below = matrix.values().subspan(j * points.size() + j, points.size() - j);
        for (std::size_t i = j; i < points.size(); ++i) {
            below[i - j] = std::sqrt(squared_distance(points[i], points[j]));
        }
        model.to_covariances(below);
    }
    return matrix;
}

}  // namespace

std::optional<GlobalKriging> GlobalKriging::factor(const std::vector<geo::Point>& points,
                                                   const std::vector<double>& values,
                                                   const VariogramModel& model) {
    auto factor = base::Cholesky::factor(covariances(points, model));
    if (!factor) return std::nullopt;
    return GlobalKriging(points, values, model, std::move(*factor));
}

GlobalKriging::GlobalKriging(const std::vector<geo::Point>& points, const std::vector<double>& values,
                             const VariogramModel& model, base::Cholesky factor)
    : m_points(points),
      m_values(values),
      m_model(model),
      m_factor(std::move(factor)),
      m_ones(points.size()),
      m_residuals(points.size()) {
    const double centre = base::mean(values).value_or(0);
    base::ColumnsByEight columns(points.size(), 2);
    for (std::size_t i = 0; i < points.size(); ++i) {
        columns(i, 0) = 1;
        columns(i, 1) = values[i] - centre;
    }
    m_factor.forward(columns);
    double product = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        m_ones[i] = columns(i, 0);
        m_information += m_ones[i] * m_ones[i];
        product += m_ones[i] * columns(i, 1);
    }
    const double mean = product / m_information;
    for (std::size_t i = 0; i < points.size(); ++i) m_residuals[i] = columns(i, 1) - mean * m_ones[i];
    m_mean = mean + centre;
}

/// Covariances of the samples with each place, and the sample at the place, if any.
void GlobalKriging::fill(std::span<const geo::Point> places, base::ColumnsByEight& columns,
                         std::span<std::size_t> here) const {
    std::array<double, kPlacesAtOnce> buffer;
    const std::span<double> distances(buffer.data(), places.size());
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        for (std::size_t p = 0; p < places.size(); ++p) {
            distances[p] = std::sqrt(squared_distance(m_points[i], places[p]));
            if (distances[p] <= kSamePlace) here[p] = i;
        }
        m_model.to_covariances(distances);
        for (std::size_t g = 0; g * kAbreast < places.size(); ++g) {
            const std::size_t count = std::min(kAbreast, places.size() - g * kAbreast);
            std::copy_n(&buffer[g * kAbreast], count, columns.group(g) + i * kAbreast);
        }
    }
}

void GlobalKriging::estimate(std::span<const geo::Point> places, std::span<double> estimates,
                             std::span<double> standard_errors) const {
    base::ColumnsByEight columns(m_points.size(), std::min(kPlacesAtOnce, places.size()));
    const double sill = m_model.sill();
    for (std::size_t begin = 0; begin < places.size(); begin += kPlacesAtOnce) {
        const std::size_t count = std::min(kPlacesAtOnce, places.size() - begin);
        std::array<std::size_t, kPlacesAtOnce> here;
        here.fill(kNowhere);
        fill(places.subspan(begin, count), columns, here);
        m_factor.forward(columns);
        for (std::size_t g = 0; g * kAbreast < count; ++g) {
            std::array<Products, kAbreast> products{};
            const double* row = columns.group(g);
            for (std::size_t i = 0; i < m_points.size(); ++i, row += kAbreast) {
                for (std::size_t k = 0; k < kAbreast; ++k) {
                    products[k].squared += row[k] * row[k];
                    products[k].ones += row[k] * m_ones[i];
                    products[k].residuals += row[k] * m_residuals[i];
                }
            }
            for (std::size_t k = 0; k < std::min(kAbreast, count - g * kAbreast); ++k) {
                const std::size_t sample = here[g * kAbreast + k];
                const std::size_t cell = begin + g * kAbreast + k;
                estimates[cell] = sample == kNowhere ? m_mean + products[k].residuals : m_values[sample];
                standard_errors[cell] =
                    sample == kNowhere ? standard_error(products[k], sill, m_information) : 0;
            }
        }
    }
}

LocalKriging::LocalKriging(const Neighbourhood& samples, const VariogramModel& model)
    : m_samples(samples), m_model(model), m_centre(base::mean(samples.values()).value_or(0)) {}

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
                    std::sqrt(squared_distance(points[m_next_set[i]], points[m_next_set[j]])));
            }
        }
    }
    m_model.to_covariances(m_distances);
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
    const std::size_t stride = size + 2;
    m_rows.resize(size * stride);
    m_reciprocals.resize(size);
    for (std::size_t i = 0; i < size; ++i) {
        std::copy(&m_pairs[i * size + i], m_pairs.data() + (i + 1) * size, &m_rows[i * stride + i]);
        m_rows[i * stride + size] = 1;
        m_rows[i * stride + size + 1] = m_samples.values()[m_set[i]] - m_centre;
    }
    if (!base::factor_small(m_rows, stride, m_reciprocals)) return false;
    m_ones.resize(size);
    m_residuals.resize(size);
    m_information = 0;
    double product = 0;
    for (std::size_t i = 0; i < size; ++i) {
        m_ones[i] = m_rows[i * stride + size];
        m_information += m_ones[i] * m_ones[i];
        product += m_ones[i] * m_rows[i * stride + size + 1];
    }
    m_mean = product / m_information;
    for (std::size_t i = 0; i < size; ++i)
        m_residuals[i] = m_rows[i * stride + size + 1] - m_mean * m_ones[i];
    return true;
}

/// The set found, by rising number; false when it is singular.
bool LocalKriging::take_set() {
    std::sort(m_found.begin(), m_found.end(),
              [](const geo::Neighbour& left, const geo::Neighbour& right) { return left.item < right.item; });
    m_next_set.clear();
    for (const geo::Neighbour& neighbour : m_found) m_next_set.push_back(neighbour.item);
    if (m_next_set != m_set) {
        take_covariances();
        m_is_singular = !factor();
    }
    return !m_is_singular;
}

std::optional<LocalKriging::Result> LocalKriging::at(geo::Point place) {
    m_samples.find(place, m_found);
    if (m_found.front().squared_distance <= kSamePlace * kSamePlace) {
        return Result{m_samples.values()[m_found.front().item], 0};
    }
    if (!take_set()) return std::nullopt;
    m_solution.clear();
    for (const geo::Neighbour& neighbour : m_found)
        m_solution.push_back(std::sqrt(neighbour.squared_distance));
    m_model.to_covariances(m_solution);
    base::forward_small(m_rows, m_set.size() + 2, m_reciprocals, m_solution);
    Products products;
    for (std::size_t i = 0; i < m_solution.size(); ++i) {
        products.squared += m_solution[i] * m_solution[i];
        products.ones += m_solution[i] * m_ones[i];
        products.residuals += m_solution[i] * m_residuals[i];
    }
    return Result{m_centre + m_mean + products.residuals,
                  standard_error(products, m_model.sill(), m_information)};
}

}  // namespace isopleth::interpolate
