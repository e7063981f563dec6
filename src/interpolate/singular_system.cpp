// SPDX-License-Identifier: MIT
#include "interpolate/singular_system.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

namespace isopleth::interpolate {

namespace {

constexpr double kBlurredNugget = 1e-6;  ///< of the sill: less does not mend a smooth model's system

}  // namespace

void fail_singular(const Neighbourhood& samples, const KrigingSetup& setup,
                   const std::vector<std::string>& ids, const std::string& where) {
    const Structure& structure = setup.model.structures.front();
    const ClosestPair pair = closest_pair(samples.points());
    const double distance = pair.distance;
    const std::string start = fmt::format("the kriging system {} is singular: ", where);
    if (distance < 1e-9 * structure.range || distance <= kSamePlace) {
        base::fail_data(
            fmt::format("{}samples {} and {} are only {:.2g} m apart", start,
                        ids[samples.origin()[pair.first]], ids[samples.origin()[pair.second]], distance),
            "Leave one of them out.");
    }
    if (setup.drift.is_trend() && samples.most() < samples.size()) {
        base::fail_data(fmt::format("{}they do not settle a drift of {}", start, setup.drift.name()),
                        "Use more neighbours, or neighbours=all.");
    }
    std::string cause;
    const bool is_smooth = structure.shape == Shape::kGaussian || structure.shape == Shape::kMatern;
    if (is_smooth && setup.model.nugget < kBlurredNugget * setup.model.sill()) {
        cause = fmt::format("a {} model of range {} m has next to no nugget", short_name(structure.shape),
                            base::shortest(structure.range));
    }
    if (is_unbounded(structure.shape) && cause.empty())
        cause = fmt::format("with an exponent of {} its samples lie too close",
                            base::shortest(structure.exponent()));
    if (cause.empty()) cause = fmt::format("its range of {} m is too long", base::shortest(structure.range));
    base::fail_data(start + cause, "Give a nugget, or use model=exp, sph, or --method idw.");
}

}  // namespace isopleth::interpolate
