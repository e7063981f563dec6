// SPDX-License-Identifier: MIT
#include "pipeline/file_datasets.hpp"

#include "inspect/validity.hpp"
#include "io/dataset_name.hpp"
#include "io/gdal_raster.hpp"
#include "io/part_file.hpp"

namespace isopleth::pipeline {

void InputSettings::declare(base::ParameterList& list) {
    list.add("crs", crs, "CRS of every input that states none, such as EPSG:4326").called("CRS");
    list.add("x", x, "column of x or longitude in a CSV input").called("COLUMN");
    list.add("y", y, "column of y or latitude in a CSV input").called("COLUMN");
    list.add("encoding", encoding, "encoding of text inputs; found by itself when not given").called("NAME");
}

io::ReadOptions read_options(const InputSettings& settings) {
    io::ReadOptions options;
    if (settings.crs) options.crs = geo::Crs::parse(*settings.crs);
    options.csv.crs = options.crs;
    options.csv.x = settings.x;
    options.csv.y = settings.y;
    options.csv.encoding = settings.encoding;
    return options;
}

model::Layer read_checked(const std::string& name, const InputSettings& settings, base::Findings& findings) {
    model::Layer layer = io::read_layer(io::parse_dataset_name(name), read_options(settings), findings);
    inspect::check_coordinates(layer, findings);
    inspect::require_valid_polygons(layer);
    return layer;
}

std::shared_ptr<const model::Layer> FileDatasets::layer(const std::string& name) {
    model::Layer layer = read_checked(name, m_settings, m_findings);
    m_inputs.push_back({io::parse_dataset_name(name).file_name(), layer.source.sha256});
    m_bytes += static_cast<double>(io::stamp_of(io::parse_dataset_name(name).path).size);
    return std::make_shared<const model::Layer>(std::move(layer));
}

std::optional<geo::Crs> FileDatasets::stated_crs() const {
    if (!m_settings.crs) return std::nullopt;
    return geo::Crs::parse(*m_settings.crs);
}

void FileDatasets::note_raster(const io::DatasetName& dataset) {
    m_inputs.push_back({dataset.file_name(), io::sha256_of_file(dataset.path)});
    m_bytes += static_cast<double>(io::stamp_of(dataset.path).size);
}

std::shared_ptr<const model::Raster> FileDatasets::raster(const std::string& name) {
    const io::DatasetName dataset = io::parse_dataset_name(name);
    auto raster = std::make_shared<const model::Raster>(io::read_raster(dataset, stated_crs()));
    note_raster(dataset);
    return raster;
}

RasterSource FileDatasets::raster_source(const std::string& name) {
    const io::DatasetName dataset = io::parse_dataset_name(name);
    const auto crs = stated_crs();
    const io::RasterReader reader(dataset, crs);
    note_raster(dataset);
    // A reader serves one thread: each call has its own.
    const auto rows = [dataset, crs](std::size_t first, std::size_t count,
                                     const std::vector<std::size_t>& bands) {
        return io::RasterReader(dataset, crs).rows(first, count, bands);
    };
    return {reader.grid(), reader.crs(), reader.band_count(), reader.block_rows(), rows};
}

}  // namespace isopleth::pipeline
