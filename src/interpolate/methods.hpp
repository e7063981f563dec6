// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "interpolate/interpolator.hpp"

namespace isopleth::interpolate {

struct MethodRow {
    std::string name;
    std::string line;     ///< one line of help
    std::string options;  ///< "power=2, neighbours=12, radius=..."
    std::unique_ptr<Interpolator> (*make)(const std::string& method_text, const model::Samples& samples,
                                          const base::Job& job);
    /// A Usage error when the options do not fit; used before any work.
    void (*check)(const std::string& method_text);
    /// Uses the samples' covariates.
    bool takes_covariates = false;
    /// Uses the variances of the samples' measurements.
    bool takes_errors = false;
    /// Uses the samples' second variable.
    bool takes_second = false;
};

/// The table: one row for each method.
const std::vector<MethodRow>& methods();

/// Usage errors (unknown method or option, with the nearest name) without looking at data.
void check_method(std::string_view method_text);

/// The method uses the samples' second variable; others estimate as if there were none. The error of
/// check_method.
bool takes_second(std::string_view method_text);

/// "idw:power=2,neighbours=12", "kriging:model=exp,nugget=0.1,psill=1,range=800,neighbours=16" or "kriging".
/// neighbours=all is the default up to 500 samples, above that 16 (kriging) and 12 (IDW).
/// Data errors: too few samples (kriging fitted by itself needs 10, given model 2; IDW 1), constant values
/// when fitting, a singular system (which names what makes it so: samples all but at one place or on one
/// line, no nugget).
std::unique_ptr<Interpolator> make(std::string_view method_text, const model::Samples& samples,
                                   const base::Job& job);

}  // namespace isopleth::interpolate
