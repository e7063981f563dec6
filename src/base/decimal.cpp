// SPDX-License-Identifier: MIT
#include "base/decimal.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace isopleth::base {

namespace {

__extension__ using Wide = __int128;

constexpr int kMaxDigits = 18;
constexpr std::int64_t kLimit = 1'000'000'000'000'000'000;  // 10^18: units stay below it

/// 10^exponent; 10^38 is the last that fits.
Wide power_of_ten(int exponent) {
    Wide power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

[[noreturn]] void fail_too_long(const std::string& what) {
    fail_data(what + " needs more than 18 significant digits");
}

Decimal narrow(Wide units, int digits, const char* what) {
    // Zeros at the end are given up only where the value would not fit otherwise.
    while ((units >= kLimit || units <= -kLimit || digits > kMaxDigits) && digits > 0 && units % 10 == 0) {
        units /= 10;
        --digits;
    }
    if (units >= kLimit || units <= -kLimit || digits > kMaxDigits) fail_too_long(what);
    return Decimal(static_cast<std::int64_t>(units), digits);
}

Wide aligned(const Decimal& value, int digits) {
    return static_cast<Wide>(value.units()) * power_of_ten(digits - value.digits());
}

/// numerator / denominator to the nearest whole number; `denominator` is above 0.
Wide divide_rounded(Wide numerator, Wide denominator, Rounding rounding) {
    const bool is_negative = numerator < 0;
    const Wide size = is_negative ? -numerator : numerator;
    Wide quotient = size / denominator;
    const Wide rest = size % denominator;
    const Wide other = denominator - rest;
    const bool is_up =
        rest > other || (rest == other && (rounding == Rounding::kHalfUp || quotient % 2 != 0));
    if (is_up) ++quotient;
    return is_negative ? -quotient : quotient;
}

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

/// The shape [-]digits[.digits] and nothing else.
bool is_decimal_text(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    if (text.empty() || !is_digit(text.front()) || !is_digit(text.back())) return false;
    int points = 0;
    for (const char letter : text) {
        if (letter == '.')
            ++points;
        else if (!is_digit(letter))
            return false;
    }
    return points <= 1;
}

}  // namespace

Rounding parse_rounding(std::string_view text) {
    if (text == "half-up") return Rounding::kHalfUp;
    if (text == "half-even") return Rounding::kHalfEven;
    fail_usage(
        "unknown rounding \"" + std::string(text) + "\"" + did_you_mean(text, {"half-up", "half-even"}),
        "Use half-up or half-even.");
}

Decimal::Decimal(std::int64_t units, int digits) : m_units(units), m_digits(digits) {
    if (digits < 0 || digits > kMaxDigits) bug("a decimal number with " + std::to_string(digits) + " digits");
    if (units >= kLimit || units <= -kLimit) fail_too_long("a decimal number");
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
    if (!is_decimal_text(text)) return std::nullopt;
    const bool is_negative = text.front() == '-';
    std::int64_t units = 0;
    int digits = 0;
    bool is_fraction = false;
    for (const char letter : text) {
        if (letter == '-') continue;
        if (letter == '.') {
            is_fraction = true;
            continue;
        }
        units = units * 10 + (letter - '0');
        if (is_fraction) ++digits;
        if (units >= kLimit || digits > kMaxDigits) fail_too_long("the number " + std::string(text));
    }
    return Decimal(is_negative ? -units : units, digits);
}

Decimal Decimal::from_double(double value) {
    if (!std::isfinite(value)) fail_data("a value that is not finite has no decimal text");
    std::array<char, 1200> buffer;  // 1.8e308 has 309 digits, 5e-324 has 326
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed).ptr;
    const auto decimal =
        parse(std::string_view(buffer.data(), static_cast<std::size_t>(end - buffer.data())));
    if (!decimal) bug("the text of a double is not a decimal number");
    return *decimal;
}

double Decimal::to_double() const {
    // By way of the text: units / 10^digits would round twice.
    const std::string text = to_string();
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::string Decimal::to_string() const {
    std::string text = std::to_string(m_units < 0 ? -m_units : m_units);
    const auto digits = static_cast<std::size_t>(m_digits);
    if (text.size() <= digits) text.insert(0, digits + 1 - text.size(), '0');
    if (digits > 0) text.insert(text.size() - digits, 1, '.');
    if (m_units < 0) text.insert(0, 1, '-');
    return text;
}

Decimal Decimal::rounded(int digits, Rounding rounding) const {
    if (digits < 0) bug("rounding to a negative number of digits");
    if (digits >= m_digits)
        return narrow(aligned(*this, std::min(digits, kMaxDigits)), digits, "a rounded value");
    return narrow(divide_rounded(m_units, power_of_ten(m_digits - digits), rounding), digits,
                  "a rounded value");
}

Decimal Decimal::operator+(const Decimal& other) const {
    const int digits = std::max(m_digits, other.m_digits);
    return narrow(aligned(*this, digits) + aligned(other, digits), digits, "a sum");
}

Decimal Decimal::operator-(const Decimal& other) const {
    const int digits = std::max(m_digits, other.m_digits);
    return narrow(aligned(*this, digits) - aligned(other, digits), digits, "a difference");
}

Decimal Decimal::operator*(const Decimal& other) const {
    return narrow(static_cast<Wide>(m_units) * other.m_units, m_digits + other.m_digits, "a product");
}

Decimal Decimal::divided(const Decimal& divisor, int digits, Rounding rounding) const {
    if (divisor.m_units == 0) fail_data("division by 0");
    if (digits < 0 || digits > kMaxDigits) bug("a quotient with " + std::to_string(digits) + " digits");
    Wide numerator = divisor.m_units < 0 ? -static_cast<Wide>(m_units) : m_units;
    Wide denominator = divisor.m_units < 0 ? -static_cast<Wide>(divisor.m_units) : divisor.m_units;
    const int exponent = digits + divisor.m_digits - m_digits;
    Wide& side = exponent >= 0 ? numerator : denominator;
    if (__builtin_mul_overflow(side, power_of_ten(std::abs(exponent)), &side)) fail_too_long("a quotient");
    return narrow(divide_rounded(numerator, denominator, rounding), digits, "a quotient");
}

std::strong_ordering Decimal::operator<=>(const Decimal& other) const {
    const int digits = std::max(m_digits, other.m_digits);
    const Wide left = aligned(*this, digits);
    const Wide right = aligned(other, digits);
    if (left < right) return std::strong_ordering::less;
    return left > right ? std::strong_ordering::greater : std::strong_ordering::equal;
}

bool Decimal::operator==(const Decimal& other) const {
    return (*this <=> other) == 0;
}

}  // namespace isopleth::base
