// SPDX-License-Identifier: MIT
#include "pipeline/covariates.hpp"

#include <fmt/format.h>

#include "model/covariate.hpp"

namespace isopleth::pipeline {

namespace {

/// What the user named: "roads" of "data/roads.tif".
std::string stem_of(const std::string& dataset) {
    const std::size_t slash = dataset.find_last_of('/');
    const std::string file = slash == std::string::npos ? dataset : dataset.substr(slash + 1);
    return file.substr(0, file.find('.'));
}

model::Covariate covariate_of(const std::string& text, const model::Samples& samples,
                              const model::Layer& points, Datasets& datasets) {
    const std::size_t equals = text.find('=');
    const bool has_field = equals != std::string::npos;
    const std::string dataset = has_field ? text.substr(equals + 1) : text;
    model::Covariate covariate{
        has_field ? text.substr(0, equals) : stem_of(dataset), datasets.raster(dataset), {}};
    if (!(covariate.surface->crs == samples.crs())) {
        base::fail_usage(
            fmt::format("the covariate {} is in {}, the samples are analysed in {}", dataset,
                        covariate.surface->crs.code(), samples.crs().code()),
            fmt::format("Use --to-crs {}, or reproject the raster.", covariate.surface->crs.code()));
    }
    if (!has_field) {
        for (const geo::Point& place : samples.points())
            covariate.at_samples.push_back(model::value_at(*covariate.surface, place));
        return covariate;
    }
    const model::Column column = model::number_column(points, covariate.name);
    for (const std::size_t row : samples.rows()) covariate.at_samples.push_back(column.number(row));
    return covariate;
}

}  // namespace

model::Samples with_covariates(const model::Samples& samples, const model::Layer& points,
                               const std::vector<std::string>& texts, Datasets& datasets) {
    if (texts.empty()) return samples;
    std::vector<model::Covariate> covariates;
    for (const std::string& text : texts) covariates.push_back(covariate_of(text, samples, points, datasets));
    return samples.with_covariates(std::move(covariates));
}

}  // namespace isopleth::pipeline
