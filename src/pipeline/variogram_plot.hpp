// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "draw/plot.hpp"
#include "interpolate/variogram_fit.hpp"
#include "style/language.hpp"

namespace isopleth::pipeline {

/// The pairs of one direction; of all where there is none.
struct DirectedVariogram {
    std::optional<double> degrees;
    interpolate::EmpiricalVariogram empirical;
};

/// A variogram and all that its plot says.
struct VariogramPicture {
    std::string field;
    std::string unit;   ///< of the values, or ""
    std::string title;  ///< "" for one of our own
    style::Language language = style::Language::kChinese;
    std::size_t samples = 0;
    interpolate::Estimator estimator = interpolate::Estimator::kMatheron;
    int degree = 0;                           ///< of the drift taken off
    double tolerance = 0;                     ///< of the directions, in degrees
    std::vector<DirectedVariogram> directed;  ///< not empty; a panel each
    std::vector<interpolate::VariogramFit> fits;
    std::size_t best = 0;
};

/// Each bin as a point whose area grows with its pairs, their number beside it; the fits as lines, the best
/// one thick. The footer is blank.
draw::Plot variogram_plot(const VariogramPicture& picture);

}  // namespace isopleth::pipeline
