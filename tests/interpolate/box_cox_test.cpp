// SPDX-License-Identifier: MIT
#include "interpolate/box_cox.hpp"

#include <algorithm>
#include <cmath>

#include "brute_force_moments.hpp"

namespace isopleth::interpolate {
namespace {

TEST(BoxCox, TransformsThereAndBack) {
    EXPECT_NEAR(BoxCox(1, 9).forward(5), 4, 1e-14);
    EXPECT_NEAR(BoxCox(0.5, 9).forward(9), 4, 1e-14);  // (3 - 1) / 0.5
    EXPECT_NEAR(BoxCox(-1, 9).forward(4), 0.75, 1e-15);
    EXPECT_EQ(BoxCox(0, 9).forward(7), std::log(7.0));
    for (const double lambda : {-2.0, -0.3, -1e-9, 0.0, 1e-9, 0.4, 1.0, 2.0}) {
        const BoxCox transform(lambda, 100);
        for (const double value : {1e-3, 0.7, 1.0, 40.0, 99.0}) {
            // Close to its bound the transform of lambda -2 has lost six of its digits.
            EXPECT_NEAR(transform.back(transform.forward(value)) / value, 1, 1e-9) << lambda;
        }
    }
}

TEST(BoxCox, ComesBackToNothingBelowZeroOrBeyondTheLargest) {
    EXPECT_EQ(BoxCox(0.5, 9).back(-2), 0);
    EXPECT_EQ(BoxCox(0.5, 9).back(-70), 0);
    EXPECT_EQ(BoxCox(-0.5, 9).back(1.4), 9);  // of 9 it is 4 / 3; 2 is the bound of all values
    EXPECT_EQ(BoxCox(-0.5, 9).back(70), 9);
}

TEST(BoxCox, GivesTheMomentsOfBruteForce) {
    for (const double lambda : {-1.0, -0.25, 0.0, 0.2, 0.5, 1.0, 1.7}) {
        const BoxCox transform(lambda, 60);
        const double middle = transform.forward(30);
        const double reach = transform.forward(45) - middle;
        for (const double spread : {0.05 * reach, 0.5 * reach, 1.5 * reach}) {
            SCOPED_TRACE(testing::Message() << lambda << " " << spread / reach);
            const base::Moments found = transform.back(base::Moments{middle, spread});
            const base::Moments expected =
                brute_force_moments([&](double value) { return transform.back(value); }, {middle, spread});
            // A kink at the bound costs the strips' sum some digits, and a root's slope there the points'.
            EXPECT_NEAR(found.mean / expected.mean, 1, lambda > 1 ? 2e-5 : 1e-7);
            EXPECT_NEAR(found.standard_deviation / expected.standard_deviation, 1, lambda > 1 ? 2e-5 : 1e-6);
        }
    }
}

TEST(BoxCox, HasTheMomentsOfAPolynomial) {
    // lambda 1/2: x = (1 + y / 2)^2, of mean (1 + m / 2)^2 + v / 4 and variance v (1 + m / 2)^2 + v^2 / 8.
    const base::Moments found = BoxCox(0.5, 60).back(base::Moments{10, 0.9});
    EXPECT_NEAR(found.mean, 36 + 0.81 / 4, 1e-12);
    EXPECT_NEAR(found.standard_deviation, std::sqrt(0.81 * 36 + 0.81 * 0.81 / 8), 1e-12);
    const base::Moments certain = BoxCox(0.5, 60).back(base::Moments{10, 0});
    EXPECT_NEAR(certain.mean, 36, 1e-13);
    EXPECT_EQ(certain.standard_deviation, 0);
    const base::Moments nearly = BoxCox(0.5, 60).back(base::Moments{10, 1e-9});
    EXPECT_NEAR(nearly.standard_deviation / 6e-9, 1, 1e-6);
}

TEST(BoxCox, RisesWithTheMean) {
    for (const double lambda : {-0.8, 0.0, 0.3}) {
        const BoxCox transform(lambda, 60);
        double before = 0;
        for (double value = 1; value < 70; value *= 1.07) {
            const double mean = transform.back(base::Moments{transform.forward(value), 0.3}).mean;
            EXPECT_GT(mean, before) << lambda << " " << value;
            before = mean;
        }
    }
}

TEST(BoxCox, FindsTheLikeliestLambda) {
    // The 48 survival times of Box and Cox 1964, table 1 (10 hours; poisons by rows, treatments by columns),
    // as one sample: MASS::boxcox(x ~ 1) of R peaks where a direct search of the likelihood does.
    const std::vector<double> times{0.31, 0.82, 0.43, 0.45, 0.45, 1.10, 0.45, 0.71, 0.46, 0.88, 0.63, 0.66,
                                    0.43, 0.72, 0.76, 0.62, 0.36, 0.92, 0.44, 0.56, 0.29, 0.61, 0.35, 1.02,
                                    0.40, 0.49, 0.31, 0.71, 0.23, 1.24, 0.40, 0.38, 0.22, 0.30, 0.23, 0.30,
                                    0.21, 0.37, 0.25, 0.36, 0.18, 0.38, 0.24, 0.31, 0.23, 0.29, 0.22, 0.33};
    const auto likelihood = [&](double lambda) {
        long double sum = 0, squares = 0, logs = 0;
        for (const double time : times) {
            const long double y = lambda == 0 ? std::log(time) : (std::pow(time, lambda) - 1) / lambda;
            sum += y;
            squares += y * y;
            logs += std::log(time);
        }
        const long double n = static_cast<long double>(times.size());
        return -n / 2 * std::log((squares - sum * sum / n) / n) + (lambda - 1) * logs;
    };
    double best = -2;
    for (int i = 0; i <= 40'000; ++i) {
        if (likelihood(-2 + i * 1e-4) > likelihood(best)) best = -2 + i * 1e-4;
    }
    EXPECT_NEAR(BoxCox::likeliest_lambda(times), best, 1e-4);
    std::vector<double> turned = times;
    std::rotate(turned.begin(), turned.begin() + 17, turned.end());
    EXPECT_EQ(BoxCox::likeliest_lambda(turned), BoxCox::likeliest_lambda(times));
}

}  // namespace
}  // namespace isopleth::interpolate
