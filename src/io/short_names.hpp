// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

#include "base/finding.hpp"
#include "model/layer.hpp"

namespace isopleth::io {

/// Cuts the columns' names to `limit` bytes, which is what a DBF holds: at a whole character, and kept apart
/// by a number where two would be equal but for ASCII case. A finding names each column that is called
/// otherwise now.
model::Layer with_short_names(const model::Layer& layer, std::size_t limit, const std::string& target,
                              base::Findings& findings);

}  // namespace isopleth::io
