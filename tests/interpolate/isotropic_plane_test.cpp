// SPDX-License-Identifier: MIT
#include "interpolate/isotropic_plane.hpp"

#include <cmath>

namespace isopleth::interpolate {
namespace {

TEST(IsotropicPlane, KeepsDistancesAlongAndStretchesThoseAcross) {
    const IsotropicPlane plane(30, 0.4);
    // 30 degrees clockwise from north: east is sin 30, north cos 30.
    const geo::Point along = plane({std::sin(M_PI / 6), std::cos(M_PI / 6)});
    const geo::Point across = plane({std::cos(M_PI / 6), -std::sin(M_PI / 6)});
    EXPECT_NEAR(std::hypot(along.x, along.y), 1, 1e-15);
    EXPECT_NEAR(std::hypot(across.x, across.y), 2.5, 1e-14);
}

TEST(IsotropicPlane, LeadsBackToTheGround) {
    const IsotropicPlane plane(-50, 0.3);
    const geo::Point back = plane.back(plane({447123.25, 4417987.5}));
    EXPECT_NEAR(back.x, 447123.25, 1e-8);
    EXPECT_NEAR(back.y, 4417987.5, 1e-8);
}

TEST(IsotropicPlane, IsThePlaneItselfWithoutAnisotropy) {
    EXPECT_TRUE(IsotropicPlane().is_same());
    EXPECT_TRUE(IsotropicPlane(30, 1).is_same());
    EXPECT_EQ(IsotropicPlane()({3, 4}), (geo::Point{3, 4}));
    EXPECT_EQ(IsotropicPlane().back({3, 4}), (geo::Point{3, 4}));
}

}  // namespace
}  // namespace isopleth::interpolate
