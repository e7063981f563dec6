// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "model/layer.hpp"
#include "query/spatialite_blob.hpp"

namespace isopleth::query {

/// A value as SQL gives it; monostate is NULL.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string, std::unique_ptr<BlobGeometry>>;

struct AnswerColumn {
    std::string name;
    std::string declared_type;  ///< "INTEGER", "BOOLEAN", "GEOMETRY" ... of a table's own column, else ""
    std::vector<Cell> cells;
};

/// The rows of a statement as a layer called "query". A column is integer, real or text by its values (mixed
/// numbers are real, else mixed is text), by its declared type where all are NULL. The column of geometries
/// called "geom", or the only one, is the layer's geometry; others become WKT. A second column of a name gets
/// "_2". `crs_of` gives the CRS of an SRID above 0. Data errors: an infinite number; geometries of two CRSs
/// in one column.
model::Layer to_layer(std::vector<AnswerColumn> columns, const std::function<geo::Crs(int)>& crs_of);

}  // namespace isopleth::query
