// SPDX-License-Identifier: MIT
#include "base/time.hpp"

#include <fmt/format.h>

#include <chrono>

namespace isopleth::base {

namespace {

constexpr std::int64_t kDay = 86400;

/// The whole-number text [first, first + count) where all of it is digits.
std::optional<int> digits_at(std::string_view text, std::size_t first, std::size_t count) {
    if (text.size() < first + count) return std::nullopt;
    int value = 0;
    for (const char letter : text.substr(first, count)) {
        if (letter < '0' || letter > '9') return std::nullopt;
        value = value * 10 + (letter - '0');
    }
    return value;
}

/// Seconds east of Greenwich: "Z", "+08:00", "-0330".
std::optional<std::int64_t> parse_zone(std::string_view text) {
    if (text == "Z" || text == "z") return 0;
    if (text.empty() || (text.front() != '+' && text.front() != '-')) return std::nullopt;
    const bool has_colon = text.size() == 6 && text[3] == ':';
    if (!has_colon && text.size() != 5) return std::nullopt;
    const auto hours = digits_at(text, 1, 2);
    const auto minutes = digits_at(text, has_colon ? 4 : 3, 2);
    if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
    const std::int64_t seconds = *hours * 3600 + *minutes * 60;
    return text.front() == '-' ? -seconds : seconds;
}

std::chrono::year_month_day date_of(Instant instant) {
    const std::chrono::sys_seconds moment{std::chrono::seconds{instant.seconds}};
    return std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(moment)};
}

}  // namespace

std::string to_iso_date(Instant instant) {
    const auto date = date_of(instant);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string to_iso8601(Instant instant) {
    const std::int64_t second = ((instant.seconds % kDay) + kDay) % kDay;
    return fmt::format("{}T{:02}:{:02}:{:02}Z", to_iso_date(instant), second / 3600, second / 60 % 60,
                       second % 60);
}

std::optional<Instant> parse_iso8601(std::string_view text) {
    const auto year = digits_at(text, 0, 4);
    const auto month = digits_at(text, 5, 2);
    const auto day = digits_at(text, 8, 2);
    const auto hour = digits_at(text, 11, 2);
    const auto minute = digits_at(text, 14, 2);
    const auto second = digits_at(text, 17, 2);
    if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
    const bool is_shaped =
        text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' && text[16] == ':';
    if (!is_shaped || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok()) return std::nullopt;
    std::string_view rest = text.substr(19);
    if (rest.starts_with('.')) {
        // An Instant holds whole seconds: the fraction must be one, and is dropped.
        const auto end = rest.find_first_not_of("0123456789", 1);
        if (end == 1 || end == std::string_view::npos) return std::nullopt;
        rest.remove_prefix(end);
    }
    const auto zone = parse_zone(rest);
    if (!zone) return std::nullopt;
    const std::int64_t days = std::chrono::sys_days{date}.time_since_epoch().count();
    return Instant{days * kDay + *hour * 3600 + *minute * 60 + *second - *zone};
}

}  // namespace isopleth::base
