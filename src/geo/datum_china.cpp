// SPDX-License-Identifier: MIT
#include "geo/datum_china.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace isopleth::geo {
namespace {

// Krasovsky 1940, as GCJ-02 uses it.
constexpr double kSemiMajorAxis = 6378245.0;
constexpr double kEccentricitySquared = 0.00669342162296594323;
constexpr double kRadians = std::numbers::pi / 180;
constexpr double kBaiduRadians = std::numbers::pi * 3000 / 180;
constexpr int kMostSteps = 50;  // Beijing takes 6

bool is_shifted(Point p) {
    return p.x >= 72.004 && p.x <= 137.8347 && p.y >= 0.8293 && p.y <= 55.8271;
}

double wave(double position, double amplitude, double divisor) {
    return amplitude * std::sin(std::numbers::pi * position / divisor);
}

Point gcj02(Point wgs84) {
    if (!is_shifted(wgs84)) return wgs84;
    const double x = wgs84.x - 105;
    const double y = wgs84.y - 35;
    const double common = wave(6 * x, 20, 1) + wave(2 * x, 20, 1);
    const double root = std::sqrt(std::abs(x));
    const double north =
        -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root +
        (common + wave(y, 20, 1) + wave(y, 40, 3) + wave(y, 160, 12) + wave(y, 320, 30)) * 2 / 3;
    const double east =
        300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root +
        (common + wave(x, 20, 1) + wave(x, 40, 3) + wave(x, 150, 12) + wave(x, 300, 30)) * 2 / 3;
    const double sine = std::sin(wgs84.y * kRadians);
    const double m = 1 - kEccentricitySquared * sine * sine;
    const double meridian = kSemiMajorAxis * (1 - kEccentricitySquared) / (m * std::sqrt(m));
    const double parallel = kSemiMajorAxis / std::sqrt(m) * std::cos(wgs84.y * kRadians);
    return {wgs84.x + east / (parallel * kRadians), wgs84.y + north / (meridian * kRadians)};
}

Point bd09(Point gcj) {
    const double radius = std::hypot(gcj.x, gcj.y) + 0.00002 * std::sin(gcj.y * kBaiduRadians);
    const double angle = std::atan2(gcj.y, gcj.x) + 0.000003 * std::cos(gcj.x * kBaiduRadians);
    return {radius * std::cos(angle) + 0.0065, radius * std::sin(angle) + 0.006};
}

}  // namespace

const std::vector<std::string>& china_datum_names() {
    static const std::vector<std::string> names{"gcj02", "bd09"};
    return names;
}

std::optional<ChinaDatum> parse_china_datum(std::string_view name) {
    const auto& names = china_datum_names();
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<ChinaDatum>(found - names.begin());
}

Point from_wgs84(ChinaDatum datum, Point wgs84) {
    const Point gcj = gcj02(wgs84);
    return datum == ChinaDatum::kBd09 ? bd09(gcj) : gcj;
}

Point to_wgs84(ChinaDatum datum, Point shifted) {
    Point guess = shifted;
    for (int step = 0; step < kMostSteps; ++step) {
        const Point there = from_wgs84(datum, guess);
        const Point missing{shifted.x - there.x, shifted.y - there.y};
        guess = {guess.x + missing.x, guess.y + missing.y};
        if (std::max(std::abs(missing.x), std::abs(missing.y)) < 1e-13) break;
    }
    return guess;
}

}  // namespace isopleth::geo
