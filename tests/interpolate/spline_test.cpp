// SPDX-License-Identifier: MIT
#include "interpolate/spline.hpp"

#include "bordered_system.hpp"
#include "interpolate/trend.hpp"
#include "sample_points.hpp"

namespace isopleth::interpolate {
namespace {

model::Samples field(std::size_t count) {
    const std::vector<geo::Point> points = scattered(count, 3000, 51);
    return samples_at(points, field_at(points, 51));
}

std::vector<double> values_at(const std::string& method, const model::Samples& samples,
                              const std::vector<geo::Point>& places) {
    const Estimates found = estimates_at(*make_spline(method, samples, {}), places);
    EXPECT_EQ(found.valid, std::vector<std::uint8_t>(places.size(), 1));
    return found.values;
}

std::string failure(const std::string& method, const model::Samples& samples) {
    return error_of([&] { make_spline(method, samples, {}); });
}

const std::vector<std::string> kMethods{"spline", "spline:neighbours=12", "spline:type=tension",
                                        "spline:type=tension,tension=3,neighbours=12"};

TEST(Spline, IsTheClosedFormOfFiveSamples) {
    // Corners of a square at distance 1 from its centre with 0, the centre with 1. By symmetry c is (a, a, a,
    // a, -4a), and with u(r) = r^2 ln r^2: a (8 u(1) - 2 u(sqrt 2) - u(2)) = 1, u = 0, 2 ln 2 and 8 ln 2, so
    // a = -1 / (12 ln 2). Smoothing adds 5 s, s = 16 pi smoothing L^2 and L^2 = 2 / 5, to 12 ln 2.
    const double h = std::sqrt(0.5);
    const model::Samples samples = samples_at({{-h, -h}, {h, -h}, {-h, h}, {h, h}, {0, 0}}, {0, 0, 0, 0, 1});
    const double ln2 = std::log(2);
    // The middle of an edge: squared distances 1/2, 1/2, 5/2, 5/2 and 1/2.
    const double sum = ln2 + 5 * std::log(2.5);
    EXPECT_NEAR(values_at("spline", samples, {{h, 0}})[0], 1 - sum / (12 * ln2), 1e-14);
    const double s = 16 * std::numbers::pi * 0.1 * 0.4;
    const double a = -1 / (12 * ln2 + 5 * s);
    const auto smooth = values_at("spline:smoothing=0.1", samples, {{0, 0}, {h, h}, {h, 0}});
    // At the samples z - s c.
    EXPECT_NEAR(smooth[0], 1 + 4 * a * s, 1e-14);
    EXPECT_NEAR(smooth[1], -a * s, 1e-14);
    EXPECT_NEAR(smooth[2], 1 + 4 * a * s + a * sum, 1e-14);
}

TEST(Spline, ReturnsTheSampleWhereASampleLies) {
    const model::Samples samples = field(60);
    std::vector<geo::Point> beside = samples.points();
    for (geo::Point& place : beside) place.x += 5e-7;
    for (const std::string& method : kMethods) {
        EXPECT_EQ(values_at(method, samples, samples.points()), samples.values()) << method;
        EXPECT_EQ(values_at(method, samples, beside), samples.values()) << method;
    }
}

TEST(Spline, PassesThroughTheSamples) {
    // A centimetre away the surface has not moved by more than its slope.
    const model::Samples samples = field(60);
    std::vector<geo::Point> beside = samples.points();
    for (geo::Point& place : beside) place.y -= 0.01;
    for (const std::string& method : kMethods) {
        const auto found = values_at(method, samples, beside);
        for (std::size_t i = 0; i < found.size(); ++i) {
            EXPECT_NEAR(found[i], samples.values()[i], 0.003) << method;
        }
    }
}

TEST(Spline, OfAThinPlateReproducesAPlane) {
    const std::vector<geo::Point> points = scattered(50, 3000, 52);
    const auto plane = [](geo::Point point) { return 40 + 0.003 * point.x - 0.002 * point.y; };
    std::vector<double> values;
    for (const geo::Point& point : points) values.push_back(plane(point));
    const std::vector<geo::Point> places = scattered(40, 6000, 53);
    for (const char* method :
         {"spline", "spline:neighbours=12", "spline:neighbours=3", "spline:smoothing=2"}) {
        const auto found = values_at(method, samples_at(points, values), places);
        for (std::size_t p = 0; p < places.size(); ++p) {
            EXPECT_NEAR(found[p], plane(places[p]), 1e-10) << method;
        }
    }
}

TEST(Spline, TakesSmoothingAndTensionByTheSpacing) {
    // L^2 is the bounding box by the number of samples; smoothing L^2 is n lambda, tension / L is 1/m.
    const model::Samples samples = field(60);
    const double spacing = std::sqrt(samples.bounds().width() * samples.bounds().height() / 60);
    const std::vector<geo::Point> places = scattered(20, 3000, 54);
    const BorderedSpline plate(samples.points(), samples.values(), 0, 0.05 * spacing * spacing / 1e6);
    const BorderedSpline stretched(samples.points(), samples.values(), 2 * 1000 / spacing, 0);
    const auto plate_found = values_at("spline:smoothing=0.05", samples, places);
    const auto stretched_found = values_at("spline:type=tension,tension=2", samples, places);
    for (std::size_t p = 0; p < places.size(); ++p) {
        EXPECT_NEAR(plate_found[p], plate.at(places[p]), 1e-10);
        EXPECT_NEAR(stretched_found[p], stretched.at(places[p]), 1e-10);
    }
    EXPECT_NEAR(make_spline("spline", samples, {})->description()["spacing"].number_or(0), spacing, 1e-9);
}

TEST(Spline, BecomesTheTrendWithEverMoreSmoothing) {
    const model::Samples samples = field(60);
    const std::vector<geo::Point> places = scattered(20, 3000, 55);
    const auto plane = estimates_at(*make_trend("trend:degree=1", samples, {}), places).values;
    const auto mean = estimates_at(*make_trend("trend:degree=0", samples, {}), places).values;
    const auto plate = values_at("spline:smoothing=1e9", samples, places);
    const auto stretched = values_at("spline:type=tension,smoothing=1e9", samples, places);
    for (std::size_t p = 0; p < places.size(); ++p) {
        EXPECT_NEAR(plate[p], plane[p], 1e-5);
        EXPECT_NEAR(stretched[p], mean[p], 1e-5);
    }
}

TEST(Spline, HalvesAWaveAsLongAsItsSmoothingSays) {
    // Samples every 100 m of a wave 800 m long: smoothing (8 / (2 pi))^4 halves it, away from the border.
    std::vector<geo::Point> points;
    std::vector<double> values;
    for (int i = 0; i < 40; ++i) {
        for (int j = 0; j < 40; ++j) {
            points.push_back({100.0 * i, 100.0 * j});
            values.push_back(std::cos(2 * std::numbers::pi * points.back().x / 800));
        }
    }
    // The box is of 39 by 39 spacings.
    const double spacing = std::pow(39.0 / 40, 2);
    const double smoothing = std::pow(8 / (2 * std::numbers::pi), 4) / spacing;
    const std::string method = "spline:neighbours=all,smoothing=" + std::to_string(smoothing);
    const auto found =
        values_at(method, samples_at(points, values), {{1600, 1950}, {2000, 1950}, {1800, 1950}});
    EXPECT_NEAR(found[0], 0.5, 0.01);
    EXPECT_NEAR(found[1], -0.5, 0.01);
    EXPECT_NEAR(found[2], 0, 0.01);
}

TEST(Spline, ComesNearTheThinPlateWithEverLessTension) {
    // As slowly as 1 / ln(1 / tension): that is what bending a slope level costs, far out.
    const model::Samples samples = field(60);
    const std::vector<geo::Point> places = scattered(20, 3000, 56);
    const auto plate = values_at("spline", samples, places);
    const auto distance = [&](const std::string& tension) {
        const auto found = values_at("spline:type=tension,tension=" + tension, samples, places);
        double most = 0;
        for (std::size_t p = 0; p < places.size(); ++p) {
            most = std::max(most, std::abs(found[p] - plate[p]));
        }
        return most;
    };
    EXPECT_GT(distance("5"), 1);
    EXPECT_LT(distance("1e-2"), distance("1"));
    EXPECT_LT(distance("1e-4"), distance("1e-2"));
    EXPECT_LT(distance("1e-8"), 0.6 * distance("1e-4"));
    EXPECT_LT(distance("1e-16"), 0.6 * distance("1e-8"));
}

TEST(Spline, WithTensionLevelsOffBeyondTheSamples) {
    const std::vector<geo::Point> points = scattered(50, 3000, 57);
    std::vector<double> values;
    for (const geo::Point& point : points) values.push_back(point.x / 100);
    const std::vector<geo::Point> far{{12'000, 1500}, {-9000, 1500}};
    const auto plate = values_at("spline", samples_at(points, values), far);
    const auto taut = values_at("spline:type=tension", samples_at(points, values), far);
    EXPECT_NEAR(plate[0], 120, 1e-8);
    EXPECT_LT(taut[0], 45);
    EXPECT_GT(taut[1], -15);
}

TEST(Spline, TakesSixteenNeighboursAboveFiveHundredSamples) {
    EXPECT_EQ(make_spline("spline", field(500), {})->description()["neighbours"].string_or(""), "all");
    const model::Samples many = field(501);
    EXPECT_EQ(make_spline("spline", many, {})->description()["neighbours"].integer_or(0), 16);
    const std::vector<geo::Point> places = scattered(50, 3000, 58);
    EXPECT_EQ(values_at("spline", many, places), values_at("spline:neighbours=16", many, places));
    EXPECT_NE(values_at("spline", many, places), values_at("spline:neighbours=all", many, places));
}

TEST(Spline, MovesWithTheSamples) {
    const model::Samples samples = field(60);
    const std::vector<geo::Point> places = scattered(30, 3000, 59);
    const auto move = [](std::vector<geo::Point> points) {
        for (geo::Point& point : points) point = {point.x + 440'000, point.y + 4'420'000};
        return points;
    };
    const model::Samples moved = samples_at(move(samples.points()), samples.values());
    for (const std::string& method : kMethods) {
        const auto first = values_at(method, samples, places);
        const auto second = values_at(method, moved, move(places));
        for (std::size_t p = 0; p < places.size(); ++p) EXPECT_NEAR(first[p], second[p], 1e-7) << method;
    }
}

TEST(Spline, DoesNotDependOnTheOrderOfSamples) {
    const model::Samples samples = field(80);
    std::vector<geo::Point> points = samples.points();
    std::vector<double> values = samples.values();
    std::rotate(points.begin(), points.begin() + 31, points.end());
    std::rotate(values.begin(), values.begin() + 31, values.end());
    const model::Samples rotated = samples_at(points, values);
    const std::vector<geo::Point> places = scattered(60, 3000, 60);
    for (const std::string& method : kMethods) {
        EXPECT_EQ(values_at(method, samples, places), values_at(method, rotated, places)) << method;
    }
}

TEST(Spline, TakesConstantValuesAndAddsConstants) {
    const std::vector<geo::Point> points = scattered(20, 900, 61);
    const std::vector<geo::Point> places = scattered(20, 1500, 62);
    for (const std::string& method : kMethods) {
        for (const double value :
             values_at(method, samples_at(points, std::vector<double>(20, 38.5)), places)) {
            EXPECT_NEAR(value, 38.5, 1e-12) << method;
        }
    }
}

TEST(Spline, SaysWhatItDid) {
    const model::Samples samples = samples_at({{0, 0}, {100, 0}, {0, 100}, {100, 100}}, {1, 2, 3, 5});
    EXPECT_FALSE(make_spline("spline", samples, {})->has_standard_error());
    EXPECT_EQ(make_spline("spline:smoothing=0.5", samples, {})->description().dump(-1),
              R"({"method": "spline", "type": "thin-plate", "samples": 4, "neighbours": "all", )"
              R"("neighbours_by_default": true, "smoothing": 0.5, "spacing": 50})");
    EXPECT_EQ(make_spline("spline:type=tension,neighbours=3", samples, {})->description().dump(-1),
              R"({"method": "spline", "type": "tension", "samples": 4, "neighbours": 3, )"
              R"("tension": 1, "smoothing": 0, "spacing": 50})");
}

TEST(Spline, RefusesTooFewSamplesAndTooMany) {
    EXPECT_EQ(failure("spline", samples_at({{0, 0}, {9, 0}}, {1, 2})),
              "2 samples with a pm25 value; a spline needs 3. Use --method idw.");
    EXPECT_EQ(failure("spline", samples_at({{0, 0}}, {1})),
              "1 sample with a pm25 value; a spline needs 3. Use --method idw.");
    EXPECT_EQ(failure("spline", samples_at({{0, 0}, {9, 0}, {0, 9}}, {1, 2, 3})), "");
    EXPECT_EQ(failure("spline:neighbours=all", field(10'001)),
              "a spline with all of 10,001 samples as neighbours takes too much memory; 10,000 are the most. "
              "Use neighbours=16.");
}

TEST(Spline, RefusesSamplesOnOneLine) {
    std::vector<geo::Point> line;
    std::vector<double> values;
    for (int i = 0; i < 12; ++i) {
        line.push_back({10.0 * i, 5.0 * i});
        values.push_back(i % 7);
    }
    const std::string refusal =
        "all 12 samples lie on one line, which tells nothing of the places beside it. "
        "Add samples beside the line, or use --method idw.";
    EXPECT_EQ(failure("spline", samples_at(line, values)), refusal);
    EXPECT_EQ(failure("spline:type=tension,neighbours=5", samples_at(line, values)), refusal);
    line[11].y += 40;
    EXPECT_EQ(failure("spline", samples_at(line, values)), "");
    // A place whose neighbours are on the line alone.
    const auto local = make_spline("spline:neighbours=4", samples_at(line, values), {});
    EXPECT_EQ(
        error_of([&] {
            estimates_at(*local, {{12, 5}});
        }),
        "the spline system of the 4 samples nearest to (12.0, 5.0) is singular: they lie on one line, which "
        "does not settle a plane. Use more neighbours, neighbours=all or type=tension.");
    const auto taut = make_spline("spline:type=tension,neighbours=4", samples_at(line, values), {});
    EXPECT_EQ(error_of([&] { estimates_at(*taut, {{12, 5}}); }), "");
}

TEST(Spline, NamesTheCauseOfASingularSystem) {
    std::vector<geo::Point> points = scattered(40, 3000, 63);
    const std::vector<double> values = field_at(points, 63);
    points[39] = {points[12].x + 1e-7, points[12].y};
    EXPECT_EQ(failure("spline", samples_at(points, values)),
              "the spline system of 40 samples is singular: samples 13 and 40 are only 1e-07 m apart. "
              "Leave one of them out, or give a smoothing.");
    EXPECT_EQ(failure("spline:smoothing=0.001", samples_at(points, values)), "");
    EXPECT_EQ(failure("spline:type=tension,tension=1e-200", field(40)),
              "the spline system of 40 samples is singular: its tension of 1e-200 is too small. "
              "Give a greater tension, or use type=thin-plate.");
}

TEST(Spline, RefusesOptionsThatDoNotFit) {
    const auto refusal = [](const std::string& options) {
        return error_of([&] { check_spline("spline:" + options); });
    };
    EXPECT_EQ(
        refusal("type=thinplate"),
        "spline: type cannot be \"thinplate\"; did you mean thin-plate? Use one of: thin-plate, tension.");
    EXPECT_EQ(refusal("tension=2"),
              "spline: tension belongs to type=tension. Use type=tension, or leave tension out.");
    EXPECT_EQ(refusal("type=tension,tension=0"),
              "spline: tension must be above 0, not 0. Use type=thin-plate for a plate without tension.");
    EXPECT_EQ(refusal("smoothing=-1"),
              "spline: smoothing must be at least 0, not -1. Use smoothing=0 to pass through every sample.");
    EXPECT_EQ(refusal("neighbours=2"),
              "spline: neighbours must be at least 3, not 2. Use neighbours=16, or all.");
    EXPECT_EQ(refusal("neighbours=x"), "neighbours is a whole number from 1 on or all, not \"x\"");
    EXPECT_EQ(
        refusal("smothing=1"),
        "unknown option smothing of spline; did you mean smoothing? It takes: type, smoothing, tension, "
        "neighbours.");
    EXPECT_EQ(refusal("type=tension,tension=3,smoothing=0.1,neighbours=all"), "");
}

}  // namespace
}  // namespace isopleth::interpolate
