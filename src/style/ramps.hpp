// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "style/colour.hpp"

namespace isopleth::style {

/// Names of the ramps, as ColorBrewer 2.0 (Brewer and Harrower) spells them: YlOrBr, Purples, OrRd, Greys, BuPu; RdBu, PuOr
/// (diverging).
std::vector<std::string> ramp_names();

/// ColorBrewer's colours of that ramp for 3 to 7 classes, light to dark (diverging ones: from the first hue to the second).
/// 1 and 2 classes take colours of the ramp of 3. `reversed` turns the order round. A Usage error with the nearest name for
/// an unknown ramp, and for 0 or more than 7 classes.
std::vector<Colour> ramp(std::string_view name, std::size_t classes, bool reversed = false);

/// A continuous ramp: the colour at `share` in [0, 1] (clamped) between the 7 classes' colours.
Colour ramp_colour(std::string_view name, double share, bool reversed = false);

}  // namespace isopleth::style
