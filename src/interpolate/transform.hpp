// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "base/json.hpp"
#include "interpolate/box_cox.hpp"
#include "interpolate/drift_system.hpp"
#include "interpolate/isotropic_plane.hpp"
#include "interpolate/kriging_model.hpp"
#include "interpolate/kriging_options.hpp"
#include "interpolate/normal_scores.hpp"
#include "model/samples.hpp"

namespace isopleth::interpolate {

/// From samples to what is kriged (their values, the logarithms, Box-Cox transforms or normal scores of
/// these, or 1 and 0 for those above and not above a limit), and from what is kriged back to what was asked
/// for. What it has to find out (lambda, the scores) it takes from all samples.
class Transform {
public:
    /// Data errors: a value that has no transform; values all the same, where these tell the transform.
    Transform(const KrigingOptions& options, const model::Samples& samples);
    /// What is kriged, in `plane`.
    KrigedField field(const model::Samples& samples, const IsotropicPlane& plane) const;
    /// The estimate becomes the mean, and the error the standard deviation, of the back-transformed normal
    /// distribution of that estimate and error; for the logarithm, the mean less what the multiplier says of
    /// the unknown mean (Journel and Huijbregts 1978, p. 572), which the others leave out. A probability is
    /// kept within 0 and 1.
    void back(Kriged& kriged) const;
    /// One value back.
    double back(double value) const;
    /// Adds "transform" and what was found out; nothing for values as they are and for an indicator.
    void describe(base::Json& json) const;

private:
    double forward(double value) const;

    std::string m_name;
    std::optional<double> m_above;
    std::optional<BoxCox> m_box_cox;
    std::optional<NormalScores> m_scores;
    bool m_is_lambda_given = false;
};

}  // namespace isopleth::interpolate
