// SPDX-License-Identifier: MIT
#include "pipeline/convert_task.hpp"

#include "geo/datum_china.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace isopleth::pipeline {

namespace {

constexpr double kEarthRadius = 6371008.8;  // metres, mean; good to say how far the places moved

double metres_between(geo::Point a, geo::Point b) {
    constexpr double kRadians = 3.14159265358979323846 / 180;
    const double east = (a.x - b.x) * std::cos((a.y + b.y) / 2 * kRadians);
    return std::hypot(east, a.y - b.y) * kRadians * kEarthRadius;
}

/// Number columns that hold x or y of every point: after the shift they would pass for the new places.
std::vector<std::size_t> coordinate_columns(const model::Layer& layer) {
    const auto holds = [&](const model::Column& column, double geo::Point::*axis) {
        bool any = false;
        for (std::size_t row = 0; row < layer.row_count(); ++row) {
            const auto* point = std::get_if<geo::Point>(&layer.geometry[row]);
            if (point == nullptr) continue;
            if (!column.is_present(row) || column.number(row) != point->*axis) return false;
            any = true;
        }
        return any;
    };
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < layer.columns.size(); ++i) {
        const model::Column& column = layer.columns[i];
        if (column.is_number() && (holds(column, &geo::Point::x) || holds(column, &geo::Point::y)))
            found.push_back(i);
    }
    return found;
}

/// The old coordinates stay, under a name that says what they are.
base::Json rename_coordinates(model::Layer& layer, const std::string& datum) {
    base::Json renamed = base::Json::array();
    for (const std::size_t i : coordinate_columns(layer)) {
        const std::string old = layer.columns[i].name();
        const std::string name = old + "_" + datum;
        if (old.find(datum) != std::string::npos || layer.find(name) != nullptr) continue;
        layer.columns[i].rename(name);
        renamed.push(fmt::format("{} as {}", old, name));
    }
    return renamed;
}

/// Longitudes and latitudes of `layer`, whatever its CRS; one without CRS is taken to hold them.
model::Layer in_degrees(const model::Layer& layer) {
    if (layer.crs && !layer.crs->is_geographic()) return model::transformed(layer, geo::Crs::wgs84());
    const geo::Box box = layer.bounds();
    if (!box.empty() && (box.min_x < -180 || box.max_x > 180 || box.min_y < -90 || box.max_y > 90)) {
        base::fail_input(
            fmt::format("the coordinates reach {}, {}: these are no degrees", box.max_x, box.max_y),
            "State the CRS that they are in with --crs.", layer.place_of(0));
    }
    return layer;
}

/// `layer` without the shift of `name`, in its own CRS, or WGS84 where it states none.
model::Layer unshifted(const model::Layer& layer, const std::string& name, base::Json& summary) {
    if (!layer.has_geometry) {
        base::fail_input("there is no geometry to shift back",
                         "Name the coordinate columns with --x and --y.",
                         base::Place{.file = layer.source.file, .layer = layer.source.layer});
    }
    const geo::ChinaDatum datum = *geo::parse_china_datum(name);
    model::Layer result = in_degrees(layer);
    base::Json renamed = rename_coordinates(result, name);
    double farthest = 0;
    std::size_t unmoved = 0;
    for (geo::Geometry& geometry : result.geometry) {
        geo::for_each_point(geometry, [&](geo::Point& point) {
            const geo::Point shifted = point;
            point = geo::to_wgs84(datum, point);
            farthest = std::max(farthest, metres_between(point, shifted));
            if (point == shifted) ++unmoved;
        });
    }
    if (!layer.crs) result.crs = geo::Crs::wgs84();
    if (layer.crs && !layer.crs->is_geographic()) result = model::transformed(result, *layer.crs);
    summary.set("from", name).set("largest_shift_removed", fmt::format("{:.0f} m", farthest));
    if (unmoved > 0) summary.set("outside_china", static_cast<std::int64_t>(unmoved));
    if (!renamed.items().empty()) summary.set("renamed", std::move(renamed));
    return result;
}

}  // namespace

void ConvertTask::declare(base::ParameterList& list) {
    list.add("input", input, "layer to convert").required().at(0).dataset().called("INPUT");
    list.add("from", from, "datum of shifted coordinates of Chinese map services: the result is WGS84")
        .one_of(geo::china_datum_names())
        .called("DATUM");
}

Outcome ConvertTask::run(Datasets& datasets, const base::Job&) {
    Outcome outcome;
    model::Layer layer = *datasets.layer(input);
    if (from) layer = unshifted(layer, *from, outcome.summary);
    outcome.summary.set("features", layer.row_count()).set("geometry", layer.geometry_type());
    if (layer.crs) outcome.summary.set("crs", layer.crs->code());
    if (!layer.source.encoding.empty()) outcome.summary.set("encoding", layer.source.encoding);
    outcome.product = std::move(layer);
    return outcome;
}

}  // namespace isopleth::pipeline
