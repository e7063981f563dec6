// SPDX-License-Identifier: MIT
#include "interpolate/variogram.hpp"

#include "base/cholesky.hpp"

#include "sample_points.hpp"

#include <algorithm>
#include <numbers>

namespace isopleth::interpolate {
namespace {

TEST(VariogramModel, FollowsTheFormulasOfItsShapes) {
    const auto semivariance = [](Shape shape, double smoothness, double distance) {
        return VariogramModel{0.5, {{shape, 2, 100, smoothness}}}.semivariance(distance);
    };
    EXPECT_NEAR(semivariance(Shape::kExponential, 0, 50), 2.5 - 2 * std::exp(-0.5), 1e-15);
    EXPECT_NEAR(semivariance(Shape::kSpherical, 0, 50), 0.5 + 2 * 0.6875, 1e-15);  // 1.5 / 2 - 0.5 / 8
    EXPECT_EQ(semivariance(Shape::kSpherical, 0, 100), 2.5);
    EXPECT_EQ(semivariance(Shape::kSpherical, 0, 1000), 2.5);
    EXPECT_NEAR(semivariance(Shape::kGaussian, 0, 50), 2.5 - 2 * std::exp(-0.25), 1e-15);
    EXPECT_NEAR(semivariance(Shape::kMatern, 0.5, 50), 2.5 - 2 * std::exp(-0.5), 1e-15);
    EXPECT_NEAR(semivariance(Shape::kMatern, 1.5, 50), 2.5 - 2 * 1.5 * std::exp(-0.5), 1e-15);
    // K_1(1) = 0.60190723019723457 (Abramowitz and Stegun, table 9.8).
    EXPECT_NEAR(semivariance(Shape::kMatern, 1, 100), 2.5 - 2 * 0.60190723019723457, 1e-13);
}

TEST(VariogramModel, IsContinuousInTheSmoothness) {
    // The general formula just beside the closed forms.
    for (const double smoothness : {0.5, 1.5, 2.5}) {
        for (const double distance : {0.01, 0.3, 1.0, 4.0}) {
            EXPECT_NEAR(correlation(Shape::kMatern, smoothness, distance),
                        correlation(Shape::kMatern, smoothness + 1e-9, distance), 1e-8);
        }
    }
    EXPECT_EQ(correlation(Shape::kMatern, 0.7, 0), 1);
    EXPECT_EQ(correlation(Shape::kMatern, 0.7, 1e4), 0);
}

TEST(VariogramModel, JumpsByTheNuggetAtDistanceZero) {
    const VariogramModel model{0.5, {{Shape::kExponential, 2, 100}}};
    EXPECT_EQ(model.semivariance(0), 0);
    EXPECT_EQ(model.semivariance(1e-7), 0);  // one place, but for rounding
    EXPECT_NEAR(model.semivariance(2e-6), 0.5, 1e-7);
    EXPECT_EQ(model.sill(), 2.5);
    EXPECT_EQ(model.covariance(0), 2.5);
}

TEST(VariogramModel, AddsItsStructures) {
    const VariogramModel model{0.05, {{Shape::kSpherical, 0.3, 1200}, {Shape::kExponential, 0.3, 100}}};
    EXPECT_DOUBLE_EQ(model.sill(), 0.65);
    EXPECT_NEAR(model.semivariance(600), 0.05 + 0.3 * 0.6875 + 0.3 * (1 - std::exp(-6)), 1e-15);
}

TEST(VariogramModel, GivesTheSameCovariancesManyAtATime) {
    const std::vector<double> distances{0, 1e-7, 1, 30, 99, 100, 250};
    for (const Shape shape : {Shape::kExponential, Shape::kSpherical, Shape::kGaussian, Shape::kMatern}) {
        std::vector<VariogramModel> models{{0.5, {{shape, 2, 100, 1.2}}}};
        models.push_back({0.5, {{shape, 2, 100, 1.2}, {Shape::kExponential, 1, 30}}});
        for (const VariogramModel& model : models) {
            std::vector<double> many = distances;
            model.to_covariances(many);
            for (std::size_t i = 0; i < many.size(); ++i)
                EXPECT_NEAR(many[i], model.covariance(distances[i]), 1e-14);
        }
    }
}

TEST(VariogramModel, HasShapesWithGstatsNames) {
    for (const std::string& name : shape_names()) EXPECT_EQ(short_name(*shape_named(name)), name);
    EXPECT_FALSE(shape_named("linear"));
}

TEST(EmpiricalVariogram, CountsThePairsOfEachDistance) {
    // Corners of a unit square, values 0 1 2 4: sides differ by 1, 1, 2, 4; diagonals by 2 and 3.
    const std::vector<geo::Point> points{{0, 0}, {1, 0}, {1, 1}, {0, 1}};
    const EmpiricalVariogram found = empirical_variogram(points, {0, 1, 2, 4}, {2.0, 0.5}, {});
    ASSERT_EQ(found.bins.size(), 2u);
    EXPECT_EQ(found.bins[0].pairs, 4u);
    EXPECT_EQ(found.bins[0].distance, 1);  // the end of (0.5, 1] belongs to it
    EXPECT_DOUBLE_EQ(found.bins[0].semivariance, (1 + 1 + 4 + 16) / 8.0);
    EXPECT_EQ(found.bins[1].pairs, 2u);
    EXPECT_DOUBLE_EQ(found.bins[1].distance, std::sqrt(2));
    EXPECT_DOUBLE_EQ(found.bins[1].semivariance, (4 + 9) / 4.0);
}

TEST(EmpiricalVariogram, ReachesAThirdOfTheDiagonalByDefault) {
    const std::vector<geo::Point> points{{0, 0}, {30, 40}, {3, 0}};
    const EmpiricalVariogram found = empirical_variogram(points, {1, 2, 3}, {}, {});
    EXPECT_DOUBLE_EQ(found.cutoff, 50.0 / 3);
    EXPECT_DOUBLE_EQ(found.width, 50.0 / 45);
    ASSERT_EQ(found.bins.size(), 1u);
    EXPECT_EQ(found.bins[0].pairs, 1u);
}

TEST(EmpiricalVariogram, AgreesWithAllPairsOneByOne) {
    const std::vector<geo::Point> points = scattered(300, 1000, 7);
    const std::vector<double> values = field_at(points, 7);
    const EmpiricalVariogram found = empirical_variogram(points, values, {400.0, 30.0}, {});
    std::vector<double> pairs(14), sums(14);
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const double distance = std::hypot(points[i].x - points[j].x, points[i].y - points[j].y);
            if (distance > 400) continue;
            const auto bin = static_cast<std::size_t>(std::ceil(distance / 30)) - 1;
            pairs[bin] += 1;
            sums[bin] += (values[i] - values[j]) * (values[i] - values[j]) / 2;
        }
    }
    ASSERT_EQ(found.bins.size(), 14u);
    for (std::size_t bin = 0; bin < 14; ++bin) {
        EXPECT_EQ(static_cast<double>(found.bins[bin].pairs), pairs[bin]);
        EXPECT_NEAR(found.bins[bin].semivariance, sums[bin] / pairs[bin], 1e-11 * sums[bin] / pairs[bin]);
    }
}

TEST(EmpiricalVariogram, TakesCressiesRobustMean) {
    // Of the square above: |d|^0.5 of the sides is 1, 1, sqrt 2, 2; of the diagonals sqrt 2 and sqrt 3.
    const std::vector<geo::Point> points{{0, 0}, {1, 0}, {1, 1}, {0, 1}};
    const EmpiricalVariogram found =
        empirical_variogram(points, {0, 1, 2, 4}, {2.0, 0.5, Estimator::kCressie}, {});
    ASSERT_EQ(found.bins.size(), 2u);
    EXPECT_NEAR(found.bins[0].semivariance, std::pow((4 + std::sqrt(2)) / 4, 4) / (2 * (0.457 + 0.494 / 4)),
                1e-14);
    EXPECT_NEAR(found.bins[1].semivariance,
                std::pow((std::sqrt(2) + std::sqrt(3)) / 2, 4) / (2 * (0.457 + 0.494 / 2)), 1e-14);
}

TEST(EmpiricalVariogram, IsHardlyMovedByAnOutlierWhenRobust) {
    const std::vector<geo::Point> points = scattered(200, 1000, 9);
    std::vector<double> values = field_at(points, 9);
    const auto second_bin = [&](Estimator estimator) {
        return empirical_variogram(points, values, {{}, {}, estimator}, {}).bins[1].semivariance;
    };
    const double matheron = second_bin(Estimator::kMatheron);
    const double cressie = second_bin(Estimator::kCressie);
    values[100] += 200;
    EXPECT_GT(second_bin(Estimator::kMatheron), 300 * matheron);
    EXPECT_LT(second_bin(Estimator::kCressie), 4 * cressie);
}

/// Degrees clockwise from north of the line through two places, from 0 to below 180.
double bearing(geo::Point from, geo::Point to) {
    const double degrees = std::atan2(to.x - from.x, to.y - from.y) * 180 / std::numbers::pi;
    return std::fmod(degrees + 360, 180);
}

TEST(EmpiricalVariogram, TakesThePairsOfADirectionAsOneByOne) {
    const std::vector<geo::Point> points = scattered(200, 1000, 10);
    const std::vector<double> values = field_at(points, 10);
    for (const double direction : {0.0, 30.0, 90.0, 170.0, 350.0}) {
        BinChoice choice{400.0, 100.0};
        choice.direction = Direction{direction, 15};
        const EmpiricalVariogram found = empirical_variogram(points, values, choice, {});
        std::vector<double> pairs(4), sums(4);
        for (std::size_t i = 0; i < points.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                const double distance = std::hypot(points[i].x - points[j].x, points[i].y - points[j].y);
                const double apart = std::abs(bearing(points[i], points[j]) - std::fmod(direction, 180));
                if (distance > 400 || std::min(apart, 180 - apart) > 15) continue;
                const auto bin = static_cast<std::size_t>(std::ceil(distance / 100)) - 1;
                pairs[bin] += 1;
                sums[bin] += (values[i] - values[j]) * (values[i] - values[j]) / 2;
            }
        }
        SCOPED_TRACE(direction);
        ASSERT_EQ(found.bins.size(), 4u);
        for (std::size_t bin = 0; bin < 4; ++bin) {
            EXPECT_EQ(static_cast<double>(found.bins[bin].pairs), pairs[bin]);
            EXPECT_NEAR(found.bins[bin].semivariance, sums[bin] / pairs[bin], 1e-11 * sums[bin] / pairs[bin]);
        }
    }
}

TEST(EmpiricalVariogram, CountsAPairOnTheEdgeOfTheTolerance) {
    // One pair north-east, halfway between the directions 0 and 90: it belongs to both, as in gstat.
    const std::vector<geo::Point> points{{0, 0}, {1, 1}};
    for (const double direction : {0.0, 90.0, 180.0}) {
        const BinChoice choice{2.0, 2.0, Estimator::kMatheron, Direction{direction, 45}};
        EXPECT_EQ(empirical_variogram(points, {1, 2}, choice, {}).bins.size(), 1u) << direction;
    }
    const BinChoice across{2.0, 2.0, Estimator::kMatheron, Direction{135, 89}};
    EXPECT_TRUE(empirical_variogram(points, {1, 2}, across, {}).bins.empty());
    const BinChoice every{2.0, 2.0, Estimator::kMatheron, Direction{135, 90}};
    EXPECT_EQ(empirical_variogram(points, {1, 2}, every, {}).bins.size(), 1u);
}

TEST(EmpiricalVariogram, IsTheSameForAnyOrderAndThreads) {
    std::vector<BinChoice> choices(3);
    choices[1].estimator = Estimator::kCressie;
    choices[2].direction = Direction{45, 22.5};
    for (const BinChoice& choice : choices) {
        std::vector<geo::Point> points = scattered(500, 1000, 8);
        std::vector<double> values = field_at(points, 8);
        const EmpiricalVariogram first = empirical_variogram(points, values, choice, {});
        std::reverse(points.begin(), points.end());
        std::reverse(values.begin(), values.end());
        for (const int threads : {1, 2, 7}) {
            base::Job job;
            job.threads = threads;
            const EmpiricalVariogram other = empirical_variogram(points, values, choice, job);
            ASSERT_EQ(other.bins.size(), first.bins.size());
            for (std::size_t bin = 0; bin < first.bins.size(); ++bin) {
                EXPECT_EQ(other.bins[bin].pairs, first.bins[bin].pairs);
                EXPECT_EQ(other.bins[bin].distance, first.bins[bin].distance);
                EXPECT_EQ(other.bins[bin].semivariance, first.bins[bin].semivariance);
            }
        }
    }
}

TEST(EmpiricalVariogram, RefusesMoreBinsThanAnyoneReads) {
    const std::vector<geo::Point> points{{0, 0}, {300, 0}};
    EXPECT_EQ(error_of([&] {
                  empirical_variogram(points, {1, 2}, {{}, 0.001}, {});
              }),
              "a width of 0.001 m makes 100000 bins up to 100 m, more than 10000. Use a larger width.");
}

TEST(EmpiricalVariogram, HasNoBinsForASinglePlace) {
    EXPECT_TRUE(empirical_variogram({{1, 1}}, {5}, {}, {}).bins.empty());
    EXPECT_TRUE(empirical_variogram({}, {}, {}, {}).bins.empty());
}

TEST(PracticalRange, IsWhereFivePercentOfTheCorrelationAreLeft) {
    EXPECT_EQ(practical_range({Shape::kSpherical, 1, 900}), 900);
    EXPECT_DOUBLE_EQ(practical_range({Shape::kExponential, 1, 300}), 900);
    EXPECT_DOUBLE_EQ(practical_range({Shape::kGaussian, 1, 300}), 300 * std::sqrt(3));
    // Of smoothness 0.5 mat is exp; of 1.5 it is (1 + h) exp(-h).
    EXPECT_NEAR(practical_range({Shape::kMatern, 1, 300, 0.5}), 900, 1e-8);
    const double range = practical_range({Shape::kMatern, 1, 1, 1.5});
    EXPECT_NEAR((1 + range) * std::exp(-range), std::exp(-3), 1e-12);
    // The smallest and the largest smoothness that kriging takes.
    EXPECT_NEAR(correlation(Shape::kMatern, 20, practical_range({Shape::kMatern, 1, 1, 20})), std::exp(-3),
                1e-10);
    EXPECT_GT(practical_range({Shape::kMatern, 1, 1, 0.01}), 0);
}

TEST(UnboundedModels, RiseByTheirSlope) {
    const VariogramModel pow{0.5, {unbounded_structure(Shape::kPower, 0.02, 1.4)}};
    EXPECT_FALSE(pow.is_bounded());
    EXPECT_EQ(pow.semivariance(0), 0);
    for (const double distance : {0.5, 30.0, 4000.0}) {
        EXPECT_NEAR(pow.semivariance(distance) / (0.5 + 0.02 * std::pow(distance, 1.4)), 1, 1e-12);
        const VariogramModel lin{0.1, {unbounded_structure(Shape::kLinear, 3, 1)}};
        EXPECT_NEAR(lin.semivariance(distance) / (0.1 + 3 * distance), 1, 1e-12);
    }
    EXPECT_EQ(practical_range(pow.structures[0]), std::numeric_limits<double>::infinity());
    EXPECT_TRUE(VariogramModel{}.is_bounded());
}

TEST(UnboundedModels, HavePositiveDefiniteCovariancesOnceLifted) {
    // Samples all over a disk of 1,000 m, many of them at its rim, where it is hardest.
    std::vector<geo::Point> points = scattered(60, 1000, 3);
    for (geo::Point& point : points) point = {point.x - 500, point.y - 500};
    for (int i = 0; i < 40; ++i) points.push_back({1000 * std::cos(i * 0.157), 1000 * std::sin(i * 0.157)});
    for (const double exponent : {0.05, 0.5, 1.0, 1.5, 1.95}) {
        const VariogramModel model{0, {unbounded_structure(Shape::kPower, 0.01, exponent)}};
        const VariogramModel lifted = model.lifted(1000);
        base::Matrix matrix(points.size(), points.size());
        for (std::size_t i = 0; i < points.size(); ++i) {
            for (std::size_t j = 0; j < points.size(); ++j) {
                const double distance = std::sqrt(geo::squared_distance(points[i], points[j]));
                matrix(i, j) = lifted.covariance(distance);
                EXPECT_NEAR(lifted.sill() - lifted.covariance(distance), model.semivariance(distance),
                            1e-12 * lifted.sill());
            }
        }
        EXPECT_TRUE(base::Cholesky::factor(matrix)) << exponent;
    }
    const VariogramModel bounded{1, {{Shape::kSpherical, 2, 300}}};
    EXPECT_EQ(bounded.lifted(1000).sill(), bounded.sill());
}

}  // namespace
}  // namespace isopleth::interpolate
