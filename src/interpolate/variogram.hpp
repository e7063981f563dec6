// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/job.hpp"
#include "geo/geometry.hpp"

namespace isopleth::interpolate {

/// Samples and targets up to this far apart, in metres, count as one place: the nugget is at distance 0, and
/// the last bit of a coordinate must not decide whether an estimate meets its sample.
inline constexpr double kSamePlace = 1e-6;

/// Shape of a structure, with h the distance and a the range parameter (gstat's): exp: exp(-h/a);
/// sph: 1 - 1.5 h/a + 0.5 (h/a)^3 up to a; gau: exp(-(h/a)^2); mat: (h/a)^k K_k(h/a) 2^(1-k) / Gamma(k), k
/// the smoothness (kappa).
enum class Shape { kExponential, kSpherical, kGaussian, kMatern };

/// "exp", "sph", "gau", "mat".
std::string_view short_name(Shape shape);
const std::vector<std::string>& shape_names();
/// nullopt for another word.
std::optional<Shape> shape_named(std::string_view name);

struct Structure {
    Shape shape = Shape::kExponential;
    double partial_sill = 1;
    double range = 1;         ///< the shape's parameter a, in metres, > 0
    double smoothness = 0.5;  ///< of mat only
};

/// Correlation of a shape at `distance` >= 0 for range parameter 1.
double correlation(Shape shape, double smoothness, double distance);

/// Distance at which samples count as unrelated: a for sph; for the others, which only approach 0, where the
/// correlation is exp(-3), 5 %: 3 a for exp, sqrt(3) a for gau, for mat found by bisection to 1e-12 relative.
double practical_range(const Structure& structure);

/// A nugget and structures that add up.
struct VariogramModel {
    double nugget = 0;
    std::vector<Structure> structures{};

    double sill() const;  ///< nugget + partial sills
    /// 0 up to kSamePlace.
    double semivariance(double distance) const;
    /// sill() - semivariance(distance).
    double covariance(double distance) const;
    /// covariance() of many distances, in place.
    void to_covariances(std::span<double> distances) const;
};

/// Pairs of samples about one distance apart.
struct Bin {
    std::size_t pairs = 0;
    double distance = 0;      ///< mean of the pairs
    double semivariance = 0;  ///< by the estimator chosen
};

struct EmpiricalVariogram {
    double cutoff = 0;
    double width = 0;
    std::vector<Bin> bins;  ///< those that have pairs, nearest first
};

/// Matheron: half the mean squared difference (Matheron 1962). Cressie: with d the differences of N pairs,
/// half of mean(|d|^0.5)^4 / (0.457 + 0.494 / N), which single outliers hardly move (Cressie and Hawkins
/// 1980; as gstat, without their term 0.045 / N^2).
enum class Estimator { kMatheron, kCressie };

/// Pairs whose line runs within `tolerance` of `degrees` clockwise from north, that angle included to 1e-12
/// of its cosine. Either end may be the first, so 0 and 180 are one direction; from 90 on the tolerance takes
/// every pair.
struct Direction {
    double degrees = 0;
    double tolerance = 90;
};

/// nullopt: gstat's defaults, cutoff a third of the bounding box's diagonal and width a 15th of the cutoff;
/// pairs of every direction.
struct BinChoice {
    std::optional<double> cutoff{};
    std::optional<double> width{};
    Estimator estimator = Estimator::kMatheron;
    std::optional<Direction> direction{};
};

/// Bin i holds the pairs with (i - 1) width < distance <= i width, up to the cutoff. The order of the samples
/// and the number of threads do not change a bit. Takes n^2 / 2 distances at most. A Data error for a width
/// that makes more than 10,000 bins.
EmpiricalVariogram empirical_variogram(const std::vector<geo::Point>& points,
                                       const std::vector<double>& values, const BinChoice& choice,
                                       const base::Job& job);

}  // namespace isopleth::interpolate
