// SPDX-License-Identifier: MIT
#include "interpolate/singular_system.hpp"

#include "sample_points.hpp"

namespace isopleth::interpolate {
namespace {

std::string failure(const std::vector<geo::Point>& points, const Structure& structure) {
    const Neighbourhood samples(points, std::vector<double>(points.size()), {});
    const KrigingSetup setup{.model = {0, {structure}}};
    return error_of([&] { fail_singular(samples, setup, {"a", "b", "c"}, "of 3 samples"); });
}

TEST(SingularSystem, NamesTheSamplesThatLieTogether) {
    EXPECT_EQ(failure({{9, 0}, {0, 0}, {9, 1e-7}}, {Shape::kExponential, 1, 100}),
              "the kriging system of 3 samples is singular: samples a and c are only 1e-07 m apart. "
              "Leave one of them out.");
}

TEST(SingularSystem, BlamesASmoothModelWithoutANugget) {
    EXPECT_EQ(
        failure({{9, 0}, {0, 0}, {9, 5}}, {Shape::kGaussian, 1, 5000}),
        "the kriging system of 3 samples is singular: a gau model of range 5000 m has next to no nugget. "
        "Give a nugget, or use model=exp, sph, or --method idw.");
}

TEST(SingularSystem, BlamesALongRange) {
    EXPECT_EQ(failure({{9, 0}, {0, 0}, {9, 5}}, {Shape::kExponential, 1, 1e8}),
              "the kriging system of 3 samples is singular: its range of 100000000 m is too long. "
              "Give a nugget, or use model=exp, sph, or --method idw.");
}

}  // namespace
}  // namespace isopleth::interpolate
