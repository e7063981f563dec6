// SPDX-License-Identifier: MIT
#include "draw/mapnik_body.hpp"

#include "base/error.hpp"
#include "small_city.hpp"

namespace isopleth::draw {
namespace {

TEST(MapnikBody, RefusesARasterAmongVectorLayers) {
    Scene scene = small_scene();
    scene.layers[1] = {nullptr, small_surface(), 0,
                       style::raster_style(style::Breaks::given({38, 39, 40, 41}), "YlOrBr")};
    const PageLayout layout = lay_out(scene);
    EXPECT_THROW(draw_vectors(nullptr, scene, layout, 0, 2), base::Error);
}

}  // namespace
}  // namespace isopleth::draw
