// SPDX-License-Identifier: MIT
#include "io/short_names.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace isopleth::io {

model::Layer with_short_names(const model::Layer& layer, std::size_t limit, const std::string& target,
                              base::Findings& findings) {
    auto copy = layer;
    std::vector<std::string> taken;
    for (auto& column : copy.columns) {
        auto name = column.name();
        for (int number = 0;; ++number) {
            const auto suffix = number == 0 ? std::string() : fmt::format("_{}", number);
            auto start = std::min(column.name().size(), limit - suffix.size());
            while (start > 0 && start < column.name().size() && (column.name()[start] & '\xC0') == '\x80')
                --start;
            name = column.name().substr(0, start) + suffix;
            if (std::find(taken.begin(), taken.end(), base::to_lower_ascii(name)) == taken.end()) break;
        }
        taken.push_back(base::to_lower_ascii(name));
        if (name == column.name()) continue;
        base::Place place;
        place.file = target;
        place.column = column.name();
        findings.push_back(
            {fmt::format("the name was cut to {}: a Shapefile holds {} bytes", name, limit), place});
        column.rename(name);
    }
    return copy;
}

}  // namespace isopleth::io
