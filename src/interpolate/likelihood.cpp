// SPDX-License-Identifier: MIT
#include "interpolate/likelihood.hpp"

#include "base/cholesky.hpp"
#include "base/error.hpp"
#include "base/parallel.hpp"
#include "base/random.hpp"
#include "interpolate/neighbours.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <span>

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

/// The conditional densities of one thread.
class Conditional {
public:
    Conditional(const LikelihoodData& data, const VariogramModel& model) : m_data(data), m_model(model) {}

    /// Of a sample given others: `row` is its functions and value less what the others say of them, over the
    /// root of its variance; minus the logarithm of that root. nullopt when they are singular.
    std::optional<double> of(std::size_t sample, std::span<const std::uint32_t> others,
                             std::span<double> row) {
        m_set.assign(others.begin(), others.end());
        m_set.push_back(static_cast<std::uint32_t>(sample));
        const std::size_t size = m_set.size();
        const std::size_t stride = size + row.size();
        m_rows.resize(size * stride);
        m_reciprocals.resize(size);
        fill(stride);
        if (!base::factor_small(m_rows, stride, m_reciprocals)) return std::nullopt;
        std::copy_n(&m_rows[(size - 1) * stride + size], row.size(), row.begin());
        return std::log(m_reciprocals.back());
    }

private:
    void fill(std::size_t stride) {
        const std::size_t size = m_set.size();
        m_distances.clear();
        for (std::size_t i = 0; i < size; ++i) {
            const geo::Point here = m_data.points[m_set[i]];
            for (std::size_t j = i; j < size; ++j)
                m_distances.push_back(std::sqrt(geo::squared_distance(here, m_data.points[m_set[j]])));
        }
        m_model.to_covariances(m_distances);
        const double* next = m_distances.data();
        for (std::size_t i = 0; i < size; ++i) {
            double* const row = &m_rows[i * stride];
            std::copy_n(next, size - i, row + i);
            next += size - i;
            if (!m_data.error_variances.empty()) row[i] += m_data.error_variances[m_set[i]];
            for (std::size_t j = 0; j < m_data.terms(); ++j) row[size + j] = m_data.functions(m_set[i], j);
            row[size + m_data.terms()] = m_data.values[m_set[i]];
        }
    }

    const LikelihoodData& m_data;
    const VariogramModel& m_model;
    std::vector<std::uint32_t> m_set;
    std::vector<double> m_distances;
    std::vector<double> m_rows;
    std::vector<double> m_reciprocals;
};

base::Matrix covariances(const LikelihoodData& data, const VariogramModel& model) {
    const std::size_t size = data.size();
    base::Matrix matrix(size, size);
    for (std::size_t j = 0; j < size; ++j) {
        const auto below = matrix.values().subspan(j * size + j, size - j);
        for (std::size_t i = j; i < size; ++i)
            below[i - j] = std::sqrt(geo::squared_distance(data.points[i], data.points[j]));
        model.to_covariances(below);
        if (!data.error_variances.empty()) below[0] += data.error_variances[j];
    }
    return matrix;
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
    likelihood.m_sets = std::make_shared<ConditioningSets>(likelihood.m_data->points, neighbours, job);
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
    std::vector<std::optional<Sums>> chunks((densities() - 1) / kDensitiesAtOnce + 1);
    base::parallel_chunks(job, densities(), kDensitiesAtOnce, [&](std::size_t begin, std::size_t end) {
        Conditional conditional(*m_data, model);
        Sums sums{0, std::vector<double>(triangle(terms))};
        std::vector<double> row(terms + 1);
        for (std::size_t i = begin; i < end; ++i) {
            const std::size_t sample = m_chosen.empty() ? i : m_chosen[i];
            const auto log_precision = conditional.of(sample, m_sets->of(sample), row);
            if (!log_precision) return;
            sums.log_determinant -= 2 * *log_precision;
            add_square(row, sums.products);
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
