// SPDX-License-Identifier: MIT
#include "pipeline/project_datasets.hpp"

#include <fmt/format.h>

#include "io/dataset_name.hpp"
#include "io/gdal_raster.hpp"

namespace isopleth::pipeline {

ProjectDatasets::ProjectDatasets(const Project& project, std::string folder, const base::Job& job)
    : m_project(project), m_folder(std::move(folder)), m_job(job) {}

std::optional<geo::Crs> ProjectDatasets::project_crs() const {
    return m_project.crs;
}

std::shared_ptr<const model::Layer> ProjectDatasets::layer(const std::string& name) {
    const auto found = m_layers.find(name);
    if (found != m_layers.end()) return found->second;
    const Step& step = step_of(name);
    Outcome outcome = step.task->run(*this, m_job);
    auto* made = std::get_if<model::Layer>(&outcome.product);
    if (made == nullptr) {
        base::fail_input(fmt::format("{} is a raster, where a layer or table is needed", name), {},
                         {.file = m_project.file, .line = step.line});
    }
    made->name = name;
    auto shared = std::make_shared<const model::Layer>(std::move(*made));
    m_layers[name] = shared;
    m_outcomes[name] = std::move(outcome);
    return shared;
}

std::shared_ptr<const model::Raster> ProjectDatasets::raster(const std::string& name) {
    const auto found = m_rasters.find(name);
    if (found != m_rasters.end()) return found->second;
    const Step& step = step_of(name);
    const std::string file = m_folder + "/rasters/" + name + ".tif";
    if (m_current.contains(name)) {
        m_rasters[name] =
            std::make_shared<const model::Raster>(io::read_raster(io::parse_dataset_name(file), {}));
        return m_rasters[name];
    }
    Outcome outcome = step.task->run(*this, m_job);
    const auto* recipe = std::get_if<RasterRecipe>(&outcome.product);
    if (recipe == nullptr) {
        base::fail_input(fmt::format("{} is no raster", name), {},
                         {.file = m_project.file, .line = step.line});
    }
    m_rasters[name] = std::make_shared<const model::Raster>(compute_all(*recipe, m_job));
    m_outcomes[name] = std::move(outcome);
    return m_rasters[name];
}

const Step& ProjectDatasets::step_of(const std::string& name) const {
    const Step* step = m_project.find(name);
    if (step == nullptr) base::bug("a step asks for " + name + ", which nothing makes");
    return *step;
}

}  // namespace isopleth::pipeline
