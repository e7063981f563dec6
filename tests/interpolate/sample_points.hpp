// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/random.hpp"
#include "interpolate/interpolator.hpp"
#include "model/samples.hpp"

namespace isopleth::interpolate {

/// Samples of the field "pm25", in metres; `errors` are the standard errors of the measurements, or empty.
inline model::Samples samples_at(const std::vector<geo::Point>& points, const std::vector<double>& values,
                                 const std::vector<double>& errors = {}) {
    model::Layer layer;
    layer.name = "stations";
    layer.has_geometry = true;
    layer.geometry.assign(points.begin(), points.end());
    layer.crs = geo::Crs::parse("EPSG:4548");
    model::Column column("pm25", model::ColumnType::kReal);
    for (const double value : values) column.append(value);
    layer.columns = {column};
    if (errors.empty()) return model::Samples::gather(layer, "pm25");
    model::Column error("error", model::ColumnType::kReal);
    for (const double one : errors) error.append(one);
    layer.columns.push_back(error);
    return model::Samples::gather(layer, "pm25", model::Duplicates::kRefuse, "error");
}

struct Estimates {
    std::vector<double> values;
    std::vector<double> errors;
    std::vector<std::uint8_t> valid;
};

inline Estimates estimates_at(const Interpolator& interpolator, const std::vector<geo::Point>& places) {
    Estimates result{std::vector<double>(places.size()),
                     std::vector<double>(interpolator.has_standard_error() ? places.size() : 0),
                     std::vector<std::uint8_t>(places.size())};
    interpolator.estimate(places, result.values, result.errors, result.valid);
    return result;
}

/// `count` places in a square of that side, the same each time.
inline std::vector<geo::Point> scattered(std::size_t count, double side, std::uint64_t seed) {
    std::vector<geo::Point> points;
    for (std::size_t i = 0; i < count; ++i) {
        points.push_back({side * base::random_uniform(seed, i, 0), side * base::random_uniform(seed, i, 1)});
    }
    return points;
}

/// A smooth field with noise.
inline std::vector<double> field_at(const std::vector<geo::Point>& points, std::uint64_t seed) {
    std::vector<double> values;
    for (std::size_t i = 0; i < points.size(); ++i) {
        values.push_back(40 + 10 * std::sin(points[i].x / 300) * std::cos(points[i].y / 200) +
                         base::random_uniform(seed, i, 2));
    }
    return values;
}

/// The whole sentence of the error that `work` throws, or "".
template <class Work>
std::string error_of(Work&& work) {
    try {
        work();
    } catch (const base::Error& error) {
        return error.what();
    }
    return {};
}

}  // namespace isopleth::interpolate
