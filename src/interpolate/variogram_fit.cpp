// SPDX-License-Identifier: MIT
#include "interpolate/variogram_fit.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace isopleth::interpolate {

namespace {

constexpr std::size_t kFewestBins = 3;
constexpr int kRangesTried = 160;
constexpr double kLongestRange = 10;    ///< cutoffs
constexpr double kShortestRange = 0.1;  ///< of the first bin's distance
constexpr double kLeastGaussianNugget = 0.01;
constexpr double kLeastExponent = 0.01;
constexpr double kLargestExponent = 1.99;

/// Nugget and partial sill at a parameter.
struct Sills {
    double nugget = 0;
    double partial_sill = 0;
    double error = std::numeric_limits<double>::infinity();
};

/// Of a shape whose parameter is the range, or of pow the exponent.
class SillFit {
public:
    SillFit(const EmpiricalVariogram& empirical, Shape shape, double smoothness)
        : m_empirical(empirical), m_bins(empirical.bins), m_shape(shape), m_smoothness(smoothness) {}

    double lowest() const {
        if (is_unbounded(m_shape)) return m_shape == Shape::kPower ? kLeastExponent : 1;
        return kShortestRange * m_bins.front().distance;
    }
    double highest() const {
        if (is_unbounded(m_shape)) return m_shape == Shape::kPower ? kLargestExponent : 1;
        return kLongestRange * m_empirical.cutoff;
    }
    Structure structure_at(double parameter, double partial_sill) const {
        if (!is_unbounded(m_shape)) return {m_shape, partial_sill, parameter, m_smoothness};
        return unbounded_structure(m_shape, partial_sill / std::pow(m_empirical.cutoff, parameter),
                                   parameter);
    }

    /// The best non-negative nugget and partial sill: of the unconstrained pair, nugget alone and sill alone.
    Sills at(double parameter) const {
        double weights = 0, shapes = 0, squares = 0, values = 0, products = 0;
        for (const Bin& bin : m_bins) {
            const double weight = weight_of(bin);
            const double rise = rise_at(bin, parameter);
            weights += weight;
            shapes += weight * rise;
            squares += weight * rise * rise;
            values += weight * bin.semivariance;
            products += weight * rise * bin.semivariance;
        }
        Sills best = with_error({values / weights, 0}, parameter);
        if (squares > 0) keep_better(best, with_error({0, products / squares}, parameter));
        const double determinant = weights * squares - shapes * shapes;
        if (determinant > 1e-12 * weights * squares) {
            keep_better(best, with_error({(squares * values - shapes * products) / determinant,
                                          (weights * products - shapes * values) / determinant},
                                         parameter));
        }
        return best;
    }

private:
    static double weight_of(const Bin& bin) {
        return static_cast<double>(bin.pairs) / (bin.distance * bin.distance);
    }
    double rise_at(const Bin& bin, double parameter) const {
        if (is_unbounded(m_shape)) return std::pow(bin.distance / m_empirical.cutoff, parameter);
        return 1 - correlation(m_shape, m_smoothness, bin.distance / parameter);
    }
    static void keep_better(Sills& best, const Sills& other) {
        if (other.nugget >= 0 && other.partial_sill >= 0 && other.error < best.error) best = other;
    }
    Sills with_error(Sills sills, double parameter) const {
        sills.error = 0;
        for (const Bin& bin : m_bins) {
            const double miss =
                bin.semivariance - sills.nugget - sills.partial_sill * rise_at(bin, parameter);
            sills.error += weight_of(bin) * miss * miss;
        }
        return sills;
    }

    const EmpiricalVariogram& m_empirical;
    const std::vector<Bin>& m_bins;
    Shape m_shape;
    double m_smoothness;
};

/// Least error between two ranges (their logarithms) by golden section.
double refine(const SillFit& fit, double low, double high) {
    const double golden = (std::sqrt(5.0) - 1) / 2;
    double left = high - golden * (high - low);
    double right = low + golden * (high - low);
    double left_error = fit.at(std::exp(left)).error;
    double right_error = fit.at(std::exp(right)).error;
    while (high - low > 1e-9) {
        if (left_error <= right_error) {
            high = right;
            right = left;
            right_error = left_error;
            left = high - golden * (high - low);
            left_error = fit.at(std::exp(left)).error;
        } else {
            low = left;
            left = right;
            left_error = right_error;
            right = low + golden * (high - low);
            right_error = fit.at(std::exp(right)).error;
        }
    }
    return (low + high) / 2;
}

bool can_fit(const EmpiricalVariogram& empirical) {
    return empirical.bins.size() >= kFewestBins && empirical.bins.front().distance > 0 &&
           std::any_of(empirical.bins.begin(), empirical.bins.end(),
                       [](const Bin& bin) { return bin.semivariance > 0; });
}

}  // namespace

std::optional<VariogramFit> fit_variogram(const EmpiricalVariogram& empirical, Shape shape,
                                          double smoothness) {
    if (!can_fit(empirical)) return std::nullopt;
    const SillFit fit(empirical, shape, smoothness);
    const double low = std::log(fit.lowest());
    const double high = std::log(fit.highest());
    const double step = (high - low) / (kRangesTried - 1);
    int best = 0;
    double best_error = std::numeric_limits<double>::infinity();
    for (int i = 0; i < kRangesTried; ++i) {
        const double error = fit.at(std::exp(low + i * step)).error;
        if (error < best_error) {
            best = i;
            best_error = error;
        }
    }
    double range = std::exp(low + best * step);
    const double refined = std::exp(
        refine(fit, low + std::max(best - 1, 0) * step, low + std::min(best + 1, kRangesTried - 1) * step));
    if (fit.at(refined).error <= best_error) range = refined;
    const Sills sills = fit.at(range);
    VariogramFit result;
    result.model = {sills.nugget, {fit.structure_at(range, sills.partial_sill)}};
    result.weighted_error = sills.error;
    result.is_unbounded =
        shape != Shape::kLinear && sills.partial_sill > 0 && std::log(range) > high - step / 2;
    return result;
}

bool is_sound(const VariogramFit& fit, const EmpiricalVariogram& empirical) {
    const Structure& structure = fit.model.structures.front();
    if (structure.shape == Shape::kPower) return !fit.is_unbounded;
    if (structure.shape != Shape::kGaussian) return true;
    return fit.model.nugget >= kLeastGaussianNugget * fit.model.sill() && structure.range <= empirical.cutoff;
}

std::size_t best_of(const std::vector<VariogramFit>& fits, const EmpiricalVariogram& empirical) {
    const bool takes_all = std::none_of(fits.begin(), fits.end(),
                                        [&](const VariogramFit& fit) { return is_sound(fit, empirical); });
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < fits.size(); ++i) {
        if (!takes_all && !is_sound(fits[i], empirical)) continue;
        if (!best || fits[i].weighted_error < fits[*best].weighted_error) best = i;
    }
    if (!best) base::bug("the best of no fits");
    return *best;
}

std::optional<VariogramFit> choose_variogram(const EmpiricalVariogram& empirical) {
    std::vector<VariogramFit> fits;
    for (const Shape shape : {Shape::kSpherical, Shape::kExponential, Shape::kGaussian}) {
        const std::optional<VariogramFit> fit = fit_variogram(empirical, shape);
        if (!fit) return std::nullopt;
        fits.push_back(*fit);
    }
    return fits[best_of(fits, empirical)];
}

EmpiricalVariogram variogram_to_fit(const std::vector<geo::Point>& points, const std::vector<double>& values,
                                    BinChoice choice, const base::Job& job) {
    geo::Box box;
    for (const geo::Point& point : points) box.extend(point);
    const double diagonal = std::hypot(box.width(), box.height());
    const bool is_given = choice.cutoff.has_value();
    EmpiricalVariogram empirical = empirical_variogram(points, values, choice, job);
    while (!is_given && empirical.bins.size() < kFewestBins && empirical.cutoff < diagonal) {
        choice.cutoff = 2 * empirical.cutoff;
        empirical = empirical_variogram(points, values, choice, job);
    }
    return empirical;
}

}  // namespace isopleth::interpolate
