// SPDX-License-Identifier: MIT
#include "interpolate/sample_mesh.hpp"

#include "base/parameters.hpp"
#include "interpolate/sample_checks.hpp"

namespace isopleth::interpolate {

SampleMesh triangulate(const model::Samples& samples) {
    require_count(samples.size(), samples.field(), "a triangulation", 3);
    require_width(samples.points());
    return {geo::triangulate(samples.points()), samples.values()};
}

void check_no_options(const std::string& method_text) {
    base::ParameterList none;
    base::assign_options(base::parse_method(method_text), none);
}

}  // namespace isopleth::interpolate
