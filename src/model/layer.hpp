// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "geo/crs.hpp"
#include "geo/geometry.hpp"
#include "model/column.hpp"

namespace isopleth::model {

/// Where a layer's rows come from, so that a message can name file, layer and line or feature.
struct Source {
    std::string file;               ///< as the user wrote it
    std::string layer;
    std::string encoding;           ///< "GB18030", "UTF-8 with BOM", or "" where the format settles it
    std::string sha256;             ///< of the file's bytes; "" for what was computed
    std::vector<std::int64_t> lines;  ///< line of each row for text files; empty else
};

/// Features: columns and, for each row, a geometry; a plain table has `has_geometry` false and no geometries.
/// All columns and `geometry` have the same length. Rows keep the order of their source.
struct Layer {
    std::string name;
    std::vector<Column> columns;
    bool has_geometry = false;
    std::vector<geo::Geometry> geometry;
    std::optional<geo::Crs> crs;
    std::vector<std::string> ids;  ///< the source's feature ids; empty: rows are counted from 1
    Source source;

    std::size_t row_count() const;
    /// nullptr when there is none of that exact name.
    const Column* find(std::string_view column) const;
    Column* find(std::string_view column);
    /// A Usage error that names layer, field and the nearest field's name.
    const Column& column(std::string_view name) const;
    std::vector<std::string> column_names() const;
    /// Adds a column; its length must be the layer's, else a bug. Its name must be free.
    Column& add(Column column);

    /// Place of a row for messages: file, layer, line or feature id.
    base::Place place_of(std::size_t row) const;
    geo::Box bounds() const;
    /// One type name if all present geometries share it ("Polygon" and "MultiPolygon" give "MultiPolygon"), else "Geometry";
    /// "none" for a table.
    std::string geometry_type() const;
};

/// The rows of `layer` in that order (may repeat), with all that belongs to them.
Layer select_rows(const Layer& layer, const std::vector<std::size_t>& rows);

/// `wanted`, or "wanted_2", "wanted_3" ... where the layer has a column of that name.
std::string free_name(const Layer& layer, const std::string& wanted);

/// A number column, or an Input error with place and text of the first cell that is not one (a text column whose present
/// cells all read as numbers is converted). A Usage error with the nearest name when the field is absent.
Column number_column(const Layer& layer, std::string_view name);

/// A copy in another CRS; a Data error when the layer has none ("state it with --crs").
Layer transformed(const Layer& layer, const geo::Crs& to);

}  // namespace isopleth::model
