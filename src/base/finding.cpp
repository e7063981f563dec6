// SPDX-License-Identifier: MIT
#include "base/finding.hpp"

#include "base/text.hpp"

namespace isopleth::base {

std::string to_text(const Place& place) {
    std::vector<std::string> parts;
    if (!place.file.empty()) parts.push_back(place.file);
    if (!place.layer.empty()) parts.push_back("layer " + place.layer);
    if (place.line) parts.push_back("line " + std::to_string(*place.line));
    if (!place.feature.empty()) parts.push_back("feature " + place.feature);
    if (!place.column.empty()) parts.push_back("column " + place.column);
    return join(parts, ", ");
}

std::string to_text(const Finding& finding) {
    const std::string place = to_text(finding.place);
    return place.empty() ? finding.message : place + ": " + finding.message;
}

}  // namespace isopleth::base
