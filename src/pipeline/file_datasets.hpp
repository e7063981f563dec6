// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

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
    explicit FileDatasets(InputSettings settings) : m_settings(std::move(settings)) {}
    std::shared_ptr<const model::Layer> layer(const std::string& name) override;
    std::shared_ptr<const model::Raster> raster(const std::string& name) override;
    std::optional<geo::Crs> project_crs() const override { return std::nullopt; }

    const base::Findings& findings() const { return m_findings; }
    const std::vector<model::InputRecord>& inputs() const { return m_inputs; }

private:
    InputSettings m_settings;
    base::Findings m_findings;
    std::vector<model::InputRecord> m_inputs;
};

/// A layer or table as every task gets it: read, its coordinates and polygons checked.
model::Layer read_checked(const std::string& name, const InputSettings& settings, base::Findings& findings);

}  // namespace isopleth::pipeline
