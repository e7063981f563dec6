// SPDX-License-Identifier: MIT
#include "interpolate/transform.hpp"

#include "base/error.hpp"
#include "base/statistics.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace isopleth::interpolate {

namespace {

void require_logarithms(const model::Samples& samples, const std::string& transform) {
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double value = samples.values()[i];
        if (value > 0) continue;
        base::fail_data(
            fmt::format("sample {} has the {} value {}, which has no {}", samples.ids()[i], samples.field(),
                        base::shortest(value), transform == "log" ? "logarithm" : "Box-Cox transform"),
            fmt::format("Leave transform={} out.", transform));
    }
}

/// Of values that tell a transform.
void require_differences(const model::Samples& samples, const std::string& transform) {
    const double first = samples.values().front();
    if (*base::minimum(samples.values()) != *base::maximum(samples.values())) return;
    base::fail_data(fmt::format("all {} samples have the {} value {}, which tells no transform",
                                samples.size(), samples.field(), base::shortest(first)),
                    fmt::format("Leave transform={} out.", transform));
}

}  // namespace

Transform::Transform(const KrigingOptions& options, const model::Samples& samples)
    : m_name(options.transform), m_above(options.above), m_is_lambda_given(options.lambda.has_value()) {
    if (m_name == "log" || m_name == "boxcox") require_logarithms(samples, m_name);
    if (m_name == "boxcox") {
        if (!options.lambda) require_differences(samples, m_name);
        const double lambda = options.lambda ? *options.lambda : BoxCox::likeliest_lambda(samples.values());
        m_box_cox.emplace(lambda, *base::maximum(samples.values()));
    }
    if (m_name == "normal") {
        require_differences(samples, m_name);
        m_scores.emplace(samples.values());
    }
}

double Transform::forward(double value) const {
    if (m_above) return value > *m_above ? 1 : 0;
    if (m_name == "log") return std::log(value);
    if (m_box_cox) return m_box_cox->forward(value);
    return m_scores ? m_scores->forward(value) : value;
}

double Transform::back(double value) const {
    if (m_above) return std::clamp(value, 0.0, 1.0);
    if (m_name == "log") return std::exp(value);
    if (m_box_cox) return m_box_cox->back(value);
    return m_scores ? m_scores->back(value) : value;
}

KrigedField Transform::field(const model::Samples& samples, const IsotropicPlane& plane) const {
    KrigedField field{samples.field(), samples.points(), samples.values(), samples.error_variances()};
    for (geo::Point& point : field.points) point = plane(point);
    for (double& value : field.values) value = forward(value);
    return field;
}

void Transform::back(Kriged& kriged) const {
    if (m_above) kriged.estimate = back(kriged.estimate);
    if (m_name == "log") {
        // Unbiased for a lognormal field whose mean is not known (Journel and Huijbregts 1978, p. 572;
        // Cressie 1993, 3.2.39). Its error: of a lognormal value about that mean, given the kriging variance.
        const double variance = kriged.standard_error * kriged.standard_error;
        kriged.estimate = std::exp(kriged.estimate + variance / 2 - kriged.lagrange);
        kriged.standard_error = kriged.estimate * std::sqrt(std::expm1(variance));
    }
    if (!m_box_cox && !m_scores) return;
    const base::Moments normal{kriged.estimate, kriged.standard_error};
    const base::Moments found = m_box_cox ? m_box_cox->back(normal) : m_scores->back(normal);
    kriged.estimate = found.mean;
    kriged.standard_error = found.standard_deviation;
}

void Transform::describe(base::Json& json) const {
    if (m_name.empty()) return;
    json.set("transform", m_name);
    if (m_box_cox) {
        json.set("lambda", m_box_cox->lambda())
            .set("lambda_by", m_is_lambda_given ? "given" : "maximum likelihood");
    }
    if (m_scores)
        json.set("plotting_position", "(rank - 0.5) / n").set("tails", "smallest and largest sample");
}

}  // namespace isopleth::interpolate
