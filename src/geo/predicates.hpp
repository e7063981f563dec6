// SPDX-License-Identifier: MIT
#pragma once

#include "geo/geometry.hpp"

namespace isopleth::geo {

/// Sign of the orientation of a, b, c: +1 left turn, -1 right turn, 0 on one line. Exact for any doubles
/// whose products neither overflow nor underflow.
int orientation(Point a, Point b, Point c);

}  // namespace isopleth::geo
