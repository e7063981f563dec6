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
/// the smoothness (kappa). Semivariance of those without a sill: lin: h/a; pow: (h/a)^k, k the exponent,
/// above 0 and below 2.
enum class Shape { kExponential, kSpherical, kGaussian, kMatern, kLinear, kPower };

/// "exp", "sph", "gau", "mat", "lin", "pow".
std::string_view short_name(Shape shape);
const std::vector<std::string>& shape_names();
/// nullopt for another word.
std::optional<Shape> shape_named(std::string_view name);
/// lin and pow: the semivariance rises for ever.
bool is_unbounded(Shape shape);

struct Structure {
    Shape shape = Shape::kExponential;
    double partial_sill = 1;  ///< of lin and pow the semivariance at distance `range`
    double range = 1;         ///< the shape's parameter a, in metres, > 0
    double smoothness = 0.5;  ///< k of mat and pow

    /// Of lin and pow, whose semivariance is slope h^exponent.
    double exponent() const { return shape == Shape::kPower ? smoothness : 1; }
    double slope() const;
};

/// lin is `exponent` 1.
Structure unbounded_structure(Shape shape, double slope, double exponent);

/// Correlation of a shape at `distance` >= 0 for range parameter 1; of lin and pow 1 - semivariance, which
/// goes below 0.
double correlation(Shape shape, double smoothness, double distance);

/// Distance at which samples count as unrelated: a for sph; for the others, which only approach 0, where the
/// correlation is exp(-3), 5 %: 3 a for exp, sqrt(3) a for gau, for mat found by bisection to 1e-12 relative.
/// Infinite for lin and pow.
double practical_range(const Structure& structure);

/// A nugget and structures that add up.
struct VariogramModel {
    double nugget = 0;
    std::vector<Structure> structures{};

    /// Has a sill, and covariances with it.
    bool is_bounded() const;
    /// Of a bounded model itself. Else the same semivariances with ranges so long that `covariance` is a
    /// generalised one: positive definite for samples in a disk of that radius, in metres. It differs from
    /// minus the semivariance by a constant, which cancels where weights sum to 1: in every kriging with an
    /// unknown mean, wherever the place estimated lies. w'(c - semivariances)w > 0 for all w of sum 1 needs a
    /// c above the largest mean semivariance that a signed measure of mass 1 has on the disk: slope R^k
    /// Gamma(1 + k/2) Gamma(1 - k/2) (the capacity of a ball for Riesz' kernel of power -k, Landkof 1972,
    /// II.3.13, continued to k > 0; for k = 1 pi/2 R, Hinrichs, Nickolas and Wolf 2011). Twice that is taken.
    VariogramModel lifted(double radius) const;

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
