// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "base/parameters.hpp"
#include "base/units.hpp"
#include "interpolate/drift.hpp"
#include "interpolate/isotropic_plane.hpp"
#include "interpolate/neighbours.hpp"
#include "interpolate/variogram.hpp"

namespace isopleth::interpolate {

/// The options of kriging as written: "kriging:model=sph+exp,psill=0.3+0.3,range=1200+100,nugget=0.05".
struct KrigingOptions {
    std::string model;         ///< shapes, joined by "+"; "" to choose one
    std::string partial_sill;  ///< one for each shape with a sill
    std::string range;         ///< one for each shape with a sill, a length
    std::string slope;         ///< one for each lin and pow, in units of semivariance / metres^exponent
    std::string exponent;      ///< one for each pow
    std::string smoothness;    ///< kappa of the mat shapes: one for all, or one for each shape; or "estimate"
    std::string fit;           ///< what is not given: "reml", or "wls" and "" for weighted least squares
    std::optional<double> nugget;
    NeighbourOptions near;
    std::optional<double> mean;   ///< known: simple kriging
    std::optional<int> degree;    ///< of the drift: universal kriging
    std::optional<double> error;  ///< variance of the measurements' own error
    AnisotropyOptions anisotropy;
    std::optional<base::Meters> block;  ///< side of the square whose mean is estimated
    std::optional<double> above;        ///< limit: the probability of exceeding it is estimated
    std::string transform;              ///< "log", "boxcox", "normal" or ""
    std::optional<double> lambda;       ///< of boxcox

    void declare(base::ParameterList& list);
    /// Usage errors for options that do not fit together or are out of their range.
    void check() const;
    /// Partial sill and range, or slope, stand there: nothing is to be fitted.
    bool is_given() const { return !partial_sill.empty() || !slope.empty(); }
    /// The first shape named that has no sill; nullopt for none.
    std::optional<Shape> unbounded_shape() const;
    /// A Usage error that begins with `whose` when a shape has no sill: "kriging with a known mean".
    void require_sill(const std::string& whose, const std::string& hint) const;
    /// The first shape named; nullopt for none.
    std::optional<Shape> shape() const;
    double first_smoothness() const;  ///< 0.5 unless given
    bool is_by_likelihood() const { return fit == "reml"; }
    bool seeks_smoothness() const { return smoothness == "estimate"; }
    /// The model as given; `is_given` must hold.
    VariogramModel given_model() const;
};

/// One line of help.
extern const char* const kKrigingOptions;

/// Usage errors for options that are unknown, do not fit together or are out of their range.
KrigingOptions parse_kriging_options(const std::string& method_text);

}  // namespace isopleth::interpolate
