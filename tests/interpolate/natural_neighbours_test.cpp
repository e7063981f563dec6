// SPDX-License-Identifier: MIT
#include "interpolate/natural_neighbours.hpp"

#include "mesh_samples.hpp"

namespace isopleth::interpolate {
namespace {

struct LongPoint {
    long double x;
    long double y;
};

using LongPolygon = std::vector<LongPoint>;

/// The part of a convex polygon that is nearer to `own` than to `other` (Sutherland and Hodgman 1974).
LongPolygon nearer(const LongPolygon& polygon, LongPoint own, LongPoint other) {
    const auto excess = [&](LongPoint p) {
        return (other.x - own.x) * (2 * p.x - own.x - other.x) +
               (other.y - own.y) * (2 * p.y - own.y - other.y);
    };
    LongPolygon result;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        const LongPoint from = polygon[i];
        const LongPoint to = polygon[(i + 1) % polygon.size()];
        const long double at_from = excess(from);
        const long double at_to = excess(to);
        if (at_from <= 0) result.push_back(from);
        if ((at_from < 0) == (at_to < 0) || at_from == 0 || at_to == 0) continue;
        const long double part = at_from / (at_from - at_to);
        result.push_back({from.x + part * (to.x - from.x), from.y + part * (to.y - from.y)});
    }
    return result;
}

long double area(const LongPolygon& polygon) {
    long double doubled = 0;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        const LongPoint from = polygon[i];
        const LongPoint to = polygon[(i + 1) % polygon.size()];
        doubled += from.x * to.y - from.y * to.x;
    }
    return doubled / 2;
}

/// Sibson's weights by their definition: the place's Voronoi cell among the samples, cut by the samples' own
/// cells. Empty where the cell reaches beyond a million metres.
std::vector<double> weights_by_clipping(const std::vector<geo::Point>& points, geo::Point place) {
    const long double far = 1e6L;
    std::vector<LongPoint> samples;
    for (const geo::Point& point : points) {
        samples.push_back({static_cast<long double>(point.x) - static_cast<long double>(place.x),
                           static_cast<long double>(point.y) - static_cast<long double>(place.y)});
    }
    LongPolygon cell{{-far, -far}, {far, -far}, {far, far}, {-far, far}};
    for (const LongPoint& sample : samples) cell = nearer(cell, {0, 0}, sample);
    for (const LongPoint& corner : cell) {
        if (std::max(std::abs(corner.x), std::abs(corner.y)) > 0.999L * far) return {};
    }
    std::vector<double> weights;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        LongPolygon taken = cell;
        for (std::size_t j = 0; j < samples.size() && !taken.empty(); ++j) {
            if (j != i) taken = nearer(taken, samples[i], samples[j]);
        }
        weights.push_back(static_cast<double>(area(taken) / area(cell)));
    }
    return weights;
}

TEST(NaturalNeighbours, WeighByTheAreasTaken) {
    for (const auto& points : mesh_samples()) {
        SCOPED_TRACE(points.size());
        const std::vector<geo::Point> places = mesh_places(200);
        // Sample i of value 1, all others 0: the estimate is the weight of i.
        std::vector<Estimates> found;
        for (std::size_t i = 0; i < points.size(); ++i) {
            std::vector<double> values(points.size(), 0);
            values[i] = 1;
            found.push_back(estimates_at(*make_natural("natural", samples_at(points, values), {}), places));
        }
        std::size_t compared = 0;
        for (std::size_t p = 0; p < places.size(); ++p) {
            if (found[0].valid[p] == 0) continue;
            const std::vector<double> weights = weights_by_clipping(points, places[p]);
            if (weights.empty()) continue;
            ++compared;
            for (std::size_t i = 0; i < points.size(); ++i) {
                ASSERT_NEAR(found[i].values[p], weights[i], 1e-9 * weights[i] + 1e-13) << p << " " << i;
            }
        }
        EXPECT_GT(compared, 50U);
    }
}

TEST(NaturalNeighbours, AreEqualInTheMiddleOfASquare) {
    const model::Samples samples = samples_at({{0, 0}, {2, 0}, {2, 2}, {0, 2}}, {1, 2, 3, 10});
    EXPECT_DOUBLE_EQ(estimates_at(*make_natural("natural", samples, {}), {{1, 1}}).values[0], 4);
}

TEST(NaturalNeighbours, ComeToTheHullWithoutAStep) {
    const std::vector<geo::Point> points{{0, 0}, {900, 100}, {1000, 1000}, {100, 800}, {500, 400}};
    const auto natural = make_natural("natural", samples_at(points, {1, 5, 2, 8, 30}), {});
    // On the edge from (0, 0) to (900, 100) and towards it.
    for (const double height : {0.0, 1e-12, 1e-9, 1e-6, 1e-4}) {
        const Estimates found = estimates_at(*natural, {{450, 50 + height}, {90, 10 + height}});
        EXPECT_EQ(found.valid[0], 1);
        EXPECT_NEAR(found.values[0], 3, 1e-12 + 0.1 * height) << height;
        if (found.valid[1] != 0) {
            EXPECT_NEAR(found.values[1], 1.4, 1e-12 + 0.1 * height) << height;
        }
    }
}

TEST(NaturalNeighbours, AreSmoothAcrossEdgesOfTriangles) {
    // The slopes on both sides of an edge differ by less than the step times the curvature there.
    const std::vector<geo::Point> points = scattered(60, 1000, 50);
    const auto natural = make_natural("natural", samples_at(points, field_at(points, 50)), {});
    const double step = 1e-3;
    for (double x = 300; x < 700; x += 1.7) {
        const Estimates found = estimates_at(*natural, {{x - step, 500}, {x, 500}, {x + step, 500}});
        const double left = (found.values[1] - found.values[0]) / step;
        const double right = (found.values[2] - found.values[1]) / step;
        EXPECT_NEAR(left, right, 1e-3) << x;
    }
}

TEST(NaturalNeighbours, StayBetweenTheLowestAndTheHighestSample) {
    for (const auto& points : mesh_samples()) {
        const std::vector<double> values = field_at(points, 51);
        const auto [lowest, highest] = std::minmax_element(values.begin(), values.end());
        const Estimates found =
            estimates_at(*make_natural("natural", samples_at(points, values), {}), mesh_places(2000));
        for (std::size_t p = 0; p < found.values.size(); ++p) {
            if (found.valid[p] == 0) continue;
            ASSERT_GE(found.values[p], *lowest - 1e-9);
            ASSERT_LE(found.values[p], *highest + 1e-9);
        }
    }
}

TEST(NaturalNeighbours, ReturnTheSampleWhereASampleLies) {
    expect_samples_at_their_places("natural");
}

TEST(NaturalNeighbours, ReproducePlanes) {
    expect_planes("natural");
}

TEST(NaturalNeighbours, EstimateWithinTheHullOnly) {
    expect_estimates_within_the_hull("natural");
}

TEST(NaturalNeighbours, MoveAndTurnWithTheSamples) {
    expect_to_move_with_the_samples("natural");
}

TEST(NaturalNeighbours, DoNotDependOnAnyOrder) {
    expect_no_order_to_matter("natural");
}

TEST(NaturalNeighbours, SayWhatWasDone) {
    const auto natural =
        make_natural("natural", samples_at({{0, 0}, {4, 0}, {0, 4}, {5, 5}}, {1, 2, 3, 4}), {});
    EXPECT_FALSE(natural->has_standard_error());
    EXPECT_EQ(natural->description().dump(-1), R"({"method": "natural", "samples": 4, "triangles": 2})");
}

TEST(NaturalNeighbours, RefuseWhatHasNoTriangles) {
    EXPECT_NE(error_of([] { make_natural("natural", samples_at({{0, 0}, {1, 1}}, {1, 2}), {}); }), "");
    EXPECT_NE(error_of([] { make_natural("natural:power=2", samples_at({{0, 0}}, {1}), {}); }), "");
}

}  // namespace
}  // namespace isopleth::interpolate
