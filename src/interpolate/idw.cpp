// SPDX-License-Identifier: MIT
#include "interpolate/idw.hpp"

#include "base/error.hpp"
#include "base/parameters.hpp"
#include "interpolate/isotropic_plane.hpp"
#include "interpolate/neighbours.hpp"
#include "interpolate/variogram.hpp"

#include <array>
#include <cmath>
#include <utility>

namespace isopleth::interpolate {

const char* const kIdwOptions = "power=2, neighbours=12, radius=D, sectors=8, angle=A, ratio=R";

namespace {

constexpr std::size_t kNeighbours = 12;
constexpr double kSamePlaceSquared = kSamePlace * kSamePlace;

struct IdwOptions {
    double power = 2;
    NeighbourOptions near;
    AnisotropyOptions anisotropy;
};

IdwOptions parse(const std::string& method_text) {
    IdwOptions options;
    base::ParameterList list;
    list.add("power", options.power, "exponent of the distance");
    options.near.declare(list);
    options.anisotropy.declare(list);
    base::assign_options(base::parse_method(method_text), list);
    if (!(options.power > 0)) {
        base::fail_usage("idw: power must be above 0, not " + base::shortest(options.power));
    }
    options.near.check("idw");
    options.anisotropy.check("idw");
    return options;
}

// Weight of a sample by its squared distance. The common powers without pow(), which takes longer than all
// the rest.
struct FirstPower {
    double operator()(double squared) const { return 1 / std::sqrt(squared); }
};
struct SecondPower {
    double operator()(double squared) const { return 1 / squared; }
};
struct ThirdPower {
    double operator()(double squared) const { return 1 / (squared * std::sqrt(squared)); }
};
struct FourthPower {
    double operator()(double squared) const { return 1 / (squared * squared); }
};
struct AnyPower {
    double exponent;
    double operator()(double squared) const { return std::pow(squared, exponent); }
};

/// Calls `work` with the weight function of the power.
template <class Work>
void with_weight(double power, Work&& work) {
    if (power == 1) return work(FirstPower{});
    if (power == 2) return work(SecondPower{});
    if (power == 3) return work(ThirdPower{});
    if (power == 4) return work(FourthPower{});
    work(AnyPower{-power / 2});
}

std::vector<geo::Point> mapped(std::vector<geo::Point> points, const IsotropicPlane& plane) {
    for (geo::Point& point : points) point = plane(point);
    return points;
}

class Idw final : public Interpolator {
public:
    Idw(const IdwOptions& options, const model::Samples& samples)
        : m_options(options),
          m_plane(options.anisotropy.plane()),
          m_samples(mapped(samples.points(), m_plane), samples.values(),
                    options.near.rule(samples.size(), kNeighbours)) {}

    bool has_standard_error() const override { return false; }
    void estimate(std::span<const geo::Point> places, std::span<double> values,
                  std::span<double> standard_errors, std::span<std::uint8_t> valid) const override;
    base::Json description() const override;

private:
    template <class Weight>
    void from_all(std::span<const geo::Point> places, std::span<double> values, Weight weight) const;
    template <class Weight>
    void from_near(std::span<const geo::Point> places, std::span<double> values,
                   std::span<std::uint8_t> valid, Weight weight) const;

    IdwOptions m_options;
    IsotropicPlane m_plane;
    Neighbourhood m_samples;  ///< in the plane
};

/// Every sample at every place, eight places abreast: a place's sums run west to east whatever stands beside
/// it.
template <class Weight>
void Idw::from_all(std::span<const geo::Point> places, std::span<double> values, Weight weight) const {
    constexpr std::size_t kAbreast = 8;
    const std::vector<geo::Point>& points = m_samples.points();
    for (std::size_t begin = 0; begin < places.size(); begin += kAbreast) {
        const std::size_t count = std::min(kAbreast, places.size() - begin);
        std::array<double, kAbreast> x{}, y{}, weights{}, sums{};
        std::array<std::size_t, kAbreast> here{};
        for (std::size_t k = 0; k < kAbreast; ++k) {
            x[k] = places[begin + std::min(k, count - 1)].x;
            y[k] = places[begin + std::min(k, count - 1)].y;
        }
        here.fill(points.size());
        for (std::size_t i = 0; i < points.size(); ++i) {
            std::array<double, kAbreast> squared;
            bool is_here = false;
            for (std::size_t k = 0; k < kAbreast; ++k) {
                const double east = points[i].x - x[k];
                const double north = points[i].y - y[k];
                squared[k] = east * east + north * north;
                is_here |= squared[k] <= kSamePlaceSquared;
            }
            if (is_here) {
                for (std::size_t k = 0; k < kAbreast; ++k) {
                    if (squared[k] > kSamePlaceSquared) continue;
                    here[k] = i;
                    squared[k] = 1;  // its sums are not used
                }
            }
            for (std::size_t k = 0; k < kAbreast; ++k) {
                const double share = weight(squared[k]);
                weights[k] += share;
                sums[k] += share * m_samples.values()[i];
            }
        }
        for (std::size_t k = 0; k < count; ++k) {
            values[begin + k] = here[k] < points.size() ? m_samples.values()[here[k]] : sums[k] / weights[k];
        }
    }
}

template <class Weight>
void Idw::from_near(std::span<const geo::Point> places, std::span<double> values,
                    std::span<std::uint8_t> valid, Weight weight) const {
    std::vector<geo::Neighbour> found;
    NeighbourSearch search(m_samples);
    for (std::size_t p = 0; p < places.size(); ++p) {
        search.expect(places.subspan(p));
        search.find(places[p], found);
        valid[p] = found.empty() ? 0 : 1;
        if (found.empty()) continue;
        if (const auto here = sample_here(found)) {
            values[p] = m_samples.values()[*here];
            continue;
        }
        double weights = 0;
        double sum = 0;
        for (const geo::Neighbour& neighbour : found) {
            const double share = weight(neighbour.squared_distance);
            weights += share;
            sum += share * m_samples.values()[neighbour.item];
        }
        values[p] = sum / weights;
    }
}

void Idw::estimate(std::span<const geo::Point> places, std::span<double> values, std::span<double>,
                   std::span<std::uint8_t> valid) const {
    std::vector<geo::Point> in_plane;
    if (!m_plane.is_same()) {
        in_plane = mapped({places.begin(), places.end()}, m_plane);
        places = in_plane;
    }
    with_weight(m_options.power, [&](auto weight) {
        if (!m_samples.is_global()) return from_near(places, values, valid, weight);
        from_all(places, values, weight);
        std::fill(valid.begin(), valid.end(), std::uint8_t{1});
    });
}

base::Json Idw::description() const {
    base::Json json = base::Json::object();
    json.set("method", "idw").set("power", m_options.power).set("samples", m_samples.size());
    m_options.near.tell(m_samples, json);
    m_options.anisotropy.tell(json);
    return json;
}

}  // namespace

void check_idw(const std::string& method_text) {
    parse(method_text);
}

std::unique_ptr<Interpolator> make_idw(const std::string& method_text, const model::Samples& samples,
                                       const base::Job&) {
    return std::make_unique<Idw>(parse(method_text), samples);
}

}  // namespace isopleth::interpolate
