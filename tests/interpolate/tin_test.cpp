// SPDX-License-Identifier: MIT
#include "interpolate/tin.hpp"

#include "mesh_samples.hpp"

namespace isopleth::interpolate {
namespace {

TEST(Tin, IsLinearOnATriangle) {
    const auto tin = make_tin("tin", samples_at({{0, 0}, {4, 0}, {0, 4}}, {10, 20, 40}), {});
    EXPECT_FALSE(tin->has_standard_error());
    // 10 + 2.5 x + 7.5 y
    EXPECT_EQ(estimates_at(*tin, {{1, 1}, {2, 0}, {2, 2}, {0.5, 3}}).values,
              (std::vector<double>{20, 15, 30, 33.75}));
}

TEST(Tin, JoinsTheWesternmostOfFourOnACircle) {
    // The diagonal from (0, 0) to (1, 1), of the values 0 and 0, is taken.
    const model::Samples samples = samples_at({{1, 1}, {1, 0}, {0, 1}, {0, 0}}, {0, 8, 8, 0});
    EXPECT_EQ(estimates_at(*make_tin("tin", samples, {}), {{0.5, 0.5}, {0.75, 0.5}}).values,
              (std::vector<double>{0, 2}));
}

TEST(Tin, ReturnsTheSampleWhereASampleLies) {
    expect_samples_at_their_places("tin");
}

TEST(Tin, ReproducesPlanes) {
    expect_planes("tin");
}

TEST(Tin, EstimatesWithinTheHullOnly) {
    expect_estimates_within_the_hull("tin");
}

TEST(Tin, MovesAndTurnsWithTheSamples) {
    expect_to_move_with_the_samples("tin");
}

TEST(Tin, DoesNotDependOnAnyOrder) {
    expect_no_order_to_matter("tin");
}

TEST(Tin, SaysWhatItDid) {
    const auto tin = make_tin("tin", samples_at({{0, 0}, {4, 0}, {0, 4}, {5, 5}}, {1, 2, 3, 4}), {});
    EXPECT_EQ(tin->description().dump(-1), R"({"method": "tin", "samples": 4, "triangles": 2})");
}

TEST(Tin, RefusesWhatHasNoTriangles) {
    EXPECT_NE(error_of([] { make_tin("tin", samples_at({{0, 0}, {1, 1}}, {1, 2}), {}); }), "");
    EXPECT_NE(error_of([] { make_tin("tin", samples_at({{0, 0}, {1, 1}, {2, 2}}, {1, 2, 3}), {}); }), "");
    EXPECT_NE(error_of([] {
                  make_tin("tin:power=2", samples_at({{0, 0}, {1, 1}, {2, 0}}, {1, 2, 3}), {});
              }),
              "");
}

}  // namespace
}  // namespace isopleth::interpolate
