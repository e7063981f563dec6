// SPDX-License-Identifier: MIT
#include "draw/labels.hpp"

#include "small_city.hpp"

namespace isopleth::draw {
namespace {

TEST(Labels, LeaveNoStreetAndNoStationOut) {
    const Scene scene = small_scene();
    const auto labels = place_labels(scene, lay_out(scene));
    ASSERT_EQ(labels.size(), 6u);
    EXPECT_EQ(labels[0].text, "3 永定门外街道");
    EXPECT_EQ(labels[0].second_line, "38.2");
    EXPECT_EQ(labels[3].text, "和平里街道");  // without a rank
}

TEST(Labels, SitInsideTheirStreets) {
    const Scene scene = small_scene();
    const auto labels = place_labels(scene, lay_out(scene));
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(geo::side_of(scene.layers[0].features->geometry[i], labels[i].centre), geo::Side::kInside);
        EXPECT_FALSE(labels[i].leader.has_value());
    }
}

TEST(Labels, TakeALeaderLineWhereTheStreetIsTooSmall) {
    Scene scene = small_scene();
    auto streets = std::make_shared<model::Layer>(*small_streets());
    streets->geometry[0] = geo::Polygon{{{0, 0}, {200, 0}, {200, 200}, {0, 200}, {0, 0}}, {}};
    scene.layers[0].features = streets;
    const auto labels = place_labels(scene, lay_out(scene));
    ASSERT_EQ(labels.size(), 6u);
    EXPECT_TRUE(labels[0].leader.has_value());
}

TEST(Labels, AreAsWideAsTheirLetters) {
    EXPECT_NEAR(text_width_mm("东城", 72), 2 * 25.4, 1e-9);
}

}  // namespace
}  // namespace isopleth::draw
