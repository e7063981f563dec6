// SPDX-License-Identifier: MIT
#include "interpolate/sample_mesh.hpp"

#include "sample_points.hpp"

namespace isopleth::interpolate {
namespace {

TEST(SampleMesh, HasTheValueOfEachPoint) {
    const SampleMesh samples = triangulate(samples_at({{0, 0}, {9, 1}, {2, 8}, {7, 7}}, {4, 5, 6, 7}));
    EXPECT_EQ(samples.mesh.size(), 2U);
    EXPECT_EQ(samples.mesh.points()[2], (geo::Point{2, 8}));
    EXPECT_EQ(samples.values, (std::vector<double>{4, 5, 6, 7}));
}

TEST(SampleMesh, NeedsThreeSamples) {
    EXPECT_EQ(error_of([] {
                  triangulate(samples_at({{0, 0}}, {1}));
              }),
              "1 sample with a pm25 value; a triangulation needs 3. Use --method idw.");
    EXPECT_EQ(error_of([] {
                  triangulate(samples_at({{0, 0}, {1, 1}}, {1, 2}));
              }),
              "2 samples with a pm25 value; a triangulation needs 3. Use --method idw.");
    triangulate(samples_at({{0, 0}, {1, 1}, {2, 0}}, {1, 2, 3}));
}

TEST(SampleMesh, NeedsASampleBesideTheLine) {
    std::vector<geo::Point> points;
    for (int i = 0; i < 7; ++i) points.push_back({450000 + 0.1 * i, 4420000 + 0.3 * i});
    const std::vector<double> values(7, 1);
    EXPECT_EQ(
        error_of([&] { triangulate(samples_at(points, values)); }),
        "all 7 samples lie on one line, which tells nothing of the places beside it. Add samples beside "
        "the line, or use --method idw.");
    points.back().x += 0.01;
    triangulate(samples_at(points, values));
}

TEST(SampleMesh, RefusesOptions) {
    check_no_options("tin");
    EXPECT_EQ(error_of([] { check_no_options("tin:neighbours=3"); }),
              "unknown option neighbours of tin. It takes none.");
}

}  // namespace
}  // namespace isopleth::interpolate
