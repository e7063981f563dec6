// SPDX-License-Identifier: MIT
#include "io/gdal_geopackage.hpp"

#include "io/part_file.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

namespace isopleth::io {
namespace {

model::Layer table(const std::string& name, int rows) {
    model::Layer layer;
    layer.name = name;
    model::Column column("n", model::ColumnType::kInteger);
    for (int i = 0; i < rows; ++i) column.append(std::int64_t{i});
    layer.add(std::move(column));
    return layer;
}

TEST(GdalGeopackage, SameLayersAndTimeGiveTheSameBytes) {
    const auto stem = testing::TempDir() + "geopackage_" + std::to_string(::getpid());
    const auto left = table("left", 3);
    const auto right = table("right", 12001);  // more than one batch
    WriteOptions options;
    options.overwrite = true;
    options.provenance.time = base::Instant{1782864000};
    std::string bytes;
    for (int run = 0; run < 2; ++run) {
        write_geopackage(stem + ".gpkg", {&left, &right}, {{"left", "plain", "<qgis/>", ""}}, options, {});
        const auto now = read_bytes(stem + ".gpkg");
        if (run == 0) {
            bytes = now;
            ::sleep(1);
        }
        EXPECT_EQ(now == bytes, true);
    }
    base::Findings findings;
    EXPECT_EQ(read_layer({stem + ".gpkg", "right"}, {}, findings).row_count(), 12001u);
    EXPECT_EQ(read_layer({stem + ".gpkg", "layer_styles"}, {}, findings).column("styleQML").text(0),
              "<qgis/>");
    const auto info = inspect_dataset({stem + ".gpkg", ""}, {}, findings);
    EXPECT_EQ(info.layers.size(), 2u);
    EXPECT_EQ(info.provenance["program"].string_or(""), "isopleth");
    remove_file(stem + ".gpkg");
}

}  // namespace
}  // namespace isopleth::io
