// SPDX-License-Identifier: MIT
#include "interpolate/cokriging.hpp"

#include "base/text.hpp"
#include "interpolate/crossval.hpp"
#include "interpolate/methods.hpp"
#include "sample_points.hpp"

#include <algorithm>

namespace isopleth::interpolate {
namespace {

const std::string kGiven = "cokriging:model=sph,psill=100+80+90,nugget=5+1+4,range=400";

model::Samples both(std::size_t first, std::size_t second) {
    const std::vector<geo::Point> points = scattered(std::max(first, second), 1000, 4);
    std::vector<double> values = field_at(points, 4);
    std::vector<double> others = field_at(points, 5);
    const std::vector<geo::Point> first_points(points.begin(), points.begin() + static_cast<long>(first));
    const std::vector<geo::Point> second_points(points.begin(), points.begin() + static_cast<long>(second));
    values.resize(first);
    others.resize(second);
    return samples_at(first_points, values).with_second(samples_at(second_points, others));
}

std::string failure(const std::string& method, const model::Samples& samples) {
    try {
        make_cokriging(method, samples, {});
    } catch (const base::Error& error) {
        return error.message();
    }
    return "no error";
}

TEST(Cokriging, WithoutAnythingSharedIsKrigingByItself) {
    const model::Samples samples = both(25, 40);
    const auto cokriging =
        make_cokriging("cokriging:model=sph,psill=100+0+90,nugget=5+0+4,range=400", samples, {});
    const model::Samples alone = samples_at(samples.points(), samples.values());
    const auto kriging = make("kriging:model=sph,psill=100,nugget=5,range=400", alone, {});
    const std::vector<geo::Point> places = scattered(30, 1000, 8);
    const Estimates one = estimates_at(*cokriging, places);
    const Estimates other = estimates_at(*kriging, places);
    for (std::size_t p = 0; p < places.size(); ++p) {
        EXPECT_NEAR(one.values[p], other.values[p], 1e-10 * other.values[p]);
        EXPECT_NEAR(one.errors[p], other.errors[p], 1e-10 * other.errors[p]);
    }
}

TEST(Cokriging, IsSurerWithMoreOfTheSecondVariable) {
    const std::vector<geo::Point> places = scattered(30, 1000, 8);
    const Estimates few = estimates_at(*make_cokriging(kGiven, both(25, 25), {}), places);
    const Estimates many = estimates_at(*make_cokriging(kGiven, both(25, 60), {}), places);
    for (std::size_t p = 0; p < places.size(); ++p) EXPECT_LT(many.errors[p], few.errors[p] + 1e-12);
}

TEST(Cokriging, FitsItsModelWhereBothAreKnown) {
    const auto cokriging = make_cokriging("cokriging", both(40, 60), {});
    const base::Json told = cokriging->description();
    EXPECT_EQ(told["fitted_at"].number_or(0), 40);
    EXPECT_EQ(told["samples_of_second"].number_or(0), 60);
    EXPECT_EQ(failure("cokriging", both(9, 60)),
              "9 places have a value of pm25 too; fitting cokriging needs 10");
}

TEST(Cokriging, DoesNotDependOnTheOrderOfTheSamples) {
    const model::Samples samples = both(30, 30);
    std::vector<std::size_t> order(30);
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = (i * 7 + 3) % 30;
    const std::vector<geo::Point> places = scattered(30, 1000, 8);
    for (const std::string& method : {std::string("cokriging"), kGiven + ",neighbours=8"}) {
        const Estimates one = estimates_at(*make_cokriging(method, samples, {}), places);
        const Estimates other = estimates_at(*make_cokriging(method, samples.subset(order), {}), places);
        EXPECT_EQ(one.values, other.values) << method;
        EXPECT_EQ(one.errors, other.errors) << method;
    }
}

TEST(Cokriging, HoldsTheSecondVariableOutWithTheFirst) {
    // Were the second variable, here the same field, left where a sample is held out, it would tell all.
    const std::vector<geo::Point> points = scattered(40, 1000, 4);
    const model::Samples samples = samples_at(points, field_at(points, 4));
    const model::Samples twice = samples.with_second(samples);
    const auto folds = make_folds(parse_folds("loo"), samples, {});
    const auto held =
        cross_validate("cokriging:model=sph,psill=100+99+100,range=400,nugget=5+4+5", twice, folds, {});
    const auto alone = cross_validate("kriging:model=sph,psill=100,range=400,nugget=5", samples, folds, {});
    for (std::size_t i = 0; i < points.size(); ++i)
        EXPECT_NEAR(held.held_out.standard_errors[i], alone.held_out.standard_errors[i],
                    0.05 * alone.held_out.standard_errors[i]);
}

TEST(Cokriging, SaysWhatDoesNotFit) {
    const model::Samples samples = both(30, 30);
    const model::Samples one = samples_at(scattered(30, 1000, 1), field_at(scattered(30, 1000, 1), 1));
    EXPECT_EQ(failure(kGiven, one), "cokriging: a second variable is needed");
    EXPECT_EQ(failure("cokriging:model=sph,range=400", samples),
              "cokriging: a model given needs model, psill and range");
    EXPECT_EQ(failure("cokriging:model=sph,range=400,psill=1+2", samples), "cokriging: psill is \"1+2\"");
    EXPECT_EQ(failure("cokriging:model=sph,range=400,psill=1+2+1", samples),
              "cokriging: no two variables vary like that: what they share exceeds what they have");
    EXPECT_EQ(failure("cokriging:model=gau,range=4000,psill=1+1+1", samples),
              "the cokriging system of 60 samples is singular");
    EXPECT_TRUE(takes_second(kGiven));
    EXPECT_FALSE(takes_second("kriging"));
}

}  // namespace
}  // namespace isopleth::interpolate
