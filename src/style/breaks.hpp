// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace isopleth::style {

/// Class borders, rising. Class i holds edge i <= value < edge i + 1; the last class holds its upper edge too.
/// The first edge may be -infinity and the last +infinity: an open class.
class Breaks {
public:
    Breaks() = default;  ///< no class

    /// Edges as given, both ends included, at least two; a Usage error when they don't rise or one is NaN.
    static Breaks given(std::vector<double> edges);
    /// Inner borders only: the first and last class are open. At least one border.
    static Breaks open(std::vector<double> borders);
    /// `classes` classes of one width from the smallest to the largest value. Data error for no values or all equal.
    static Breaks equal(std::span<const double> values, std::size_t classes);
    /// The same number of values in each class as far as ties allow (equal borders are merged); same errors.
    static Breaks quantile(std::span<const double> values, std::size_t classes);
    /// Round borders (steps 1, 2, 2.5, 5 x 10^k) that cover the values in about `classes` (at most 7) classes; same errors.
    static Breaks pretty(std::span<const double> values, std::size_t classes);

    const std::vector<double>& edges() const { return m_edges; }
    std::size_t class_count() const { return m_edges.empty() ? 0 : m_edges.size() - 1; }
    /// nullopt outside the edges and for NaN.
    std::optional<std::size_t> classify(double value) const;
    /// The nearest class: a value outside takes the first or last. nullopt only for NaN or without classes.
    std::optional<std::size_t> classify_clamped(double value) const;
    /// "38.0–38.5", "< 38.0", "≥ 39.5"; all edges with the same number of decimals (those they need, at most 6), U+2212 minus.
    std::string label(std::size_t class_number) const;
    bool operator==(const Breaks&) const = default;

private:
    std::vector<double> m_edges;
};

/// "given", "equal", "quantile", "pretty" by name, for project files; `edges` is for "given". A Usage error with the nearest
/// name otherwise.
Breaks make_breaks(std::string_view method, std::span<const double> values, std::size_t classes,
                   const std::vector<double>& edges = {});

/// A number as maps print it: `decimals` places, minus sign U+2212.
std::string map_number(double value, int decimals);
/// Decimals that the numbers need to be told apart and read exactly, at most 6.
int decimals_needed(std::span<const double> values);

}  // namespace isopleth::style
