// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "geo/delaunay.hpp"
#include "model/samples.hpp"

namespace isopleth::interpolate {

/// Samples as the corners of triangles.
struct SampleMesh {
    geo::Triangulation mesh;
    std::vector<double> values;  ///< one for each point of the mesh
};

/// The samples' Delaunay triangulation. Data errors: fewer than 3 samples, all on one line.
SampleMesh triangulate(const model::Samples& samples);

/// A Usage error for any option of a method that takes none.
void check_no_options(const std::string& method_text);

/// What such a method writes in place of its options.
inline constexpr const char* kNoOptions = "no options";

}  // namespace isopleth::interpolate
