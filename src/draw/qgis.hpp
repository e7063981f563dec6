// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "style/layer_style.hpp"
#include "style/legend.hpp"

namespace isopleth::draw {

/// A QGIS 3.22 layer style (QML text, as in a .qml file or a GeoPackage's `layer_styles.styleQML`) that shows
/// the same classes, colours and labels as the map.
std::string qml(const style::LayerStyle& style, style::SymbolGeometry geometry);

}  // namespace isopleth::draw
