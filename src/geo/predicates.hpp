// SPDX-License-Identifier: MIT
#pragma once

#include "geo/geometry.hpp"

namespace isopleth::geo {

/// Sign of the orientation of a, b, c: +1 left turn, -1 right turn, 0 on one line. Exact for any doubles
/// whose products neither overflow nor underflow.
int orientation(Point a, Point b, Point c);

/// Twice the signed area of the triangle a, b, c, to 1e-12 of itself, and 0 only on one line: so good also
/// for slivers, where the plain formula is all rounding.
double doubled_area(Point a, Point b, Point c);

/// +1 where d lies inside the circle through a, b, c (a left turn; -1 when they turn right), -1 outside, 0 on
/// it. Exact for any doubles whose fourth powers neither overflow nor underflow (Shewchuk 1997, "Adaptive
/// precision floating-point arithmetic and fast robust geometric predicates").
int in_circle(Point a, Point b, Point c, Point d);

}  // namespace isopleth::geo
