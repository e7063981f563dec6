// SPDX-License-Identifier: MIT
#include "draw/furniture.hpp"

#include "draw/canvas.hpp"
#include "small_city.hpp"

namespace isopleth::draw {
namespace {

template <class Draw>
std::string svg(const Scene& scene, Draw draw) {
    Canvas canvas(Format::kSvg, {scene.page.width_mm, scene.page.height_mm, 100}, "", base::Instant{});
    draw(Pencil(canvas.context()));
    return canvas.finish();
}

/// Cairo writes one <use> for each glyph that it draws.
std::size_t glyphs(const std::string& drawing) {
    std::size_t count = 0;
    for (std::size_t at = drawing.find("<use "); at != std::string::npos; at = drawing.find("<use ", at + 1))
        ++count;
    return count;
}

std::size_t column_glyphs(const Scene& scene) {
    return glyphs(svg(scene, [&](const Pencil& pencil) { draw_column(pencil, scene, lay_out(scene)); }));
}

TEST(Furniture, WritesTitleAndSubtitle) {
    Scene scene = small_scene();
    scene.title = "abcd";
    scene.subtitle = "efghij";
    EXPECT_EQ(glyphs(svg(scene,
                         [&](const Pencil& pencil) {
                             draw_title(pencil, scene.title, scene.subtitle, lay_out(scene).title);
                         })),
              10U);
}

TEST(Furniture, LeavesBlankPartsOutOfTheFooter) {
    const Scene scene = small_scene();
    const auto footer_glyphs = [&](const Footer& footer) {
        return glyphs(
            svg(scene, [&](const Pencil& pencil) { draw_footer(pencil, footer, lay_out(scene).footer); }));
    };
    Footer footer;
    footer.source = "abc";
    const std::size_t one = footer_glyphs(footer);
    EXPECT_EQ(one, 3U);
    footer.note = "de";
    EXPECT_GT(footer_glyphs(footer), one + 2);  // a bar between them
}

TEST(Furniture, WritesNotesUnderTheLegend) {
    Scene scene = small_scene();
    scene.notes.clear();
    const std::size_t without = column_glyphs(scene);
    scene.notes = {"abcdef"};
    EXPECT_EQ(column_glyphs(scene), without + 6);
}

TEST(Furniture, WritesAsManyRowsAsThereIsRoomFor) {
    Scene scene = small_scene();
    scene.table = SideTable{};
    scene.table->columns = {{"t", false}};
    scene.table->rows = {{"x"}, {"y"}};
    const std::size_t two = column_glyphs(scene);
    scene.table->rows.push_back({"z"});
    EXPECT_EQ(column_glyphs(scene), two + 1);
    // 1000 rows are higher than any page: their number is said instead.
    scene.table->rows.assign(1000, {"x"});
    EXPECT_LT(column_glyphs(scene), two + 150);
}

}  // namespace
}  // namespace isopleth::draw
