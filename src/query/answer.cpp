// SPDX-License-Identifier: MIT
#include "query/answer.hpp"

#include "base/text.hpp"
#include "base/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace isopleth::query {

namespace {

using Geometries = std::unique_ptr<BlobGeometry>;

bool is_geometry(const AnswerColumn& column) {
    bool has_geometry = column.declared_type == "GEOMETRY";
    for (const Cell& cell : column.cells) {
        if (std::holds_alternative<Geometries>(cell)) {
            has_geometry = true;
        } else if (!std::holds_alternative<std::monostate>(cell)) {
            return false;
        }
    }
    return has_geometry;
}

/// Position of the column that becomes the layer's geometry; the columns' number where there is none.
std::size_t find_geometry(const std::vector<AnswerColumn>& columns) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (!is_geometry(columns[i])) continue;
        if (base::to_lower_ascii(columns[i].name) == "geom") return i;
        found.push_back(i);
    }
    return found.size() == 1 ? found.front() : columns.size();
}

model::ColumnType declared(const std::string& type) {
    if (type == "INTEGER") return model::ColumnType::kInteger;
    if (type == "REAL") return model::ColumnType::kReal;
    if (type == "BOOLEAN") return model::ColumnType::kBoolean;
    return model::ColumnType::kText;
}

model::ColumnType type_of(const AnswerColumn& column) {
    bool has_integer = false;
    bool has_real = false;
    bool is_truth = column.declared_type == "BOOLEAN";
    for (const Cell& cell : column.cells) {
        if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
            has_integer = true;
            is_truth = is_truth && (*integer == 0 || *integer == 1);
        } else if (std::holds_alternative<double>(cell)) {
            has_real = true;
        } else if (!std::holds_alternative<std::monostate>(cell)) {
            return model::ColumnType::kText;
        }
    }
    if (has_real) return model::ColumnType::kReal;
    if (has_integer) return is_truth ? model::ColumnType::kBoolean : model::ColumnType::kInteger;
    return declared(column.declared_type);
}

struct ToText {
    std::string operator()(std::monostate) const { return ""; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(double value) const { return base::shortest(value); }
    std::string operator()(const std::string& value) const { return value; }
    std::string operator()(const Geometries& value) const { return to_wkt(value->geometry); }
};

void append_cell(model::Column& column, const Cell& cell) {
    const auto* integer = std::get_if<std::int64_t>(&cell);
    const auto* real = std::get_if<double>(&cell);
    if (real != nullptr && !std::isfinite(*real)) {
        base::fail_data(
            fmt::format("row {} of column {} of the result is infinite", column.size() + 1, column.name()));
    }
    if (std::holds_alternative<std::monostate>(cell)) {
        column.append_missing();
    } else if (column.type() == model::ColumnType::kText) {
        column.append(std::visit(ToText{}, cell));
    } else if (column.type() == model::ColumnType::kBoolean) {
        column.append_boolean(*integer != 0);
    } else if (integer != nullptr) {
        column.append(*integer);
    } else {
        column.append(*real);
    }
}

model::Column to_column(const AnswerColumn& source, std::string name) {
    model::Column column(std::move(name), type_of(source));
    column.reserve(source.cells.size());
    for (const Cell& cell : source.cells) append_cell(column, cell);
    return column;
}

void take_geometry(model::Layer& layer, AnswerColumn& source, const std::function<geo::Crs(int)>& crs_of) {
    layer.has_geometry = true;
    std::set<int> srids;
    for (Cell& cell : source.cells) {
        auto* geometry = std::get_if<Geometries>(&cell);
        if (geometry == nullptr) {
            layer.geometry.emplace_back();
            continue;
        }
        srids.insert((*geometry)->srid);
        layer.geometry.push_back(std::move((*geometry)->geometry));
    }
    if (srids.size() > 1) {
        base::fail_data(fmt::format("the geometries of column {} of the result are in {} different CRSs",
                                    source.name, srids.size()),
                        "Bring them into one with ST_Transform(geometry, EPSG code).");
    }
    if (!srids.empty() && *srids.begin() > 0) layer.crs = crs_of(*srids.begin());
}

}  // namespace

model::Layer to_layer(std::vector<AnswerColumn> columns, const std::function<geo::Crs(int)>& crs_of) {
    model::Layer layer;
    layer.name = "query";
    const std::size_t geometry = find_geometry(columns);
    if (geometry < columns.size()) take_geometry(layer, columns[geometry], crs_of);
    std::set<std::string> names;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i == geometry) continue;
        std::string name = columns[i].name;
        for (int n = 2; !names.insert(name).second; ++n) name = fmt::format("{}_{}", columns[i].name, n);
        layer.add(to_column(columns[i], std::move(name)));
    }
    return layer;
}

}  // namespace isopleth::query
