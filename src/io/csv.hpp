// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "model/layer.hpp"

namespace isopleth::io {

struct CsvOptions {
    std::string encoding;           ///< "" finds it
    std::optional<std::string> x;   ///< column of x or longitude; nullopt: found by name
    std::optional<std::string> y;
    std::optional<geo::Crs> crs;    ///< of the coordinates, when stated
    /// Columns that must be text although they look like numbers (codes with leading zeros are found by themselves).
    std::vector<std::string> text_columns;
};

/// A CSV, TSV or semicolon-separated table (RFC 4180; the separator found by itself). A column is integer or real when all its
/// present cells are plain numbers, else text; blank cells are missing; source text is kept. With coordinate columns (lon/lat, x/y,
/// 经度/纬度, 东/北 ..., WKT) rows become points; the coordinate columns stay. Cells NaN, inf or Infinity in an otherwise numeric
/// column are an Input error with line and column, as are ragged rows, a missing header, 0 bytes and binary bytes.
/// Latitude above 90 is an Input error; when swapping the two columns would put all points right, the hint says so by name.
/// `where` is the file as the user wrote it. Text in a mostly numeric column is kept as a text column: who needs numbers uses
/// model::number_column, whose message names line and column.
model::Layer parse_csv(std::string_view bytes, const std::string& where, const CsvOptions& options,
                       base::Findings& findings);

/// RFC 4180 with LF, header row, UTF-8 without BOM. Points get columns x and y at the end unless the layer already has the
/// coordinate columns it was read from and the CRS is unchanged; other geometry only with `wkt` (column wkt).
std::string format_csv(const model::Layer& layer, bool wkt);

}  // namespace isopleth::io
