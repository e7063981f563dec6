// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "draw/plot.hpp"
#include "interpolate/scores.hpp"
#include "style/language.hpp"

namespace isopleth::pipeline {

/// What the plot of one method's cross-validation says.
struct CrossvalPicture {
    std::string field;
    std::string unit;   ///< of the values, or ""
    std::string title;  ///< "" for one of our own
    style::Language language = style::Language::kChinese;
    std::string method;
    std::string folds;  ///< as asked for: "block"
    interpolate::HeldOut held_out;
    interpolate::Scores scores;
};

/// Observed against estimated values about the line where they are equal, up to 5,000 of them evenly taken by
/// their estimates; beside it, where the method has standard errors, the share of observations within the 50,
/// 80, 90 and 95 % intervals. The order of the places does not matter. The footer is blank.
draw::Plot crossval_plot(const CrossvalPicture& picture);

}  // namespace isopleth::pipeline
