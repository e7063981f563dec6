// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "io/gdal_vector.hpp"
#include "pipeline/task.hpp"

namespace isopleth::pipeline {

/// How inputs are read: the options that every command shares.
struct InputSettings {
    std::optional<std::string> crs;
    std::optional<std::string> x;
    std::optional<std::string> y;
    std::string encoding;

    void declare(base::ParameterList& list);
};

/// Reads files by their names, checks them, and remembers what was read for the provenance.
class FileDatasets : public Datasets {
public:
    explicit FileDatasets(InputSettings settings, std::optional<geo::Crs> output_crs = std::nullopt)
        : m_settings(std::move(settings)), m_output_crs(std::move(output_crs)) {}
    std::shared_ptr<const model::Layer> layer(const std::string& name) override;
    std::shared_ptr<const model::Raster> raster(const std::string& name) override;
    RasterSource raster_source(const std::string& name) override;
    /// A metric CRS asked for the output is the one to measure in, too.
    std::optional<geo::Crs> project_crs() const override {
        return m_output_crs && m_output_crs->is_metric() ? m_output_crs : std::nullopt;
    }
    std::optional<geo::Crs> output_crs() const override { return m_output_crs; }
    void note_input(const model::InputRecord& record) override { m_inputs.push_back(record); }

    const base::Findings& findings() const { return m_findings; }
    const std::vector<model::InputRecord>& inputs() const { return m_inputs; }
    /// Of the files read.
    double bytes() const { return m_bytes; }

private:
    std::optional<geo::Crs> stated_crs() const;
    void note_raster(const io::DatasetName& dataset);

    InputSettings m_settings;
    std::optional<geo::Crs> m_output_crs;
    base::Findings m_findings;
    std::vector<model::InputRecord> m_inputs;
    double m_bytes = 0;
};

/// The options of a reader that the settings mean.
io::ReadOptions read_options(const InputSettings& settings);

/// A layer or table as every task gets it: read, its coordinates and polygons checked.
model::Layer read_checked(const std::string& name, const InputSettings& settings, base::Findings& findings);

}  // namespace isopleth::pipeline
