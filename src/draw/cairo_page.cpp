// SPDX-License-Identifier: MIT
#include "draw/cairo_page.hpp"

#include "draw/body_geometry.hpp"
#include "draw/furniture.hpp"
#include "draw/labels.hpp"
#include "draw/mapnik_body.hpp"
#include "draw/page.hpp"
#include "draw/pencil.hpp"

#include <cstdint>

namespace isopleth::draw {
namespace {

constexpr double kHatchMm = 2.2;  ///< between the lines' crossings with a level one
constexpr style::Colour kHatchInk{0x33, 0x33, 0x33};

void hatch(const Pencil& pencil, const std::vector<geo::LineString>& lines, const PageLayout& layout) {
    pencil.inside(layout.map, [&] {
        for (const geo::LineString& line : lines) {
            const auto x = [&](geo::Point p) {
                return layout.map.x + (p.x - layout.map_box.min_x) / layout.metres_per_mm;
            };
            const auto y = [&](geo::Point p) {
                return layout.map.y + (layout.map_box.max_y - p.y) / layout.metres_per_mm;
            };
            pencil.move(x(line.path.front()), y(line.path.front()));
            pencil.line(x(line.path.back()), y(line.path.back()));
        }
        pencil.stroke(kHatchInk, 0.15);
    });
}

/// The band as a picture of its cells; invalid ones are transparent.
void draw_raster(const Pencil& pencil, const BodyLayer& layer, const PageLayout& layout) {
    const model::Raster& raster = *layer.raster;
    CellPicture picture;
    picture.columns = raster.grid.columns;
    picture.rows = raster.grid.rows;
    picture.x_mm = layout.map.x + (raster.grid.min_x - layout.map_box.min_x) / layout.metres_per_mm;
    picture.y_mm = layout.map.y + (layout.map_box.max_y - raster.grid.max_y) / layout.metres_per_mm;
    picture.cell_mm = raster.grid.cell / layout.metres_per_mm;
    picture.opacity = layer.style.opacity;
    picture.cells.reserve(raster.grid.count());
    for (std::size_t row = 0; row < raster.grid.rows; ++row) {
        for (std::size_t column = 0; column < raster.grid.columns; ++column) {
            const auto colour = style::colour_of(layer.style, raster.at(layer.band, row, column), "");
            picture.cells.push_back(colour ? 0xff000000u | static_cast<std::uint32_t>(colour->red) << 16 |
                                                 static_cast<std::uint32_t>(colour->green) << 8 | colour->blue
                                           : 0u);
        }
    }
    pencil.inside(layout.map, [&] { pencil.picture(picture); });
    const auto support = support_band_of(layer);
    if (support) hatch(pencil, hatch_of_zeros(raster, *support, kHatchMm * layout.metres_per_mm), layout);
}

void draw_page(cairo_t* context, const Scene& scene) {
    const Pencil pencil(context);
    const PageLayout layout = lay_out(scene);
    pencil.paint({255, 255, 255});
    std::size_t first = 0;
    for (std::size_t i = 0; i <= scene.layers.size(); ++i) {
        const bool raster = i < scene.layers.size() && scene.layers[i].raster;
        if (i < scene.layers.size() && !raster) continue;
        if (first < i) draw_vectors(context, scene, layout, first, i);
        if (raster) draw_raster(pencil, scene.layers[i], layout);
        first = i + 1;
    }
    draw_labels(context, scene, layout, place_labels(scene, layout));
    draw_title(pencil, scene.title, scene.subtitle, layout.title);
    draw_column(pencil, scene, layout);
    draw_footer(pencil, scene.footer, layout.footer);
}

}  // namespace

std::string render(const Scene& scene, Format format, double dpi, base::Instant made) {
    check(scene);
    Canvas canvas(format, {scene.page.width_mm, scene.page.height_mm, dpi}, scene.title, made);
    draw_page(canvas.context(), scene);
    return canvas.finish();
}

}  // namespace isopleth::draw
