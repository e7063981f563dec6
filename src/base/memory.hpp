// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

namespace isopleth::base {

/// The most memory that this process has held so far, in bytes; 0 where the system does not tell.
std::size_t peak_memory();

}  // namespace isopleth::base
