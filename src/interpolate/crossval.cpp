// SPDX-License-Identifier: MIT
#include "interpolate/crossval.hpp"

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "geo/nearest.hpp"
#include "interpolate/methods.hpp"

#include <fmt/format.h>

#include <cmath>
#include <memory>
#include <utility>

namespace isopleth::interpolate {

namespace {

class Validator {
public:
    Validator(const std::string& method, const model::Samples& samples, const Folds& folds)
        : m_method(method),
          m_samples(samples),
          m_folds(folds),
          m_members(folds.count),
          m_result(samples.size()) {
        for (std::size_t i = 0; i < samples.size(); ++i) m_members[folds.number[i]].push_back(i);
        if (folds.buffer > 0) m_index = std::make_unique<geo::PointIndex>(samples.points());
    }

    CrossValidation run(const base::Job& job) && {
        const auto whole = make(m_method, m_samples, job);
        m_estimand = whole->estimand();
        if (m_estimand.is_of_block) {
            base::fail_usage(m_method + ": samples tell nothing of the mean of a block", "Leave block out.");
        }
        if (!whole->has_standard_error() || m_estimand.above) m_result.standard_errors.clear();
        for (std::size_t i = 0; i < m_samples.size(); ++i) m_result.observed[i] = observed(i);
        const auto left_out = m_folds.is_leave_one_out() ? whole->leave_one_out(job) : std::nullopt;
        if (left_out) {
            for (std::size_t i = 0; i < m_samples.size(); ++i)
                keep(i, left_out->values[i], left_out->standard_errors[i]);
        } else {
            const base::Job of_a_fold{1, {}, job.cancelled};
            base::parallel_chunks(
                job, m_folds.count, 1, [&](std::size_t fold, std::size_t) { hold_out(fold, of_a_fold); },
                "cross-validate");
        }
        return {std::move(m_result), m_estimand, whole->description()};
    }

private:
    /// Writes to the fold's own samples.
    void hold_out(std::size_t fold, const base::Job& job) {
        try {
            estimate(m_members[fold], job);
        } catch (const base::Error& error) {
            if (error.kind() != base::ErrorKind::kData) throw;
            const std::string start =
                fmt::format("{} without fold {} of {}: ", m_method, fold + 1, m_folds.count);
            throw base::Error(error.kind(), start + error.message(), error.hint(), error.place());
        }
    }

    std::vector<std::size_t> outside(const std::vector<std::size_t>& members) const {
        std::vector<std::uint8_t> is_left_out(m_samples.size());
        std::vector<geo::Neighbour> found;
        for (const std::size_t member : members) {
            is_left_out[member] = 1;
            if (!m_index) continue;
            m_index->within(m_samples.points()[member], m_folds.buffer, found);
            for (const geo::Neighbour& near : found) is_left_out[near.item] = 1;
        }
        std::vector<std::size_t> positions;
        for (std::size_t i = 0; i < is_left_out.size(); ++i) {
            if (is_left_out[i] == 0) positions.push_back(i);
        }
        if (positions.empty()) base::fail_data("no sample is left to estimate from", "Use a shorter buffer.");
        return positions;
    }

    void estimate(const std::vector<std::size_t>& members, const base::Job& job) {
        const auto interpolator = make(m_method, m_samples.subset(outside(members)), job);
        std::vector<geo::Point> places;
        for (const std::size_t member : members) places.push_back(m_samples.points()[member]);
        std::vector<double> values(places.size());
        std::vector<double> errors(interpolator->has_standard_error() ? places.size() : 0);
        std::vector<std::uint8_t> valid(places.size());
        interpolator->estimate(places, values, errors, valid);
        for (std::size_t i = 0; i < members.size(); ++i) {
            if (valid[i] != 0) keep(members[i], values[i], errors.empty() ? 0 : errors[i]);
        }
    }

    double observed(std::size_t sample) const {
        const double value = m_samples.values()[sample];
        if (!m_estimand.above) return value;
        return value > *m_estimand.above ? 1 : 0;
    }

    void keep(std::size_t sample, double estimate, double standard_error) {
        m_result.estimates[sample] = estimate;
        m_result.valid[sample] = 1;
        if (!m_result.has_standard_errors()) return;
        const auto& variances = m_estimand.error_variances;
        const double variance = variances.empty() ? 0 : variances[sample];
        m_result.standard_errors[sample] = std::hypot(standard_error, std::sqrt(variance));
    }

    const std::string& m_method;
    const model::Samples& m_samples;
    const Folds& m_folds;
    std::vector<std::vector<std::size_t>> m_members;
    std::unique_ptr<geo::PointIndex> m_index;
    Estimand m_estimand;
    HeldOut m_result;
};

}  // namespace

CrossValidation cross_validate(const std::string& method, const model::Samples& samples, const Folds& folds,
                               const base::Job& job) {
    if (folds.number.size() != samples.size()) base::bug("folds of other samples");
    return Validator(method, samples, folds).run(job);
}

}  // namespace isopleth::interpolate
