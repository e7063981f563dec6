// SPDX-License-Identifier: MIT
#include "interpolate/trend.hpp"

#include "base/error.hpp"
#include "base/parameters.hpp"
#include "base/statistics.hpp"
#include "interpolate/drift.hpp"
#include "interpolate/neighbours.hpp"
#include "interpolate/sample_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace isopleth::interpolate {

const char* const kTrendOptions = "degree=1 (0 with covariates)";

namespace {

/// Of a column's length: what is left beside the columns before it counts as nothing.
constexpr double kDependent = 1e-9;

std::optional<int> parse(const std::string& method_text) {
    std::optional<int> degree;
    base::ParameterList list;
    list.add("degree", degree, "degree of the polynomial in x and y");
    base::assign_options(base::parse_method(method_text), list);
    if (degree && (*degree < 0 || *degree > Drift::kHighestDegree)) {
        base::fail_usage(fmt::format("trend: degree is a whole number from 0 to {}, not {}",
                                     Drift::kHighestDegree, *degree),
                         "Use degree=1 for a plane, 2 or 3 for a curved surface.");
    }
    return degree;
}

using Terms = std::array<double, Drift::kMostTerms>;

double product(std::span<const double> left, std::span<const double> right) {
    double sum = 0;
    for (std::size_t i = 0; i < left.size(); ++i) sum += left[i] * right[i];
    return sum;
}

/// F = Q R with the columns of Q orthonormal, so that f'(F'F)^-1 f is the squared length of R'^-1 f and no
/// precision is lost to F'F.
class Polynomials {
public:
    explicit Polynomials(const Drift& drift) : m_drift(drift), m_terms(drift.size()) {}

    /// False when the polynomials are dependent at these points.
    bool orthogonalise(const std::vector<geo::Point>& points);
    /// Coefficients of the orthonormal polynomials; takes their part off the values.
    Terms take(std::span<double> values) const;
    /// The orthonormal polynomials at a place: R'^-1 f.
    Terms at(geo::Point place) const;

private:
    std::span<double> column(std::size_t j) { return std::span(m_columns).subspan(j * m_rows, m_rows); }
    std::span<const double> column(std::size_t j) const {
        return std::span(m_columns).subspan(j * m_rows, m_rows);
    }

    Drift m_drift;
    std::size_t m_terms;
    std::size_t m_rows = 0;
    std::vector<double> m_columns;  ///< Q
    std::array<Terms, Drift::kMostTerms> m_triangle{};
};

bool Polynomials::orthogonalise(const std::vector<geo::Point>& points) {
    m_rows = points.size();
    m_columns.resize(m_rows * m_terms);
    Terms row{};
    for (std::size_t i = 0; i < m_rows; ++i) {
        m_drift.fill_sample(i, points[i], row);
        for (std::size_t j = 0; j < m_terms; ++j) column(j)[i] = row[j];
    }
    for (std::size_t j = 0; j < m_terms; ++j) {
        const double length = std::sqrt(product(column(j), column(j)));
        // Gram and Schmidt twice is as good as Householder (Giraud, Langou and Rozloznik 2005).
        for (int pass = 0; pass < 2; ++pass) {
            for (std::size_t k = 0; k < j; ++k) {
                const double part = product(column(k), column(j));
                m_triangle[k][j] += part;
                for (std::size_t i = 0; i < m_rows; ++i) column(j)[i] -= part * column(k)[i];
            }
        }
        const double left = std::sqrt(product(column(j), column(j)));
        if (!(left > kDependent * length)) return false;
        m_triangle[j][j] = left;
        for (double& value : column(j)) value /= left;
    }
    return true;
}

Terms Polynomials::take(std::span<double> values) const {
    Terms coefficients{};
    for (int pass = 0; pass < 2; ++pass) {
        for (std::size_t j = 0; j < m_terms; ++j) {
            const double part = product(column(j), values);
            coefficients[j] += part;
            for (std::size_t i = 0; i < m_rows; ++i) values[i] -= part * column(j)[i];
        }
    }
    return coefficients;
}

Terms Polynomials::at(geo::Point place) const {
    Terms values{};
    m_drift.fill(place, values);
    for (std::size_t j = 0; j < m_terms; ++j) {
        for (std::size_t k = 0; k < j; ++k) values[j] -= m_triangle[k][j] * values[k];
        values[j] /= m_triangle[j][j];
    }
    return values;
}

class Trend final : public Interpolator {
public:
    Trend(int degree, const model::Samples& samples)
        : m_samples(samples.size()),
          m_drift(Drift::polynomial(degree, samples.bounds())
                      .with(samples.covariates(), {})
                      .reordered(west_to_east(samples.points()))),
          m_polynomials(m_drift) {
        const std::size_t terms = m_drift.size();
        require_count(m_samples, samples.field(), "a trend of " + m_drift.name(), terms + 1,
                      degree > 0 ? "Use a lower degree, or --method idw." : "Use --method idw.");
        // An order that does not depend on the one they came in, for the sake of the sums' bits.
        std::vector<geo::Point> points;
        std::vector<double> values;
        for (const std::size_t i : west_to_east(samples.points())) {
            points.push_back(samples.points()[i]);
            values.push_back(samples.values()[i]);
        }
        m_centre = base::mean(values).value_or(0);
        for (double& value : values) value -= m_centre;
        if (!m_polynomials.orthogonalise(points)) {
            base::fail_data(fmt::format("a trend of {} has {} coefficients, which {} samples do not "
                                        "settle: they lie on one line or curve",
                                        m_drift.name(), terms, m_samples),
                            "Use a lower degree, or --method idw.");
        }
        m_coefficients = m_polynomials.take(values);
        m_error_variance = product(values, values) / static_cast<double>(m_samples - terms);
    }

    bool has_standard_error() const override { return true; }

    void estimate(std::span<const geo::Point> places, std::span<double> values,
                  std::span<double> standard_errors, std::span<std::uint8_t> valid) const override {
        const std::size_t terms = m_drift.size();
        for (std::size_t p = 0; p < places.size(); ++p) {
            valid[p] = m_drift.covers(places[p]) ? 1 : 0;
            if (valid[p] == 0) continue;
            const Terms at_place = m_polynomials.at(places[p]);
            double estimate = 0;
            double leverage = 0;
            for (std::size_t j = 0; j < terms; ++j) {
                estimate += at_place[j] * m_coefficients[j];
                leverage += at_place[j] * at_place[j];
            }
            values[p] = m_centre + estimate;
            standard_errors[p] = std::sqrt(m_error_variance * (1 + leverage));
        }
    }

    base::Json description() const override {
        base::Json json = base::Json::object();
        json.set("method", "trend")
            .set("degree", m_drift.degree())
            .set("samples", m_samples)
            .set("coefficients", m_drift.size())
            .set("residual_standard_error", std::sqrt(m_error_variance));
        if (m_drift.has_covariates()) json.set("drift", m_drift.name());
        return json;
    }

private:
    std::size_t m_samples;
    Drift m_drift;
    Polynomials m_polynomials;
    double m_centre = 0;  ///< taken off the values, for the sake of rounding
    Terms m_coefficients{};
    double m_error_variance = 0;  ///< s^2
};

}  // namespace

void check_trend(const std::string& method_text) {
    parse(method_text);
}

std::unique_ptr<Interpolator> make_trend(const std::string& method_text, const model::Samples& samples,
                                         const base::Job&) {
    return std::make_unique<Trend>(parse(method_text).value_or(samples.covariates().empty() ? 1 : 0),
                                   samples);
}

}  // namespace isopleth::interpolate
