// SPDX-License-Identifier: MIT
#include "pipeline/sample_options.hpp"

#include "base/error.hpp"
#include "interpolate/methods.hpp"
#include "pipeline/covariates.hpp"
#include "pipeline/crs_choice.hpp"

#include <algorithm>

namespace isopleth::pipeline {

void SampleOptions::declare(base::ParameterList& list) {
    list.add("duplicates", duplicates, "several samples at one place").one_of({"refuse", "mean"});
    list.add("covariate", covariates, "raster that the mean depends on, or FIELD=RASTER: external drift")
        .dataset()
        .called("RASTER");
    list.add("measurement-error", measurement_error,
             "field with the standard error of each value, for kriging")
        .called("FIELD");
    list.add("secondary", secondary, "field of a second variable, for cokriging").called("FIELD");
    list.add("secondary-points", secondary_points, "points with the second variable, if others")
        .dataset()
        .called("POINTS");
}

void SampleOptions::check(const std::vector<std::string>& methods) const {
    if (secondary.empty()) {
        if (!secondary_points.empty())
            base::fail_usage("--secondary-points has no field", "Give --secondary FIELD too.");
        return;
    }
    if (std::none_of(methods.begin(), methods.end(), interpolate::takes_second)) {
        base::fail_usage(base::parse_method(methods.front()).name + " takes no second variable",
                         "Use --method cokriging, or leave --secondary out.");
    }
}

model::Samples SampleOptions::gather(const model::Layer& layer, const std::string& value,
                                     Datasets& datasets) const {
    const model::Duplicates of_one_place = model::parse_duplicates(duplicates);
    auto gathered = model::Samples::gather(layer, value, of_one_place, measurement_error);
    auto samples = with_covariates(std::move(gathered), layer, covariates, datasets);
    if (secondary.empty()) return samples;
    if (secondary_points.empty())
        return samples.with_second(model::Samples::gather(layer, secondary, of_one_place));
    const auto other = in_crs(datasets.layer(secondary_points), *layer.crs);
    return samples.with_second(base::at_place({.file = other->source.file}, [&] {
        return model::Samples::gather(*other, secondary, of_one_place);
    }));
}

void tell_samples(const model::Samples& samples, base::Json& summary) {
    summary.set("samples", samples.size())
        .set("left_out", samples.left_out())
        .set("averaged", samples.averaged());
}

}  // namespace isopleth::pipeline
