// SPDX-License-Identifier: MIT
#include "interpolate/likelihood.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

#include "sample_points.hpp"

namespace isopleth::interpolate {
namespace {

using Row = std::vector<long double>;

/// Logarithm of the determinant of a positive definite matrix, and b'A^-1 b, by elimination.
std::pair<long double, long double> eliminated(std::vector<Row> matrix, Row b) {
    long double log = 0;
    long double square = 0;
    for (std::size_t j = 0; j < matrix.size(); ++j) {
        log += std::log(matrix[j][j]);
        square += b[j] * b[j] / matrix[j][j];
        for (std::size_t i = j + 1; i < matrix.size(); ++i) {
            const long double factor = matrix[i][j] / matrix[j][j];
            for (std::size_t k = j; k < matrix.size(); ++k) matrix[i][k] -= factor * matrix[j][k];
            b[i] -= factor * b[j];
        }
    }
    return {log, square};
}

long double product(const Row& left, const Row& right) {
    return std::inner_product(left.begin(), left.end(), right.begin(), 0.0L);
}

struct Case {
    std::vector<geo::Point> points;
    std::vector<double> values;
    Drift drift = Drift::constant();
    std::vector<double> errors{};

    LikelihoodData data() const { return likelihood_data(points, values, drift, errors); }
};

Case case_of(std::size_t count, int degree, bool has_errors = false) {
    Case result{scattered(count, 1000, 41), {}};
    result.values = field_at(result.points, 41);
    geo::Box box;
    for (const geo::Point point : result.points) box.extend(point);
    result.drift = degree < 0 ? Drift::none() : Drift::polynomial(degree, box);
    for (std::size_t i = 0; has_errors && i < count; ++i)
        result.errors.push_back(2 * base::random_uniform(42, i, 0));
    return result;
}

/// Orthonormal contrasts: unit vectors less what the drift's functions and those before span.
std::vector<Row> contrasts_of(const Case& one) {
    const std::size_t size = one.points.size();
    const std::size_t terms = one.drift.size();
    std::vector<Row> basis;
    for (std::size_t j = 0; basis.size() < size && j < terms + size; ++j) {
        Row row(size, 0.0L);
        if (j >= terms) row[j - terms] = 1;
        std::array<double, Drift::kMostTerms> functions;
        for (std::size_t i = 0; j < terms && i < size; ++i) {
            one.drift.fill(one.points[i], functions);
            row[i] = functions[j];
        }
        const long double before = product(row, row);
        for (int pass = 0; pass < 3; ++pass) {
            for (const Row& other : basis) {
                const long double length = product(row, other);
                for (std::size_t i = 0; i < size; ++i) row[i] -= length * other[i];
            }
        }
        const long double length = std::sqrt(product(row, row));
        if (length < 1e-6L * std::sqrt(before)) continue;
        for (long double& value : row) value /= length;
        basis.push_back(row);
    }
    basis.erase(basis.begin(), basis.begin() + static_cast<std::ptrdiff_t>(terms));
    return basis;
}

/// The normal density of the contrasts K z, by its definition: covariances K C K'.
double by_contrasts(const Case& one, const VariogramModel& model) {
    const std::vector<Row> contrasts = contrasts_of(one);
    const std::size_t size = one.points.size();
    std::vector<Row> products;  // rows of K C
    for (const Row& contrast : contrasts) {
        Row row(size, 0.0L);
        for (std::size_t i = 0; i < size; ++i) {
            for (std::size_t j = 0; j < size; ++j) {
                long double covariance =
                    model.covariance(std::sqrt(geo::squared_distance(one.points[i], one.points[j])));
                if (i == j && !one.errors.empty()) covariance += one.errors[i];
                row[j] += contrast[i] * covariance;
            }
        }
        products.push_back(row);
    }
    std::vector<Row> covariances;
    Row values;
    for (const Row& row : products) {
        Row covariance;
        for (const Row& contrast : contrasts) covariance.push_back(product(row, contrast));
        covariances.push_back(covariance);
    }
    for (const Row& contrast : contrasts) {
        long double value = 0;
        for (std::size_t i = 0; i < size; ++i) value += contrast[i] * one.values[i];
        values.push_back(value);
    }
    const auto [log, square] = eliminated(covariances, values);
    const auto count = static_cast<long double>(contrasts.size());
    return static_cast<double>(-0.5L *
                               (count * std::log(2 * std::numbers::pi_v<long double>) + log + square));
}

const VariogramModel kModel{4, {{Shape::kExponential, 60, 250}}};

TEST(Likelihood, IsTheDensityOfTheContrasts) {
    for (const int degree : {-1, 0, 1, 2}) {
        for (const bool has_errors : {false, true}) {
            const Case one = case_of(40, degree, has_errors);
            const auto found = Likelihood::exact(one.data()).at(kModel, {});
            ASSERT_TRUE(found);
            EXPECT_NEAR(*found, by_contrasts(one, kModel), 1e-9 * std::abs(*found)) << degree;
        }
    }
}

TEST(Likelihood, OfTwoSamplesIsThatOfTheirDifference) {
    // One contrast, (z1 - z2) / sqrt(2), whose variance is the semivariance: normal density by hand.
    const Case two{{{0, 0}, {30, 40}}, {1, 4}};
    const double variance = kModel.semivariance(50);
    const double expected = -0.5 * (std::log(2 * std::numbers::pi * variance) + 4.5 / variance);
    EXPECT_NEAR(*Likelihood::exact(two.data()).at(kModel, {}), expected, 1e-12);
}

TEST(Likelihood, ByVecchiaIsExactGivenAllSamplesBefore) {
    for (const int degree : {-1, 0, 2}) {
        const Case one = case_of(150, degree, degree == 2);
        const double exact = *Likelihood::exact(one.data()).at(kModel, {});
        EXPECT_NEAR(*Likelihood::vecchia(one.data(), 149, {}).at(kModel, {}), exact, 1e-9 * std::abs(exact));
    }
}

TEST(Likelihood, ByVecchiaIsThatOfTheDensitiesOfEachGivenTheNearest) {
    // With a known mean the logarithms add up: each sample given its three nearest before, by elimination.
    const Case one = case_of(60, -1);
    const LikelihoodData data = one.data();
    const ConditioningSets sets(data.points, 3, {});
    double expected = 0;
    for (std::size_t i = 0; i < data.size(); ++i) {
        const auto found = sets.of(i);
        Case with{{}, {}, Drift::none()};
        for (const std::uint32_t item : found) {
            with.points.push_back(data.points[item]);
            with.values.push_back(data.values[item]);
        }
        if (i > 0) expected -= by_contrasts(with, kModel);
        with.points.push_back(data.points[i]);
        with.values.push_back(data.values[i]);
        expected += by_contrasts(with, kModel);
    }
    EXPECT_NEAR(*Likelihood::vecchia(data, 3, {}).at(kModel, {}), expected, 1e-9 * std::abs(expected));
}

TEST(Likelihood, ScalesTheModelToTheLikeliestMultiple) {
    const Case one = case_of(80, 1);
    for (const Likelihood& likelihood :
         {Likelihood::exact(one.data()), Likelihood::vecchia(one.data(), 10, {})}) {
        const auto best = likelihood.likeliest_multiple(kModel, {});
        ASSERT_TRUE(best);
        const auto at = [&](double factor) {
            return *likelihood.at({4 * factor, {{Shape::kExponential, 60 * factor, 250}}}, {});
        };
        EXPECT_NEAR(at(best->scale), best->log, 1e-9 * std::abs(best->log));
        EXPECT_LT(at(best->scale * 1.01), best->log);
        EXPECT_LT(at(best->scale * 0.99), best->log);
    }
}

TEST(Likelihood, DoesNotDependOnTheDriftTakenOff) {
    Case one = case_of(60, 1);
    const double before = *Likelihood::exact(one.data()).at(kModel, {});
    for (std::size_t i = 0; i < one.values.size(); ++i) one.values[i] += 1000 + one.points[i].x;
    EXPECT_NEAR(*Likelihood::exact(one.data()).at(kModel, {}), before, 1e-9 * std::abs(before));
}

TEST(Likelihood, KeepsItsBitsForAnyThreadsAndOrder) {
    Case one = case_of(2000, 1, true);
    base::Job seven;
    seven.threads = 7;
    const Likelihood before = Likelihood::vecchia(one.data(), 8, {});
    const Likelihood some = before.thinned(700);
    EXPECT_EQ(some.densities(), 700u);
    EXPECT_EQ(before.at(kModel, {}), before.at(kModel, seven));
    EXPECT_EQ(some.at(kModel, {}), some.at(kModel, seven));
    EXPECT_NE(some.at(kModel, {}), before.at(kModel, {}));
    std::reverse(one.points.begin(), one.points.end());
    std::reverse(one.values.begin(), one.values.end());
    std::reverse(one.errors.begin(), one.errors.end());
    const Likelihood after = Likelihood::vecchia(one.data(), 8, seven);
    EXPECT_EQ(before.at(kModel, {}), after.at(kModel, seven));
    EXPECT_EQ(some.at(kModel, {}), after.thinned(700).at(kModel, {}));
}

TEST(Likelihood, HasNoValueForASingularModel) {
    const Case one = case_of(80, 0);
    const VariogramModel smooth{0, {{Shape::kGaussian, 60, 5000}}};
    EXPECT_FALSE(Likelihood::exact(one.data()).at(smooth, {}));
    EXPECT_FALSE(Likelihood::vecchia(one.data(), 30, {}).at(smooth, {}));
}

}  // namespace
}  // namespace isopleth::interpolate
