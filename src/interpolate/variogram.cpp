// SPDX-License-Identifier: MIT
#include "interpolate/variogram.hpp"

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "interpolate/neighbours.hpp"

#include <algorithm>
#include <cmath>

namespace isopleth::interpolate {

namespace {

constexpr double kCutoffShare = 3;
constexpr double kBinsToCutoff = 15;
constexpr std::size_t kRowsAtOnce = 64;

/// Matern's correlation. Closed forms for the smoothness of half integers (Stein 1999, 2.7).
double matern(double smoothness, double distance) {
    if (smoothness == 0.5) return std::exp(-distance);
    if (smoothness == 1.5) return (1 + distance) * std::exp(-distance);
    if (smoothness == 2.5) return (1 + distance + distance * distance / 3) * std::exp(-distance);
    // Below, x^k K_k(x) has reached its limit; above, K_k underflows.
    if (distance < 1e-12) return 1;
    if (distance > 600) return 0;
    return std::exp2(1 - smoothness) / std::tgamma(smoothness) * std::pow(distance, smoothness) *
           std::cyl_bessel_k(smoothness, distance);
}

double spherical(double distance) {
    return distance < 1 ? 1 - distance * (1.5 - 0.5 * distance * distance) : 0;
}

/// Covariances of one structure in place of the distances; the sill at one place.
template <class Correlation>
void fill(std::span<double> distances, const Structure& structure, double sill, Correlation&& correlate) {
    const double scale = 1 / structure.range;
    for (double& distance : distances) {
        const double beside = structure.partial_sill * correlate(distance * scale);
        distance = distance <= kSamePlace ? sill : beside;
    }
}

/// Sums of the pairs of a bin.
struct Sums {
    std::size_t pairs = 0;
    double distance = 0;
    double squared_difference = 0;
};

/// Pairs of each of the samples [begin, end) with the later ones. Samples are sorted by x.
std::vector<Sums> sum_pairs(const std::vector<geo::Point>& points, const std::vector<double>& values,
                            const EmpiricalVariogram& scheme, std::size_t begin, std::size_t end) {
    std::vector<Sums> sums(static_cast<std::size_t>(std::ceil(scheme.cutoff / scheme.width)) + 1);
    const double squared_cutoff = scheme.cutoff * scheme.cutoff * (1 + 1e-12);
    for (std::size_t i = begin; i < end; ++i) {
        for (std::size_t j = i + 1; j < points.size(); ++j) {
            const double east = points[j].x - points[i].x;
            if (east > scheme.cutoff) break;
            const double north = points[j].y - points[i].y;
            const double squared = east * east + north * north;
            if (squared > squared_cutoff) continue;
            const double distance = std::sqrt(squared);
            if (distance > scheme.cutoff) continue;
            auto bin = static_cast<std::size_t>(distance / scheme.width);
            if (bin > 0 && distance == static_cast<double>(bin) * scheme.width) --bin;
            const double difference = values[j] - values[i];
            sums[bin].pairs += 1;
            sums[bin].distance += distance;
            sums[bin].squared_difference += difference * difference;
        }
    }
    return sums;
}

}  // namespace

std::string_view short_name(Shape shape) {
    switch (shape) {
        case Shape::kExponential:
            return "exp";
        case Shape::kSpherical:
            return "sph";
        case Shape::kGaussian:
            return "gau";
        case Shape::kMatern:
            return "mat";
    }
    base::bug("a variogram of undefined shape");
}

const std::vector<std::string>& shape_names() {
    static const std::vector<std::string> names{"exp", "sph", "gau", "mat"};
    return names;
}

std::optional<Shape> shape_named(std::string_view name) {
    for (const Shape shape : {Shape::kExponential, Shape::kSpherical, Shape::kGaussian, Shape::kMatern}) {
        if (short_name(shape) == name) return shape;
    }
    return std::nullopt;
}

double correlation(Shape shape, double smoothness, double distance) {
    switch (shape) {
        case Shape::kExponential:
            return std::exp(-distance);
        case Shape::kSpherical:
            return spherical(distance);
        case Shape::kGaussian:
            return std::exp(-distance * distance);
        case Shape::kMatern:
            return matern(smoothness, distance);
    }
    base::bug("a variogram of undefined shape");
}

double practical_range(const Structure& structure) {
    constexpr double kUnrelated = 3;  // minus the logarithm of the correlation
    switch (structure.shape) {
        case Shape::kSpherical:
            return structure.range;
        case Shape::kExponential:
            return kUnrelated * structure.range;
        case Shape::kGaussian:
            return std::sqrt(kUnrelated) * structure.range;
        case Shape::kMatern:
            break;
    }
    double low = 0;
    double high = 1;
    const auto is_related = [&](double distance) {
        return correlation(structure.shape, structure.smoothness, distance) > std::exp(-kUnrelated);
    };
    while (is_related(high)) high *= 2;
    while (high - low > 1e-12 * high) {
        const double middle = (low + high) / 2;
        (is_related(middle) ? low : high) = middle;
    }
    return high * structure.range;
}

double VariogramModel::sill() const {
    double sum = nugget;
    for (const Structure& structure : structures) sum += structure.partial_sill;
    return sum;
}

double VariogramModel::covariance(double distance) const {
    if (distance <= kSamePlace) return sill();
    double sum = 0;
    for (const Structure& one : structures) {
        sum += one.partial_sill * correlation(one.shape, one.smoothness, distance / one.range);
    }
    return sum;
}

double VariogramModel::semivariance(double distance) const {
    return sill() - covariance(distance);
}

void VariogramModel::to_covariances(std::span<double> distances) const {
    if (structures.size() != 1) {
        for (double& distance : distances) distance = covariance(distance);
        return;
    }
    const Structure& only = structures.front();
    switch (only.shape) {
        case Shape::kExponential:
            return fill(distances, only, sill(), [](double h) { return std::exp(-h); });
        case Shape::kSpherical:
            return fill(distances, only, sill(), spherical);
        case Shape::kGaussian:
            return fill(distances, only, sill(), [](double h) { return std::exp(-h * h); });
        case Shape::kMatern:
            return fill(distances, only, sill(), [&](double h) { return matern(only.smoothness, h); });
    }
}

EmpiricalVariogram empirical_variogram(const std::vector<geo::Point>& points,
                                       const std::vector<double>& values, const BinChoice& choice,
                                       const base::Job& job) {
    geo::Box box;
    for (const geo::Point& point : points) box.extend(point);
    EmpiricalVariogram result;
    if (points.size() < 2) return result;
    result.cutoff = choice.cutoff.value_or(std::hypot(box.width(), box.height()) / kCutoffShare);
    result.width = choice.width.value_or(result.cutoff / kBinsToCutoff);
    if (!(result.cutoff > 0) || !(result.width > 0)) return result;

    const std::vector<std::size_t> order = west_to_east(points);
    std::vector<geo::Point> sorted_points(points.size());
    std::vector<double> sorted_values(points.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        sorted_points[i] = points[order[i]];
        sorted_values[i] = values[order[i]];
    }
    std::vector<std::vector<Sums>> parts((points.size() - 1) / kRowsAtOnce + 1);
    base::parallel_chunks(job, points.size(), kRowsAtOnce, [&](std::size_t begin, std::size_t end) {
        parts[begin / kRowsAtOnce] = sum_pairs(sorted_points, sorted_values, result, begin, end);
    });
    for (std::size_t bin = 0; bin < parts.front().size(); ++bin) {
        Sums total;
        for (const std::vector<Sums>& part : parts) {
            total.pairs += part[bin].pairs;
            total.distance += part[bin].distance;
            total.squared_difference += part[bin].squared_difference;
        }
        if (total.pairs == 0) continue;
        const auto pairs = static_cast<double>(total.pairs);
        result.bins.push_back({total.pairs, total.distance / pairs, total.squared_difference / (2 * pairs)});
    }
    return result;
}

}  // namespace isopleth::interpolate
