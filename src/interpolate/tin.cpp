// SPDX-License-Identifier: MIT
#include "interpolate/tin.hpp"

#include "geo/predicates.hpp"
#include "interpolate/sample_mesh.hpp"

namespace isopleth::interpolate {

namespace {

class Tin final : public Interpolator {
public:
    explicit Tin(const model::Samples& samples) : m_samples(triangulate(samples)) {}

    bool has_standard_error() const override { return false; }
    void estimate(std::span<const geo::Point> places, std::span<double> values,
                  std::span<double> standard_errors, std::span<std::uint8_t> valid) const override;
    base::Json description() const override;

private:
    double on_triangle(geo::Point place, geo::MeshIndex edge) const;

    SampleMesh m_samples;
};

/// The corners weighted by the triangle's parts opposite them. Areas are good to 1e-12 of themselves, so that
/// the plane holds on slivers too.
double Tin::on_triangle(geo::Point place, geo::MeshIndex edge) const {
    const geo::Triangulation& mesh = m_samples.mesh;
    const geo::MeshIndex corners[3] = {mesh.origin(edge), mesh.target(edge),
                                       mesh.origin(geo::Triangulation::previous(edge))};
    const auto [a, b, c] = corners;
    const std::vector<geo::Point>& points = mesh.points();
    const double of_a = geo::doubled_area(points[b], points[c], place);
    const double of_b = geo::doubled_area(points[c], points[a], place);
    const double of_c = geo::doubled_area(points[a], points[b], place);
    const std::vector<double>& values = m_samples.values;
    const double rise = of_b * (values[b] - values[a]) + of_c * (values[c] - values[a]);
    return values[a] + rise / (of_a + of_b + of_c);
}

void Tin::estimate(std::span<const geo::Point> places, std::span<double> values, std::span<double>,
                   std::span<std::uint8_t> valid) const {
    using Position = geo::Triangulation::Position;
    geo::MeshIndex triangle = 0;
    for (std::size_t p = 0; p < places.size(); ++p) {
        const auto [position, edge] = m_samples.mesh.locate(places[p], triangle);
        triangle = geo::Triangulation::triangle_of(edge);
        valid[p] = position == Position::kOutside ? 0 : 1;
        if (position == Position::kOutside) continue;
        values[p] = position == Position::kAtPoint ? m_samples.values[m_samples.mesh.origin(edge)]
                                                   : on_triangle(places[p], edge);
    }
}

base::Json Tin::description() const {
    base::Json json = base::Json::object();
    return json.set("method", "tin")
        .set("samples", m_samples.values.size())
        .set("triangles", m_samples.mesh.size());
}

}  // namespace

std::unique_ptr<Interpolator> make_tin(const std::string& method_text, const model::Samples& samples,
                                       const base::Job&) {
    check_no_options(method_text);
    return std::make_unique<Tin>(samples);
}

}  // namespace isopleth::interpolate
