// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace isopleth::base {

/// What happens to a value exactly between two: 38.5 becomes 39 (kHalfUp, away from zero) or 38 (kHalfEven).
enum class Rounding { kHalfUp, kHalfEven };

/// "half-up" or "half-even"; a Usage error for anything else.
Rounding parse_rounding(std::string_view text);

/// An exact decimal number: units x 10^-digits. For limits, concentrations and published rounding, where
/// binary fractions would round 38.45 the wrong way. Holds 18 significant digits; more is a Data error.
class Decimal {
public:
    Decimal() = default;
    Decimal(std::int64_t units, int digits);

    /// Reads "39", "-7.1", "38.0" (digits are kept: 38.0 has one), nothing else; nullopt when it is not one.
    static std::optional<Decimal> parse(std::string_view text);
    /// From the shortest decimal text of `value`; a Data error when it is not finite or too long.
    static Decimal from_double(double value);

    std::int64_t units() const { return m_units; }
    int digits() const { return m_digits; }
    double to_double() const;
    std::string to_string() const;  ///< with all its digits: "38.0"

    Decimal rounded(int digits, Rounding rounding) const;
    Decimal operator+(const Decimal& other) const;
    Decimal operator-(const Decimal& other) const;
    Decimal operator*(const Decimal& other) const;
    /// this / divisor with `digits` digits; a Data error when the divisor is 0.
    Decimal divided(const Decimal& divisor, int digits, Rounding rounding) const;

    /// Compares values: 38.0 == 38.
    std::strong_ordering operator<=>(const Decimal& other) const;
    bool operator==(const Decimal& other) const;

private:
    std::int64_t m_units = 0;
    int m_digits = 0;
};

}  // namespace isopleth::base
