// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/job.hpp"
#include "base/json.hpp"
#include "geo/geometry.hpp"
#include "model/raster.hpp"
#include "model/samples.hpp"

namespace isopleth::interpolate {

/// Rasters are estimated in an order in which so many places, one after the other, lie together.
inline constexpr std::size_t kPlacesTogether = 64;

/// What an estimate is of, for who compares it with a sample.
struct Estimand {
    std::optional<double> above{};          ///< the probability of exceeding this limit, not the value itself
    std::vector<double> error_variances{};  ///< of each sample, not of what is estimated; empty: none
    bool is_of_block = false;               ///< the mean of a block, not the value at a point
};

/// Each sample as all the others tell it, in the samples' order.
struct LeftOut {
    std::vector<double> values;
    std::vector<double> standard_errors;
};

/// Of a mean over an area.
struct AreaMeanEstimate {
    double value = 0;
    double standard_error = 0;
};

/// Estimates a field at places. Immutable once made; may be used from several threads.
class Interpolator {
public:
    virtual ~Interpolator() = default;
    virtual bool has_standard_error() const = 0;
    /// Fills `values` (and `standard_errors`, same length, where the method has one; else it is empty).
    /// `valid[i]` is 0 where no estimate is possible (no sample within the search radius).
    virtual void estimate(std::span<const geo::Point> places, std::span<double> values,
                          std::span<double> standard_errors, std::span<std::uint8_t> valid) const = 0;
    /// What was done, for summary and provenance: method, neighbours, model, how it was fitted.
    virtual base::Json description() const = 0;
    virtual Estimand estimand() const { return {}; }
    /// The mean over an area that equally heavy places stand for, and its standard error, where the method
    /// knows both; nullopt where it does not, or not at one of the places.
    virtual std::optional<AreaMeanEstimate> mean_over(std::span<const geo::Point>) const {
        return std::nullopt;
    }
    /// What interpolators made without one sample each would estimate at its place, where the method knows a
    /// shorter way; nullopt where it does not.
    virtual std::optional<LeftOut> leave_one_out(const base::Job&) const { return std::nullopt; }
};

/// Band "estimate" and, where the method has one, "standard error". Same bits for any number of threads.
/// `unit` names the values' unit.
model::Raster estimate(const Interpolator& interpolator, const model::Grid& grid, const geo::Crs& crs,
                       const std::string& unit, const base::Job& job);

}  // namespace isopleth::interpolate
