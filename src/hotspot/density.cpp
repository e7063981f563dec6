// SPDX-License-Identifier: MIT
#include "hotspot/density.hpp"

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>

namespace isopleth::hotspot {

namespace {

constexpr double kSquareMetersPerSquareKilometre = 1e6;
constexpr std::size_t kRowsAtATime = 4;

/// Events from south to north, then from west to east, so that no order of the input changes a sum.
struct SortedEvents {
    std::vector<double> x, y, weight;
};

SortedEvents sort_events(const std::vector<geo::Point>& points, const std::vector<double>& weights) {
    struct Event {
        geo::Point point;
        double weight;
    };
    std::vector<Event> events;
    events.reserve(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        events.push_back({points[i], weights.empty() ? 1.0 : weights[i]});
    }
    std::sort(events.begin(), events.end(), [](const Event& left, const Event& right) {
        return std::tie(left.point.y, left.point.x, left.weight) <
               std::tie(right.point.y, right.point.x, right.weight);
    });
    SortedEvents sorted;
    for (auto* values : {&sorted.x, &sorted.y, &sorted.weight}) values->reserve(events.size());
    for (const Event& event : events) {
        sorted.x.push_back(event.point.x);
        sorted.y.push_back(event.point.y);
        sorted.weight.push_back(event.weight);
    }
    return sorted;
}

// The kernels' shapes over squared distance and squared radius, not yet scaled: 0 beyond the radius. `volume`
// is that over a circle of area 1. What saves a division of every cell: quartic and Epanechnikov are (r^2 -
// d^2)^2 and r^2 - d^2.

struct Quartic {
    double operator()(double squared, double limit) const {
        const double left = std::max(0.0, limit - squared);
        return left * left;
    }
    static double volume(double limit) { return limit * limit / 3; }
};

struct Epanechnikov {
    double operator()(double squared, double limit) const { return std::max(0.0, limit - squared); }
    static double volume(double limit) { return limit / 2; }
};

struct Uniform {
    double operator()(double squared, double limit) const { return squared <= limit ? 1.0 : 0.0; }
    static double volume(double) { return 1; }
};

/// exp(-d^2 / (2 s^2)) with s = radius / 3.
struct Gaussian {
    double operator()(double squared, double limit) const {
        return squared <= limit ? std::exp(-4.5 * squared / limit) : 0.0;
    }
    static double volume(double) { return -std::expm1(-4.5) / 4.5; }
};

/// First and one past the last column whose centre may be within `width` of x: a cell too many at either end.
std::pair<std::size_t, std::size_t> columns_near(const model::Grid& grid, double x, double width) {
    const double last_column = static_cast<double>(grid.columns);
    const double first = std::floor((x - width - grid.min_x) / grid.cell) - 1;
    const double end = std::ceil((x + width - grid.min_x) / grid.cell) + 1;
    return {static_cast<std::size_t>(std::clamp(first, 0.0, last_column)),
            static_cast<std::size_t>(std::clamp(end, 0.0, last_column))};
}

/// What the rows of a surface share.
struct Plan {
    SortedEvents events;
    double radius;
    model::Grid grid;
    std::vector<double> centres;  ///< x of the columns: reading them is quicker than converting their numbers
};

template <class Shape>
void fill_row(const Plan& plan, std::size_t row, double* sums) {
    const Shape shape;
    const SortedEvents& events = plan.events;
    const double squared_radius = plan.radius * plan.radius;
    const double y = plan.grid.centre(row, 0).y;
    // Wider than the radius: rounding must not lose an event at its end.
    const double reach = plan.radius + plan.grid.cell;
    const auto first = std::lower_bound(events.y.begin(), events.y.end(), y - reach);
    const auto last = std::upper_bound(first, events.y.end(), y + reach);
    const auto end = static_cast<std::size_t>(last - events.y.begin());
    const double* centres = plan.centres.data();
    for (auto i = static_cast<std::size_t>(first - events.y.begin()); i < end; ++i) {
        const double up = (events.y[i] - y) * (events.y[i] - y);
        if (up > squared_radius) continue;
        const double x = events.x[i];
        const double weight = events.weight[i];
        const auto [begin, stop] = columns_near(plan.grid, x, std::sqrt(squared_radius - up));
        for (std::size_t column = begin; column < stop; ++column) {
            const double across = centres[column] - x;
            sums[column] += weight * shape(across * across + up, squared_radius);
        }
    }
}

template <class Shape>
void fill(const Plan& plan, model::Raster& raster, const base::Job& job) {
    const std::size_t columns = plan.grid.columns;
    model::Band& band = raster.bands[0];
    // A kernel has the volume 1 over the plane.
    const double area = std::numbers::pi * plan.radius * plan.radius;
    const double scale = kSquareMetersPerSquareKilometre / (area * Shape::volume(plan.radius * plan.radius));
    const auto work = [&](std::size_t begin, std::size_t end) {
        for (std::size_t row = begin; row < end; ++row) {
            double* values = band.values.data() + row * columns;
            fill_row<Shape>(plan, row, values);
            for (std::size_t column = 0; column < columns; ++column) values[column] *= scale;
        }
    };
    base::parallel_chunks(job, plan.grid.rows, kRowsAtATime, work, "density");
    std::fill(band.valid.begin(), band.valid.end(), std::uint8_t{1});
}

}  // namespace

Kernel parse_kernel(std::string_view text) {
    if (text == "quartic") return Kernel::kQuartic;
    if (text == "gaussian") return Kernel::kGaussian;
    if (text == "epanechnikov") return Kernel::kEpanechnikov;
    if (text == "uniform") return Kernel::kUniform;
    base::fail_usage(
        fmt::format("unknown kernel {}{}", text,
                    base::did_you_mean(text, {"quartic", "gaussian", "epanechnikov", "uniform"})),
        "Kernels are quartic, gaussian, epanechnikov and uniform.");
}

model::Raster kernel_density(const Events& events, const model::Grid& grid, const geo::Crs& crs,
                             const Smoothing& smoothing, const base::Job& job) {
    if (!(smoothing.radius.value > 0)) base::fail_usage("the radius of a density must be above 0");
    if (!events.weights.empty() && events.weights.size() != events.points.size()) {
        base::bug(fmt::format("{} weights for {} events", events.weights.size(), events.points.size()));
    }
    model::Raster raster(grid, crs, {"density"});
    raster.bands[0].unit = "events/km2";
    Plan plan{sort_events(events.points, events.weights), smoothing.radius.value, grid, {}};
    for (std::size_t column = 0; column < grid.columns; ++column) {
        plan.centres.push_back(grid.centre(0, column).x);
    }
    switch (smoothing.kernel) {
        case Kernel::kQuartic:
            fill<Quartic>(plan, raster, job);
            break;
        case Kernel::kGaussian:
            fill<Gaussian>(plan, raster, job);
            break;
        case Kernel::kEpanechnikov:
            fill<Epanechnikov>(plan, raster, job);
            break;
        case Kernel::kUniform:
            fill<Uniform>(plan, raster, job);
            break;
    }
    return raster;
}

}  // namespace isopleth::hotspot
