// SPDX-License-Identifier: MIT
#include "interpolate/drift.hpp"

#include "base/error.hpp"
#include "base/linear_algebra.hpp"
#include "interpolate/neighbours.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace isopleth::interpolate {

Drift Drift::polynomial(int degree, const geo::Box& bounds) {
    Drift drift(degree);
    drift.m_centre = {bounds.min_x + bounds.width() / 2, bounds.min_y + bounds.height() / 2};
    const double reach = std::max(bounds.width(), bounds.height()) / 2;
    if (reach > 0) drift.m_scale = 1 / reach;
    return drift;
}

Drift Drift::with(const std::vector<model::Covariate>& covariates, const IsotropicPlane& plane) const {
    Drift drift = *this;
    drift.m_plane = plane;
    for (const model::Covariate& covariate : covariates) {
        ScaledCovariate scaled{covariate.name, covariate.surface, 0, 1, {}};
        for (const auto& value : covariate.at_samples) scaled.at_samples.push_back(value.value());
        const auto [least, most] = std::minmax_element(scaled.at_samples.begin(), scaled.at_samples.end());
        if (*least == *most) {
            base::fail_data(fmt::format("{} is {} at all {} samples: it explains no difference between them",
                                        covariate.name, base::shortest(*least), scaled.at_samples.size()),
                            "Leave the covariate out.");
        }
        scaled.centre = *least + (*most - *least) / 2;
        scaled.scale = 2 / (*most - *least);
        for (double& value : scaled.at_samples) value = (value - scaled.centre) * scaled.scale;
        drift.m_covariates.push_back(std::move(scaled));
    }
    if (drift.size() > kMostTerms) {
        base::fail_usage(fmt::format("a drift of {} has {} functions; {} are the most", drift.name(),
                                     drift.size(), kMostTerms),
                         "Leave a covariate out, or use a lower degree.");
    }
    return drift;
}

Drift Drift::reordered(const std::vector<std::size_t>& origin) const {
    Drift drift = *this;
    for (std::size_t c = 0; c < m_covariates.size(); ++c) {
        for (std::size_t i = 0; i < origin.size(); ++i)
            drift.m_covariates[c].at_samples[i] = m_covariates[c].at_samples.at(origin[i]);
    }
    return drift;
}

std::size_t Drift::polynomials() const {
    return static_cast<std::size_t>((m_degree + 1) * (m_degree + 2) / 2);
}

std::size_t Drift::size() const {
    return polynomials() + m_covariates.size();
}

std::string Drift::name() const {
    std::vector<std::string> names;
    for (const ScaledCovariate& covariate : m_covariates) names.push_back(covariate.name);
    if (m_degree > 0 || names.empty()) names.insert(names.begin(), fmt::format("degree {}", m_degree));
    return base::join(names, " and ");
}

bool Drift::covers(geo::Point place) const {
    if (!has_covariates()) return true;
    const geo::Point on_ground = m_plane.back(place);
    return std::all_of(m_covariates.begin(), m_covariates.end(), [&](const ScaledCovariate& covariate) {
        return model::value_at(*covariate.surface, on_ground).has_value();
    });
}

void Drift::fill(geo::Point place, std::span<double> values) const {
    fill_polynomials(place, values);
    if (!has_covariates()) return;
    const geo::Point on_ground = m_plane.back(place);
    std::size_t next = polynomials();
    for (const ScaledCovariate& covariate : m_covariates) {
        const auto value = model::value_at(*covariate.surface, on_ground);
        values[next++] = value ? (*value - covariate.centre) * covariate.scale : 0;
    }
}

void Drift::fill_sample(std::size_t sample, geo::Point place, std::span<double> values) const {
    fill_polynomials(place, values);
    std::size_t next = polynomials();
    for (const ScaledCovariate& covariate : m_covariates) values[next++] = covariate.at_samples[sample];
}

void Drift::fill_polynomials(geo::Point place, std::span<double> values) const {
    if (m_degree < 0) return;
    values[0] = 1;
    const double x = (place.x - m_centre.x) * m_scale;
    const double y = (place.y - m_centre.y) * m_scale;
    std::size_t before = 0;
    std::size_t next = 1;
    for (int degree = 1; degree <= m_degree; ++degree) {
        // x times each product of the degree below, then y times the last of them.
        const std::size_t last = next - 1;
        for (std::size_t i = before; i <= last; ++i) values[next++] = x * values[i];
        values[next++] = y * values[last];
        before = last + 1;
    }
}

std::vector<double> residuals(const Drift& drift, const std::vector<geo::Point>& points,
                              const std::vector<double>& values) {
    const std::size_t terms = drift.size();
    if (terms == 0) return values;
    // In an order that does not depend on the one they came in, for the sake of the sums' bits.
    const std::vector<std::size_t> order = west_to_east(points);
    base::Matrix design(points.size(), terms);
    std::array<double, Drift::kMostTerms> row;
    for (std::size_t i = 0; i < points.size(); ++i) {
        drift.fill_sample(order[i], points[order[i]], row);
        for (std::size_t j = 0; j < terms; ++j) design(i, j) = row[j];
    }
    const std::vector<double> weights(points.size(), 1);
    const auto coefficients =
        points.size() > terms ? base::least_squares(design, picked(values, order), weights) : std::nullopt;
    if (!coefficients) {
        base::fail_data(
            fmt::format("a drift of {} has {} coefficients, which {} samples do not settle: they are "
                        "too few or lie on one line or curve",
                        drift.name(), terms, points.size()),
            drift.has_covariates() ? "Use fewer covariates or a lower degree." : "Use a lower degree.");
    }
    std::vector<double> left = values;
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (std::size_t j = 0; j < terms; ++j) left[order[i]] -= design(i, j) * (*coefficients)[j];
    }
    return left;
}

}  // namespace isopleth::interpolate
