// SPDX-License-Identifier: MIT
#include "interpolate/coregionalization.hpp"

#include "base/linear_algebra.hpp"
#include "base/statistics.hpp"
#include "interpolate/variogram_fit.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace isopleth::interpolate {

namespace {

constexpr double kTolerance = 1e-9;

/// A symmetric 2 x 2 matrix: what the first variable has, both share, the second has.
using Shares = std::array<double, 3>;

bool is_semidefinite(const Shares& shares) {
    if (!(shares[0] >= 0) || !(shares[2] >= 0)) return false;
    return shares[1] * shares[1] <= shares[0] * shares[2] * (1 + kTolerance);
}

/// The nearest positive semidefinite matrix in the Frobenius norm: negative eigenvalues become 0.
Shares nearest_semidefinite(const Shares& shares) {
    const double middle = (shares[0] + shares[2]) / 2;
    const double half = (shares[0] - shares[2]) / 2;
    const double radius = std::hypot(half, shares[1]);
    if (middle >= radius) return shares;
    const double large = middle + radius;
    if (large <= 0) return {0, 0, 0};
    // large times the projector on its eigenvector
    const double cosine = radius > 0 ? half / radius : 0;
    const double sine = radius > 0 ? shares[1] / radius : 0;
    return {large * (1 + cosine) / 2, large * sine / 2, large * (1 - cosine) / 2};
}

/// Nugget and partial sill that fit best, of either sign.
std::optional<std::array<double, 2>> fit_sills(const std::vector<Bin>& bins, const Structure& structure) {
    base::Matrix design(bins.size(), 2);
    std::vector<double> observed;
    std::vector<double> weights;
    for (std::size_t i = 0; i < bins.size(); ++i) {
        design(i, 0) = 1;
        design(i, 1) =
            1 - correlation(structure.shape, structure.smoothness, bins[i].distance / structure.range);
        observed.push_back(bins[i].semivariance);
        weights.push_back(static_cast<double>(bins[i].pairs) / (bins[i].distance * bins[i].distance));
    }
    const auto sills = base::least_squares(design, observed, weights);
    if (!sills) return std::nullopt;
    return std::array<double, 2>{(*sills)[0], (*sills)[1]};
}

std::vector<double> combined(const std::vector<double>& left, const std::vector<double>& right, double sign) {
    std::vector<double> sums;
    for (std::size_t i = 0; i < left.size(); ++i) sums.push_back(left[i] + sign * right[i]);
    return sums;
}

std::vector<double> divided(std::vector<double> values, double scale) {
    for (double& value : values) value /= scale;
    return values;
}

}  // namespace

bool Coregionalization::is_valid() const {
    if (!is_semidefinite({first.nugget, cross.nugget, second.nugget})) return false;
    for (std::size_t i = 0; i < first.structures.size(); ++i) {
        if (!is_semidefinite({first.structures[i].partial_sill, cross.structures[i].partial_sill,
                              second.structures[i].partial_sill}))
            return false;
    }
    return true;
}

std::optional<Coregionalization> fit_coregionalization(const std::vector<geo::Point>& points,
                                                       const std::vector<double>& first,
                                                       const std::vector<double>& second,
                                                       const base::Job& job) {
    const double first_scale = base::population_standard_deviation(first).value_or(0);
    const double second_scale = base::population_standard_deviation(second).value_or(0);
    if (!(first_scale > 0) || !(second_scale > 0)) return std::nullopt;
    const auto left = divided(first, first_scale);
    const auto right = divided(second, second_scale);
    const EmpiricalVariogram of_first = variogram_to_fit(points, left, {}, job);
    const BinChoice choice{of_first.cutoff, of_first.width};
    const EmpiricalVariogram of_second = empirical_variogram(points, right, choice, job);
    // Half the mean product of both variables' differences, from those of their sum and difference.
    EmpiricalVariogram both = empirical_variogram(points, combined(left, right, 1), choice, job);
    const EmpiricalVariogram difference = empirical_variogram(points, combined(left, right, -1), choice, job);
    EmpiricalVariogram mean = of_first;
    for (std::size_t i = 0; i < mean.bins.size(); ++i) {
        mean.bins[i].semivariance = (of_first.bins[i].semivariance + of_second.bins[i].semivariance) / 2;
        both.bins[i].semivariance = (both.bins[i].semivariance - difference.bins[i].semivariance) / 4;
    }
    const auto chosen = choose_variogram(mean);
    if (!chosen) return std::nullopt;
    const Structure structure = chosen->model.structures.front();
    Shares nuggets{};
    Shares sills{};
    const std::array<const EmpiricalVariogram*, 3> variograms{&of_first, &both, &of_second};
    for (std::size_t k = 0; k < variograms.size(); ++k) {
        const auto fitted = fit_sills(variograms[k]->bins, structure);
        if (!fitted) return std::nullopt;
        nuggets[k] = (*fitted)[0];
        sills[k] = (*fitted)[1];
    }
    nuggets = nearest_semidefinite(nuggets);
    sills = nearest_semidefinite(sills);
    const Shares scales{first_scale * first_scale, first_scale * second_scale, second_scale * second_scale};
    std::array<VariogramModel, 3> models;
    for (std::size_t k = 0; k < models.size(); ++k) {
        Structure part = structure;
        part.partial_sill = sills[k] * scales[k];
        models[k] = {nuggets[k] * scales[k], {part}};
    }
    if (!(models[0].sill() > 0) || !(models[2].sill() > 0)) return std::nullopt;
    return Coregionalization{models[0], models[1], models[2]};
}

}  // namespace isopleth::interpolate
