// SPDX-License-Identifier: MIT
#include "interpolate/spline.hpp"

#include "base/error.hpp"
#include "base/parameters.hpp"
#include "base/text.hpp"
#include "interpolate/sample_checks.hpp"
#include "interpolate/spline_system.hpp"
#include "interpolate/variogram.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace isopleth::interpolate {

const char* const kSplineOptions = "type=thin-plate|tension, smoothing=0, tension=1, neighbours=16";

namespace {

constexpr std::size_t kNeighbours = 16;
constexpr std::size_t kFewest = 3;
constexpr double kTooClose = 1e-5;  ///< of the spacing: nearer samples may be why a system is singular

struct SplineOptions {
    std::string type = "thin-plate";
    std::optional<double> tension;
    double smoothing = 0;
    std::string neighbours;

    bool is_tension() const { return type == "tension"; }
};

[[noreturn]] void refuse(const std::string& message, const std::string& hint) {
    base::fail_usage("spline: " + message, hint);
}

void check(const SplineOptions& options) {
    if (options.tension && !options.is_tension()) {
        refuse("tension belongs to type=tension", "Use type=tension, or leave tension out.");
    }
    if (options.tension && !(*options.tension > 0 && std::isfinite(*options.tension))) {
        refuse("tension must be above 0, not " + base::shortest(*options.tension),
               "Use type=thin-plate for a plate without tension.");
    }
    if (!(options.smoothing >= 0 && std::isfinite(options.smoothing))) {
        refuse("smoothing must be at least 0, not " + base::shortest(options.smoothing),
               "Use smoothing=0 to pass through every sample.");
    }
    if (options.neighbours.empty()) return;
    const auto count = parse_neighbours(options.neighbours);
    if (count && *count < kFewest) {
        refuse(fmt::format("neighbours must be at least {}, not {}", kFewest, *count),
               fmt::format("Use neighbours={}, or all.", kNeighbours));
    }
}

SplineOptions parse(const std::string& method_text) {
    SplineOptions options;
    base::ParameterList list;
    list.add("type", options.type, "kind of plate").one_of({"thin-plate", "tension"});
    list.add("smoothing", options.smoothing, "how far from the samples the surface may pass");
    list.add("tension", options.tension, "of type=tension, by the samples' spacing");
    list.add("neighbours", options.neighbours, "nearest samples that count, or all").called("N");
    base::assign_options(base::parse_method(method_text), list);
    check(options);
    return options;
}

void check(const SplineOptions& options, const model::Samples& samples) {
    require_count(samples.size(), samples.field(), "a spline", kFewest);
    require_width(samples.points());
    const auto take = choose_neighbours(options.neighbours, samples.size(), kNeighbours);
    if (take.value_or(samples.size()) >= samples.size()) require_room_for_all(samples.size(), "a spline");
}

class Spline final : public Interpolator {
public:
    Spline(const SplineOptions& options, const model::Samples& samples)
        : m_options(options),
          m_samples(samples, {choose_neighbours(options.neighbours, samples.size(), kNeighbours), {}}),
          m_ids(samples.ids()),
          m_spacing(spacing_of(samples)),
          m_setup(setup_of(options, m_samples.most(), m_spacing)) {
        if (!m_samples.is_global()) return;
        m_global = GlobalSpline::solve(m_samples, m_setup);
        if (m_global) return;
        std::vector<std::size_t> items(samples.size());
        std::iota(items.begin(), items.end(), std::size_t{0});
        fail_singular(items, fmt::format("of {} samples", samples.size()));
    }

    bool has_standard_error() const override { return false; }

    void estimate(std::span<const geo::Point> places, std::span<double> values, std::span<double>,
                  std::span<std::uint8_t> valid) const override {
        std::fill(valid.begin(), valid.end(), std::uint8_t{1});
        if (m_global) return m_global->estimate(places, values);
        LocalSpline local(m_samples, m_setup);
        for (std::size_t p = 0; p < places.size(); ++p) {
            local.expect(places.subspan(p));
            const auto value = local.at(places[p]);
            if (!value) fail_singular(places[p]);
            values[p] = *value;
        }
    }

    base::Json description() const override {
        base::Json json = base::Json::object();
        json.set("method", "spline").set("type", m_options.type).set("samples", m_samples.size());
        json.set("neighbours", m_global ? base::Json("all") : base::Json(m_samples.most()));
        if (m_options.neighbours.empty()) json.set("neighbours_by_default", true);
        if (m_options.is_tension()) json.set("tension", m_options.tension.value_or(1));
        json.set("smoothing", m_options.smoothing).set("spacing", m_spacing);
        return json;
    }

private:
    static double spacing_of(const model::Samples& samples) {
        const geo::Box box = samples.bounds();
        return std::sqrt(box.width() * box.height() / static_cast<double>(samples.size()));
    }

    static SplineSetup setup_of(const SplineOptions& options, std::size_t most, double spacing) {
        // The radius within which an estimate's samples lie.
        const double unit = spacing * std::sqrt(static_cast<double>(most) / std::numbers::pi);
        const double ratio = spacing / unit;
        const double diagonal = 16 * std::numbers::pi * options.smoothing * ratio * ratio;
        if (!options.is_tension()) return {SplineKernel::thin_plate(unit), diagonal};
        return {SplineKernel::tension(unit, options.tension.value_or(1) / spacing), diagonal};
    }

    [[noreturn]] void fail_singular(geo::Point place) const {
        std::vector<geo::Neighbour> found;
        m_samples.find(place, found);
        std::vector<std::size_t> items;
        for (const geo::Neighbour& one : found) items.push_back(one.item);
        fail_singular(items, fmt::format("of the {} samples nearest to ({:.1f}, {:.1f})", found.size(),
                                         place.x, place.y));
    }

    /// Why the system of these samples cannot be told from a singular one, and what helps.
    [[noreturn]] void fail_singular(const std::vector<std::size_t>& items, const std::string& which) const {
        std::vector<geo::Point> points;
        for (const std::size_t item : items) points.push_back(m_samples.points()[item]);
        const std::string start = fmt::format("the spline system {} is singular: ", which);
        if (!m_options.is_tension() && is_on_one_line(points)) {
            base::fail_data(start + "they lie on one line, which does not settle a plane",
                            "Use more neighbours, neighbours=all or type=tension.");
        }
        const ClosestPair pair = closest_pair(points);
        if (pair.distance < kTooClose * m_spacing || pair.distance <= kSamePlace) {
            base::fail_data(fmt::format("{}samples {} and {} are only {:.2g} m apart", start,
                                        m_ids[m_samples.origin()[items[pair.first]]],
                                        m_ids[m_samples.origin()[items[pair.second]]], pair.distance),
                            "Leave one of them out, or give a smoothing.");
        }
        if (m_options.is_tension()) {
            base::fail_data(fmt::format("{}its tension of {} is too small", start,
                                        base::shortest(m_options.tension.value_or(1))),
                            "Give a greater tension, or use type=thin-plate.");
        }
        base::fail_data(start + "its samples lie too unevenly", "Give a smoothing, or use --method idw.");
    }

    SplineOptions m_options;
    Neighbourhood m_samples;
    std::vector<std::string> m_ids;
    double m_spacing;  ///< L, metres
    SplineSetup m_setup;
    std::optional<GlobalSpline> m_global;
};

}  // namespace

void check_spline(const std::string& method_text) {
    parse(method_text);
}

std::unique_ptr<Interpolator> make_spline(const std::string& method_text, const model::Samples& samples,
                                          const base::Job&) {
    const SplineOptions options = parse(method_text);
    check(options, samples);
    return std::make_unique<Spline>(options, samples);
}

}  // namespace isopleth::interpolate
