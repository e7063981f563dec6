// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/crs.hpp"
#include "geo/geometry.hpp"
#include "model/covariate.hpp"
#include "model/layer.hpp"

namespace isopleth::model {

/// What to do with several samples at one place.
enum class Duplicates { kRefuse, kMean };

/// "refuse" or "mean"; a bug for anything else, which the parameter's choices keep out.
Duplicates parse_duplicates(std::string_view text);

/// Another variable that varies with the samples', at places of its own.
struct SecondVariable {
    std::string field;
    std::vector<geo::Point> points;
    std::vector<double> values;
};

/// Values at places, fit for interpolation: projected in metres, finite, no two at one place. Made by
/// `gather` alone, so no interpolator can see degrees, NaN or doubles.
class Samples {
public:
    /// Takes the present values of `field` at the layer's points. Rows with a missing value or geometry are
    /// left out and counted. A Data error for degrees, for two samples at one place unless `duplicates` is
    /// kMean (their ids are named), for no value at all; an Input error for a geometry that is not a point.
    /// `error_field`, where it is not empty, holds the standard errors of the measurements, in the values'
    /// unit: rows without one are left out too, and a negative one is a Data error. The mean of n at one
    /// place has the variance of their sum / n^2.
    static Samples gather(const Layer& points, std::string_view field,
                          Duplicates duplicates = Duplicates::kRefuse, std::string_view error_field = {});

    /// Those at `positions`, in that order; of the second variable all but what lies where a sample is left
    /// out. A bug for no position, one that is not there or one given twice.
    Samples subset(const std::vector<std::size_t>& positions) const;

    /// With variables that the mean depends on. Samples without a value of one of them are left out and
    /// counted. A Data error when none is left; a bug for another number of values than of samples.
    Samples with_covariates(std::vector<Covariate> covariates) const;

    /// The same places with these values and nothing else that belongs to the samples: no covariates, errors or
    /// second variable. A bug for another number of values.
    Samples with_values(std::vector<double> values) const;

    /// With those of a second variable; a bug for another CRS.
    Samples with_second(const Samples& other) const;

    std::size_t size() const { return m_points.size(); }
    const std::vector<geo::Point>& points() const { return m_points; }
    const std::vector<double>& values() const { return m_values; }
    const std::vector<std::string>& ids() const { return m_ids; }
    /// Variances of the measurements' own errors; empty when none are known.
    const std::vector<double>& error_variances() const { return m_error_variances; }
    /// The row of the layer that each came from; the first of those merged.
    const std::vector<std::size_t>& rows() const { return m_rows; }
    const std::vector<Covariate>& covariates() const { return m_covariates; }
    const std::optional<SecondVariable>& second() const { return m_second; }
    const std::string& field() const { return m_field; }
    const geo::Crs& crs() const { return m_crs; }
    std::size_t left_out() const { return m_left_out; }  ///< rows without value or geometry
    std::size_t averaged() const { return m_averaged; }  ///< samples merged into another at the same place
    geo::Box bounds() const;

private:
    explicit Samples(geo::Crs crs) : m_crs(std::move(crs)) {}
    std::vector<geo::Point> m_points;
    std::vector<double> m_values;
    std::vector<double> m_error_variances;
    std::vector<std::string> m_ids;
    std::vector<std::size_t> m_rows;
    std::vector<Covariate> m_covariates;
    std::optional<SecondVariable> m_second;
    std::string m_field;
    geo::Crs m_crs;
    std::size_t m_left_out = 0;
    std::size_t m_averaged = 0;
};

}  // namespace isopleth::model
