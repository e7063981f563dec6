// SPDX-License-Identifier: MIT
#include "interpolate/spline_system.hpp"

#include "base/cholesky.hpp"
#include "base/statistics.hpp"
#include "interpolate/variogram.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace isopleth::interpolate {

namespace {

constexpr double kSamePlaceSquared = kSamePlace * kSamePlace;
constexpr double kDependent = 1e-9;  ///< of the samples' extent: nearer to one line is on it
constexpr std::size_t kPlacesAtOnce = 256;

geo::Point middle_of(std::span<const geo::Point> points) {
    // From the first one on, so that far-off coordinates lose no digits in the sum.
    const geo::Point first = points.front();
    geo::Point sum{};
    for (const geo::Point& point : points) {
        sum.x += point.x - first.x;
        sum.y += point.y - first.y;
    }
    const auto count = static_cast<double>(points.size());
    return {first.x + sum.x / count, first.y + sum.y / count};
}

}  // namespace

SplinePlane::Coefficients SplinePlane::row(geo::Point point) const {
    return {1, (point.x - m_centre.x) / m_unit, (point.y - m_centre.y) / m_unit};
}

bool SplinePlane::reflect(std::span<const geo::Point> points, std::size_t terms, double unit) {
    m_rows = points.size();
    m_terms = terms;
    m_centre = middle_of(points);
    m_unit = unit;
    m_reflections.resize(m_rows * terms);
    double extent = 0;
    for (std::size_t i = 0; i < m_rows; ++i) {
        const Coefficients values = row(points[i]);
        for (std::size_t k = 0; k < terms; ++k) m_reflections[k * m_rows + i] = values[k];
        extent += values[1] * values[1] + values[2] * values[2];
    }
    extent = std::sqrt(extent);
    for (std::size_t k = 0; k < terms; ++k) {
        double* const column = &m_reflections[k * m_rows];
        // The reflections before this one.
        for (std::size_t j = 0; j < k; ++j) {
            const double* const other = &m_reflections[j * m_rows];
            double product = 0;
            for (std::size_t i = j; i < m_rows; ++i) product += other[i] * column[i];
            for (std::size_t i = j; i < m_rows; ++i) column[i] -= product * other[i];
            m_triangle[j][k] = column[j];
            column[j] = 0;
        }
        double square = 0;
        for (std::size_t i = k; i < m_rows; ++i) square += column[i] * column[i];
        const double length = std::sqrt(square);
        if (k > 0 && !(length > kDependent * extent)) return false;
        // To the far side of the axis, where nothing cancels.
        m_triangle[k][k] = column[k] > 0 ? -length : length;
        column[k] -= m_triangle[k][k];
        const double scale = 1 / std::sqrt(length * std::abs(column[k]));
        for (std::size_t i = k; i < m_rows; ++i) column[i] *= scale;
    }
    return true;
}

void SplinePlane::turn(std::span<double> rows, std::size_t stride) {
    for (std::size_t k = 0; k < m_terms; ++k) {
        const double* const v = reflection(k).data();
        // (I - v v') A (I - v v') = A - v w' - w v', w = A v - v (v'A v) / 2.
        m_product.assign(m_rows, 0);
        for (std::size_t j = 0; j < m_rows; ++j) {
            const double* const row = rows.data() + j * stride;
            double sum = m_product[j] + row[j] * v[j];
            for (std::size_t i = j + 1; i < m_rows; ++i) {
                sum += row[i] * v[i];
                m_product[i] += row[i] * v[j];
            }
            m_product[j] = sum;
        }
        double half = 0;
        for (std::size_t i = k; i < m_rows; ++i) half += v[i] * m_product[i];
        half /= 2;
        for (std::size_t i = k; i < m_rows; ++i) m_product[i] -= half * v[i];
        const double* const w = m_product.data();
        for (std::size_t j = 0; j < m_rows; ++j) {
            double* const row = rows.data() + j * stride;
            for (std::size_t i = j; i < m_rows; ++i) row[i] -= v[j] * w[i] + w[j] * v[i];
        }
    }
}

void SplinePlane::turn(std::span<double> values) const {
    for (std::size_t k = 0; k < m_terms; ++k) {
        const std::span<const double> v = reflection(k);
        double product = 0;
        for (std::size_t i = k; i < m_rows; ++i) product += v[i] * values[i];
        for (std::size_t i = k; i < m_rows; ++i) values[i] -= product * v[i];
    }
}

void SplinePlane::turn_back(std::span<double> values) const {
    for (std::size_t k = m_terms; k-- > 0;) {
        const std::span<const double> v = reflection(k);
        double product = 0;
        for (std::size_t i = k; i < m_rows; ++i) product += v[i] * values[i];
        for (std::size_t i = k; i < m_rows; ++i) values[i] -= product * v[i];
    }
}

SplinePlane::Coefficients SplinePlane::solve(const Coefficients& head) const {
    Coefficients result{};
    for (std::size_t k = m_terms; k-- > 0;) {
        double sum = head[k];
        for (std::size_t j = k + 1; j < m_terms; ++j) sum -= m_triangle[k][j] * result[j];
        result[k] = sum / m_triangle[k][k];
    }
    return result;
}

double SplinePlane::at(geo::Point place, const Coefficients& coefficients) const {
    const Coefficients values = row(place);
    double sum = 0;
    for (std::size_t k = 0; k < m_terms; ++k) sum += coefficients[k] * values[k];
    return sum;
}

GlobalSpline::GlobalSpline(const Neighbourhood& samples, const SplineSetup& setup)
    : m_points(samples.points()),
      m_values(samples.values()),
      m_setup(setup),
      m_centre(base::mean(samples.values()).value_or(0)) {}

std::optional<GlobalSpline> GlobalSpline::solve(const Neighbourhood& samples, const SplineSetup& setup) {
    GlobalSpline spline(samples, setup);
    const std::size_t size = samples.size();
    const std::size_t terms = setup.kernel.terms();
    if (!spline.m_plane.reflect(spline.m_points, terms, setup.kernel.unit())) return std::nullopt;
    // Column j from the diagonal down lies in memory as row j of the upper triangle does.
    base::Matrix matrix(size, size);
    for (std::size_t j = 0; j < size; ++j) {
        const auto rest = matrix.values().subspan(j * size + j, size - j);
        for (std::size_t i = j; i < size; ++i) {
            rest[i - j] = geo::squared_distance(spline.m_points[i], spline.m_points[j]);
        }
        setup.kernel.to_values(rest);
        rest[0] = setup.diagonal;
    }
    spline.m_plane.turn(matrix.values(), size);
    // The first rows belong to the polynomials: the factor is to leave them alone.
    std::vector<double> border;
    for (std::size_t k = 0; k < terms; ++k) {
        const auto rest = matrix.values().subspan(k * size, size);
        border.insert(border.end(), rest.begin(), rest.end());
        std::fill(rest.begin(), rest.end(), 0.0);
        rest[k] = 1;
    }
    const auto factor = base::Cholesky::factor(matrix);
    if (!factor) return std::nullopt;
    std::vector<double>& solution = spline.m_coefficients = spline.m_values;
    for (double& value : solution) value -= spline.m_centre;
    spline.m_plane.turn(solution);
    SplinePlane::Coefficients head{};
    base::ColumnsByEight column(size, 1);
    for (std::size_t i = 0; i < size; ++i) (i < terms ? head[i] : column(i, 0)) = solution[i];
    factor->forward(column);
    for (std::size_t i = 0; i < size; ++i) solution[i] = column(i, 0);
    factor->backward(solution);
    for (std::size_t k = 0; k < terms; ++k) {
        for (std::size_t i = terms; i < size; ++i) head[k] -= border[k * size + i] * solution[i];
    }
    spline.m_polynomial = spline.m_plane.solve(head);
    spline.m_plane.turn_back(solution);
    return spline;
}

void GlobalSpline::estimate(std::span<const geo::Point> places, std::span<double> values) const {
    std::array<double, kPlacesAtOnce> nearest;
    for (std::size_t begin = 0; begin < places.size(); begin += kPlacesAtOnce) {
        const std::size_t count = std::min(kPlacesAtOnce, places.size() - begin);
        m_setup.kernel.add_up(
            m_points, m_coefficients,
            {places.subspan(begin, count), values.subspan(begin, count), std::span(nearest).first(count)});
        for (std::size_t k = 0; k < count; ++k) {
            const geo::Point place = places[begin + k];
            double& value = values[begin + k];
            value = m_centre + (value + m_plane.at(place, m_polynomial));
            if (nearest[k] > kSamePlaceSquared || !m_setup.is_exact()) continue;
            const auto sample = std::find_if(m_points.begin(), m_points.end(), [&](geo::Point point) {
                return geo::squared_distance(point, place) == nearest[k];
            });
            value = m_values[static_cast<std::size_t>(sample - m_points.begin())];
        }
    }
}

LocalSpline::LocalSpline(const Neighbourhood& samples, const SplineSetup& setup)
    : m_search(samples),
      m_samples(samples),
      m_setup(setup),
      m_centre(base::mean(samples.values()).value_or(0)) {}

/// K + d I of the set.
void LocalSpline::fill_rows() {
    const std::size_t size = m_set.size();
    m_points.clear();
    for (const std::size_t sample : m_set) m_points.push_back(m_samples.points()[sample]);
    m_kernels.clear();
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = i + 1; j < size; ++j) {
            m_kernels.push_back(geo::squared_distance(m_points[i], m_points[j]));
        }
    }
    m_setup.kernel.to_values(m_kernels);
    m_rows.resize(size * size);
    auto next = m_kernels.begin();
    for (std::size_t i = 0; i < size; ++i) {
        m_rows[i * size + i] = m_setup.diagonal;
        const auto count = static_cast<std::ptrdiff_t>(size - i - 1);
        std::copy_n(next, count, m_rows.begin() + static_cast<std::ptrdiff_t>(i * size + i + 1));
        next += count;
    }
}

bool LocalSpline::solve() {
    fill_rows();
    const std::size_t size = m_set.size();
    const std::size_t terms = m_setup.kernel.terms();
    if (!m_plane.reflect(m_points, terms, m_setup.kernel.unit())) return false;
    m_plane.turn(m_rows, size);
    m_coefficients.clear();
    for (const std::size_t sample : m_set) m_coefficients.push_back(m_samples.values()[sample] - m_centre);
    m_plane.turn(m_coefficients);
    const std::size_t inner = size - terms;
    const std::size_t stride = inner + 1;
    m_inner.resize(inner * stride);
    m_reciprocals.resize(inner);
    for (std::size_t i = 0; i < inner; ++i) {
        const double* const row = m_rows.data() + (i + terms) * size + terms;
        std::copy(row + i, row + inner, m_inner.data() + i * stride + i);
        m_inner[i * stride + inner] = m_coefficients[i + terms];
    }
    if (!base::factor_small(m_inner, stride, m_reciprocals)) return false;
    SplinePlane::Coefficients head{};
    for (std::size_t k = 0; k < terms; ++k) head[k] = std::exchange(m_coefficients[k], 0);
    const std::span<double> solution = std::span(m_coefficients).subspan(terms);
    for (std::size_t i = 0; i < inner; ++i) solution[i] = m_inner[i * stride + inner];
    base::backward_small(m_inner, stride, m_reciprocals, solution);
    for (std::size_t k = 0; k < terms; ++k) {
        const double* const border = m_rows.data() + k * size + terms;
        for (std::size_t i = 0; i < inner; ++i) head[k] -= border[i] * solution[i];
    }
    m_polynomial = m_plane.solve(head);
    m_plane.turn_back(m_coefficients);
    return true;
}

/// The set found, by rising number; false when it is singular.
bool LocalSpline::take_set() {
    list_items(m_found, m_next_set);
    if (m_next_set != m_set) {
        m_set.swap(m_next_set);
        m_is_singular = !solve();
    }
    return !m_is_singular;
}

std::optional<double> LocalSpline::at(geo::Point place) {
    m_search.find(place, m_found);
    if (m_setup.is_exact()) {
        if (const auto here = sample_here(m_found)) return m_samples.values()[*here];
    }
    if (!take_set()) return std::nullopt;
    m_kernels.clear();
    for (const geo::Neighbour& neighbour : m_found) m_kernels.push_back(neighbour.squared_distance);
    m_setup.kernel.to_values(m_kernels);
    double sum = 0;
    for (std::size_t i = 0; i < m_kernels.size(); ++i) sum += m_coefficients[i] * m_kernels[i];
    return m_centre + (sum + m_plane.at(place, m_polynomial));
}

}  // namespace isopleth::interpolate
