// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/geometry.hpp"

namespace isopleth::geo {

/// The shifted coordinates of Chinese map services: GCJ-02 (Amap, Tencent) and BD-09 (Baidu), 300 to 700 m
/// off WGS84. GCJ-02 has no official public definition: this is the formula that open implementations share;
/// the services' own values differ from it by about 0.7 m.
enum class ChinaDatum { kGcj02, kBd09 };

/// "gcj02" and "bd09", in the order of the enumeration.
const std::vector<std::string>& china_datum_names();
/// nullopt for any other name.
std::optional<ChinaDatum> parse_china_datum(std::string_view name);

/// Longitude and latitude in degrees. Outside the box of the shift (72.004-137.8347 E, 0.8293-55.8271 N)
/// GCJ-02 is WGS84.
Point from_wgs84(ChinaDatum datum, Point wgs84);
/// The inverse of from_wgs84 by fixed-point iteration: from_wgs84 of the result is `shifted` to 1e-12 degrees
/// inside China. (The one-step inverse that is in use elsewhere is off by up to 3.4 m in Beijing.)
Point to_wgs84(ChinaDatum datum, Point shifted);

}  // namespace isopleth::geo
