// SPDX-License-Identifier: MIT
#include "interpolate/regression_kriging.hpp"

#include "base/error.hpp"
#include "base/linear_algebra.hpp"
#include "base/parallel.hpp"
#include "base/parameters.hpp"
#include "base/text.hpp"
#include "base/units.hpp"
#include "interpolate/kriging.hpp"
#include "interpolate/kriging_model.hpp"
#include "interpolate/neighbours.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace isopleth::interpolate {

const char* const kRegressionKrigingOptions =
    "degree=0..3 (of the trend), and of kriging: model, nugget, psill, range, kappa, fit, neighbours, "
    "radius, sectors, angle, ratio";

namespace {

constexpr std::size_t kRowsAtOnce = 64;
using Terms = std::array<double, Drift::kMostTerms>;

/// The options of the kriging of residuals, and the trend's degree among them.
KrigingOptions parse(const std::string& method_text) {
    base::MethodText method = base::parse_method(method_text);
    for (const char* name : {"mean", "error", "block", "above", "transform"}) {
        if (!method.options.contains(name)) continue;
        base::fail_usage(fmt::format("regression-kriging takes no {}", name), "Use --method kriging.");
    }
    std::string text = "kriging";
    for (const auto& [name, value] : method.options)
        text += fmt::format("{}{}={}", text == "kriging" ? ":" : ",", name, value);
    KrigingOptions options = parse_kriging_options(text);
    options.require_sill("regression-kriging",
                         "Use --method kriging, which takes the trend as a drift: degree=1, or covariates.");
    return options;
}

/// "kriging:mean=0,..." with the model and the neighbours.
std::string residual_method(const base::MethodText& method, const VariogramModel& model) {
    std::array<std::vector<std::string>, 4> parts;
    for (const Structure& structure : model.structures) {
        parts[0].emplace_back(short_name(structure.shape));
        // A fit without structure has none, which kriging takes for no model.
        parts[1].push_back(base::shortest(std::max(structure.partial_sill, 1e-12 * model.sill())));
        parts[2].push_back(base::shortest(structure.range));
        parts[3].push_back(base::shortest(structure.smoothness));
    }
    std::string text = "kriging:mean=0,model=" + base::join(parts[0], "+") +
                       ",psill=" + base::join(parts[1], "+") + ",range=" + base::join(parts[2], "+") +
                       ",nugget=" + base::shortest(model.nugget);
    if (text.find("mat") != std::string::npos) text += ",kappa=" + base::join(parts[3], "+");
    for (const char* name : {"neighbours", "radius", "sectors", "angle", "ratio"}) {
        const auto found = method.options.find(name);
        if (found != method.options.end()) text += fmt::format(",{}={}", name, found->second);
    }
    return text;
}

class RegressionKriging final : public Interpolator {
public:
    RegressionKriging(const std::string& method_text, const model::Samples& samples, const base::Job& job)
        : m_options(parse(method_text)),
          m_plane(m_options.anisotropy.plane()),
          m_drift(drift_of(m_options, m_plane, samples)),
          m_points(in_plane(samples.points())) {
        const KrigedField field{samples.field(), m_points, samples.values()};
        m_chosen = choose_model(m_options, field, m_drift, job);
        fit_trend(samples.values());
        const std::string method = residual_method(base::parse_method(method_text), m_chosen.model);
        const model::Samples bare = samples.with_values(residuals(m_drift, m_points, samples.values()));
        m_residuals = make_kriging(method, bare, job);
        for (std::size_t j = 0; j < m_drift.size(); ++j)
            m_functions.push_back(make_kriging(method, samples.with_values(column(j)), job));
        fill_trend_covariance(job);
    }

    bool has_standard_error() const override { return true; }

    void estimate(std::span<const geo::Point> places, std::span<double> values,
                  std::span<double> standard_errors, std::span<std::uint8_t> valid) const override {
        const std::size_t terms = m_drift.size();
        m_residuals->estimate(places, values, standard_errors, valid);
        std::vector<std::vector<double>> kriged(terms, std::vector<double>(places.size()));
        std::vector<double> not_used(places.size());
        std::vector<std::uint8_t> valid_too(places.size());
        for (std::size_t j = 0; j < terms; ++j)
            m_functions[j]->estimate(places, kriged[j], not_used, valid_too);
        Terms functions{};
        for (std::size_t p = 0; p < places.size(); ++p) {
            const geo::Point place = m_plane(places[p]);
            valid[p] = valid[p] != 0 && m_drift.covers(place) ? 1 : 0;
            if (valid[p] == 0) continue;
            // At a sample's place kriging answers with the sample, whose covariates are its own: so is g
            // then.
            m_drift.fill(place, functions);
            double variance = standard_errors[p] * standard_errors[p];
            const bool is_sample = variance == 0;
            if (is_sample) {
                for (std::size_t j = 0; j < terms; ++j) functions[j] = kriged[j][p];
            }
            Terms gap{};
            for (std::size_t j = 0; j < terms; ++j) {
                values[p] += functions[j] * m_coefficients[j];
                gap[j] = functions[j] - kriged[j][p];
            }
            for (std::size_t j = 0; j < terms; ++j) {
                for (std::size_t k = 0; k < terms; ++k)
                    variance += gap[j] * m_trend_covariance[j][k] * gap[k];
            }
            standard_errors[p] = std::sqrt(std::max(0.0, variance));
        }
    }

    base::Json description() const override {
        const base::Json kriged = m_residuals->description();
        base::Json json = base::Json::object();
        json.set("method", "regression-kriging").set("trend", m_drift.name()).set("samples", m_points.size());
        for (const char* name :
             {"neighbours", "neighbours_by_default", "radius", "sectors", "angle", "ratio"}) {
            if (!kriged[name].is_null()) json.set(name, kriged[name]);
        }
        return json.set("variogram", m_chosen.description);
    }

private:
    static Drift drift_of(const KrigingOptions& options, const IsotropicPlane& plane,
                          const model::Samples& samples) {
        geo::Box bounds;
        for (const geo::Point& point : samples.points()) bounds.extend(plane(point));
        const int degree = options.degree.value_or(samples.covariates().empty() ? 1 : 0);
        return Drift::polynomial(degree, bounds).with(samples.covariates(), plane);
    }

    std::vector<geo::Point> in_plane(std::vector<geo::Point> points) const {
        for (geo::Point& point : points) point = m_plane(point);
        return points;
    }

    std::vector<double> column(std::size_t term) const {
        std::vector<double> values;
        Terms row{};
        for (std::size_t i = 0; i < m_points.size(); ++i) {
            m_drift.fill_sample(i, m_points[i], row);
            values.push_back(row[term]);
        }
        return values;
    }

    /// (F'F)^-1 F' by its columns' least squares: that of the values, and H' for the variance. In an order of
    /// their own, for the sake of the sums' bits.
    void fit_trend(const std::vector<double>& values) {
        m_order = west_to_east(m_points);
        const std::size_t terms = m_drift.size();
        base::Matrix design(m_points.size(), terms);
        base::Matrix squares(terms, terms);
        Terms row{};
        for (std::size_t i = 0; i < m_order.size(); ++i) {
            m_drift.fill_sample(m_order[i], m_points[m_order[i]], row);
            for (std::size_t j = 0; j < terms; ++j) {
                design(i, j) = row[j];
                for (std::size_t k = 0; k < terms; ++k) squares(j, k) += row[j] * row[k];
            }
        }
        const std::vector<double> weights(m_points.size(), 1);
        const auto coefficients = base::least_squares(design, picked(values, m_order), weights);
        auto solver = base::LinearSolver::factor(squares);
        // choose_model has asked for the residuals, which needs the same.
        if (!coefficients || !solver) base::bug("a trend that its samples do not settle");
        m_coefficients = *coefficients;
        m_rows.resize(m_points.size() * terms);
        for (std::size_t i = 0; i < m_order.size(); ++i) {
            for (std::size_t j = 0; j < terms; ++j) row[j] = design(i, j);
            solver->solve({row.data(), terms}, {m_rows.data() + i * terms, terms});
        }
    }

    /// H'C H: how the coefficients vary.
    void fill_trend_covariance(const base::Job& job) {
        const std::size_t terms = m_drift.size();
        const std::size_t size = m_points.size();
        const std::vector<geo::Point> points = picked(m_points, m_order);
        std::vector<Matrix> parts((size + kRowsAtOnce - 1) / kRowsAtOnce);
        base::parallel_chunks(job, size, kRowsAtOnce, [&](std::size_t begin, std::size_t end) {
            std::vector<double> row(size);
            for (std::size_t i = begin; i < end; ++i) {
                for (std::size_t k = 0; k < size; ++k)
                    row[k] = std::sqrt(geo::squared_distance(points[i], points[k]));
                m_chosen.model.to_covariances(row);
                Terms sums{};
                for (std::size_t k = 0; k < size; ++k) {
                    for (std::size_t b = 0; b < terms; ++b) sums[b] += row[k] * m_rows[k * terms + b];
                }
                for (std::size_t a = 0; a < terms; ++a) {
                    for (std::size_t b = 0; b < terms; ++b)
                        parts[begin / kRowsAtOnce][a][b] += m_rows[i * terms + a] * sums[b];
                }
            }
        });
        for (const Matrix& part : parts) {
            for (std::size_t a = 0; a < terms; ++a) {
                for (std::size_t b = 0; b < terms; ++b) m_trend_covariance[a][b] += part[a][b];
            }
        }
    }

    using Matrix = std::array<Terms, Drift::kMostTerms>;

    KrigingOptions m_options;
    IsotropicPlane m_plane;
    Drift m_drift;
    std::vector<geo::Point> m_points;  ///< in the plane, in the samples' order
    ChosenModel m_chosen;
    std::vector<std::size_t> m_order;
    std::vector<double> m_coefficients;
    std::vector<double> m_rows;  ///< H in that order, a row for each sample
    Matrix m_trend_covariance{};
    std::unique_ptr<Interpolator> m_residuals;
    std::vector<std::unique_ptr<Interpolator>> m_functions;  ///< F'k: the trend's functions kriged about 0
};

}  // namespace

void check_regression_kriging(const std::string& method_text) {
    parse(method_text);
}

std::unique_ptr<Interpolator> make_regression_kriging(const std::string& method_text,
                                                      const model::Samples& samples, const base::Job& job) {
    return std::make_unique<RegressionKriging>(method_text, samples, job);
}

}  // namespace isopleth::interpolate
