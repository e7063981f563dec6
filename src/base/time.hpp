// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace isopleth::base {

/// A moment, in seconds since 1970-01-01T00:00:00Z.
struct Instant {
    std::int64_t seconds = 0;
    auto operator<=>(const Instant&) const = default;
};

/// "2024-06-30T16:00:00Z"
std::string to_iso8601(Instant instant);
/// "2024-06-30"
std::string to_iso_date(Instant instant);

/// Reads "2024-03-05T07:32:00+08:00", "...Z"; nullopt without a zone or for an impossible date.
std::optional<Instant> parse_iso8601(std::string_view text);

}  // namespace isopleth::base
