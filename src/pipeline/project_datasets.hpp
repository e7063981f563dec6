// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>

#include "pipeline/project.hpp"
#include "pipeline/task.hpp"

namespace isopleth::pipeline {

/// What the steps of a project make, computed when first asked for and kept.
class ProjectDatasets : public Datasets {
public:
    /// `folder` is where the build writes: rasters that are up to date are read back from it. Both outlive
    /// this.
    ProjectDatasets(const Project& project, std::string folder, const base::Job& job);

    /// An Input error, with the line of the section, when the step makes the other kind of thing.
    std::shared_ptr<const model::Layer> layer(const std::string& name) override;
    std::shared_ptr<const model::Raster> raster(const std::string& name) override;
    std::optional<geo::Crs> project_crs() const override;

    /// The raster's file is up to date: it is read instead of computed.
    void mark_current(const std::string& name) { m_current.insert(name); }
    /// Summary and findings of a step that has run; empty ones of a step that has not.
    Outcome& outcome(const std::string& name) { return m_outcomes[name]; }

private:
    const Step& step_of(const std::string& name) const;

    const Project& m_project;
    std::string m_folder;
    base::Job m_job;
    std::map<std::string, std::shared_ptr<const model::Layer>> m_layers;
    std::map<std::string, std::shared_ptr<const model::Raster>> m_rasters;
    std::map<std::string, Outcome> m_outcomes;
    std::set<std::string> m_current;
};

}  // namespace isopleth::pipeline
