// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "geo/geometry.hpp"
#include "interpolate/isotropic_plane.hpp"
#include "model/covariate.hpp"

namespace isopleth::interpolate {

/// The functions of place that the mean is made of: none (the mean is known), 1 (ordinary kriging), the
/// polynomials up to a degree (universal kriging; Chiles and Delfiner 2012, 3.4), and covariates (kriging
/// with external drift; there 5.7.3). Coordinates and covariates are scaled to run over some -1 to 1 within
/// the samples: their span is the same, and the systems are well conditioned.
class Drift {
public:
    static Drift none() { return Drift(-1); }
    static Drift constant() { return Drift(0); }
    /// 0 <= degree <= kHighestDegree; `bounds` of the samples, not empty.
    static Drift polynomial(int degree, const geo::Box& bounds);
    static constexpr int kHighestDegree = 3;
    static constexpr std::size_t kMostTerms = 12;

    /// This drift and the covariates. Places are in `plane`; the covariates' rasters are not. A Usage error
    /// for more functions than kMostTerms, a Data error for a covariate that is the same at all samples.
    Drift with(const std::vector<model::Covariate>& covariates, const IsotropicPlane& plane) const;
    /// With the samples in another order: `origin` has the position of each among the ones before.
    Drift reordered(const std::vector<std::size_t>& origin) const;

    int degree() const { return m_degree; }  ///< -1: none
    std::size_t size() const;         ///< number of functions: 0, 1, 3, 6, 10 and one for each covariate
    std::size_t polynomials() const;  ///< number of those that are no covariates
    bool has_covariates() const { return !m_covariates.empty(); }
    /// More than a constant.
    bool is_trend() const { return m_degree > 0 || has_covariates(); }
    /// What it is of: "degree 1 and dist".
    std::string name() const;
    /// Every covariate has a value at the place.
    bool covers(geo::Point place) const;
    /// The functions at a place into `values` (size() of them): the constant first, lower degrees before
    /// higher, covariates last. 0 for a covariate where the place is not covered.
    void fill(geo::Point place, std::span<double> values) const;
    /// The functions at sample number `sample`, which lies at `place`.
    void fill_sample(std::size_t sample, geo::Point place, std::span<double> values) const;

private:
    struct ScaledCovariate {
        std::string name;
        std::shared_ptr<const model::Raster> surface;
        double centre = 0;
        double scale = 1;
        std::vector<double> at_samples;  ///< scaled
    };

    explicit Drift(int degree) : m_degree(degree) {}
    void fill_polynomials(geo::Point place, std::span<double> values) const;

    int m_degree;
    geo::Point m_centre{};
    double m_scale = 1;
    std::vector<ScaledCovariate> m_covariates;
    IsotropicPlane m_plane;
};

/// What is left of the samples' values when the drift is fitted by ordinary least squares; the values less
/// their mean for a constant one. A Data error when the functions are dependent at these points (too few, or
/// all on one line or curve).
std::vector<double> residuals(const Drift& drift, const std::vector<geo::Point>& points,
                              const std::vector<double>& values);

}  // namespace isopleth::interpolate
