// SPDX-License-Identifier: MIT
#include "join/by_name.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace isopleth::join {

namespace {
constexpr std::size_t kCandidates = 3;
/// Comparisons of names in search of candidates; beyond that, a table of wrong names would take minutes.
constexpr std::size_t kMostComparisons = 5'000'000;

/// Folded, and without any blanks: how names are compared.
std::string folded(std::string_view text) {
    std::u32string kept;
    for (const char32_t letter : base::to_code_points(base::fold_full_width(text))) {
        const bool is_blank = letter == U' ' || (letter >= U'\t' && letter <= U'\r') || letter == U'\u00A0' ||
                              letter == U'\u3000';
        if (!is_blank) kept.push_back(letter);
    }
    return base::to_utf8(kept);
}
}  // namespace

Aliases Aliases::from(const model::Layer& table) {
    const model::Column& aliases = table.column("alias");
    const model::Column& names = table.column("name");
    const model::Column* kinds = table.find("kind");
    Aliases result;
    std::map<std::pair<std::string, std::string>, std::string> name_in_kind;
    const auto add = [&](std::size_t row, const std::string& alias, const std::string& name) {
        const std::string kind = kinds == nullptr ? std::string() : kinds->display(row);
        const auto [known, is_new] = name_in_kind.emplace(std::pair(kind, folded(alias)), name);
        if (!is_new && known->second != name) {
            base::Place place = table.place_of(row);
            place.column = "alias";
            base::fail_input(fmt::format("{} leads to {} and to {}", alias, known->second, name),
                             "Keep one of the two rows.", place);
        }
        result.m_name_of.emplace(folded(alias), name);
    };
    // The names first: each is its own alias, whatever the table adds.
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        const std::string name(base::trim(names.display(row)));
        if (!name.empty()) add(row, name, name);
    }
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        const std::string name(base::trim(names.display(row)));
        const std::string alias(base::trim(aliases.display(row)));
        if (!name.empty() && !alias.empty()) add(row, alias, name);
    }
    return result;
}

std::string Aliases::resolve(std::string_view text) const {
    std::string key = folded(text);
    const auto found = m_name_of.find(key);
    return found == m_name_of.end() ? key : found->second;
}

namespace {
/// A side's names: of each row the parts as written, and what they resolve to.
struct Name {
    std::string text;
    std::string resolved;
};

std::vector<std::vector<Name>> names_of(const model::Layer& layer, const std::string& field, char separator,
                                        const Aliases& aliases) {
    const model::Column& column = layer.column(field);
    std::vector<std::vector<Name>> names(column.size());
    for (std::size_t row = 0; row < column.size(); ++row) {
        const std::string cell = column.display(row);
        const auto parts = separator != 0 ? base::split(cell, separator) : std::vector<std::string>{cell};
        for (const std::string& part : parts) {
            const std::string text(base::trim(part));
            if (!text.empty()) names[row].push_back({text, aliases.resolve(text)});
        }
    }
    return names;
}

/// The names of one side that come near to a wrong one of the other.
class NearNames {
public:
    explicit NearNames(const std::vector<std::vector<Name>>& rows) {
        std::set<std::string> seen;
        for (const auto& names : rows) {
            for (const Name& name : names) {
                if (seen.insert(name.text).second) m_names.push_back(name.text);
            }
        }
    }

    /// "; nearest: a, b", or nothing when none is near.
    std::string told(const std::string& text) {
        const auto known = m_told.find(text);
        if (known != m_told.end()) return known->second;
        if (m_compared > kMostComparisons) return {};
        m_compared += m_names.size();
        const auto near = base::nearest_names(text, m_names, kCandidates);
        const std::string told = near.empty() ? "" : fmt::format("; nearest: {}", base::join(near, ", "));
        m_told.emplace(text, told);
        return told;
    }

private:
    std::vector<std::string> m_names;
    std::map<std::string, std::string> m_told;
    std::size_t m_compared = 0;
};

base::Place place_in(const model::Layer& layer, std::size_t row, const std::string& field) {
    base::Place place = layer.place_of(row);
    place.column = field;
    return place;
}
}  // namespace

Matches match_by_name(const model::Layer& left, const model::Layer& right, const NameOptions& options,
                      const Aliases& aliases, base::Findings& findings) {
    const auto left_names = names_of(left, options.left_field, options.separator, aliases);
    const auto right_names = names_of(right, options.right_field, 0, aliases);
    std::map<std::string, std::vector<std::size_t>, std::less<>> rows_of;
    for (std::size_t row = 0; row < right_names.size(); ++row) {
        for (const Name& name : right_names[row]) rows_of[name.resolved].push_back(row);
    }
    Matches matches;
    matches.start.push_back(0);
    std::vector<std::uint8_t> is_wanted(right_names.size());
    NearNames near_right(right_names);
    for (std::size_t row = 0; row < left_names.size(); ++row) {
        const base::Place place = place_in(left, row, options.left_field);
        if (left_names[row].empty()) findings.push_back({"no name to match by", place});
        std::set<std::size_t> found;
        for (const Name& name : left_names[row]) {
            const auto rows = rows_of.find(name.resolved);
            if (rows != rows_of.end()) {
                found.insert(rows->second.begin(), rows->second.end());
            } else {
                findings.push_back({fmt::format("\"{}\" matches no {} of {}{}", name.text,
                                                options.right_field, right.name, near_right.told(name.text)),
                                    place});
            }
        }
        for (const std::size_t item : found) is_wanted[item] = 1;
        matches.right.insert(matches.right.end(), found.begin(), found.end());
        matches.start.push_back(matches.right.size());
    }
    if (!options.report_unused_right) return matches;
    NearNames near_left(left_names);
    for (std::size_t row = 0; row < right_names.size(); ++row) {
        if (is_wanted[row] != 0) continue;
        const base::Place place = place_in(right, row, options.right_field);
        if (right_names[row].empty()) {
            findings.push_back({"no name to match by", place});
            continue;
        }
        const std::string& text = right_names[row][0].text;
        findings.push_back({fmt::format("\"{}\" is matched by no {} of {}{}", text, options.left_field,
                                        left.name, near_left.told(text)),
                            place});
    }
    return matches;
}

}  // namespace isopleth::join
