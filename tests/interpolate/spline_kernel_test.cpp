// SPDX-License-Identifier: MIT
#include "interpolate/spline_kernel.hpp"

#include "sample_points.hpp"

#include <numbers>

namespace isopleth::interpolate {
namespace {

/// Squared distances from 1e-12 to 1e12, more than 8 of them and not a multiple of 8.
std::vector<double> squared_distances() {
    std::vector<double> squared;
    for (int i = -480; i <= 480; ++i) squared.push_back(std::exp2(i / 12.0) * (1 + 1e-3 * (i % 7)));
    return squared;
}

/// 16 pi / unit^2 times E by the formula, in long double.
long double tension_value(long double squared, long double unit, long double tension) {
    const long double x = tension * std::sqrt(squared);
    long double sum = 0;
    if (x < 1) {
        // Power series; the closed form cancels.
        long double term = 1;
        long double harmonic = 0;
        for (int k = 1; k < 30; ++k) {
            term *= x * x / 4 / k / k;
            harmonic += 1.0L / k;
            sum += term * (harmonic - std::log(x / 2) - std::numbers::egamma_v<long double>);
        }
    } else {
        const long double bessel = x > 10'000 ? 0 : std::cyl_bessel_k(0.0L, x);
        sum = std::log(x / 2) + std::numbers::egamma_v<long double> + bessel;
    }
    return -8 / (unit * unit * tension * tension) * sum;
}

TEST(SplineKernel, OfAThinPlateIsTheLogarithmByTheSquare) {
    for (const double unit : {1.0, 370.0}) {
        const std::vector<double> squared = squared_distances();
        std::vector<double> found = squared;
        SplineKernel::thin_plate(unit).to_values(found);
        for (std::size_t i = 0; i < squared.size(); ++i) {
            const long double t = squared[i] / (static_cast<long double>(unit) * unit);
            const auto expected = static_cast<double>(t * std::log(t));
            EXPECT_NEAR(found[i], expected, 1e-15 * static_cast<double>(t + std::abs(t * std::log(t))));
        }
    }
}

TEST(SplineKernel, OfTensionIsFrankesFormula) {
    for (const auto& [unit, tension] :
         std::vector<std::pair<double, double>>{{1.0, 1.0}, {370.0, 0.004}, {10.0, 25.0}, {1.0, 1e-5}}) {
        const std::vector<double> squared = squared_distances();
        std::vector<double> found = squared;
        SplineKernel::tension(unit, tension).to_values(found);
        for (std::size_t i = 0; i < squared.size(); ++i) {
            const auto expected = static_cast<double>(tension_value(squared[i], unit, tension));
            EXPECT_NEAR(found[i], expected, 1e-15 * std::abs(expected)) << squared[i] << " " << tension;
        }
    }
}

TEST(SplineKernel, OfLittleTensionIsTheThinPlateAndASquare) {
    // E of tension -> E of the thin plate + r^2 (ln(t / 2) + C - 1) / (8 pi); of r^4 t^2 ln t is what is
    // left.
    const double tension = 1e-7;
    std::vector<double> plate{0.25, 1, 4, 25, 100};
    std::vector<double> stretched = plate;
    const std::vector<double> squared = plate;
    SplineKernel::thin_plate(1).to_values(plate);
    SplineKernel::tension(1, tension).to_values(stretched);
    for (std::size_t i = 0; i < squared.size(); ++i) {
        const double square = 2 * squared[i] * (std::log(tension / 2) + std::numbers::egamma - 1);
        EXPECT_NEAR(stretched[i], plate[i] + square, 1e-9);
    }
}

TEST(SplineKernel, IsNothingAtNoDistance) {
    for (const SplineKernel& kernel : {SplineKernel::thin_plate(3), SplineKernel::tension(3, 0.1)}) {
        std::vector<double> squared{0, 9, 1e-300};
        kernel.to_values(squared);
        EXPECT_NEAR(squared[0], 0, 1e-300);
        EXPECT_NEAR(squared[2], 0, 1e-290);
    }
    EXPECT_EQ(SplineKernel::thin_plate(3).terms(), 3u);
    EXPECT_EQ(SplineKernel::tension(3, 0.1).terms(), 1u);
}

TEST(SplineKernel, AddsUpLikeItsValuesWhereverAPlaceStands) {
    const std::vector<geo::Point> centres = scattered(37, 1000, 71);
    const std::vector<double> coefficients = field_at(centres, 71);
    std::vector<geo::Point> places = scattered(21, 1000, 72);
    places[5] = centres[3];
    for (const SplineKernel& kernel : {SplineKernel::thin_plate(90), SplineKernel::tension(90, 0.01)}) {
        std::vector<double> sums(places.size()), nearest(places.size());
        kernel.add_up(centres, coefficients, {places, sums, nearest});
        EXPECT_EQ(nearest[5], 0);
        for (std::size_t p = 0; p < places.size(); ++p) {
            std::vector<double> values;
            for (const geo::Point& centre : centres) {
                const double east = centre.x - places[p].x;
                const double north = centre.y - places[p].y;
                values.push_back(east * east + north * north);
            }
            EXPECT_EQ(nearest[p], *std::min_element(values.begin(), values.end()));
            kernel.to_values(values);
            double sum = 0;
            for (std::size_t i = 0; i < values.size(); ++i) sum += coefficients[i] * values[i];
            EXPECT_EQ(sums[p], sum);
            double alone = 0;
            double alone_nearest = 0;
            kernel.add_up(centres, coefficients, {{&places[p], 1}, {&alone, 1}, {&alone_nearest, 1}});
            EXPECT_EQ(alone, sum);
        }
    }
}

}  // namespace
}  // namespace isopleth::interpolate
