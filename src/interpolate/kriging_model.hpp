// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "base/job.hpp"
#include "base/json.hpp"
#include "geo/geometry.hpp"
#include "interpolate/drift.hpp"
#include "interpolate/kriging_options.hpp"
#include "interpolate/variogram.hpp"
#include "model/samples.hpp"

namespace isopleth::interpolate {

/// What is kriged: samples in the plane where distances count alike, their values as they enter the system.
struct KrigedField {
    std::string name;
    std::vector<geo::Point> points;
    std::vector<double> values;
    std::vector<double> error_variances{};  ///< of the measurements, where each has its own; else empty
};

/// The model and how it came about, for summary and provenance.
struct ChosenModel {
    VariogramModel model;
    base::Json description;
};

/// 10 to fit a model, 2 with a model given, and more than the drift has functions.
std::size_t fewest_samples(const KrigingOptions& options, const Drift& drift);

/// The model given by the options, or the one fitted to the field, less its drift: of the shape named, or of
/// the best of sph, exp and gau (choose_variogram). The nugget fitted holds the measurements' error variance
/// too: that much is taken off it, its mean where it differs. With fit=reml by fit_likelihood instead, mat of
/// smoothness 1.5 among the shapes. Data errors: fewer than fewest_samples; samples on one line; values
/// without differences.
ChosenModel choose_model(const KrigingOptions& options, const KrigedField& field, const Drift& drift,
                         const base::Job& job);

/// The variances of the measurements' errors, by sample; empty when none has an error. A Usage error for
/// those of each sample beside a transform, a limit or one error of all.
std::vector<double> error_variances_of(const KrigingOptions& options, const model::Samples& samples);

/// "model", "nugget", "psill", "range" and, of mat, "kappa"; of lin and pow "slope" and, of pow, "exponent"
/// instead of those two; a sum of shapes as a list "structures".
base::Json to_json(const VariogramModel& model);

}  // namespace isopleth::interpolate
