// SPDX-License-Identifier: MIT
#include "interpolate/sample_mesh.hpp"

#include "base/error.hpp"
#include "base/parameters.hpp"
#include "interpolate/kriging_model.hpp"

#include <fmt/format.h>

namespace isopleth::interpolate {

SampleMesh triangulate(const model::Samples& samples) {
    constexpr std::size_t kFewest = 3;
    if (samples.size() < kFewest) {
        base::fail_data(fmt::format("{} sample{} with a {} value; a triangulation needs {}", samples.size(),
                                    samples.size() == 1 ? "" : "s", samples.field(), kFewest),
                        "Use --method idw.");
    }
    if (is_on_one_line(samples.points())) {
        base::fail_data(
            fmt::format("all {} samples lie on one line, which tells nothing of the places beside it",
                        samples.size()),
            "Add samples beside the line, or use --method idw.");
    }
    return {geo::triangulate(samples.points()), samples.values()};
}

void check_no_options(const std::string& method_text) {
    base::ParameterList none;
    base::assign_options(base::parse_method(method_text), none);
}

}  // namespace isopleth::interpolate
