// SPDX-License-Identifier: MIT
#include "pipeline/covariates.hpp"

#include <fmt/format.h>

#include "io/dataset_name.hpp"
#include "model/covariate.hpp"

namespace isopleth::pipeline {

namespace {

model::Covariate covariate_of(const std::string& text, const model::Samples& samples,
                              const model::Layer& points, Datasets& datasets) {
    const auto [field, dataset] = io::split_name(text);
    model::Covariate covariate{
        field.value_or(io::parse_dataset_name(dataset).stem()), datasets.raster(dataset), {}};
    if (!(covariate.surface->crs == samples.crs())) {
        base::fail_usage(
            fmt::format("the covariate {} is in {}, the samples are analysed in {}", dataset,
                        covariate.surface->crs.code(), samples.crs().code()),
            fmt::format("Use --to-crs {}, or reproject the raster.", covariate.surface->crs.code()));
    }
    if (!field) {
        for (const geo::Point& place : samples.points())
            covariate.at_samples.push_back(model::value_at(*covariate.surface, place));
        return covariate;
    }
    const model::Column column = model::number_column(points, covariate.name);
    for (const std::size_t row : samples.rows()) covariate.at_samples.push_back(column.number(row));
    return covariate;
}

}  // namespace

model::Samples with_covariates(model::Samples samples, const model::Layer& points,
                               const std::vector<std::string>& texts, Datasets& datasets) {
    if (texts.empty()) return samples;
    std::vector<model::Covariate> covariates;
    for (const std::string& text : texts) covariates.push_back(covariate_of(text, samples, points, datasets));
    return samples.with_covariates(std::move(covariates));
}

}  // namespace isopleth::pipeline
