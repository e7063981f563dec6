// SPDX-License-Identifier: MIT
#include "interpolate/methods.hpp"

#include "base/error.hpp"
#include "base/parameters.hpp"
#include "base/text.hpp"
#include "interpolate/area_to_point.hpp"
#include "interpolate/automatic.hpp"
#include "interpolate/cokriging.hpp"
#include "interpolate/idw.hpp"
#include "interpolate/kriging.hpp"
#include "interpolate/kriging_options.hpp"
#include "interpolate/natural_neighbours.hpp"
#include "interpolate/nearest_sample.hpp"
#include "interpolate/regression_kriging.hpp"
#include "interpolate/sample_mesh.hpp"
#include "interpolate/simulation_options.hpp"
#include "interpolate/spline.hpp"
#include "interpolate/tin.hpp"
#include "interpolate/trend.hpp"

#include <algorithm>

namespace isopleth::interpolate {

namespace {

std::unique_ptr<Interpolator> refuse_points(const std::string&, const model::Samples&, const base::Job&) {
    base::fail_data("area-to-point needs polygons with means, not points", "Use --method kriging.");
}

std::unique_ptr<Interpolator> refuse_places(const std::string&, const model::Samples&, const base::Job&) {
    base::fail_usage(
        "simulation makes fields on a grid, not estimates at single places",
        "Use --method kriging with the same options: the realisations have its mean and standard "
        "error.");
}

void check_simulation(const std::string& method_text) {
    parse_simulation_options(method_text);
}

void check_area_to_point(const std::string& method_text) {
    AreaToPoint::parse(method_text);
}

}  // namespace

const std::vector<MethodRow>& methods() {
    static const std::vector<MethodRow> rows{
        {"auto", "the best of several by cross-validation in blocks, with standard error", kAutomaticOptions,
         make_automatic, check_automatic, true, true, true},
        {"idw", "inverse distance weighting", kIdwOptions, make_idw, check_idw},
        {"kriging", "kriging, with standard error", kKrigingOptions, make_kriging, check_kriging, true, true},
        {"cokriging", "kriging with a second variable, with standard error", kCokrigingOptions,
         make_cokriging, check_cokriging, false, false, true},
        {"regression-kriging", "a trend, and its residuals kriged, with standard error",
         kRegressionKrigingOptions, make_regression_kriging, check_regression_kriging, true},
        {"trend", "polynomial trend surface, with standard error", kTrendOptions, make_trend, check_trend,
         true},
        {"spline", "thin-plate spline, or spline with tension", kSplineOptions, make_spline, check_spline},
        {"nearest", "value of the nearest sample", kNearestOptions, make_nearest, check_nearest},
        {"tin", "planes on triangles of samples, within their hull", kNoOptions, make_tin, check_no_options},
        {"natural", "natural neighbours (Sibson), within the samples' hull", kNoOptions, make_natural,
         check_no_options},
        {"area-to-point", "means of polygons to a surface with the same means, with standard error",
         AreaToPoint::kOptions, refuse_points, check_area_to_point},
        {"simulation", "conditional simulation: mean and spread of many equally likely fields",
         kSimulationOptions, refuse_places, check_simulation, false, true},
    };
    return rows;
}

namespace {

const MethodRow& row_of(std::string_view method_text) {
    const std::string name = base::parse_method(method_text).name;
    std::vector<std::string> names;
    for (const MethodRow& row : methods()) {
        if (row.name == name) return row;
        names.push_back(row.name);
    }
    base::fail_usage("unknown method " + name + base::did_you_mean(name, names),
                     "Use one of: " + base::join(names, ", ") + ".");
}

}  // namespace

void check_method(std::string_view method_text) {
    row_of(method_text).check(std::string(method_text));
}

bool takes_second(std::string_view method_text) {
    return row_of(method_text).takes_second;
}

std::unique_ptr<Interpolator> make(std::string_view method_text, const model::Samples& samples,
                                   const base::Job& job) {
    const MethodRow& row = row_of(method_text);
    if (!samples.covariates().empty() && !row.takes_covariates) {
        base::fail_usage(row.name + " takes no covariates", "Use --method kriging or trend.");
    }
    if (!samples.error_variances().empty() && !row.takes_errors)
        base::fail_usage(row.name + " takes no measurement errors", "Use --method kriging.");
    return row.make(std::string(method_text), samples, job);
}

}  // namespace isopleth::interpolate
