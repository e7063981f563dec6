// SPDX-License-Identifier: MIT
#include "interpolate/kriging.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "bordered_system.hpp"
#include "interpolate/variogram_fit.hpp"
#include "sample_points.hpp"

namespace isopleth::interpolate {
namespace {

model::Samples field(std::size_t count) {
    const std::vector<geo::Point> points = scattered(count, 3000, 21);
    return samples_at(points, field_at(points, 21));
}

std::string failure(const std::string& method, const model::Samples& samples) {
    return error_of([&] { make_kriging(method, samples, {}); });
}

TEST(Kriging, TakesTheModelGiven) {
    // Two samples, exp: w1 = 1/2 + (g20 - g10) / (2 g12) with g(h) = 1 + 4 (1 - exp(-h / 50)).
    const auto g = [](double h) { return 1 + 4 * (1 - std::exp(-h / 50)); };
    const auto kriging = make_kriging("kriging:model=exp,nugget=1,psill=4,range=50m",
                                      samples_at({{0, 0}, {100, 0}}, {10, 40}), {});
    const Estimates found = estimates_at(*kriging, {{25, 0}, {0, 0}});
    const double w1 = 0.5 + (g(75) - g(25)) / (2 * g(100));
    EXPECT_NEAR(found.values[0], 10 * w1 + 40 * (1 - w1), 1e-12);
    EXPECT_NEAR(found.errors[0],
                std::sqrt(2 * w1 * g(25) + 2 * (1 - w1) * g(75) - 2 * w1 * (1 - w1) * g(100)), 1e-12);
    EXPECT_EQ(found.values[1], 10);
    EXPECT_EQ(found.errors[1], 0);
    EXPECT_EQ(found.valid, (std::vector<std::uint8_t>{1, 1}));
    EXPECT_EQ(
        kriging->description().dump(-1),
        R"({"method": "kriging", "kind": "ordinary", "samples": 2, "neighbours": "all", "neighbours_by_default": true, )"
        R"("variogram": {"model": "exp", "nugget": 1, "psill": 4, "range": 50, "fitted": false}})");
}

TEST(Kriging, FitsTheModelByItself) {
    const model::Samples samples = field(200);
    const auto fit = choose_variogram(empirical_variogram(samples.points(), samples.values(), {}, {}));
    ASSERT_TRUE(fit);
    const base::Json said = make_kriging("kriging", samples, {})->description()["variogram"];
    EXPECT_TRUE(said["fitted"].bool_or(false));
    EXPECT_EQ(said["model"].string_or(""), short_name(fit->model.structures[0].shape));
    EXPECT_EQ(said["range"].number_or(0), fit->model.structures[0].range);
    EXPECT_EQ(said["psill"].number_or(0), fit->model.structures[0].partial_sill);
    EXPECT_EQ(said["nugget"].number_or(-1), fit->model.nugget);
    EXPECT_EQ(said["bins"].integer_or(0), 15);
}

TEST(Kriging, FitsTheModelNamed) {
    const base::Json said =
        make_kriging("kriging:model=mat,kappa=1", field(200), {})->description()["variogram"];
    EXPECT_EQ(said["model"].string_or(""), "mat");
    EXPECT_EQ(said["kappa"].number_or(0), 1);
    EXPECT_TRUE(said["fitted"].bool_or(false));
}

TEST(Kriging, FitsTenSamples) {
    const Estimates found = estimates_at(*make_kriging("kriging", field(10), {}), {{1000, 1000}});
    EXPECT_EQ(found.valid[0], 1);
    EXPECT_TRUE(std::isfinite(found.values[0]));
    EXPECT_GT(found.errors[0], 0);
}

TEST(Kriging, TakesSixteenNeighboursAboveFiveHundredSamples) {
    const std::string given = "kriging:model=sph,psill=10,range=800";
    EXPECT_EQ(make_kriging(given, field(500), {})->description()["neighbours"].string_or(""), "all");
    const model::Samples many = field(501);
    EXPECT_EQ(make_kriging(given, many, {})->description()["neighbours"].integer_or(0), 16);
    const std::vector<geo::Point> places = scattered(50, 3000, 22);
    const Estimates by_default = estimates_at(*make_kriging(given, many, {}), places);
    EXPECT_EQ(by_default.values,
              estimates_at(*make_kriging(given + ",neighbours=16", many, {}), places).values);
    EXPECT_NE(by_default.values,
              estimates_at(*make_kriging(given + ",neighbours=all", many, {}), places).values);
}

TEST(Kriging, EstimatesWithinTheRadiusAlone) {
    const model::Samples samples = field(120);
    const std::string given = "kriging:model=exp,nugget=1,psill=20,range=300";
    const auto kriging = make_kriging(given + ",radius=400", samples, {});
    const Estimates found = estimates_at(*kriging, {{1500, 1500}, {90000, 0}, samples.points()[3]});
    EXPECT_EQ(found.valid, (std::vector<std::uint8_t>{1, 0, 1}));
    EXPECT_EQ(found.values[2], samples.values()[3]);
    std::vector<std::size_t> near;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        if (geo::squared_distance(samples.points()[i], {1500, 1500}) <= 400.0 * 400) near.push_back(i);
    }
    ASSERT_GT(near.size(), 2u);
    const Estimates expected = estimates_at(*make_kriging(given, samples.subset(near), {}), {{1500, 1500}});
    EXPECT_NEAR(found.values[0], expected.values[0], 1e-10);
    EXPECT_NEAR(found.errors[0], expected.errors[0], 1e-10);
    EXPECT_EQ(kriging->description()["radius"].number_or(0), 400);
    EXPECT_EQ(kriging->description()["neighbours"].string_or(""), "all");
    // A plane needs three samples: where there are fewer nothing is estimated.
    const auto universal = make_kriging(given + ",degree=1,radius=1", samples, {});
    EXPECT_EQ(estimates_at(*universal, {samples.points()[3]}).valid[0], 0);
}

TEST(Kriging, TakesNeighboursFromAllSides) {
    const model::Samples samples = field(200);
    const std::string given = "kriging:model=exp,nugget=1,psill=20,range=300,neighbours=8,radius=600";
    const std::vector<geo::Point> places = scattered(50, 3000, 22);
    const auto by_octant = make_kriging(given + ",sectors=8", samples, {});
    EXPECT_NE(estimates_at(*by_octant, places).values,
              estimates_at(*make_kriging(given, samples, {}), places).values);
    EXPECT_EQ(by_octant->description()["sectors"].integer_or(0), 8);
}

/// Ordinary kriging by its whole system with a Lagrange multiplier, in long double: (estimate, variance).
std::pair<double, double> by_whole_system(const model::Samples& samples, const std::vector<double>& errors,
                                          const VariogramModel& model, geo::Point place) {
    const std::size_t count = samples.size();
    std::vector<std::vector<long double>> matrix(count + 1, std::vector<long double>(count + 1, 1));
    std::vector<long double> right(count + 1, 1);
    matrix[count][count] = 0;
    const auto covariance = [&](geo::Point left, geo::Point to) {
        const double distance = std::hypot(left.x - to.x, left.y - to.y);
        return model.sill() - (distance > 0 ? model.semivariance(distance) : 0);
    };
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = 0; j < count; ++j)
            matrix[i][j] = covariance(samples.points()[i], samples.points()[j]);
        matrix[i][i] += errors[i] * errors[i];
        right[i] = covariance(samples.points()[i], place);
    }
    const std::vector<long double> weights = solved(matrix, right);
    long double estimate = 0;
    long double variance = model.sill() - weights[count];
    for (std::size_t i = 0; i < count; ++i) {
        estimate += weights[i] * samples.values()[i];
        variance -= weights[i] * right[i];
    }
    return {static_cast<double>(estimate), static_cast<double>(variance)};
}

TEST(Kriging, TrustsEachSampleAsFarAsItsMeasurement) {
    const std::vector<geo::Point> points = scattered(60, 3000, 21);
    std::vector<double> errors;
    for (std::size_t i = 0; i < points.size(); ++i)
        errors.push_back(i % 3 == 0 ? 0 : 0.1 * static_cast<double>(i % 7));
    const model::Samples samples = samples_at(points, field_at(points, 21), errors);
    const VariogramModel model{1, {{Shape::kExponential, 20, 300}}};
    std::vector<geo::Point> places = scattered(40, 3000, 22);
    places.insert(places.end(), {points[0], points[1], points[20]});
    const auto global = make_kriging("kriging:model=exp,nugget=1,psill=20,range=300", samples, {});
    const Estimates found = estimates_at(*global, places);
    for (std::size_t p = 0; p < places.size(); ++p) {
        const auto [estimate, variance] = by_whole_system(samples, errors, model, places[p]);
        EXPECT_NEAR(found.values[p], estimate, 1e-9);
        EXPECT_NEAR(found.errors[p] * found.errors[p], std::max(variance, 0.0), 1e-9);
    }
    EXPECT_EQ(found.values[40], samples.values()[0]);  // measured without error
    EXPECT_NE(found.values[41], samples.values()[1]);
    EXPECT_GT(found.errors[41], 0);
}

TEST(Kriging, TrustsNearSamplesAsFarAsTheirMeasurements) {
    const std::vector<geo::Point> points = scattered(60, 3000, 21);
    std::vector<double> errors;
    for (std::size_t i = 0; i < points.size(); ++i) errors.push_back(0.1 * static_cast<double>(i % 7));
    const std::vector<double> values = field_at(points, 21);
    const auto local = make_kriging("kriging:model=exp,nugget=1,psill=20,range=300,neighbours=8",
                                    samples_at(points, values, errors), {});
    for (const geo::Point place : scattered(30, 3000, 22)) {
        std::vector<std::size_t> order(points.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        std::sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
            return geo::squared_distance(points[left], place) < geo::squared_distance(points[right], place);
        });
        std::vector<geo::Point> near;
        std::vector<double> near_values, near_errors;
        for (std::size_t i = 0; i < 8; ++i) {
            near.push_back(points[order[i]]);
            near_values.push_back(values[order[i]]);
            near_errors.push_back(errors[order[i]]);
        }
        const auto [estimate, variance] = by_whole_system(samples_at(near, near_values), near_errors,
                                                          {1, {{Shape::kExponential, 20, 300}}}, place);
        const Estimates found = estimates_at(*local, {place});
        EXPECT_NEAR(found.values[0], estimate, 1e-9);
        EXPECT_NEAR(found.errors[0] * found.errors[0], variance, 1e-9);
    }
}

TEST(Kriging, TakesOneErrorOfAllAsTheErrorOfEach) {
    const std::vector<geo::Point> points = scattered(60, 3000, 21);
    const std::vector<double> values = field_at(points, 21);
    const model::Samples each = samples_at(points, values, std::vector<double>(60, 0.5));
    const std::vector<geo::Point> places = scattered(40, 3000, 22);
    for (const std::string method : {"kriging", "kriging:model=sph,neighbours=9"}) {
        const bool has_options = method.find(':') != std::string::npos;
        const auto by_option =
            make_kriging(method + (has_options ? "," : ":") + "error=0.25", samples_at(points, values), {});
        const Estimates found = estimates_at(*make_kriging(method, each, {}), places);
        EXPECT_EQ(found.values, estimates_at(*by_option, places).values);
        EXPECT_EQ(found.errors, estimates_at(*by_option, places).errors);
    }
    EXPECT_EQ(failure("kriging:error=1", each),
              "kriging: error excludes measurement errors of each sample. Leave one of them out.");
    EXPECT_EQ(failure("kriging:above=40", each),
              "kriging: above excludes measurement errors of each sample. Leave one of them out.");
}

TEST(Kriging, DoesNotDependOnTheOrderOfSamples) {
    std::vector<geo::Point> points = scattered(80, 3000, 23);
    std::vector<double> values = field_at(points, 23);
    const model::Samples samples = samples_at(points, values);
    std::rotate(points.begin(), points.begin() + 31, points.end());
    std::rotate(values.begin(), values.begin() + 31, values.end());
    const model::Samples rotated = samples_at(points, values);
    const std::vector<geo::Point> places = scattered(60, 3000, 24);
    for (const char* method : {"kriging", "kriging:neighbours=8"}) {
        const Estimates first = estimates_at(*make_kriging(method, samples, {}), places);
        const Estimates second = estimates_at(*make_kriging(method, rotated, {}), places);
        EXPECT_EQ(first.values, second.values);
        EXPECT_EQ(first.errors, second.errors);
    }
}

TEST(Kriging, RefusesTooFewSamples) {
    const model::Samples two = samples_at({{0, 0}, {9, 0}}, {1, 2});
    EXPECT_EQ(failure("kriging", two), "2 samples with a pm25 value; kriging needs 10. Use --method idw.");
    EXPECT_EQ(failure("kriging:model=exp,psill=1,range=9", samples_at({{0, 0}}, {1})),
              "1 sample with a pm25 value; kriging with a model given needs 2. Use --method idw.");
    EXPECT_EQ(failure("kriging:model=exp,psill=1,range=9", two), "");
}

TEST(Kriging, RefusesToFitConstantValues) {
    EXPECT_EQ(failure("kriging", samples_at(scattered(12, 900, 1), std::vector<double>(12, 38.5))),
              "all 12 samples have the pm25 value 38.5: there is no variogram to fit. Use --method idw.");
    // With a model given, the surface is that constant.
    const auto kriging = make_kriging("kriging:model=sph,psill=1,range=500",
                                      samples_at(scattered(12, 900, 1), std::vector<double>(12, 38.5)), {});
    EXPECT_NEAR(estimates_at(*kriging, {{100, 777}}).values[0], 38.5, 1e-12);
}

TEST(Kriging, NamesTheCauseOfASingularSystem) {
    std::vector<geo::Point> line, block;
    std::vector<double> values;
    for (int i = 0; i < 40; ++i) {
        line.push_back({10.0 * i, 5.0 * i});
        block.push_back({10.0 * (i % 8), 10.0 * (i / 8)});
        values.push_back(i % 7);
    }
    const std::string gaussian = "kriging:model=gau,psill=1,range=5000";
    EXPECT_EQ(
        failure(gaussian, samples_at(block, values)),
        "the kriging system of 40 samples is singular: a gau model of range 5000 m has next to no nugget. "
        "Give a nugget, or use model=exp, sph, or --method idw.");
    block[39] = {block[38].x, block[38].y + 1e-9};
    EXPECT_EQ(failure("kriging:model=exp,psill=1,range=100", samples_at(block, values)),
              "the kriging system of 40 samples is singular: samples 39 and 40 are only 1e-09 m apart. "
              "Leave one of them out.");
    line[39] = {0, 5000};  // far from the others, which are the neighbours
    const auto local = make_kriging(gaussian + ",neighbours=20", samples_at(line, values), {});
    EXPECT_EQ(error_of([&] {
                  estimates_at(*local, {{101, 50}});
              }).substr(0, 77),
              "the kriging system of the 20 samples nearest to (101.0, 50.0) is singular: a ");
}

TEST(Kriging, RefusesSamplesOnOneLine) {
    std::vector<geo::Point> line;
    std::vector<double> values;
    for (int i = 0; i < 12; ++i) {
        line.push_back({10.0 * i, 5.0 * i});
        values.push_back(i % 7);
    }
    const std::string refusal =
        "all 12 samples lie on one line, which tells nothing of the places beside it. "
        "Add samples beside the line, or use --method idw.";
    EXPECT_EQ(failure("kriging", samples_at(line, values)), refusal);
    EXPECT_EQ(failure("kriging:model=exp,psill=1,range=100", samples_at(line, values)), refusal);
    line[11].y += 1;
    EXPECT_EQ(failure("kriging:model=exp,psill=1,range=100", samples_at(line, values)), "");
}

TEST(Kriging, RefusesAllOfTooManySamples) {
    const std::vector<geo::Point> points = scattered(10'001, 3000, 5);
    EXPECT_EQ(
        failure("kriging:model=exp,psill=1,range=9,neighbours=all", samples_at(points, field_at(points, 5))),
        "kriging with all of 10,001 samples as neighbours takes too much memory; 10,000 are the most. "
        "Use neighbours=16.");
}

TEST(Kriging, RefusesOptionsThatDoNotFit) {
    const auto refusal = [](const std::string& options) {
        return error_of([&] { check_kriging("kriging:" + options); });
    };
    EXPECT_EQ(refusal("model=exo,psill=1,range=5"),
              "kriging: model cannot be \"exo\"; did you mean exp? Use one of: exp, sph, gau, mat, lin, pow, or a "
              "sum such as sph+exp.");
    EXPECT_EQ(refusal("rage=5"),
              "unknown option rage of kriging; did you mean range? It takes: model, nugget, psill, range, slope, exponent, "
              "kappa, fit, neighbours, radius, sectors, "
              "mean, degree, error, angle, ratio, block, above, transform, lambda.");
    EXPECT_EQ(refusal("model=exp,psill=1"),
              "kriging: a model given needs psill and range. Give both, or neither: then they are fitted.");
    EXPECT_EQ(refusal("model=exp,nugget=1"),
              "kriging: a model given needs psill and range. Give both, or neither: then they are fitted.");
    EXPECT_EQ(refusal("psill=1,range=5"),
              "kriging: psill and range need a model. Use model=exp, sph, gau or mat.");
    EXPECT_EQ(refusal("model=exp,psill=0,range=5"), "kriging: psill must be above 0");
    EXPECT_EQ(refusal("model=exp,psill=1,range=0"), "kriging: range must be above 0");
    EXPECT_EQ(refusal("model=exp,psill=1,range=5,nugget=-1"), "kriging: nugget must be at least 0");
    EXPECT_EQ(refusal("model=exp,kappa=1"), "kriging: kappa belongs to model=mat");
    EXPECT_EQ(refusal("model=mat,kappa=0"), "kriging: kappa must be above 0 and at most 20");
    EXPECT_EQ(refusal("neighbours=x"), "neighbours is a whole number from 1 on or all, not \"x\"");
    EXPECT_EQ(refusal("model=mat,kappa=1.5,psill=1,range=2km,nugget=0,neighbours=all"), "");
}

/// The estimates at each sample's place by interpolators made without it.
LeftOut by_leaving_out(const std::string& method, const model::Samples& samples) {
    LeftOut left_out;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        std::vector<std::size_t> others;
        for (std::size_t j = 0; j < samples.size(); ++j) {
            if (j != i) others.push_back(j);
        }
        const auto without = make_kriging(method, samples.subset(others), {});
        const Estimates found = estimates_at(*without, {samples.points()[i]});
        left_out.values.push_back(found.values[0]);
        left_out.standard_errors.push_back(found.errors[0]);
    }
    return left_out;
}

TEST(Kriging, LeavesOneOutByOneInverseAsByManySolves) {
    const model::Samples samples = field(90);
    for (const char* options :
         {"model=exp,psill=20,range=300", "model=sph,psill=20,range=800,nugget=2",
          "model=gau,psill=20,range=300,nugget=1", "model=mat,kappa=1.5,psill=20,range=150,nugget=1",
          "model=sph+exp,psill=9+12,range=700+90,nugget=1", "model=exp,psill=20,range=300,mean=41",
          "model=exp,psill=20,range=300,degree=1", "model=sph,psill=20,range=900,nugget=1,degree=3",
          "model=exp,psill=20,range=300,nugget=1,error=3", "model=exp,psill=20,range=400,angle=30,ratio=0.4",
          "model=exp,psill=0.2,range=300,above=42", "model=exp,psill=0.05,range=300,transform=log",
          "model=exp,psill=0.05,range=300,transform=log,error=0.01",
          "model=exp,psill=2,range=300,transform=boxcox,lambda=0.5"}) {
        SCOPED_TRACE(options);
        const std::string method = std::string("kriging:") + options;
        const auto found = make_kriging(method, samples, {})->leave_one_out({});
        ASSERT_TRUE(found);
        const LeftOut expected = by_leaving_out(method, samples);
        for (std::size_t i = 0; i < samples.size(); ++i) {
            ASSERT_NEAR(found->values[i], expected.values[i], 1e-9 * (1 + std::abs(expected.values[i])));
            ASSERT_NEAR(found->standard_errors[i], expected.standard_errors[i],
                        1e-9 * expected.standard_errors[i]);
        }
    }
}

TEST(Kriging, LeavesOneOutToTheSameBitsByAnyThreads) {
    const auto kriging = make_kriging("kriging:model=exp,psill=20,range=300,degree=1", field(200), {});
    const auto one = kriging->leave_one_out({1, {}, nullptr});
    const auto seven = kriging->leave_one_out({7, {}, nullptr});
    ASSERT_TRUE(one && seven);
    EXPECT_EQ(one->values, seven->values);
    EXPECT_EQ(one->standard_errors, seven->standard_errors);
}

TEST(Kriging, HasNoShortWayToLeaveOneOutWhereTheOthersSayMoreOrLess) {
    const std::string given = "kriging:model=exp,psill=20,range=300";
    const auto has_way = [](const std::string& method, const model::Samples& samples) {
        return make_kriging(method, samples, {})->leave_one_out({}).has_value();
    };
    EXPECT_FALSE(has_way("kriging", field(50)));
    EXPECT_FALSE(has_way(given + ",neighbours=16", field(50)));
    EXPECT_FALSE(has_way(given + ",block=40", field(50)));
    EXPECT_FALSE(has_way(given, samples_at({{0, 0}, {9, 0}}, {1, 2})));
    // Without the first, the others lie on one line and settle no slope across it.
    std::vector<geo::Point> points{{500, 500}};
    for (int i = 0; i < 8; ++i) points.push_back({100.0 * i, 0});
    EXPECT_FALSE(has_way(given + ",degree=1", samples_at(points, field_at(points, 1))));
}

TEST(Kriging, TakesMoreNeighboursWhereTheLikelihoodFits) {
    const std::vector<geo::Point> points = scattered(520, 1000, 3);
    const model::Samples samples = samples_at(points, field_at(points, 3));
    const auto neighbours = [&](const std::string& method) {
        return make_kriging(method, samples, {})->description()["neighbours"].integer_or(0);
    };
    EXPECT_EQ(neighbours("kriging:model=exp"), 16);
    EXPECT_EQ(neighbours("kriging:model=exp,fit=reml"), 60);
    EXPECT_EQ(neighbours("kriging:model=exp,fit=reml,neighbours=20"), 20);
}

}  // namespace
}  // namespace isopleth::interpolate
