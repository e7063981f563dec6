// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "geo/geometry.hpp"
#include "model/layer.hpp"
#include "model/raster.hpp"
#include "style/layer_style.hpp"
#include "style/legend.hpp"

namespace isopleth::draw {

/// One layer of the map: features or a raster's band, with its style. From back to front in a scene.
struct BodyLayer {
    std::shared_ptr<const model::Layer> features;  ///< one of the two is set
    std::shared_ptr<const model::Raster> raster;
    std::size_t band = 0;
    style::LayerStyle style;
};

struct TableColumn {
    std::string title;
    bool right_aligned = false;  ///< numbers
};

/// A small table beside the map. Rows are as long as `columns`; "" for a missing cell.
struct SideTable {
    std::string title;
    std::vector<TableColumn> columns;
    std::vector<std::vector<std::string>> rows;
};

/// The bottom line: "来源: ... | 制图日期 ... | CGCS2000 ... | 边界为示意 | 3f2a91c0"; empty parts are left
/// out.
struct Footer {
    std::string source;
    std::string date;  ///< as printed
    std::string crs;
    std::string note;  ///< "schematic boundaries", "synthetic data"
    std::string hash;  ///< short provenance hash
};

struct PageSize {
    double width_mm = 297;
    double height_mm = 210;
    bool landscape() const { return width_mm > height_mm; }
};
inline constexpr PageSize kA4Landscape{297, 210};
inline constexpr PageSize kA4Portrait{210, 297};

/// Everything on one page, as a value. All layers are in one metric CRS.
struct Scene {
    PageSize page;
    std::string title;     ///< may hold "PM2.5", "SO2", "m3": set with subscripts by the renderer
    std::string subtitle;  ///< unit, method, standard
    std::vector<BodyLayer> layers;
    std::optional<geo::Box> extent;  ///< nullopt: the bounds of all layers with 6 % air
    std::vector<style::LegendBlock> legend;
    std::optional<SideTable> table;
    std::vector<std::string> notes;
    Footer footer;
    bool north_arrow = true;
};

/// The class or category of each feature by its number; 0 for single styles; nullopt: missing or of no class.
/// An Input error for text in a field that must be a number.
std::vector<std::optional<std::size_t>> classes_of(const BodyLayer& layer);
/// How the layer's legend and rules show it: by its first geometry.
style::SymbolGeometry geometry_of(const BodyLayer& layer);

/// The raster's band "supported", where it has one and its first band, the estimate, is shown: cells of 0 in
/// it are hatched.
std::optional<std::size_t> support_band_of(const BodyLayer& layer);

/// What a map writes for each row of a field: as the source wrote it; computed numbers all with the decimals
/// they need, two at most. Empty texts for missing cells, and for all rows when the field is "".
std::vector<std::string> map_texts(const model::Layer& layer, const std::string& field);

/// The layer's legend with the number of features in each class (rasters are not counted).
style::LegendBlock legend_of(const BodyLayer& layer);
/// Legends of the scene's layers that want one, the front layer's first.
std::vector<style::LegendBlock> legends_of(const std::vector<BodyLayer>& layers);

/// Bounds of the scene's layers, or its extent. A Data error when nothing has a geometry.
geo::Box map_extent(const Scene& scene);

/// Bugs and data that cannot be drawn: a layer without CRS or not in metres, two CRSs in one scene, an
/// unknown field (Usage error with the nearest name), contradicting styles.
void check(const Scene& scene);

/// The scene as text, line by line, for tests and for readers who don't see: title, layers with their classes
/// and every feature's class and label, legend, table, notes, footer. Same scene, same text.
std::string to_text(const Scene& scene);

}  // namespace isopleth::draw
