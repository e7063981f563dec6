// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/csv.hpp"
#include "model/layer.hpp"

namespace isopleth::io {

/// Positions of the coordinate columns of a table.
struct CoordinateColumns {
    std::size_t x = 0;
    std::size_t y = 0;
    bool is_lon_lat = false;  ///< said by the names: lon/lat, 经度/纬度
};

/// The columns stated in `options`, else the first pair of usual names (lon/lat, x/y, 经度/纬度, 东/北 ...),
/// nullopt when there is none. A Usage error when a stated column is absent or only one of the two is stated.
std::optional<CoordinateColumns> find_coordinate_columns(const std::vector<std::string>& names,
                                                         const CsvOptions& options);

/// Turns a table with coordinate columns or a column of WKT into features; other tables stay tables.
/// Input errors: text that is no number, latitude above 90 (the hint names the two columns when they are
/// swapped).
void place_rows(model::Layer& table, const CsvOptions& options);

/// WKT with the shortest coordinates that read back the same; "" for a missing geometry.
std::string to_wkt(const geo::Geometry& geometry);
/// The types of geo::Geometry; nullopt for anything else. Empty geometries are missing ones.
std::optional<geo::Geometry> parse_wkt(std::string_view text);

}  // namespace isopleth::io
