// SPDX-License-Identifier: MIT
#include "interpolate/crossval.hpp"

#include "interpolate/methods.hpp"
#include "sample_points.hpp"

#include <algorithm>
#include <cmath>

namespace isopleth::interpolate {
namespace {

const std::string kGiven = "kriging:model=exp,psill=20,range=300,nugget=1";

model::Samples field(std::size_t count) {
    const std::vector<geo::Point> points = scattered(count, 3000, 21);
    return samples_at(points, field_at(points, 21));
}

CrossValidation validate(const std::string& method, const model::Samples& samples, const char* folds,
                         int threads = 1) {
    const base::Job job{threads, {}, nullptr};
    return cross_validate(method, samples, make_folds(parse_folds(folds), samples, job), job);
}

/// Estimates of sample `i` from the samples for which `is_kept` holds.
template <class IsKept>
Estimates from_others(const std::string& method, const model::Samples& samples, std::size_t i,
                      IsKept&& is_kept) {
    std::vector<std::size_t> others;
    for (std::size_t j = 0; j < samples.size(); ++j) {
        if (is_kept(j)) others.push_back(j);
    }
    return estimates_at(*make(method, samples.subset(others), {}), {samples.points()[i]});
}

TEST(Crossval, EstimatesFromTheOtherFoldsAlone) {
    const model::Samples samples = field(60);
    for (const std::string method : {"kriging", "idw:power=2", "kriging:neighbours=8"}) {
        const Folds folds = make_folds(parse_folds("k:5"), samples, {});
        const HeldOut found = cross_validate(method, samples, folds, {}).held_out;
        EXPECT_EQ(found.observed, samples.values());
        for (std::size_t i = 0; i < samples.size(); ++i) {
            const Estimates expected = from_others(
                method, samples, i, [&](std::size_t j) { return folds.number[j] != folds.number[i]; });
            EXPECT_EQ(found.estimates[i], expected.values[0]);
            EXPECT_EQ(found.valid[i], 1);
            if (found.has_standard_errors()) {
                EXPECT_DOUBLE_EQ(found.standard_errors[i], expected.errors[0]);
            }
        }
    }
}

TEST(Crossval, LeavesOutWhatLiesWithinTheBuffer) {
    // 200 is exactly as far as the buffer, which holds its end.
    const model::Samples samples =
        samples_at({{0, 0}, {100, 0}, {200, 0}, {350, 0}, {900, 0}}, {1, 2, 3, 4, 5});
    const HeldOut found = validate("idw:power=1", samples, "buffer:200").held_out;
    // From 4 and 5 at 350 and 900 m.
    EXPECT_DOUBLE_EQ(found.estimates[0], (4.0 / 350 + 5.0 / 900) / (1.0 / 350 + 1.0 / 900));
    EXPECT_DOUBLE_EQ(found.estimates[2], 5);
}

TEST(Crossval, TakesTheShortWayToLeaveOneOut) {
    const model::Samples samples = field(40);
    const HeldOut found = validate(kGiven, samples, "loo").held_out;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const Estimates expected = from_others(kGiven, samples, i, [&](std::size_t j) { return j != i; });
        EXPECT_NEAR(found.estimates[i], expected.values[0], 1e-9 * expected.values[0]);
        EXPECT_NEAR(found.standard_errors[i], expected.errors[0], 1e-9 * expected.errors[0]);
    }
}

TEST(Crossval, FitsTheModelInEachFoldAgain) {
    const model::Samples samples = field(60);
    const HeldOut found = validate("kriging", samples, "loo").held_out;
    const Estimates expected = from_others("kriging", samples, 7, [](std::size_t j) { return j != 7; });
    EXPECT_EQ(found.estimates[7], expected.values[0]);
    EXPECT_DOUBLE_EQ(found.standard_errors[7], expected.errors[0]);
}

TEST(Crossval, CountsTheMeasurementsErrorIn) {
    const model::Samples samples = field(40);
    const std::string method = kGiven + ",error=3";
    const CrossValidation found = validate(method, samples, "k:8");
    EXPECT_EQ(found.estimand.error_variances, std::vector<double>(40, 3));
    const Folds folds = make_folds(parse_folds("k:8"), samples, {});
    const Estimates expected =
        from_others(method, samples, 5, [&](std::size_t j) { return folds.number[j] != folds.number[5]; });
    EXPECT_NEAR(found.held_out.standard_errors[5], std::sqrt(expected.errors[0] * expected.errors[0] + 3),
                1e-12);
}

TEST(Crossval, CountsEachMeasurementsOwnErrorIn) {
    const std::vector<geo::Point> points = scattered(40, 3000, 21);
    std::vector<double> errors(40, 0.5);
    errors[5] = 2;
    const model::Samples samples = samples_at(points, field_at(points, 21), errors);
    for (const char* text : {"k:8", "loo"}) {
        const Folds folds = make_folds(parse_folds(text), samples, {});
        const HeldOut found = cross_validate(kGiven, samples, folds, {}).held_out;
        for (const std::size_t i : {5, 6}) {
            const Estimates expected = from_others(
                kGiven, samples, i, [&](std::size_t j) { return folds.number[j] != folds.number[i]; });
            EXPECT_NEAR(found.estimates[i], expected.values[0], 1e-9);
            EXPECT_NEAR(found.standard_errors[i], std::hypot(expected.errors[0], errors[i]), 1e-9);
        }
    }
}

TEST(Crossval, ComparesAProbabilityWithWhatCameTrue) {
    const model::Samples samples = field(40);
    const HeldOut found = validate("kriging:model=exp,psill=0.2,range=300,above=42", samples, "k:5").held_out;
    EXPECT_FALSE(found.has_standard_errors());
    for (std::size_t i = 0; i < samples.size(); ++i) {
        EXPECT_EQ(found.observed[i], samples.values()[i] > 42 ? 1 : 0);
        EXPECT_GE(found.estimates[i], 0);
        EXPECT_LE(found.estimates[i], 1);
    }
}

TEST(Crossval, KnowsWhereThereIsNoEstimate) {
    const model::Samples samples = samples_at({{0, 0}, {10, 0}, {900, 0}}, {1, 2, 3});
    const HeldOut found = validate("idw:radius=50", samples, "loo").held_out;
    EXPECT_EQ(found.valid, (std::vector<std::uint8_t>{1, 1, 0}));
    EXPECT_EQ(found.observed, (std::vector<double>{1, 2, 3}));
}

TEST(Crossval, DescribesTheMethodMadeOfAllSamples) {
    const model::Samples samples = field(60);
    EXPECT_EQ(validate("kriging", samples, "k:5").method.dump(),
              make("kriging", samples, {})->description().dump());
}

TEST(Crossval, GivesTheSameBitsForAnyThreadsAndOrder) {
    std::vector<geo::Point> points = scattered(120, 3000, 23);
    std::vector<double> values = field_at(points, 23);
    const model::Samples samples = samples_at(points, values);
    std::rotate(points.begin(), points.begin() + 31, points.end());
    std::rotate(values.begin(), values.begin() + 31, values.end());
    const model::Samples rotated = samples_at(points, values);
    for (const std::string& method : {std::string("kriging"), kGiven, std::string("idw:neighbours=8")}) {
        for (const char* folds : {"loo", "k:7", "block", "buffer:400"}) {
            SCOPED_TRACE(method + " " + folds);
            HeldOut one = validate(method, samples, folds, 1).held_out;
            const HeldOut seven = validate(method, samples, folds, 7).held_out;
            EXPECT_EQ(one.estimates, seven.estimates);
            EXPECT_EQ(one.standard_errors, seven.standard_errors);
            const HeldOut other = validate(method, rotated, folds, 2).held_out;
            EXPECT_EQ(to_json(*score(one)).dump(), to_json(*score(other)).dump());
            std::rotate(one.estimates.begin(), one.estimates.begin() + 31, one.estimates.end());
            EXPECT_EQ(one.estimates, other.estimates);
        }
    }
}

TEST(Crossval, SaysWhichFoldLeavesTooLittle) {
    const auto failure = [](const std::string& method, const model::Samples& samples, const char* folds) {
        return error_of([&] { validate(method, samples, folds); });
    };
    EXPECT_EQ(failure("kriging", field(9), "loo"),
              "9 samples with a pm25 value; kriging needs 10. Use --method idw.");
    EXPECT_EQ(
        failure("kriging", field(12), "k:3"),
        "kriging without fold 1 of 3: 8 samples with a pm25 value; kriging needs 10. Use --method idw.");
    EXPECT_EQ(failure("idw", field(12), "buffer:9km"),
              "idw without fold 1 of 12: no sample is left to estimate from. Use a shorter buffer.");
    EXPECT_EQ(failure(kGiven + ",block=40", field(12), "loo"),
              kGiven + ",block=40: samples tell nothing of the mean of a block. Leave block out.");
}

}  // namespace
}  // namespace isopleth::interpolate
