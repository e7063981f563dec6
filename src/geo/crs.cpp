// SPDX-License-Identifier: MIT
#include "geo/crs.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/units.hpp"

#include <fmt/format.h>
#include <proj.h>
#include <proj_experimental.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace isopleth::geo {

namespace {

struct DestroyContext {
    void operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
};
struct DestroyPj {
    void operator()(PJ* pj) const { proj_destroy(pj); }
};
using Context = std::unique_ptr<PJ_CONTEXT, DestroyContext>;
using Pj = std::unique_ptr<PJ, DestroyPj>;

/// Without network and without PROJ's own prints.
Context make_context() {
    Context context(proj_context_create());
    if (!context) base::bug("PROJ made no context");
    proj_log_func(context.get(), nullptr, [](void*, int, const char*) {});
    proj_context_set_enable_network(context.get(), 0);
    return context;
}

std::string text_or_empty(const char* text) {
    return text == nullptr ? std::string() : std::string(text);
}

/// A definition as a message can hold it.
std::string shortened(std::string_view text) {
    constexpr std::size_t kLongest = 60;
    return text.size() <= kLongest ? std::string(text) : std::string(text.substr(0, kLongest)) + "...";
}

[[noreturn]] void fail_unknown(std::string_view text) {
    const bool is_number = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
    base::fail_usage(fmt::format("\"{}\" is no coordinate reference system that PROJ knows", shortened(text)),
                     is_number ? fmt::format("Write the authority too: EPSG:{}.", text)
                               : "Use a code such as EPSG:4548, or WKT text.");
}

/// The horizontal part: our geometry has no heights. nullptr when there is none.
Pj horizontal(PJ_CONTEXT* context, Pj crs) {
    switch (proj_get_type(crs.get())) {
        case PJ_TYPE_COMPOUND_CRS: {
            Pj part(proj_crs_get_sub_crs(context, crs.get(), 0));
            return part ? horizontal(context, std::move(part)) : nullptr;
        }
        case PJ_TYPE_GEOCENTRIC_CRS:
        case PJ_TYPE_VERTICAL_CRS:
        case PJ_TYPE_TEMPORAL_CRS:
            return nullptr;
        default:
            return Pj(proj_crs_demote_to_2D(context, nullptr, crs.get()));
    }
}

/// The CRS whose coordinates these are, without the transformation that a "bound" CRS carries.
Pj unbound(PJ_CONTEXT* context, const PJ* crs) {
    if (proj_get_type(crs) == PJ_TYPE_BOUND_CRS) return Pj(proj_get_source_crs(context, crs));
    return Pj(proj_clone(context, crs));
}

bool has_metric_axes(PJ_CONTEXT* context, const PJ* crs) {
    const Pj axes(proj_crs_get_coordinate_system(context, crs));
    if (!axes || proj_cs_get_axis_count(context, axes.get()) != 2) return false;
    for (int axis = 0; axis < 2; ++axis) {
        double metres = 0;
        if (proj_cs_get_axis_info(context, axes.get(), axis, nullptr, nullptr, nullptr, &metres, nullptr,
                                  nullptr, nullptr) == 0)
            return false;
        if (metres != 1.0) return false;
    }
    return true;
}

std::optional<Box> read_area_of_use(PJ_CONTEXT* context, const PJ* crs) {
    Box area{0, 0, 0, 0};
    if (proj_get_area_of_use(context, crs, &area.min_x, &area.min_y, &area.max_x, &area.max_y, nullptr) == 0)
        return std::nullopt;
    // PROJ's sign for "not stated".
    if (std::min({area.min_x, area.min_y, area.max_x, area.max_y}) <= -1000) return std::nullopt;
    if (area.max_x < area.min_x) area.max_x += 360;
    return area;
}

/// PROJ finds an object of a similar name too: "Beijing" is taken for some CRS of that name. Definitions and
/// codes hold one of these characters; names must be whole.
bool is_name_only(std::string_view text) {
    return text.find_first_of(":[{+=") == std::string_view::npos;
}

Pj create(PJ_CONTEXT* context, std::string_view text) {
    std::string definition(text);
    const bool is_proj_string =
        definition.find("+proj=") != std::string::npos || definition.find("+init=") != std::string::npos;
    // PROJ's strings are operations until they say that they are systems.
    if (is_proj_string && definition.find("type=crs") == std::string::npos) definition += " +type=crs";
    Pj crs(proj_create(context, definition.c_str()));
    if (!crs || proj_is_crs(crs.get()) == 0) return nullptr;
    if (is_name_only(text) && text_or_empty(proj_get_name(crs.get())) != text) return nullptr;
    return horizontal(context, std::move(crs));
}

}  // namespace

struct Crs::State {
    std::string definition;  ///< what PROJ makes the system of again: a code, or else the WKT
    std::string wkt;
    std::string name;
    std::string code;
    bool is_geographic = false;
    bool is_metric = false;
    std::optional<Box> area_of_use;
};

Crs::Crs(std::shared_ptr<const State> state) : m_state(std::move(state)) {}

Crs Crs::parse(std::string_view text) {
    const std::string_view trimmed = base::trim(text);
    const Context context = make_context();
    const Pj crs = create(context.get(), trimmed);
    if (!crs) fail_unknown(trimmed);

    auto state = std::make_shared<State>();
    state->wkt = text_or_empty(proj_as_wkt(context.get(), crs.get(), PJ_WKT2_2019, nullptr));
    const bool is_wkt = trimmed.find_first_of("[{") != std::string_view::npos;
    state->name = text_or_empty(proj_get_name(crs.get()));
    // PROJ's strings have no name: their text says more.
    if (state->name == "unknown" && !is_wkt) state->name = trimmed;
    if (state->wkt.empty()) fail_unknown(trimmed);
    const std::string authority = text_or_empty(proj_get_id_auth_name(crs.get(), 0));
    const std::string number = text_or_empty(proj_get_id_code(crs.get(), 0));
    const bool has_code = !authority.empty() && !number.empty();
    state->code = has_code ? authority + ":" + number : state->name;
    // WKT may name a code and differ from it: only what came without WKT is made of its code again.
    state->definition = has_code && !is_wkt ? state->code : state->wkt;

    const Pj own = unbound(context.get(), crs.get());
    const PJ_TYPE type = own ? proj_get_type(own.get()) : PJ_TYPE_UNKNOWN;
    state->is_geographic = type == PJ_TYPE_GEOGRAPHIC_2D_CRS;
    state->is_metric = type == PJ_TYPE_PROJECTED_CRS && has_metric_axes(context.get(), own.get());
    state->area_of_use = read_area_of_use(context.get(), own ? own.get() : crs.get());
    return Crs(std::move(state));
}

const Crs& Crs::wgs84() {
    static const Crs crs = parse("EPSG:4326");
    return crs;
}

const std::string& Crs::wkt() const {
    return m_state->wkt;
}
const std::string& Crs::name() const {
    return m_state->name;
}
const std::string& Crs::code() const {
    return m_state->code;
}
bool Crs::is_geographic() const {
    return m_state->is_geographic;
}
bool Crs::is_metric() const {
    return m_state->is_metric;
}
std::optional<Box> Crs::area_of_use() const {
    return m_state->area_of_use;
}

bool Crs::operator==(const Crs& other) const {
    if (m_state == other.m_state || m_state->wkt == other.m_state->wkt) return true;
    if (is_geographic() != other.is_geographic() || is_metric() != other.is_metric()) return false;
    const Context context = make_context();
    // x is east and y north in all of our data: systems that differ in the order of axes alone are the same
    // to us.
    const auto normalized = [&context](const State& state) {
        const Pj crs(proj_create(context.get(), state.wkt.c_str()));
        return Pj(crs ? proj_normalize_for_visualization(context.get(), crs.get()) : nullptr);
    };
    const Pj left = normalized(*m_state);
    const Pj right = normalized(*other.m_state);
    return left && right &&
           proj_is_equivalent_to_with_ctx(context.get(), left.get(), right.get(), PJ_COMP_EQUIVALENT) != 0;
}

struct Transform::State {
    Context context;
    Pj operation;  ///< null: both systems are the same
    std::string from;
    std::string to;

    [[noreturn]] void fail(Point point, PJ_DIRECTION direction) const {
        const int number = operation ? proj_errno(operation.get()) : 0;
        const std::string reason = number == 0
                                       ? "the result is not a finite number"
                                       : text_or_empty(proj_context_errno_string(context.get(), number));
        const bool forward = direction == PJ_FWD;
        base::fail_data(
            fmt::format("the point ({}, {}) cannot be brought from {} to {}: {}", base::shortest(point.x),
                        base::shortest(point.y), forward ? from : to, forward ? to : from, reason),
            "Check that the CRS stated is the one of the coordinates.");
    }

    Point run(Point point, PJ_DIRECTION direction) const {
        PJ_COORD coordinate = proj_coord(point.x, point.y, 0, HUGE_VAL);
        if (operation) {
            proj_errno_reset(operation.get());
            coordinate = proj_trans(operation.get(), direction, coordinate);
        }
        const Point result{coordinate.xy.x, coordinate.xy.y};
        const bool is_input_finite = std::isfinite(point.x) && std::isfinite(point.y);
        if (!is_input_finite || !std::isfinite(result.x) || !std::isfinite(result.y)) fail(point, direction);
        return result;
    }
};

Transform::Transform(const Crs& from, const Crs& to) : m_state(std::make_unique<State>()) {
    m_state->from = from.code();
    m_state->to = to.code();
    if (from == to) return;
    m_state->context = make_context();
    PJ_CONTEXT* context = m_state->context.get();
    const Pj source(proj_create(context, from.m_state->definition.c_str()));
    const Pj target(proj_create(context, to.m_state->definition.c_str()));
    if (!source || !target) base::bug("PROJ does not know a CRS that it knew before");
    const Pj operation(proj_create_crs_to_crs_from_pj(context, source.get(), target.get(), nullptr, nullptr));
    if (operation) m_state->operation.reset(proj_normalize_for_visualization(context, operation.get()));
    if (!m_state->operation) {
        base::fail_data(fmt::format("PROJ knows no way from {} to {}", from.code(), to.code()),
                        "Give the data in another CRS.");
    }
}

Transform::~Transform() = default;
Transform::Transform(Transform&&) noexcept = default;
Transform& Transform::operator=(Transform&&) noexcept = default;

Point Transform::operator()(Point point) const {
    return m_state->run(point, PJ_FWD);
}
Point Transform::inverse(Point point) const {
    return m_state->run(point, PJ_INV);
}

void Transform::apply(std::span<Point> points) const {
    for (Point& point : points) point = m_state->run(point, PJ_FWD);
}

Geometry Transform::apply(Geometry geometry) const {
    for_each_point(geometry, [this](Point& point) { point = m_state->run(point, PJ_FWD); });
    return geometry;
}

Crs metric_crs(const Box& lon_lat_bounds) {
    const double lon = (lon_lat_bounds.min_x + lon_lat_bounds.max_x) / 2;
    const double lat = (lon_lat_bounds.min_y + lon_lat_bounds.max_y) / 2;
    // NaN and the infinite bounds of no data at all fail here too.
    if (!(std::abs(lat) <= 90) || !(std::abs(lon) <= 540)) {
        base::fail_data("a metric CRS cannot be chosen for data without longitudes and latitudes",
                        "State one, for example EPSG:4548.");
    }
    if (lat > 84) return Crs::parse("EPSG:5041");
    if (lat < -80) return Crs::parse("EPSG:5042");
    const double turned = lon - 360 * std::floor((lon + 180) / 360);
    const int zone = std::clamp(static_cast<int>(std::floor((turned + 180) / 6)) + 1, 1, 60);
    return Crs::parse(fmt::format("EPSG:{}{:02}", lat >= 0 ? 326 : 327, zone));
}

}  // namespace isopleth::geo
