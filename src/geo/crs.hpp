// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "geo/geometry.hpp"

namespace isopleth::geo {

/// A coordinate reference system, known by its WKT2 text. A value: cheap to copy and compare.
class Crs {
public:
    /// "EPSG:4548", "OGC:CRS84", WKT, PROJ or PROJJSON text; a Usage error for what PROJ does not know or
    /// what has no horizontal axes. Of a compound or three-dimensional system the horizontal part is taken.
    static Crs parse(std::string_view text);
    /// WGS84 longitude, latitude.
    static const Crs& wgs84();

    const std::string& wkt() const;   ///< WKT2:2019
    const std::string& name() const;  ///< "CGCS2000 / 3-degree Gauss-Kruger CM 117E"
    /// "EPSG:4548" when the definition names an authority, else the name.
    const std::string& code() const;
    bool is_geographic() const;
    /// Projected with metres on both axes: distances and areas may be computed.
    bool is_metric() const;
    /// Where the CRS is meant to be used, in longitude and latitude; nullopt when not stated. An area across
    /// the 180th meridian ends above 180.
    std::optional<Box> area_of_use() const;
    /// Same system up to the spelling of its WKT and the order of its axes, which is always x, y here.
    bool operator==(const Crs& other) const;

private:
    friend class Transform;
    struct State;
    explicit Crs(std::shared_ptr<const State> state);
    std::shared_ptr<const State> m_state;
};

/// Coordinate operation between two systems, in our axis order (x east, y north) on both sides.
/// Not to be shared between threads. Between equal systems coordinates keep their bits.
class Transform {
public:
    Transform(const Crs& from, const Crs& to);
    ~Transform();
    Transform(Transform&&) noexcept;
    Transform& operator=(Transform&&) noexcept;

    /// A Data error that names the point when it cannot be projected.
    Point operator()(Point point) const;
    Point inverse(Point point) const;
    /// In place, all of them; a Data error names the first that fails, and those before it are changed by
    /// then.
    void apply(std::span<Point> points) const;
    Geometry apply(Geometry geometry) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// The metric CRS that suits data with these longitude/latitude bounds: UTM zone of the centre
/// (EPSG:326zz/327zz), or polar stereographic (EPSG:5041/5042) beyond 84 N and 80 S. A Data error for bounds
/// that are no longitudes and latitudes.
Crs metric_crs(const Box& lon_lat_bounds);

}  // namespace isopleth::geo
