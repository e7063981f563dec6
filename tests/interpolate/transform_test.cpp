// SPDX-License-Identifier: MIT
#include "interpolate/transform.hpp"

#include <algorithm>
#include <cmath>

#include "interpolate/kriging.hpp"
#include "sample_points.hpp"

namespace isopleth::interpolate {
namespace {

const std::vector<geo::Point> kPlaces{{0, 0}, {100, 0}, {0, 100}, {100, 100}};

Transform transform_of(const std::string& options, const std::vector<double>& values) {
    return Transform(parse_kriging_options("kriging" + options), samples_at(kPlaces, values));
}

std::vector<double> forward(const std::string& options, const std::vector<double>& values) {
    return transform_of(options, values).field(samples_at(kPlaces, values), {}).values;
}

TEST(Transform, LeavesValuesAsTheyAre) {
    EXPECT_EQ(forward("", {3, -1, 4, 1}), (std::vector<double>{3, -1, 4, 1}));
    const Transform none = transform_of("", {3, -1, 4, 1});
    Kriged kriged{-7, 2, 0.5};
    none.back(kriged);
    EXPECT_EQ(kriged.estimate, -7);
    EXPECT_EQ(kriged.standard_error, 2);
    EXPECT_EQ(none.back(-7.0), -7);
}

TEST(Transform, IndicatesValuesAboveTheLimitAndKeepsProbabilities) {
    EXPECT_EQ(forward(":above=3", {3, -1, 4, 9}), (std::vector<double>{0, 0, 1, 1}));
    const Transform indicator = transform_of(":above=3", {3, -1, 4, 9});
    Kriged low{-0.2, 0.3, 0};
    Kriged high{1.1, 0.3, 0};
    indicator.back(low);
    indicator.back(high);
    EXPECT_EQ(low.estimate, 0);
    EXPECT_EQ(high.estimate, 1);
}

TEST(Transform, TakesLogarithmsAndGivesTheLognormalMean) {
    EXPECT_EQ(forward(":transform=log", {1, 2, 3, 4})[2], std::log(3.0));
    // Aitchison and Brown 1957: a lognormal variable has the mean exp(m + v / 2) and the variance mean^2
    // (exp(v) - 1); the multiplier is taken off its exponent.
    Kriged kriged{1.5, 0.4, 0.03};
    transform_of(":transform=log", {1, 2, 3, 4}).back(kriged);
    EXPECT_NEAR(kriged.estimate, std::exp(1.5 + 0.08 - 0.03), 1e-14);
    EXPECT_NEAR(kriged.standard_error, kriged.estimate * std::sqrt(std::exp(0.16) - 1), 1e-14);
}

TEST(Transform, TakesBoxCoxAndNormalScoresThereAndBack) {
    const std::vector<double> values{1, 2, 30, 4};
    EXPECT_EQ(forward(":transform=boxcox,lambda=0.5", values)[3], 2);                 // (2 - 1) / 0.5
    EXPECT_NEAR(forward(":transform=normal", values)[2], 1.1503493803760081, 1e-14);  // qnorm(3.5 / 4) of R
    for (const char* options : {":transform=boxcox", ":transform=normal"}) {
        const Transform transform = transform_of(options, values);
        const std::vector<double> transformed = forward(options, values);
        for (std::size_t i = 0; i < values.size(); ++i) {
            EXPECT_NEAR(transform.back(transformed[i]) / values[i], 1, 1e-12);
            Kriged known{transformed[i], 0, 0};
            transform.back(known);
            EXPECT_NEAR(known.estimate / values[i], 1, 1e-12);
            EXPECT_EQ(known.standard_error, 0);
        }
    }
}

TEST(Transform, RefusesValuesWithoutOne) {
    EXPECT_EQ(error_of([] {
                  transform_of(":transform=log", {1, 2, 0, 4});
              }),
              "sample 3 has the pm25 value 0, which has no logarithm. Leave transform=log out.");
    EXPECT_EQ(error_of([] {
                  transform_of(":transform=boxcox", {1, -2, 3, 4});
              }),
              "sample 2 has the pm25 value -2, which has no Box-Cox transform. Leave transform=boxcox out.");
    EXPECT_EQ(error_of([] {
                  transform_of(":transform=normal", {5, 5, 5, 5});
              }),
              "all 4 samples have the pm25 value 5, which tells no transform. Leave transform=normal out.");
    EXPECT_EQ(error_of([] {
                  transform_of(":transform=boxcox", {5, 5, 5, 5});
              }),
              "all 4 samples have the pm25 value 5, which tells no transform. Leave transform=boxcox out.");
}

model::Samples field(std::size_t count) {
    const std::vector<geo::Point> points = scattered(count, 3000, 21);
    return samples_at(points, field_at(points, 21));
}

TEST(TransformedKriging, OfAShiftedPlaneByBoxCoxIsOrdinaryKriging) {
    // lambda 1 takes 1 off, and the mean of the normal distribution is the estimate.
    const model::Samples samples = field(80);
    const std::string given = "kriging:model=exp,psill=20,range=300,nugget=1";
    const std::vector<geo::Point> places = scattered(60, 3000, 24);
    const Estimates plain = estimates_at(*make_kriging(given, samples, {}), places);
    const Estimates shifted =
        estimates_at(*make_kriging(given + ",transform=boxcox,lambda=1", samples, {}), places);
    for (std::size_t p = 0; p < places.size(); ++p) {
        EXPECT_NEAR(shifted.values[p], plain.values[p], 1e-9);
        EXPECT_NEAR(shifted.errors[p], plain.errors[p], 1e-9);
    }
}

TEST(TransformedKriging, ByBoxCoxOfLambdaZeroIsLognormalButForTheMultiplier) {
    const model::Samples samples = field(80);
    const std::string given = "kriging:model=exp,psill=0.05,range=300";
    const std::vector<geo::Point> places = scattered(60, 3000, 24);
    const Estimates log = estimates_at(*make_kriging(given + ",transform=log", samples, {}), places);
    const Estimates zero =
        estimates_at(*make_kriging(given + ",transform=boxcox,lambda=0", samples, {}), places);
    for (std::size_t p = 0; p < places.size(); ++p) {
        // The multiplier of an unknown mean is positive: it is part of the variance.
        EXPECT_GT(zero.values[p], log.values[p]);
        EXPECT_NEAR(zero.errors[p] / zero.values[p], log.errors[p] / log.values[p], 1e-12);
    }
}

TEST(TransformedKriging, OfTransformedValuesPassesThroughTheSamplesAndStaysAboveZero) {
    std::vector<geo::Point> points = scattered(60, 3000, 21);
    std::vector<double> values = field_at(points, 21);
    for (double& value : values) value = std::exp(value / 8 - 5);
    const model::Samples samples = samples_at(points, values);
    std::rotate(points.begin(), points.begin() + 23, points.end());
    std::rotate(values.begin(), values.begin() + 23, values.end());
    const model::Samples rotated = samples_at(points, values);
    std::vector<geo::Point> places = scattered(60, 3000, 24);
    places.insert(places.end(), samples.points().begin(), samples.points().begin() + 20);
    for (const char* method : {"kriging:transform=boxcox", "kriging:transform=normal",
                               "kriging:transform=boxcox,lambda=0.4,neighbours=9"}) {
        const Estimates found = estimates_at(*make_kriging(method, samples, {}), places);
        for (std::size_t p = 0; p < places.size(); ++p) EXPECT_GT(found.values[p], 0) << method;
        for (std::size_t i = 0; i < 20; ++i) {
            EXPECT_NEAR(found.values[60 + i] / samples.values()[i], 1, 1e-12);
            EXPECT_EQ(found.errors[60 + i], 0);
        }
        const Estimates again = estimates_at(*make_kriging(method, rotated, {}), places);
        EXPECT_EQ(found.values, again.values);
        EXPECT_EQ(found.errors, again.errors);
    }
}

TEST(TransformedKriging, SaysItsTransform) {
    std::vector<double> values = field_at(scattered(60, 3000, 21), 21);
    const auto said = [&](const std::string& method) {
        return make_kriging(method, samples_at(scattered(60, 3000, 21), values), {})->description();
    };
    const base::Json boxcox = said("kriging:transform=boxcox");
    EXPECT_EQ(boxcox["kind"].string_or(""), "Box-Cox");
    EXPECT_EQ(boxcox["lambda"].number_or(9), BoxCox::likeliest_lambda(values));
    EXPECT_EQ(boxcox["lambda_by"].string_or(""), "maximum likelihood");
    EXPECT_EQ(said("kriging:transform=boxcox,lambda=0.5")["lambda_by"].string_or(""), "given");
    EXPECT_EQ(said("kriging:transform=normal")["tails"].string_or(""), "smallest and largest sample");
}

}  // namespace
}  // namespace isopleth::interpolate
