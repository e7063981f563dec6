// SPDX-License-Identifier: MIT
#include "interpolate/likelihood.hpp"

#include "base/cholesky.hpp"
#include "base/eight_factors.hpp"
#include "base/error.hpp"
#include "base/parallel.hpp"
#include "base/random.hpp"
#include "interpolate/covariance_table.hpp"
#include "interpolate/neighbours.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>
#include <span>
#include <tuple>

namespace isopleth::interpolate {

namespace {

constexpr std::size_t kDensitiesAtOnce = 256;
constexpr std::uint64_t kThinningSeed = 1971;

double dot(std::span<const double> left, std::span<const double> right) {
    double sum = 0;
    for (std::size_t i = 0; i < left.size(); ++i) sum += left[i] * right[i];
    return sum;
}

void take_off(std::span<double> column, std::span<const double> direction) {
    const double length = dot(column, direction);
    for (std::size_t i = 0; i < column.size(); ++i) column[i] -= length * direction[i];
}

std::span<double> column_of(base::Matrix& matrix, std::size_t column) {
    return matrix.values().subspan(column * matrix.rows(), matrix.rows());
}

/// Columns orthonormal, and the values free of them: Gram and Schmidt, twice for the sake of rounding.
void make_orthonormal(base::Matrix& functions, std::vector<double>& values) {
    for (int pass = 0; pass < 2; ++pass) {
        for (std::size_t j = 0; j < functions.columns(); ++j) {
            const std::span<double> column = column_of(functions, j);
            for (std::size_t k = 0; k < j; ++k) take_off(column, column_of(functions, k));
            const double length = std::sqrt(dot(column, column));
            for (double& value : column) value /= length;
        }
        for (std::size_t j = 0; j < functions.columns(); ++j) take_off(values, column_of(functions, j));
    }
}

/// Adds v v' of a row to the upper triangle.
void add_square(std::span<const double> row, std::span<double> products) {
    std::size_t next = 0;
    for (std::size_t j = 0; j < row.size(); ++j) {
        for (std::size_t k = j; k < row.size(); ++k) products[next++] += row[j] * row[k];
    }
}

/// Conditional densities, eight at a time.
class Conditional {
public:
    static constexpr std::size_t kAbreast = base::EightFactors::kAbreast;

    Conditional(const LikelihoodData& data, const ConditioningSets& sets, double sill,
                const CovarianceTable& table)
        : m_data(data),
          m_sets(sets),
          m_sill(sill),
          m_table(table),
          m_size(sets.most() + 1),
          m_factors(m_size, data.terms() + 1),
          m_x(m_size * kAbreast),
          m_y(m_size * kAbreast) {}

    /// Up to eight samples given those before them; false when some are singular.
    bool factor(std::span<const std::uint32_t> samples) {
        fill(samples);
        const auto regular = m_factors.factor();
        return std::find(regular.begin(), regular.end(), false) == regular.end();
    }
    /// The root of a sample's variance.
    double deviation(std::size_t which) { return m_factors(m_size - 1, m_size - 1, which); }
    /// Its functions and value less what those before say of them, over that root.
    void take(std::size_t which, std::span<double> row) {
        for (std::size_t j = 0; j < row.size(); ++j) row[j] = m_factors(m_size - 1, m_size + j, which);
    }

private:
    /// Places, functions and values of a sample, which comes last, and those before it. Where these are fewer
    /// than the most, the first rows are left idle; how many.
    std::size_t gather(std::uint32_t sample, std::size_t which) {
        const std::span<const std::uint32_t> others = m_sets.of(sample);
        const std::size_t idle = m_size - 1 - others.size();
        for (std::size_t i = 0; i < m_size; ++i) {
            const std::uint32_t item = i < idle || i + 1 == m_size ? sample : others[i - idle];
            m_x[i * kAbreast + which] = m_data.points[item].x;
            m_y[i * kAbreast + which] = m_data.points[item].y;
            double* const sides = m_factors.eight(i, m_size) + which;
            for (std::size_t j = 0; j < m_data.terms(); ++j) sides[j * kAbreast] = m_data.functions(item, j);
            sides[m_data.terms() * kAbreast] = m_data.values[item];
            const bool has_error = !m_data.error_variances.empty();
            m_factors(i, i, which) = has_error ? m_data.error_variances[item] : 0;
        }
        return idle;
    }

    void fill(std::span<const std::uint32_t> samples) {
        std::array<std::size_t, kAbreast> idle;
        for (std::size_t e = 0; e < kAbreast; ++e)
            idle[e] = gather(samples[std::min(e, samples.size() - 1)], e);
        for (std::size_t i = 0; i < m_size; ++i) {
            for (std::size_t e = 0; e < kAbreast; ++e) m_factors(i, i, e) += m_sill;
            if (i + 1 == m_size) break;
            double* const rest = m_factors.eight(i, i + 1);
            for (std::size_t j = i + 1; j < m_size; ++j) {
                for (std::size_t e = 0; e < kAbreast; ++e) {
                    const double east = m_x[j * kAbreast + e] - m_x[i * kAbreast + e];
                    const double north = m_y[j * kAbreast + e] - m_y[i * kAbreast + e];
                    rest[(j - i - 1) * kAbreast + e] = std::sqrt(east * east + north * north);
                }
            }
            m_table.to_covariances({rest, (m_size - i - 1) * kAbreast});
        }
        for (std::size_t e = 0; e < kAbreast; ++e) clear(idle[e], e);
    }

    /// Idle rows are those of values that have nothing to do with the sample.
    void clear(std::size_t idle, std::size_t which) {
        for (std::size_t i = 0; i < idle; ++i) {
            for (std::size_t j = i; j < m_size + m_data.terms() + 1; ++j)
                m_factors(i, j, which) = i == j ? 1 : 0;
        }
    }

    const LikelihoodData& m_data;
    const ConditioningSets& m_sets;
    double m_sill;
    const CovarianceTable& m_table;
    std::size_t m_size;
    base::EightFactors m_factors;
    std::vector<double> m_x;  ///< of the rows, those of eight systems together; as m_y
    std::vector<double> m_y;
};

base::Matrix covariances(const LikelihoodData& data, const VariogramModel& model) {
    const std::size_t size = data.size();
    const CovarianceTable table(model);
    base::Matrix matrix(size, size);
    for (std::size_t j = 0; j < size; ++j) {
        const auto below = matrix.values().subspan(j * size + j, size - j);
        for (std::size_t i = j; i < size; ++i)
            below[i - j] = std::sqrt(geo::squared_distance(data.points[i], data.points[j]));
        table.to_covariances(below);
        if (!data.error_variances.empty()) below[0] += data.error_variances[j];
    }
    return matrix;
}

/// The samples by strips of the extent: neighbours share what they are conditioned on, which then lies in the
/// processor's cache.
std::vector<std::uint32_t> side_by_side(const std::vector<geo::Point>& points,
                                        std::vector<std::uint32_t> samples) {
    geo::Box box;
    for (const geo::Point& point : points) box.extend(point);
    const double strips = std::ceil(std::sqrt(static_cast<double>(points.size()) / 32));
    const double width = std::max(box.width(), 1e-300) / strips;
    const auto key = [&](std::uint32_t sample) {
        return std::tuple(std::floor((points[sample].x - box.min_x) / width), points[sample].y, sample);
    };
    std::sort(samples.begin(), samples.end(),
              [&](std::uint32_t left, std::uint32_t right) { return key(left) < key(right); });
    return samples;
}

std::size_t triangle(std::size_t terms) {
    return (terms + 1) * (terms + 2) / 2;
}

}  // namespace

LikelihoodData likelihood_data(const std::vector<geo::Point>& points, const std::vector<double>& values,
                               const Drift& drift, const std::vector<double>& error_variances) {
    if (drift.is_trend()) residuals(drift, points, values);  // says when the drift is not settled
    const std::vector<std::size_t> order = coarse_to_fine(points);
    LikelihoodData data{picked(points, order), picked(values, order),
                        base::Matrix(points.size(), drift.size()),
                        error_variances.empty() ? error_variances : picked(error_variances, order)};
    std::array<double, Drift::kMostTerms> row;
    for (std::size_t i = 0; i < order.size(); ++i) {
        drift.fill_sample(order[i], data.points[i], row);
        for (std::size_t j = 0; j < drift.size(); ++j) data.functions(i, j) = row[j];
    }
    make_orthonormal(data.functions, data.values);
    return data;
}

Likelihood Likelihood::exact(LikelihoodData data) {
    return Likelihood(std::move(data));
}

Likelihood Likelihood::vecchia(LikelihoodData data, std::size_t neighbours, const base::Job& job) {
    Likelihood likelihood(std::move(data));
    const std::vector<geo::Point>& points = likelihood.m_data->points;
    likelihood.m_sets = std::make_shared<ConditioningSets>(points, neighbours, job);
    likelihood.m_chosen.resize(points.size());
    std::iota(likelihood.m_chosen.begin(), likelihood.m_chosen.end(), 0U);
    likelihood.m_chosen = side_by_side(points, std::move(likelihood.m_chosen));
    return likelihood;
}

Likelihood Likelihood::thinned(std::size_t densities) const {
    if (is_exact()) base::bug("an exact likelihood thinned");
    Likelihood likelihood = *this;
    const std::size_t size = m_data->size();
    if (densities >= size) return likelihood;
    likelihood.m_chosen.clear();
    // One of each of as many runs of equal length.
    for (std::size_t i = 0; i < densities; ++i) {
        const std::size_t begin = i * size / densities;
        const std::size_t length = (i + 1) * size / densities - begin;
        likelihood.m_chosen.push_back(
            static_cast<std::uint32_t>(begin + base::random_below(length, kThinningSeed, i, 0)));
    }
    likelihood.m_chosen = side_by_side(m_data->points, std::move(likelihood.m_chosen));
    return likelihood;
}

std::optional<Likelihood::Sums> Likelihood::exact_sums(const VariogramModel& model) const {
    const auto factor = base::Cholesky::factor(covariances(*m_data, model));
    if (!factor) return std::nullopt;
    const std::size_t terms = m_data->terms();
    base::ColumnsByEight columns(m_data->size(), terms + 1);
    for (std::size_t i = 0; i < m_data->size(); ++i) {
        for (std::size_t j = 0; j < terms; ++j) columns(i, j) = m_data->functions(i, j);
        columns(i, terms) = m_data->values[i];
    }
    factor->forward(columns);
    Sums sums{factor->log_determinant(), std::vector<double>(triangle(terms))};
    std::vector<double> row(terms + 1);
    for (std::size_t i = 0; i < m_data->size(); ++i) {
        for (std::size_t j = 0; j <= terms; ++j) row[j] = columns(i, j);
        add_square(row, sums.products);
    }
    return sums;
}

std::optional<Likelihood::Sums> Likelihood::vecchia_sums(const VariogramModel& model,
                                                         const base::Job& job) const {
    const std::size_t terms = m_data->terms();
    const CovarianceTable table(model);
    std::vector<std::optional<Sums>> chunks((densities() - 1) / kDensitiesAtOnce + 1);
    base::parallel_chunks(job, densities(), kDensitiesAtOnce, [&](std::size_t begin, std::size_t end) {
        Conditional conditional(*m_data, *m_sets, model.sill(), table);
        Sums sums{0, std::vector<double>(triangle(terms))};
        std::vector<double> row(terms + 1);
        for (std::size_t i = begin; i < end; i += Conditional::kAbreast) {
            const std::size_t count = std::min(Conditional::kAbreast, end - i);
            if (!conditional.factor(std::span(m_chosen).subspan(i, count))) return;
            for (std::size_t e = 0; e < count; ++e) {
                sums.log_determinant += 2 * std::log(conditional.deviation(e));
                conditional.take(e, row);
                add_square(row, sums.products);
            }
        }
        chunks[begin / kDensitiesAtOnce] = std::move(sums);
    });
    Sums total{0, std::vector<double>(triangle(terms))};
    for (const std::optional<Sums>& sums : chunks) {
        if (!sums) return std::nullopt;
        total.log_determinant += sums->log_determinant;
        for (std::size_t k = 0; k < total.products.size(); ++k) total.products[k] += sums->products[k];
    }
    return total;
}

std::optional<Likelihood::Parts> Likelihood::parts(const VariogramModel& model, const base::Job& job) const {
    const auto sums = is_exact() ? exact_sums(model) : vecchia_sums(model, job);
    if (!sums) return std::nullopt;
    const std::size_t terms = m_data->terms();
    const std::size_t stride = terms + 1;
    // F'C^-1 F = T'T, with T'^-1 F'C^-1 z as its last column.
    std::vector<double> rows(std::max<std::size_t>(terms, 1) * stride);
    std::vector<double> reciprocals(terms);
    std::size_t next = 0;
    for (std::size_t j = 0; j < terms; ++j) {
        for (std::size_t k = j; k < stride; ++k) rows[j * stride + k] = sums->products[next++];
    }
    if (terms > 0 && !base::factor_small(rows, stride, reciprocals)) return std::nullopt;
    Parts parts{sums->log_determinant, sums->products.back()};
    for (std::size_t j = 0; j < terms; ++j) {
        parts.log_determinants -= 2 * std::log(reciprocals[j]);
        parts.square -= rows[j * stride + terms] * rows[j * stride + terms];
    }
    return parts;
}

std::optional<double> Likelihood::at(const VariogramModel& model, const base::Job& job) const {
    const auto found = parts(model, job);
    if (!found) return std::nullopt;
    return -0.5 *
           (degrees_of_freedom() * std::log(2 * std::numbers::pi) + found->log_determinants + found->square);
}

std::optional<Likeliest> Likelihood::likeliest_multiple(const VariogramModel& model,
                                                        const base::Job& job) const {
    if (!m_data->error_variances.empty()) base::bug("a multiple of a model beside fixed errors");
    const auto found = parts(model, job);
    if (!found || !(found->square > 0)) return std::nullopt;
    const double free = degrees_of_freedom();
    const double scale = found->square / free;
    return Likeliest{-0.5 * (free * (std::log(2 * std::numbers::pi * scale) + 1) + found->log_determinants),
                     scale};
}

}  // namespace isopleth::interpolate
