// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/task.hpp"

namespace isopleth::pipeline {

/// Layers and rasters by name, without any file.
class MemoryDatasets : public Datasets {
public:
    std::shared_ptr<const model::Layer> layer(const std::string& name) override { return layers.at(name); }
    std::shared_ptr<const model::Raster> raster(const std::string& name) override { return rasters.at(name); }
    std::optional<geo::Crs> project_crs() const override { return in_project; }
    std::optional<geo::Crs> output_crs() const override { return in_output; }
    void note_input(const model::InputRecord& record) override { inputs.push_back(record); }

    void add(model::Layer layer) {
        const std::string name = layer.name;
        layers[name] = std::make_shared<const model::Layer>(std::move(layer));
    }

    std::map<std::string, std::shared_ptr<const model::Layer>> layers;
    std::map<std::string, std::shared_ptr<const model::Raster>> rasters;
    std::optional<geo::Crs> in_project;
    std::optional<geo::Crs> in_output;
    std::vector<model::InputRecord> inputs;
};

inline model::Column reals(const std::string& name, const std::vector<std::optional<double>>& values) {
    model::Column column(name, model::ColumnType::kReal);
    for (const auto& value : values) value ? column.append(*value) : column.append_missing();
    return column;
}

inline model::Column texts(const std::string& name, const std::vector<std::string>& values) {
    model::Column column(name, model::ColumnType::kText);
    for (const std::string& value : values) column.append(value);
    return column;
}

/// Points in a plane with the field "value".
inline model::Layer points(const std::string& name, const std::string& crs,
                           const std::vector<geo::Point>& places,
                           const std::vector<std::optional<double>>& values) {
    model::Layer layer;
    layer.name = name;
    layer.has_geometry = true;
    if (!crs.empty()) layer.crs = geo::Crs::parse(crs);
    for (const geo::Point& place : places) layer.geometry.emplace_back(place);
    layer.columns.push_back(reals("value", values));
    return layer;
}

/// Squares of side `side` with their lower left corners at `corners`, and the field "name".
inline model::Layer squares(const std::string& name, const std::string& crs, double side,
                            const std::vector<geo::Point>& corners, const std::vector<std::string>& names) {
    model::Layer layer;
    layer.name = name;
    layer.has_geometry = true;
    layer.crs = geo::Crs::parse(crs);
    for (const geo::Point& at : corners) {
        const geo::Path ring{
            {at.x, at.y}, {at.x + side, at.y}, {at.x + side, at.y + side}, {at.x, at.y + side}, at};
        layer.geometry.emplace_back(geo::Polygon{ring, {}});
    }
    layer.columns.push_back(texts("name", names));
    return layer;
}

}  // namespace isopleth::pipeline
