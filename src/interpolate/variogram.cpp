// SPDX-License-Identifier: MIT
#include "interpolate/variogram.hpp"

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "base/text.hpp"
#include "interpolate/neighbours.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace isopleth::interpolate {

namespace {

constexpr double kCutoffShare = 3;
constexpr double kBinsToCutoff = 15;
constexpr int kMostBins = 10'000;
constexpr std::size_t kRowsAtOnce = 64;
constexpr double kSpareLift = 2;

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
    double spread = 0;  ///< of what the estimator makes of each difference
};

struct Square {
    double operator()(double difference) const { return difference * difference; }
};
struct SquareRoot {
    double operator()(double difference) const { return std::sqrt(std::abs(difference)); }
};

double semivariance_of(const Sums& sums, Estimator estimator) {
    const auto pairs = static_cast<double>(sums.pairs);
    if (estimator == Estimator::kMatheron) return sums.spread / (2 * pairs);
    const double mean = sums.spread / pairs;
    return mean * mean * mean * mean / (2 * (0.457 + 0.494 / pairs));
}

struct AnyWay {
    bool operator()(double, double, double) const { return true; }
};

/// By the cosine of the angle between the pair and the direction, as gstat does.
class Along {
public:
    explicit Along(const Direction& direction)
        : m_sine(std::sin(radians(direction.degrees))),
          m_cosine(std::cos(radians(direction.degrees))),
          m_least(std::cos(radians(direction.tolerance)) - 1e-12) {}
    bool operator()(double east, double north, double distance) const {
        return std::abs(east * m_sine + north * m_cosine) >= m_least * distance;
    }

private:
    static double radians(double degrees) { return degrees * std::numbers::pi / 180; }
    double m_sine;
    double m_cosine;
    double m_least;
};

/// Samples sorted by x.
struct Field {
    std::vector<geo::Point> points;
    std::vector<double> values;
};

/// Pairs of each of the samples [begin, end) with the later ones.
template <class Counts, class Measure>
std::vector<Sums> sum_pairs(const Field& field, const EmpiricalVariogram& scheme, std::size_t begin,
                            std::size_t end, Counts counts) {
    constexpr Measure kMeasure;
    std::vector<Sums> sums(static_cast<std::size_t>(std::ceil(scheme.cutoff / scheme.width)) + 1);
    const double squared_cutoff = scheme.cutoff * scheme.cutoff * (1 + 1e-12);
    for (std::size_t i = begin; i < end; ++i) {
        for (std::size_t j = i + 1; j < field.points.size(); ++j) {
            const double east = field.points[j].x - field.points[i].x;
            if (east > scheme.cutoff) break;
            const double north = field.points[j].y - field.points[i].y;
            const double squared = east * east + north * north;
            if (squared > squared_cutoff) continue;
            const double distance = std::sqrt(squared);
            if (distance > scheme.cutoff || !counts(east, north, distance)) continue;
            auto bin = static_cast<std::size_t>(distance / scheme.width);
            if (bin > 0 && distance == static_cast<double>(bin) * scheme.width) --bin;
            sums[bin].pairs += 1;
            sums[bin].distance += distance;
            sums[bin].spread += kMeasure(field.values[j] - field.values[i]);
        }
    }
    return sums;
}

/// The loop over the pairs is made for each choice, so that it asks nothing of a pair that its choice does
/// not need.
template <class Counts>
std::vector<Sums> sum_pairs_by(Estimator estimator, const Field& field, const EmpiricalVariogram& scheme,
                               std::pair<std::size_t, std::size_t> rows, Counts counts) {
    if (estimator == Estimator::kCressie)
        return sum_pairs<Counts, SquareRoot>(field, scheme, rows.first, rows.second, counts);
    return sum_pairs<Counts, Square>(field, scheme, rows.first, rows.second, counts);
}

std::vector<Sums> sum_chosen_pairs(const BinChoice& choice, const Field& field,
                                   const EmpiricalVariogram& scheme,
                                   std::pair<std::size_t, std::size_t> rows) {
    const bool takes_all = !choice.direction || choice.direction->tolerance >= 90;
    if (takes_all) return sum_pairs_by(choice.estimator, field, scheme, rows, AnyWay{});
    return sum_pairs_by(choice.estimator, field, scheme, rows, Along(*choice.direction));
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
        case Shape::kLinear:
            return "lin";
        case Shape::kPower:
            return "pow";
    }
    base::bug("a variogram of undefined shape");
}

const std::vector<std::string>& shape_names() {
    static const std::vector<std::string> names{"exp", "sph", "gau", "mat", "lin", "pow"};
    return names;
}

std::optional<Shape> shape_named(std::string_view name) {
    for (const Shape shape : {Shape::kExponential, Shape::kSpherical, Shape::kGaussian, Shape::kMatern,
                              Shape::kLinear, Shape::kPower}) {
        if (short_name(shape) == name) return shape;
    }
    return std::nullopt;
}

bool is_unbounded(Shape shape) {
    return shape == Shape::kLinear || shape == Shape::kPower;
}

double Structure::slope() const {
    return partial_sill / std::pow(range, exponent());
}

Structure unbounded_structure(Shape shape, double slope, double exponent) {
    return {shape, slope, 1, exponent};
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
        case Shape::kLinear:
            return 1 - distance;
        case Shape::kPower:
            return 1 - std::pow(distance, smoothness);
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
        case Shape::kLinear:
        case Shape::kPower:
            return std::numeric_limits<double>::infinity();
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

bool VariogramModel::is_bounded() const {
    return std::none_of(structures.begin(), structures.end(),
                        [](const Structure& structure) { return is_unbounded(structure.shape); });
}

VariogramModel VariogramModel::lifted(double radius) const {
    VariogramModel model = *this;
    for (Structure& structure : model.structures) {
        if (!is_unbounded(structure.shape)) continue;
        const double exponent = structure.exponent();
        const double least = std::tgamma(1 + exponent / 2) * std::tgamma(1 - exponent / 2);
        // The smallest exponents need no spare room, and their root of it would be no number.
        const double stretch =
            std::pow(least, 1 / exponent) * std::exp2(std::min(std::log2(kSpareLift) / exponent, 50.0));
        const double range = radius * stretch;
        structure.partial_sill *= std::pow(range / structure.range, exponent);
        structure.range = range;
    }
    return model;
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
        case Shape::kLinear:
            return fill(distances, only, sill(), [](double h) { return 1 - h; });
        case Shape::kPower:
            return fill(distances, only, sill(), [&](double h) { return 1 - std::pow(h, only.smoothness); });
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
    if (result.cutoff / result.width > kMostBins) {
        base::fail_data(fmt::format("a width of {} m makes {:.0f} bins up to {:.6g} m, more than {}",
                                    base::shortest(result.width), std::ceil(result.cutoff / result.width),
                                    result.cutoff, kMostBins),
                        "Use a larger width.");
    }

    const std::vector<std::size_t> order = west_to_east(points);
    const Field field{picked(points, order), picked(values, order)};
    std::vector<std::vector<Sums>> parts((points.size() - 1) / kRowsAtOnce + 1);
    base::parallel_chunks(job, points.size(), kRowsAtOnce, [&](std::size_t begin, std::size_t end) {
        parts[begin / kRowsAtOnce] = sum_chosen_pairs(choice, field, result, {begin, end});
    });
    for (std::size_t bin = 0; bin < parts.front().size(); ++bin) {
        Sums total;
        for (const std::vector<Sums>& part : parts) {
            total.pairs += part[bin].pairs;
            total.distance += part[bin].distance;
            total.spread += part[bin].spread;
        }
        if (total.pairs == 0) continue;
        result.bins.push_back({total.pairs, total.distance / static_cast<double>(total.pairs),
                               semivariance_of(total, choice.estimator)});
    }
    return result;
}

}  // namespace isopleth::interpolate
