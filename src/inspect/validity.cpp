// SPDX-License-Identifier: MIT
#include "inspect/validity.hpp"

#include "base/text.hpp"
#include "base/units.hpp"
#include "geo/geos.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

namespace isopleth::inspect {

namespace {

using geo::Box;
using geo::Point;

std::string text_of(Point point) {
    return fmt::format("({}, {})", base::shortest(point.x), base::shortest(point.y));
}

std::string count_of(std::size_t count, std::size_t all) {
    return fmt::format("{} of {} features", base::with_thousands(static_cast<long long>(count)),
                       base::with_thousands(static_cast<long long>(all)));
}

/// Data near the end of an area of use are nothing unusual: so many degrees beyond are no fault.
constexpr double kMargin = 1;

Point swapped(Point point) {
    return {point.y, point.x};
}

/// Longitude and latitude of a layer's coordinates, and where they are meant to lie.
class Places {
public:
    explicit Places(const geo::Crs& crs) : m_code(crs.code()), m_area(crs.area_of_use()) {
        if (crs.is_geographic() && is_in_degrees(crs)) {
            m_is_lon_lat = true;
        } else {
            try {
                m_to_degrees.emplace(crs, geo::Crs::wgs84());
            } catch (const base::Error&) {
                m_area.reset();  // without a way to degrees nothing can be said
            }
        }
    }

    bool is_lon_lat() const { return m_is_lon_lat; }
    bool has_area() const { return m_area.has_value(); }

    bool is_inside(Point point) const {
        const auto place = lon_lat(point);
        if (!place || std::abs(place->y) > 90 || std::abs(place->x) > 360) return false;
        if (place->y < m_area->min_y - kMargin || place->y > m_area->max_y + kMargin) return false;
        for (const double turn : {-360.0, 0.0, 360.0}) {
            const double lon = place->x + turn;
            if (lon >= m_area->min_x - kMargin && lon <= m_area->max_x + kMargin) return true;
        }
        return false;
    }

    /// True when all of a box is inside, seen from its border: what a border inside the area encloses lies in
    /// it too.
    bool is_inside(const Box& box) const {
        constexpr int kSteps = 20;
        for (int i = 0; i <= kSteps; ++i) {
            const double x = box.min_x + box.width() * i / kSteps;
            const double y = box.min_y + box.height() * i / kSteps;
            for (const Point point :
                 {Point{x, box.min_y}, Point{x, box.max_y}, Point{box.min_x, y}, Point{box.max_x, y}})
                if (!is_inside(point)) return false;
        }
        return true;
    }

    std::string area_text() const {
        const auto range = [](double low, double high) {
            return fmt::format("{} to {}", base::shortest(low), base::shortest(high));
        };
        return fmt::format("the area of use of {} (longitude {}, latitude {})", m_code,
                           range(m_area->min_x, m_area->max_x), range(m_area->min_y, m_area->max_y));
    }

private:
    /// Some geographic systems count in grads or from Paris.
    static bool is_in_degrees(const geo::Crs& crs) {
        try {
            const Point point = geo::Transform(crs, geo::Crs::wgs84())(Point{10, 50});
            return std::abs(point.x - 10) < 0.5 && std::abs(point.y - 50) < 0.5;
        } catch (const base::Error&) {
            return false;
        }
    }

    std::optional<Point> lon_lat(Point point) const {
        if (m_is_lon_lat) return point;
        try {
            return (*m_to_degrees)(point);
        } catch (const base::Error&) {
            return std::nullopt;  // no place on Earth has these coordinates
        }
    }

    std::string m_code;
    std::optional<Box> m_area;
    bool m_is_lon_lat = false;
    std::optional<geo::Transform> m_to_degrees;
};

bool is_at_zero(Point point) {
    return point.x == 0 && point.y == 0;
}

/// The first coordinate of a geometry for which `is_wrong` holds.
template <class Test>
std::optional<Point> first_point(const geo::Geometry& geometry, Test&& is_wrong) {
    std::optional<Point> first;
    geo::for_each_point(geometry, [&](const Point& point) {
        if (!first && is_wrong(point)) first = point;
    });
    return first;
}

template <class Test>
bool all_points(const std::vector<geo::Geometry>& geometry, Test&& is_right) {
    return std::none_of(geometry.begin(), geometry.end(), [&](const geo::Geometry& one) {
        return first_point(one, [&](Point point) { return !is_right(point); }).has_value();
    });
}

/// "columns 经度 and 纬度" when the layer keeps the columns that its coordinates came from, else "x and y".
std::string coordinate_names(const model::Layer& layer, std::size_t row, Point point) {
    const auto column_with = [&](double value) -> const model::Column* {
        const auto found = std::find_if(
            layer.columns.begin(), layer.columns.end(),
            [&](const model::Column& column) { return column.is_number() && column.number(row) == value; });
        return found == layer.columns.end() ? nullptr : &*found;
    };
    const auto* x = column_with(point.x);
    const auto* y = column_with(point.y);
    if (x == nullptr || y == nullptr || x == y) return "x and y";
    return fmt::format("columns {} and {}", x->name(), y->name());
}

void refuse_infinite(const model::Layer& layer) {
    for (std::size_t row = 0; row < layer.geometry.size(); ++row) {
        const auto bad = first_point(layer.geometry[row], [](Point point) {
            return !std::isfinite(point.x) || !std::isfinite(point.y);
        });
        if (bad) {
            base::fail_input(fmt::format("the coordinate ({}, {}) is not finite", bad->x, bad->y),
                             "Correct it in the source.", layer.place_of(row));
        }
    }
}

/// Throws for the first latitude above 90.
void refuse_latitudes(const model::Layer& layer, const Places& places) {
    for (std::size_t row = 0; row < layer.geometry.size(); ++row) {
        const auto bad = first_point(layer.geometry[row], [](Point point) { return std::abs(point.y) > 90; });
        if (!bad) continue;
        const bool helps = all_points(layer.geometry, [&places](Point point) {
            return std::abs(point.x) <= 90 && std::abs(point.y) <= 180 &&
                   (!places.has_area() || places.is_inside(swapped(point)));
        });
        const std::string names = coordinate_names(layer, row, *bad);
        base::fail_input(
            fmt::format("latitude {} of {} is above 90", base::shortest(bad->y), text_of(*bad)),
            helps ? fmt::format("Swapping {} would put all features right: do so in the source.", names)
                  : fmt::format(
                        "Swapping {} would not put all features right: check the coordinates and their CRS.",
                        names),
            layer.place_of(row));
    }
}

/// Features of one fault: how many, and the first of them.
struct Fault {
    std::size_t count = 0;
    std::size_t row = 0;
    Point point;

    void add(std::size_t at_row, Point at) {
        if (count++ > 0) return;
        row = at_row;
        point = at;
    }
};

struct Faults {
    Fault zero;
    Fault is_swapped;
    Fault outside;
};

Faults find_faults(const model::Layer& layer, const Places& places) {
    Faults faults;
    const Box bounds = layer.bounds();
    const bool is_all_inside = !places.has_area() || places.is_inside(bounds);
    const bool is_zero_odd = places.is_lon_lat() || (places.has_area() && !places.is_inside(Point{0, 0}));
    const bool may_be_zero = is_zero_odd && bounds.contains({0, 0});
    if (is_all_inside && !may_be_zero) return faults;
    for (std::size_t row = 0; row < layer.geometry.size(); ++row) {
        const geo::Geometry& geometry = layer.geometry[row];
        const auto zero = may_be_zero ? first_point(geometry, is_at_zero) : std::nullopt;
        if (zero) {
            faults.zero.add(row, *zero);
            continue;
        }
        if (is_all_inside) continue;
        const auto outside = first_point(geometry, [&](Point point) { return !places.is_inside(point); });
        if (!outside) continue;
        const bool helps = !first_point(geometry, [&](Point point) {
                                return !places.is_inside(swapped(point));
                            }).has_value();
        (helps ? faults.is_swapped : faults.outside).add(row, *outside);
    }
    return faults;
}

}  // namespace

void require_valid_polygons(const model::Layer& layer) {
    std::optional<geo::Invalidity> first;
    std::size_t first_row = 0;
    std::size_t further = 0;
    for (std::size_t row = 0; row < layer.geometry.size(); ++row) {
        if (geo::dimension(layer.geometry[row]) != 2) continue;
        auto invalidity = geo::find_invalidity(layer.geometry[row]);
        if (!invalidity) continue;
        if (first) {
            ++further;
        } else {
            first = std::move(invalidity);
            first_row = row;
        }
    }
    if (!first) return;
    // A crossing is computed: ten digits, for its last ones are rounding.
    std::string message = fmt::format("invalid polygon: {} at ({:.10g}, {:.10g})", first->reason,
                                      first->location.x, first->location.y);
    if (further > 0) {
        message += fmt::format("; {} further polygon{} invalid",
                               base::with_thousands(static_cast<long long>(further)),
                               further == 1 ? " is" : "s are");
    }
    base::fail_input(message, "Mend it in the source, for example with the fix geometries tool of QGIS.",
                     layer.place_of(first_row));
}

void check_coordinates(const model::Layer& layer, base::Findings& findings) {
    if (!layer.has_geometry) return;
    refuse_infinite(layer);
    if (!layer.crs || layer.bounds().empty()) return;
    const Places places(*layer.crs);
    if (places.is_lon_lat()) refuse_latitudes(layer, places);
    const Faults faults = find_faults(layer, places);
    const auto tell = [&](const Fault& fault, const std::string& verb, const std::string& text) {
        findings.push_back({fmt::format("{} {}{} {}", count_of(fault.count, layer.geometry.size()), verb,
                                        fault.count == 1 ? "s" : "", text),
                            layer.place_of(fault.row)});
    };
    if (faults.zero.count > 0) tell(faults.zero, "lie", "at (0, 0); a missing place written as 0 looks so");
    if (faults.is_swapped.count > 0) {
        const Point point = faults.is_swapped.point;
        tell(faults.is_swapped, "look",
             fmt::format("swapped in {}: {} is outside {}, {} is inside",
                         coordinate_names(layer, faults.is_swapped.row, point), text_of(point),
                         places.area_text(), text_of(swapped(point))));
    }
    if (faults.outside.count > 0) {
        tell(faults.outside, "lie",
             fmt::format("outside {}; the first at {}", places.area_text(), text_of(faults.outside.point)));
    }
}

}  // namespace isopleth::inspect
