// SPDX-License-Identifier: MIT
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace isopleth::base {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct CodePoint {
    char32_t value = kReplacement;
    std::size_t length = 1;
    bool is_valid = false;
};

/// The code point at the start of `text`, which is not empty; strict after RFC 3629 (no surrogates, no
/// overlong).
CodePoint first_code_point(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) return {first, 1, true};
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) return {};
    char32_t value = first & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return {};
        value = (value << 6) | (byte(i) & 0x3Fu);
    }
    constexpr std::array<char32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
    const bool is_surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (value < kLeast[length] || value > 0x10FFFF || is_surrogate) return {};
    return {value, length, true};
}

void append_utf8(std::string& text, char32_t value) {
    const auto add = [&](char32_t byte) { text.push_back(static_cast<char>(byte)); };
    if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) value = kReplacement;
    if (value < 0x80) {
        add(value);
    } else if (value < 0x800) {
        add(0xC0 | (value >> 6));
        add(0x80 | (value & 0x3F));
    } else if (value < 0x10000) {
        add(0xE0 | (value >> 12));
        add(0x80 | ((value >> 6) & 0x3F));
        add(0x80 | (value & 0x3F));
    } else {
        add(0xF0 | (value >> 18));
        add(0x80 | ((value >> 12) & 0x3F));
        add(0x80 | ((value >> 6) & 0x3F));
        add(0x80 | (value & 0x3F));
    }
}

constexpr std::array<std::string_view, 8> kBlanks{" ",  "\t", "\n",       "\r",
                                                  "\v", "\f", "\xC2\xA0", "\xE3\x80\x80"};

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

struct CodeRange {
    char32_t first;
    char32_t last;
};

/// Blocks whose characters are W or F in Unicode's EastAsianWidth.txt, and emoji.
constexpr std::array<CodeRange, 12> kWide{{{0x1100, 0x115F},
                                           {0x2E80, 0x303E},
                                           {0x3041, 0x33FF},
                                           {0x3400, 0x4DBF},
                                           {0x4E00, 0x9FFF},
                                           {0xA000, 0xA4CF},
                                           {0xAC00, 0xD7A3},
                                           {0xF900, 0xFAFF},
                                           {0xFE30, 0xFE6F},
                                           {0xFF00, 0xFF60},
                                           {0xFFE0, 0xFFE6},
                                           {0x1F300, 0x1FAFF}}};
constexpr CodeRange kWideSupplement{0x20000, 0x3FFFD};

/// Combining marks, zero-width blanks and variation selectors.
constexpr std::array<CodeRange, 7> kNarrowest{{{0x0300, 0x036F},
                                               {0x1AB0, 0x1AFF},
                                               {0x1DC0, 0x1DFF},
                                               {0x200B, 0x200F},
                                               {0x20D0, 0x20FF},
                                               {0xFE00, 0xFE0F},
                                               {0xFE20, 0xFE2F}}};

bool is_in(char32_t value, CodeRange range) {
    return value >= range.first && value <= range.last;
}

template <std::size_t Size>
bool is_in(char32_t value, const std::array<CodeRange, Size>& ranges) {
    return std::any_of(ranges.begin(), ranges.end(), [&](CodeRange range) { return is_in(value, range); });
}

std::size_t width_of(char32_t value) {
    if (value < 0x20 || value == 0x7F || is_in(value, kNarrowest)) return 0;
    return is_in(value, kWide) || is_in(value, kWideSupplement) ? 2 : 1;
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
    while (!text.empty()) {
        const CodePoint point = first_code_point(text);
        if (!point.is_valid) return false;
        text.remove_prefix(point.length);
    }
    return true;
}

std::u32string to_code_points(std::string_view text) {
    std::u32string points;
    points.reserve(text.size());
    while (!text.empty()) {
        const CodePoint point = first_code_point(text);
        points.push_back(point.value);
        text.remove_prefix(point.length);
    }
    return points;
}

std::string to_utf8(std::u32string_view code_points) {
    std::string text;
    text.reserve(code_points.size());
    for (const char32_t point : code_points) append_utf8(text, point);
    return text;
}

std::string_view trim(std::string_view text) {
    const auto blank_at_start = [&] {
        return std::find_if(kBlanks.begin(), kBlanks.end(),
                            [&](auto blank) { return text.starts_with(blank); });
    };
    const auto blank_at_end = [&] {
        return std::find_if(kBlanks.begin(), kBlanks.end(),
                            [&](auto blank) { return text.ends_with(blank); });
    };
    for (auto blank = blank_at_start(); blank != kBlanks.end(); blank = blank_at_start()) {
        text.remove_prefix(blank->size());
    }
    for (auto blank = blank_at_end(); blank != kBlanks.end(); blank = blank_at_end()) {
        text.remove_suffix(blank->size());
    }
    return text;
}

std::string to_lower_ascii(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

bool starts_with_ignoring_case(std::string_view text, std::string_view start) {
    return text.size() >= start.size() &&
           to_lower_ascii(text.substr(0, start.size())) == to_lower_ascii(start);
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    std::size_t begin = 0;
    for (auto end = text.find(separator); end != std::string_view::npos; end = text.find(separator, begin)) {
        parts.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    parts.emplace_back(text.substr(begin));
    return parts;
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) text += separator;
        text += parts[i];
    }
    return text;
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (const char32_t point : to_code_points(text)) width += width_of(point);
    return width;
}

std::string fold_full_width(std::string_view text) {
    std::u32string points = to_code_points(text);
    for (char32_t& point : points) {
        // U+FF01..U+FF5E are ASCII's ! to ~ in the same order.
        if (point >= 0xFF01 && point <= 0xFF5E) point -= 0xFF01 - U'!';
        if (point == 0x3000) point = U' ';
    }
    return to_utf8(points);
}

std::optional<double> parse_number(std::string_view text) {
    text = trim(text);
    if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
    double value = 0;
    const char* end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, value);
    if (result.ec == std::errc::result_out_of_range && result.ptr == end) {
        // "1e-400" is a number, namely 0 in binary; "1e400" is not a finite one.
        const auto exponent = text.find_first_of("eE");
        const bool is_tiny = exponent != std::string_view::npos && text.substr(exponent + 1).starts_with('-');
        return is_tiny ? std::optional(0.0) : std::nullopt;
    }
    if (result.ec != std::errc{} || result.ptr != end || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::optional<long long> parse_integer(std::string_view text) {
    text = trim(text);
    if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
    long long value = 0;
    const char* end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, value);
    if (result.ec != std::errc{} || result.ptr != end) return std::nullopt;
    return value;
}

std::size_t edit_distance(std::string_view left, std::string_view right) {
    const std::u32string a = to_code_points(left);
    const std::u32string b = to_code_points(right);
    // Optimal string alignment: three rows of the table are enough, the oldest for swaps.
    std::vector<std::size_t> oldest(b.size() + 1);
    std::vector<std::size_t> old(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        oldest.swap(old);
        old.swap(row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = old[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({replaced, old[j] + 1, row[j - 1] + 1});
            const bool is_swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (is_swap) row[j] = std::min(row[j], oldest[j - 2] + 1);
        }
    }
    return row[b.size()];
}

std::optional<std::string> nearest_name(std::string_view word, const std::vector<std::string>& names) {
    const std::string wanted = to_lower_ascii(word);
    const std::size_t length = to_code_points(word).size();
    std::optional<std::string> best;
    std::size_t least = std::min<std::size_t>(3, length / 2) + 1;
    for (const std::string& name : names) {
        const std::size_t distance = edit_distance(wanted, to_lower_ascii(name));
        if (distance < least) {
            least = distance;
            best = name;
        }
    }
    return best;
}

std::vector<std::string> nearest_names(std::string_view word, const std::vector<std::string>& names,
                                       std::size_t count) {
    const std::string wanted = to_lower_ascii(word);
    const std::size_t length = to_code_points(word).size();
    std::vector<std::pair<std::size_t, std::string>> near;
    for (const std::string& name : names) {
        const std::string known = to_lower_ascii(name);
        const std::size_t distance = edit_distance(wanted, known);
        const bool is_part =
            !wanted.empty() && !known.empty() &&
            (known.find(wanted) != std::string::npos || wanted.find(known) != std::string::npos);
        if (is_part || (distance <= 3 && distance < length)) near.emplace_back(distance, name);
    }
    std::stable_sort(near.begin(), near.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string> result;
    for (std::size_t i = 0; i < std::min(count, near.size()); ++i) result.push_back(near[i].second);
    return result;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& names) {
    const auto name = nearest_name(word, names);
    return name ? "; did you mean " + *name + "?" : "";
}

std::string with_thousands(long long value) {
    std::string text = std::to_string(value);
    const std::size_t sign = value < 0 ? 1 : 0;
    for (std::size_t left = text.size(); left > sign + 3;) {
        left -= 3;
        text.insert(left, 1, ',');
    }
    return text;
}

}  // namespace isopleth::base
