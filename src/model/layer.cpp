// SPDX-License-Identifier: MIT
#include "model/layer.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace isopleth::model {

std::size_t Layer::row_count() const {
    if (!columns.empty()) return columns.front().size();
    return has_geometry ? geometry.size() : std::max(ids.size(), source.lines.size());
}

const Column* Layer::find(std::string_view column) const {
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [&](const Column& candidate) { return candidate.name() == column; });
    return found == columns.end() ? nullptr : &*found;
}

Column* Layer::find(std::string_view column) {
    return const_cast<Column*>(std::as_const(*this).find(column));
}

namespace {
base::Place place_of_layer(const Layer& layer) {
    base::Place place;
    place.file = layer.source.file;
    place.layer = layer.source.file.empty() ? layer.name : layer.source.layer;
    return place;
}
}  // namespace

const Column& Layer::column(std::string_view column) const {
    if (const Column* found = find(column)) return *found;
    const auto names = column_names();
    const std::string hint =
        names.empty() ? "It has no fields." : fmt::format("It has {}.", base::join(names, ", "));
    base::fail_usage(fmt::format("{} has no field {}{}", name.empty() ? "the table" : name, column,
                                 base::did_you_mean(column, names)),
                     hint, place_of_layer(*this));
}

std::vector<std::string> Layer::column_names() const {
    std::vector<std::string> names;
    for (const Column& column : columns) names.push_back(column.name());
    return names;
}

Column& Layer::add(Column column) {
    const bool has_rows = !columns.empty() || has_geometry || row_count() > 0;
    if (has_rows && column.size() != row_count()) {
        base::bug(fmt::format("column {} has {} rows, layer {} has {}", column.name(), column.size(), name,
                              row_count()));
    }
    if (find(column.name()) != nullptr)
        base::bug(fmt::format("layer {} has a column {} already", name, column.name()));
    return columns.emplace_back(std::move(column));
}

base::Place Layer::place_of(std::size_t row) const {
    base::Place place = place_of_layer(*this);
    if (row < source.lines.size()) {
        place.line = source.lines[row];
    } else {
        place.feature = row < ids.size() ? ids[row] : std::to_string(row + 1);
    }
    return place;
}

geo::Box Layer::bounds() const {
    geo::Box box;
    for (const geo::Geometry& shape : geometry) box.extend(geo::bounds(shape));
    return box;
}

std::string Layer::geometry_type() const {
    if (!has_geometry) return "none";
    std::string common;
    bool is_multiple = false;
    for (const geo::Geometry& shape : geometry) {
        if (geo::is_missing(shape)) continue;
        std::string_view type = geo::type_name(shape);
        if (type.starts_with("Multi")) {
            type.remove_prefix(std::string_view("Multi").size());
            is_multiple = true;
        }
        if (common.empty()) common = type;
        if (common != type) return "Geometry";
    }
    if (common.empty()) return "Geometry";
    return is_multiple ? "Multi" + common : common;
}

std::string free_name(const Layer& layer, const std::string& wanted) {
    std::string name = wanted;
    for (int number = 2; layer.find(name) != nullptr; ++number) name = fmt::format("{}_{}", wanted, number);
    return name;
}

Layer select_rows(const Layer& layer, const std::vector<std::size_t>& rows) {
    Layer selected;
    selected.name = layer.name;
    selected.has_geometry = layer.has_geometry;
    selected.crs = layer.crs;
    selected.source = layer.source;
    selected.source.lines.clear();
    for (const Column& column : layer.columns) {
        Column& taken = selected.columns.emplace_back(column.name(), column.type());
        taken.reserve(rows.size());
        for (const std::size_t row : rows) taken.append_from(column, row);
    }
    // Where rows are told by their count alone, the count in the source becomes their id.
    const bool has_lines = !layer.source.lines.empty();
    for (const std::size_t row : rows) {
        if (layer.has_geometry) selected.geometry.push_back(layer.geometry[row]);
        if (has_lines) selected.source.lines.push_back(layer.source.lines[row]);
        if (!layer.ids.empty()) {
            selected.ids.push_back(layer.ids[row]);
        } else if (!has_lines) {
            selected.ids.push_back(std::to_string(row + 1));
        }
    }
    return selected;
}

namespace {
[[noreturn]] void fail_number(const Layer& layer, const Column& column, std::size_t row) {
    base::Place place = layer.place_of(row);
    place.column = column.name();
    const bool has_comma = column.display(row).find(',') != std::string::npos;
    base::fail_input(fmt::format("\"{}\" is not a number", column.display(row)),
                     has_comma ? "Use a decimal point." : "Leave the cell blank where the value is missing.",
                     place);
}
}  // namespace

Column number_column(const Layer& layer, std::string_view name) {
    const Column& column = layer.column(name);
    if (column.is_number()) return column;
    Column numbers(column.name(), ColumnType::kReal);
    numbers.reserve(column.size());
    std::vector<std::string> texts(column.size());
    for (std::size_t row = 0; row < column.size(); ++row) {
        if (!column.is_present(row)) {
            numbers.append_missing();
            continue;
        }
        const auto text = column.text(row);
        const auto number = text ? base::parse_number(*text) : std::nullopt;
        if (!number) fail_number(layer, column, row);
        numbers.append(*number);
        texts[row] = std::string(base::trim(*text));
    }
    numbers.keep_source_text(std::move(texts));
    return numbers;
}

Layer transformed(const Layer& layer, const geo::Crs& to) {
    if (!layer.crs) {
        base::fail_data("the coordinate system is not known, so nothing can be transformed",
                        "State it with --crs, for example --crs EPSG:4326.", place_of_layer(layer));
    }
    Layer copy = layer;
    if (*layer.crs == to) return copy;
    copy.crs = to;
    const geo::Transform transform(*layer.crs, to);
    for (std::size_t row = 0; row < copy.geometry.size(); ++row) {
        base::at_place(layer.place_of(row),
                       [&] { copy.geometry[row] = transform.apply(std::move(copy.geometry[row])); });
    }
    return copy;
}

}  // namespace isopleth::model
