// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace isopleth::base {

bool is_valid_utf8(std::string_view text);

/// Code points of UTF-8 text; an invalid byte becomes U+FFFD.
std::u32string to_code_points(std::string_view text);
std::string to_utf8(std::u32string_view code_points);

/// Without ASCII blanks, no-break blanks and ideographic blanks (U+3000) at both ends.
std::string_view trim(std::string_view text);
std::string to_lower_ascii(std::string_view text);
bool starts_with_ignoring_case(std::string_view text, std::string_view start);

/// Splits at every `separator`; "" gives one empty part. Parts are not trimmed.
std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);

/// Columns that the text takes on a terminal: East Asian wide characters take two, combining marks none.
std::size_t display_width(std::string_view text);

/// Full-width digits, letters and punctuation to their ASCII twins ("１２" to "12").
std::string fold_full_width(std::string_view text);

/// Strict number of the whole trimmed text, with a decimal point and without thousands separators.
/// nullopt for anything else, infinity and NaN included.
std::optional<double> parse_number(std::string_view text);
std::optional<long long> parse_integer(std::string_view text);

/// Edit distance in code points (insert, delete, replace, swap of neighbours each 1).
std::size_t edit_distance(std::string_view left, std::string_view right);

/// The name that was probably meant: smallest edit distance ignoring ASCII case, at most 3 and half of the
/// word's length; ties go to the earlier name. nullopt when none is near.
std::optional<std::string> nearest_name(std::string_view word, const std::vector<std::string>& names);

/// Up to `count` names, nearest first, for a list of candidates; a name that contains the word (or the other
/// way round) counts as near.
std::vector<std::string> nearest_names(std::string_view word, const std::vector<std::string>& names,
                                       std::size_t count);

/// "; did you mean --cell?" or "" : the usual end of a message about an unknown name.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& names);

/// 32683 -> "32,683".
std::string with_thousands(long long value);

}  // namespace isopleth::base
