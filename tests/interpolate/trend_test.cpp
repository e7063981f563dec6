// SPDX-License-Identifier: MIT
#include "interpolate/trend.hpp"

#include "bordered_system.hpp"
#include "sample_points.hpp"

namespace isopleth::interpolate {
namespace {

std::string failure(const std::string& method, const model::Samples& samples) {
    return error_of([&] { make_trend(method, samples, {}); });
}

/// 1, x, y, x^2, ... of coordinates in kilometres, in an order and a scale other than the program's.
std::vector<long double> monomials(geo::Point place, int degree) {
    std::vector<long double> values;
    for (int i = 0; i <= degree; ++i) {
        for (int j = 0; i + j <= degree; ++j) {
            values.push_back(std::pow(place.x / 1000.0L, i) * std::pow(place.y / 1000.0L, j));
        }
    }
    return values;
}

TEST(Trend, IsTheLineOfThreeSamplesByHand) {
    // (0, 1), (1, 2), (2, 5) at x = 0, 1, 2 and a fourth beside them: a constant is their mean, its error
    // sqrt(s^2 (1 + 1/4)) with s^2 = sum (z - 3)^2 / 3 = (4 + 1 + 4 + 1) / 3.
    const model::Samples samples = samples_at({{0, 0}, {1, 0}, {2, 0}, {0, 7}}, {1, 2, 5, 4});
    const Estimates found = estimates_at(*make_trend("trend:degree=0", samples, {}), {{50, 3}});
    EXPECT_NEAR(found.values[0], 3, 1e-14);
    EXPECT_NEAR(found.errors[0], std::sqrt(10.0 / 3 * 1.25), 1e-14);
    // A cross of four with values 1, 2, 5, 4: plane of slopes (2 - 1) / 2 and (4 - 5) / 2 through their mean;
    // residuals -1.5, -1.5, 1.5, 1.5, one degree of freedom: s^2 = 9; at (1, 1) leverage 1/4 + 1/2 + 1/2.
    const model::Samples cross = samples_at({{-1, 0}, {1, 0}, {0, -1}, {0, 1}}, {1, 2, 5, 4});
    const Estimates plane = estimates_at(*make_trend("trend", cross, {}), {{1, 1}});
    EXPECT_NEAR(plane.values[0], 3, 1e-14);
    EXPECT_NEAR(plane.errors[0], std::sqrt(9 * 2.25), 1e-13);
}

TEST(Trend, ReproducesAPolynomialOfItsDegree) {
    const std::vector<geo::Point> points = scattered(30, 3000, 41);
    const std::vector<geo::Point> places = scattered(20, 4000, 42);
    for (int degree = 0; degree <= 3; ++degree) {
        const auto field = [&](geo::Point point) {
            double sum = 0;
            int k = 1;
            for (const long double term : monomials(point, degree)) sum += static_cast<double>(term) * k++;
            return sum;
        };
        std::vector<double> values;
        for (const geo::Point& point : points) values.push_back(field(point));
        const auto trend =
            make_trend("trend:degree=" + std::to_string(degree), samples_at(points, values), {});
        const Estimates found = estimates_at(*trend, places);
        for (std::size_t p = 0; p < places.size(); ++p) {
            EXPECT_NEAR(found.values[p], field(places[p]), 1e-12 * field(places[p])) << degree;
            EXPECT_NEAR(found.errors[p], 0, 1e-11);
        }
    }
}

TEST(Trend, AgreesWithTheNormalEquationsInLongDouble) {
    const std::vector<geo::Point> points = scattered(60, 3000, 43);
    const std::vector<double> values = field_at(points, 43);
    const std::vector<geo::Point> places = scattered(20, 4000, 44);
    for (int degree = 0; degree <= 3; ++degree) {
        const std::size_t terms = monomials({}, degree).size();
        std::vector<std::vector<long double>> matrix(terms, std::vector<long double>(terms));
        std::vector<long double> right(terms);
        for (std::size_t i = 0; i < points.size(); ++i) {
            const auto row = monomials(points[i], degree);
            for (std::size_t j = 0; j < terms; ++j) {
                for (std::size_t k = 0; k < terms; ++k) matrix[j][k] += row[j] * row[k];
                right[j] += row[j] * values[i];
            }
        }
        const auto coefficients = solved(matrix, right);
        const auto at = [&](geo::Point place) {
            long double sum = 0;
            const auto row = monomials(place, degree);
            for (std::size_t j = 0; j < terms; ++j) sum += row[j] * coefficients[j];
            return sum;
        };
        long double squares = 0;
        for (std::size_t i = 0; i < points.size(); ++i) squares += std::pow(values[i] - at(points[i]), 2);
        const long double variance = squares / static_cast<long double>(points.size() - terms);
        const auto trend =
            make_trend("trend:degree=" + std::to_string(degree), samples_at(points, values), {});
        const Estimates found = estimates_at(*trend, places);
        for (std::size_t p = 0; p < places.size(); ++p) {
            const auto row = monomials(places[p], degree);
            const auto share = solved(matrix, row);
            long double leverage = 0;
            for (std::size_t j = 0; j < terms; ++j) leverage += row[j] * share[j];
            EXPECT_NEAR(found.values[p], static_cast<double>(at(places[p])), 1e-11);
            EXPECT_NEAR(found.errors[p], static_cast<double>(std::sqrt(variance * (1 + leverage))), 1e-11);
        }
    }
}

TEST(Trend, MovesWithTheSamples) {
    std::vector<geo::Point> points = scattered(40, 3000, 45);
    std::vector<geo::Point> places = scattered(20, 3000, 46);
    const std::vector<double> values = field_at(points, 45);
    const Estimates first =
        estimates_at(*make_trend("trend:degree=3", samples_at(points, values), {}), places);
    for (geo::Point& point : points) point = {point.x + 440'000, point.y + 4'420'000};
    for (geo::Point& place : places) place = {place.x + 440'000, place.y + 4'420'000};
    const Estimates moved =
        estimates_at(*make_trend("trend:degree=3", samples_at(points, values), {}), places);
    for (std::size_t p = 0; p < places.size(); ++p) {
        EXPECT_NEAR(moved.values[p], first.values[p], 1e-9);
        EXPECT_NEAR(moved.errors[p], first.errors[p], 1e-9);
    }
}

TEST(Trend, DoesNotDependOnTheOrderOfSamples) {
    std::vector<geo::Point> points = scattered(40, 3000, 47);
    std::vector<double> values = field_at(points, 47);
    const std::vector<geo::Point> places = scattered(20, 3000, 48);
    const Estimates first =
        estimates_at(*make_trend("trend:degree=2", samples_at(points, values), {}), places);
    std::rotate(points.begin(), points.begin() + 13, points.end());
    std::rotate(values.begin(), values.begin() + 13, values.end());
    const Estimates second =
        estimates_at(*make_trend("trend:degree=2", samples_at(points, values), {}), places);
    EXPECT_EQ(first.values, second.values);
    EXPECT_EQ(first.errors, second.errors);
}

TEST(Trend, RefusesFewerSamplesThanCoefficientsAndOne) {
    const std::vector<geo::Point> points = scattered(10, 900, 49);
    const model::Samples ten = samples_at(points, field_at(points, 49));
    EXPECT_EQ(
        failure("trend:degree=3", ten),
        "10 samples with a pm25 value; a trend of degree 3 needs 11. Use a lower degree, or --method idw.");
    EXPECT_EQ(failure("trend:degree=2", ten), "");
    EXPECT_EQ(failure("trend:degree=0", samples_at({{0, 0}}, {1})),
              "1 sample with a pm25 value; a trend of degree 0 needs 2. Use --method idw.");
}

TEST(Trend, RefusesSamplesThatLeaveCoefficientsOpen) {
    std::vector<geo::Point> sloping, upright, circle;
    std::vector<double> values;
    for (int i = 0; i < 12; ++i) {
        sloping.push_back({440'000 + 10.3 * i, 4'420'000 + 5.1 * i});
        upright.push_back({440'000, 4'420'000 + 5.0 * i});
        circle.push_back({500 * std::cos(i), 500 * std::sin(i)});
        values.push_back(i % 7);
    }
    const std::string refusal =
        "a trend of degree 1 has 3 coefficients, which 12 samples do not settle: they lie on one line or "
        "curve. Use a lower degree, or --method idw.";
    EXPECT_EQ(failure("trend", samples_at(sloping, values)), refusal);
    EXPECT_EQ(failure("trend", samples_at(upright, values)), refusal);
    EXPECT_EQ(failure("trend:degree=0", samples_at(upright, values)), "");
    EXPECT_EQ(failure("trend", samples_at(circle, values)), "");
    EXPECT_EQ(failure("trend:degree=2", samples_at(circle, values)).substr(0, 73),
              "a trend of degree 2 has 6 coefficients, which 12 samples do not settle: t");
}

TEST(Trend, SaysWhatItDid) {
    const model::Samples cross = samples_at({{-1, 0}, {1, 0}, {0, -1}, {0, 1}}, {1, 2, 5, 4});
    const base::Json said = make_trend("trend", cross, {})->description();
    EXPECT_EQ(said["method"].string_or(""), "trend");
    EXPECT_EQ(said["degree"].integer_or(-1), 1);
    EXPECT_EQ(said["samples"].integer_or(0), 4);
    EXPECT_EQ(said["coefficients"].integer_or(0), 3);
    EXPECT_NEAR(said["residual_standard_error"].number_or(0), 3, 1e-14);
}

TEST(Trend, RefusesOptionsThatDoNotFit) {
    const std::string advice = ". Use degree=1 for a plane, 2 or 3 for a curved surface.";
    EXPECT_EQ(error_of([] { check_trend("trend:degree=4"); }),
              "trend: degree is a whole number from 0 to 3, not 4" + advice);
    EXPECT_EQ(error_of([] { check_trend("trend:degree=-1"); }),
              "trend: degree is a whole number from 0 to 3, not -1" + advice);
    EXPECT_EQ(error_of([] { check_trend("trend:degre=2"); }),
              "unknown option degre of trend; did you mean degree? It takes: degree.");
    EXPECT_EQ(error_of([] { check_trend("trend:degree=3"); }), "");
}

}  // namespace
}  // namespace isopleth::interpolate
