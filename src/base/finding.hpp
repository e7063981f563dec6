// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"

namespace isopleth::base {

/// Something a user should know although the run goes well: a name that matched nothing, a suspicious value.
/// It is a part of the result; the command line prints it to stderr and `--strict` makes it exit code 3.
struct Finding {
    std::string message;  ///< a whole sentence without the place
    Place place;
};

using Findings = std::vector<Finding>;

/// "stations.csv, line 14: message"
std::string to_text(const Finding& finding);

/// "stations.csv, layer a, line 14, feature 3, column pm25" or empty.
std::string to_text(const Place& place);

}  // namespace isopleth::base
