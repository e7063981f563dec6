// SPDX-License-Identifier: MIT
#include "interpolate/idw.hpp"

#include "sample_points.hpp"

#include <limits>
#include <numbers>

namespace isopleth::interpolate {
namespace {

double value_at(const std::string& method, const model::Samples& samples, geo::Point place) {
    const Estimates found = estimates_at(*make_idw(method, samples, {}), {place});
    EXPECT_EQ(found.valid[0], 1);
    EXPECT_TRUE(found.errors.empty());
    return found.values[0];
}

TEST(Idw, WeighsByTheInverseDistance) {
    // Samples 1 and 2 m away; weights 1 / d^p: (2 a + b) / 3, (4 a + b) / 5, (8 a + b) / 9, (16 a + b) / 17.
    const model::Samples samples = samples_at({{0, 0}, {3, 0}}, {10, 40});
    EXPECT_NEAR(value_at("idw:power=1", samples, {1, 0}), 20, 1e-13);
    EXPECT_NEAR(value_at("idw", samples, {1, 0}), 16, 1e-13);
    EXPECT_NEAR(value_at("idw:power=3", samples, {1, 0}), 120.0 / 9, 1e-13);
    EXPECT_NEAR(value_at("idw:power=4", samples, {1, 0}), 200.0 / 17, 1e-13);
    EXPECT_NEAR(value_at("idw:power=6", samples, {1, 0}), (64 * 10 + 40) / 65.0, 1e-13);
    EXPECT_NEAR(value_at("idw", samples, {0, 4}), (10 / 16.0 + 40 / 25.0) / (1 / 16.0 + 1 / 25.0), 1e-13);
}

TEST(Idw, ReturnsTheSampleWhereASampleLies) {
    const std::vector<geo::Point> points{{0, 0}, {3, 0}, {5, 5}};
    const model::Samples samples = samples_at(points, {10, 40, 7});
    for (const char* method : {"idw", "idw:neighbours=2", "idw:power=3.5", "idw:power=3.5,neighbours=2"}) {
        EXPECT_EQ(value_at(method, samples, {3, 0}), 40) << method;
        EXPECT_EQ(value_at(method, samples, {5 + 1e-9, 5}), 7) << method;
    }
}

TEST(Idw, TakesTheNearestOnly) {
    // 1, 2 and 4 m away.
    const model::Samples samples = samples_at({{0, 0}, {3, 0}, {5, 0}}, {10, 40, 1000});
    EXPECT_NEAR(value_at("idw:neighbours=2", samples, {1, 0}), 16, 1e-13);
    EXPECT_NEAR(value_at("idw:neighbours=1", samples, {1, 0}), 10, 1e-13);
    const double all = (16.0 * 10 + 4 * 40 + 1000) / 21;
    EXPECT_NEAR(value_at("idw:neighbours=3", samples, {1, 0}), all, 1e-12);
    EXPECT_NEAR(value_at("idw:neighbours=50", samples, {1, 0}), all, 1e-12);
}

TEST(Idw, TakesSamplesUpToTheRadiusAndItsEnd) {
    const model::Samples samples = samples_at({{0, 0}, {3, 0}, {5, 0}}, {10, 40, 1000});
    EXPECT_NEAR(value_at("idw:radius=2", samples, {1, 0}), 16, 1e-13);
    EXPECT_NEAR(value_at("idw:radius=2,neighbours=1", samples, {1, 0}), 10, 1e-13);
    EXPECT_NEAR(value_at("idw:radius=1.999", samples, {1, 0}), 10, 1e-13);
    EXPECT_NEAR(value_at("idw:radius=1km,neighbours=2", samples, {1, 0}), 16, 1e-13);
}

TEST(Idw, EstimatesNothingWithoutASampleWithinTheRadius) {
    const auto idw = make_idw("idw:radius=2", samples_at({{0, 0}}, {10}), {});
    EXPECT_EQ(estimates_at(*idw, {{0, 2}, {0, 2.1}, {2, 1}, {1, 1}}).valid,
              (std::vector<std::uint8_t>{1, 0, 0, 1}));
}

TEST(Idw, CountsDistancesAcrossTheLongestRangeForMore) {
    // East is the longest range: 2 m north count as 4, as far as the sample 4 m to the east.
    const model::Samples samples = samples_at({{4, 0}, {0, 2}, {0, -1}}, {10, 40, 1000});
    EXPECT_NEAR(value_at("idw:angle=90,ratio=0.5", samples, {0, 0}),
                (10 / 16.0 + 40 / 16.0 + 1000 / 4.0) / (1 / 16.0 + 1 / 16.0 + 1 / 4.0), 1e-11);
    EXPECT_NEAR(value_at("idw:angle=90,ratio=0.25,neighbours=1", samples, {0, 0.5}), 10, 1e-13);
    // 30 degrees clockwise from north.
    const geo::Point along{std::sin(std::numbers::pi / 6), std::cos(std::numbers::pi / 6)};
    const model::Samples turned = samples_at({{2 * along.x, 2 * along.y}, {along.y, -along.x}}, {10, 40});
    EXPECT_NEAR(value_at("idw:angle=30,ratio=0.5", turned, {0, 0}), 25, 1e-12);
    EXPECT_EQ(value_at("idw:angle=30,ratio=0.5", turned, {along.y, -along.x}), 40);
    EXPECT_THROW(check_idw("idw:angle=30"), base::Error);
    EXPECT_THROW(check_idw("idw:angle=30,ratio=2"), base::Error);
}

TEST(Idw, AgreesWithTheFormulaAtAnyNumberOfPlaces) {
    const std::vector<geo::Point> points = scattered(40, 1000, 1);
    const std::vector<double> values = field_at(points, 1);
    const std::vector<geo::Point> places = scattered(19, 1000, 2);
    const auto idw = make_idw("idw:power=2.5", samples_at(points, values), {});
    const Estimates found = estimates_at(*idw, places);
    for (std::size_t p = 0; p < places.size(); ++p) {
        double weights = 0;
        double sum = 0;
        for (std::size_t i = 0; i < points.size(); ++i) {
            const double distance = std::hypot(points[i].x - places[p].x, points[i].y - places[p].y);
            weights += std::pow(distance, -2.5);
            sum += std::pow(distance, -2.5) * values[i];
        }
        EXPECT_NEAR(found.values[p], sum / weights, 1e-12 * sum / weights);
    }
}

TEST(Idw, SaysWhatItDid) {
    const auto some =
        make_idw("idw:power=3,neighbours=2,radius=1km", samples_at({{0, 0}, {1, 0}, {2, 0}}, {1, 2, 3}), {});
    EXPECT_EQ(some->description().dump(-1),
              R"({"method": "idw", "power": 3, "samples": 3, "neighbours": 2, "radius": 1000})");
    const std::vector<geo::Point> points = scattered(501, 1000, 1);
    const auto many = make_idw("idw", samples_at(points, field_at(points, 1)), {});
    EXPECT_EQ(many->description()["neighbours"].integer_or(0), 12);
    EXPECT_TRUE(many->description()["neighbours_by_default"].bool_or(false));
}

TEST(Idw, RefusesOptionsThatDoNotFit) {
    EXPECT_EQ(error_of([] { check_idw("idw:power=0"); }), "idw: power must be above 0, not 0");
    EXPECT_EQ(error_of([] { check_idw("idw:radius=0"); }), "idw: radius must be above 0");
    EXPECT_EQ(error_of([] { check_idw("idw:neighbours=0"); }),
              "neighbours is a whole number from 1 on or all, not \"0\"");
    EXPECT_EQ(
        error_of([] { check_idw("idw:powr=2"); }),
        "unknown option powr of idw; did you mean power? It takes: power, neighbours, radius, sectors, "
              "angle, ratio.");
    check_idw("idw:power=1.5,neighbours=all,radius=2km");
}

}  // namespace
}  // namespace isopleth::interpolate
