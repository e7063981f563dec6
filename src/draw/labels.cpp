// SPDX-License-Identifier: MIT
#include "draw/labels.hpp"

#include "base/text.hpp"
#include "geo/geos.hpp"
#include "geo/rtree.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace isopleth::draw {
namespace {

constexpr double kMmPerPoint = 25.4 / 72;
constexpr double kSecondSizePt = 7;
constexpr double kAir = 0.3;                // mm around a label
constexpr std::size_t kMostMarkers = 5000;  // more are a cloud that no label can avoid

struct Size {
    double width = 0;  // mm
    double height = 0;
};

/// Everything a new label must not cover, in ground coordinates.
class Ground {
public:
    Ground(const Scene& scene, const PageLayout& layout)
        : m_mm(layout.metres_per_mm),
          m_frame(layout.map_box),
          m_markers(marker_boxes(scene, layout.metres_per_mm)),
          m_index(m_markers) {}

    double mm() const { return m_mm; }
    geo::Box box_of(geo::Point centre, Size size) const {
        const double w = (size.width / 2 + kAir) * m_mm;
        const double h = (size.height / 2 + kAir) * m_mm;
        return {centre.x - w, centre.y - h, centre.x + w, centre.y + h};
    }
    bool in_frame(const geo::Box& box) const {
        return m_frame.contains({box.min_x, box.min_y}) && m_frame.contains({box.max_x, box.max_y});
    }
    std::size_t overlaps(const geo::Box& box) const {
        const auto meets = [&box](const geo::Box& other) { return other.intersects(box); };
        return m_index.meeting(box).size() +
               static_cast<std::size_t>(std::count_if(m_labels.begin(), m_labels.end(), meets));
    }
    bool is_free(const geo::Box& box) const { return in_frame(box) && overlaps(box) == 0; }
    void take(const geo::Box& box) { m_labels.push_back(box); }

private:
    static std::vector<geo::Box> marker_boxes(const Scene& scene, double mm) {
        std::vector<geo::Box> boxes;
        for (const BodyLayer& layer : scene.layers) {
            if (!layer.features || geometry_of(layer) != style::SymbolGeometry::kPoint) continue;
            if (layer.features->row_count() > kMostMarkers) continue;
            const double half = layer.style.marker_mm / 2 * mm;
            for (const geo::Geometry& geometry : layer.features->geometry) {
                geo::for_each_point(geometry, [&](const geo::Point& p) {
                    boxes.push_back({p.x - half, p.y - half, p.x + half, p.y + half});
                });
            }
        }
        return boxes;
    }

    double m_mm;
    geo::Box m_frame;
    std::vector<geo::Box> m_markers;
    geo::BoxIndex m_index;
    std::vector<geo::Box> m_labels;
};

Size size_of(const PlacedLabel& label) {
    Size size{text_width_mm(label.text, label.style.size_pt), 1.2 * label.style.size_pt * kMmPerPoint};
    if (!label.second_line.empty()) {
        size.width = std::max(size.width, text_width_mm(label.second_line, kSecondSizePt));
        size.height += 1.2 * kSecondSizePt * kMmPerPoint;
    }
    return size;
}

/// Points around `centre`, ring by ring outward, `step` apart.
std::vector<geo::Point> rings(geo::Point centre, double step, int count) {
    std::vector<geo::Point> points{centre};
    for (int ring = 1; ring <= count; ++ring) {
        const int spokes = 8 * ring;
        for (int i = 0; i < spokes; ++i) {
            const double angle = 2 * std::numbers::pi * i / spokes;
            points.push_back(
                {centre.x + step * ring * std::cos(angle), centre.y + step * ring * std::sin(angle)});
        }
    }
    return points;
}

bool box_inside(const geo::Geometry& polygon, const geo::Box& box) {
    constexpr int kSteps = 6;
    for (int i = 0; i <= kSteps; ++i) {
        const double x = box.min_x + box.width() * i / kSteps;
        for (const double y : {box.min_y, (box.min_y + box.max_y) / 2, box.max_y}) {
            if (geo::side_of(polygon, {x, y}) == geo::Side::kOutside) return false;
        }
    }
    return true;
}

geo::LineString leader(const geo::Box& box, geo::Point target) {
    // Starts where the straight line to the target leaves the label's box.
    const geo::Point centre{(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2};
    const double dx = target.x - centre.x;
    const double dy = target.y - centre.y;
    const double reach = std::max(std::abs(dx) / (box.width() / 2), std::abs(dy) / (box.height() / 2));
    const double share = reach > 1 ? 1 / reach : 1;
    return {{{centre.x + dx * share, centre.y + dy * share}, target}};
}

void settle(PlacedLabel& label, geo::Point centre, Ground& ground, Size size) {
    label.centre = centre;
    ground.take(ground.box_of(centre, size));
}

/// Where least is covered, when no place is free: a required label is never left out.
geo::Point least_bad(const std::vector<geo::Point>& places, const Ground& ground, Size size) {
    geo::Point best = places.front();
    std::size_t fewest = static_cast<std::size_t>(-1);
    for (const geo::Point place : places) {
        const geo::Box box = ground.box_of(place, size);
        const std::size_t covered = ground.overlaps(box) + (ground.in_frame(box) ? 0 : 100);
        if (covered < fewest) {
            fewest = covered;
            best = place;
        }
    }
    return best;
}

bool place_in_polygon(PlacedLabel& label, const geo::Geometry& polygon, const BodyLayer& layer,
                      Ground& ground) {
    const auto circle = geo::largest_inscribed_circle(polygon, base::Meters{ground.mm() / 4});
    if (!circle) return false;
    const Size size = size_of(label);
    const geo::Point pole = circle->centre;
    const std::vector<geo::Point> near = rings(pole, ground.mm() * 1.2, 14);
    for (const geo::Point place : near) {
        const geo::Box box = ground.box_of(place, size);
        if (ground.is_free(box) && box_inside(polygon, box)) return settle(label, place, ground, size), true;
    }
    const auto outside_all = [&](const geo::Box& box) {
        const auto& all = layer.features->geometry;
        return std::none_of(all.begin(), all.end(), [&](const geo::Geometry& other) {
            const geo::Box bounds = geo::bounds(other);
            if (!bounds.intersects(box)) return false;
            const geo::Path ring{{box.min_x, box.min_y},
                                 {box.max_x, box.min_y},
                                 {box.max_x, box.max_y},
                                 {box.min_x, box.max_y},
                                 {box.min_x, box.min_y}};
            return geo::intersects(other, geo::Polygon{ring, {}});
        });
    };
    for (const geo::Point place : rings(pole, ground.mm() * 2, 30)) {
        const geo::Box box = ground.box_of(place, size);
        if (!ground.is_free(box) || !outside_all(box)) continue;
        label.leader = leader(box, pole);
        return settle(label, place, ground, size), true;
    }
    if (!label.style.required) return false;
    return settle(label, least_bad(near, ground, size), ground, size), true;
}

bool place_beside(PlacedLabel& label, geo::Point point, double marker_mm, Ground& ground) {
    const Size size = size_of(label);
    const double mm = ground.mm();
    std::vector<geo::Point> places;
    // Right first, then above, left, below and the corners (Imhof 1975).
    constexpr std::array<geo::Point, 8> kSides{
        {{1, 0}, {1, 1}, {1, -1}, {0, 1}, {0, -1}, {-1, 0}, {-1, 1}, {-1, -1}}};
    for (const double away : {0.6, 2.5, 5.0, 8.0, 12.0}) {
        for (const geo::Point side : kSides) {
            const double w = side.x * (marker_mm / 2 + away + size.width / 2);
            const double h = side.y * (marker_mm / 2 + away / 2 + size.height / 2);
            places.push_back({point.x + w * mm, point.y + h * mm});
        }
    }
    const auto settle_at = [&](geo::Point place, std::size_t number) {
        if (number >= kSides.size()) label.leader = leader(ground.box_of(place, size), point);
        settle(label, place, ground, size);
        return true;
    };
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (ground.is_free(ground.box_of(places[i], size))) return settle_at(places[i], i);
    }
    if (!label.style.required) return false;
    return settle_at(least_bad(places, ground, size), 0);
}

/// The texts of a layer's labels, by row.
struct LabelTexts {
    std::vector<std::string> names;
    std::vector<std::string> ranks;
    std::vector<std::string> second_lines;
    explicit LabelTexts(const BodyLayer& layer)
        : names(map_texts(*layer.features, layer.style.label.field)),
          ranks(map_texts(*layer.features, layer.style.label.rank_field)),
          second_lines(map_texts(*layer.features, layer.style.label.second_field)) {}
};

PlacedLabel label_of(const LabelTexts& texts, const style::LabelStyle& style, std::size_t row) {
    PlacedLabel label;
    label.style = style;
    label.text = texts.names[row];
    if (!texts.ranks[row].empty() && !label.text.empty()) label.text = texts.ranks[row] + " " + label.text;
    label.second_line = texts.second_lines[row];
    return label;
}

void place_layer(const BodyLayer& layer, Ground& ground, const geo::Box& frame,
                 std::vector<PlacedLabel>& placed) {
    const LabelTexts texts(layer);
    for (std::size_t row = 0; row < layer.features->row_count(); ++row) {
        const geo::Geometry& geometry = layer.features->geometry[row];
        PlacedLabel label = label_of(texts, layer.style.label, row);
        if (label.text.empty() || geo::is_missing(geometry) || !frame.intersects(geo::bounds(geometry)))
            continue;
        const bool polygon = geo::dimension(geometry) == 2;
        const bool good = polygon
                              ? place_in_polygon(label, geometry, layer, ground)
                              : place_beside(label, *geo::centroid(geometry), layer.style.marker_mm, ground);
        if (good) placed.push_back(std::move(label));
    }
}

}  // namespace

std::vector<PlacedLabel> place_labels(const Scene& scene, const PageLayout& layout) {
    Ground ground(scene, layout);
    std::vector<PlacedLabel> placed;
    // Polygons first: their labels have one good place, points have many.
    for (const auto geometry : {style::SymbolGeometry::kPolygon, style::SymbolGeometry::kPoint}) {
        for (const BodyLayer& layer : scene.layers) {
            if (!layer.features || layer.style.label.field.empty() || geometry_of(layer) != geometry)
                continue;
            place_layer(layer, ground, layout.map_box, placed);
        }
    }
    return placed;
}

double text_width_mm(const std::string& text, double size_pt) {
    double ems = 0;
    for (const char32_t c : base::to_code_points(text)) {
        ems += base::display_width(base::to_utf8(std::u32string(1, c))) == 2 ? 1.0 : 0.56;
    }
    return ems * size_pt * kMmPerPoint;
}

}  // namespace isopleth::draw
