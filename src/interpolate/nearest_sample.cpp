// SPDX-License-Identifier: MIT
#include "interpolate/nearest_sample.hpp"

#include "base/error.hpp"
#include "base/parameters.hpp"
#include "interpolate/neighbours.hpp"

namespace isopleth::interpolate {

const char* const kNearestOptions = "radius=D";

namespace {

/// The radius, if there is one.
std::optional<double> parse(const std::string& method_text) {
    std::optional<base::Meters> radius;
    base::ParameterList list;
    list.add("radius", radius, "farthest sample that counts").called("D");
    base::assign_options(base::parse_method(method_text), list);
    if (!radius) return std::nullopt;
    if (!(radius->value > 0)) base::fail_usage("nearest: radius must be above 0");
    return radius->value;
}

class NearestSample final : public Interpolator {
public:
    NearestSample(std::optional<double> radius, const model::Samples& samples)
        : m_radius(radius), m_samples(samples, {1, radius}) {}

    bool has_standard_error() const override { return false; }

    void estimate(std::span<const geo::Point> places, std::span<double> values, std::span<double>,
                  std::span<std::uint8_t> valid) const override {
        std::vector<geo::Neighbour> found;
        NeighbourSearch search(m_samples);
        for (std::size_t p = 0; p < places.size(); ++p) {
            search.expect(places.subspan(p));
            search.find(places[p], found);
            valid[p] = found.empty() ? 0 : 1;
            if (!found.empty()) values[p] = m_samples.values()[found.front().item];
        }
    }

    base::Json description() const override {
        base::Json json = base::Json::object();
        json.set("method", "nearest").set("samples", m_samples.size());
        if (m_radius) json.set("radius", *m_radius);
        return json;
    }

private:
    std::optional<double> m_radius;
    Neighbourhood m_samples;
};

}  // namespace

void check_nearest(const std::string& method_text) {
    parse(method_text);
}

std::unique_ptr<Interpolator> make_nearest(const std::string& method_text, const model::Samples& samples,
                                           const base::Job&) {
    return std::make_unique<NearestSample>(parse(method_text), samples);
}

}  // namespace isopleth::interpolate
