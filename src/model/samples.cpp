// SPDX-License-Identifier: MIT
#include "model/samples.hpp"

#include "base/statistics.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <tuple>

namespace isopleth::model {

namespace {
struct Sample {
    std::size_t row;
    geo::Point point;
    double value;
    double error_variance = 0;
};

/// Samples at one place, by rising row; groups by their first row. They lie in one vector: millions of small
/// ones take longer than all the rest.
using Group = std::span<const Sample>;

const geo::Crs& metric_crs_of(const Layer& layer) {
    const base::Place place{.file = layer.source.file, .layer = layer.source.layer};
    if (!layer.has_geometry) {
        base::fail_input("there are no points: the table has no geometry",
                         "Name its coordinate columns with --x and --y.", place);
    }
    if (!layer.crs) base::fail_data("the coordinate system is not known", "State it with --crs.", place);
    if (layer.crs->is_metric()) return *layer.crs;
    base::fail_data(fmt::format("the coordinates are in {}, where metres are needed",
                                layer.crs->is_geographic() ? "degrees" : layer.crs->name()),
                    "Transform the points to a projected coordinate system.", place);
}

double square_of_error(double error, const Layer& layer, const Column& errors, std::size_t row) {
    if (error >= 0) return error * error;
    base::Place place = layer.place_of(row);
    place.column = errors.name();
    base::fail_data(fmt::format("the measurement error {} is negative", base::shortest(error)),
                    "It is a standard error, in the unit of the values.", place);
}

/// `errors` may be nullptr.
std::vector<Sample> present_samples(const Layer& layer, const Column& values, const Column* errors) {
    std::vector<Sample> samples;
    samples.reserve(layer.row_count());
    for (std::size_t row = 0; row < layer.row_count(); ++row) {
        const geo::Geometry& geometry = layer.geometry[row];
        if (geo::is_missing(geometry)) continue;
        const auto* point = std::get_if<geo::Point>(&geometry);
        if (point == nullptr) {
            base::fail_input(fmt::format("a {}, where samples are points", geo::type_name(geometry)), {},
                             layer.place_of(row));
        }
        if (!geo::is_finite(geometry))
            base::fail_input("a coordinate is not a finite number", {}, layer.place_of(row));
        const auto value = values.number(row);
        // 0 is added so that -0 and 0 are one place.
        if (!value) continue;
        double variance = 0;
        if (errors != nullptr) {
            const auto error = errors->number(row);
            if (!error) continue;
            variance = square_of_error(*error, layer, *errors, row);
        }
        samples.push_back({row, {point->x + 0.0, point->y + 0.0}, *value, variance});
    }
    return samples;
}

/// Sorts the samples; the groups are of them.
std::vector<Group> group_by_place(std::vector<Sample>& samples) {
    std::sort(samples.begin(), samples.end(), [](const Sample& left, const Sample& right) {
        return std::tie(left.point.x, left.point.y, left.row) <
               std::tie(right.point.x, right.point.y, right.row);
    });
    std::vector<Group> groups;
    groups.reserve(samples.size());
    for (std::size_t begin = 0, end = 0; begin < samples.size(); begin = end) {
        while (end < samples.size() && samples[end].point == samples[begin].point) ++end;
        groups.push_back(Group(samples).subspan(begin, end - begin));
    }
    std::sort(groups.begin(), groups.end(),
              [](const Group& left, const Group& right) { return left.front().row < right.front().row; });
    return groups;
}

std::string id_of(const Layer& layer, std::size_t row) {
    return row < layer.ids.size() ? layer.ids[row] : std::to_string(row + 1);
}

/// "line 3" or "feature 3": what the user finds in the file.
std::string told(const Layer& layer, std::size_t row) {
    const base::Place place = layer.place_of(row);
    return place.line ? fmt::format("line {}", *place.line) : fmt::format("feature {}", place.feature);
}

[[noreturn]] void fail_duplicates(const Layer& layer, const std::vector<Group>& groups) {
    constexpr std::size_t kTold = 3;
    std::vector<std::string> places;
    std::size_t count = 0;
    for (const Group& group : groups) {
        if (group.size() < 2 || ++count > kTold) continue;
        std::string text;
        for (const Sample& sample : group) text += (text.empty() ? "" : " and ") + told(layer, sample.row);
        places.push_back(text);
    }
    std::string message = fmt::format("several samples at one place: {}", fmt::join(places, "; "));
    if (count > kTold) message += fmt::format("; and {} more places", count - kTold);
    base::fail_data(message, "Use --duplicates mean, or leave all but one out.",
                    {.file = layer.source.file, .layer = layer.source.layer});
}

/// All that does not lie at one of the places.
SecondVariable without(const SecondVariable& second, std::vector<geo::Point> places) {
    const auto is_before = [](const geo::Point& left, const geo::Point& right) {
        return std::tie(left.x, left.y) < std::tie(right.x, right.y);
    };
    std::sort(places.begin(), places.end(), is_before);
    SecondVariable kept{second.field, {}, {}};
    for (std::size_t i = 0; i < second.points.size(); ++i) {
        if (std::binary_search(places.begin(), places.end(), second.points[i], is_before)) continue;
        kept.points.push_back(second.points[i]);
        kept.values.push_back(second.values[i]);
    }
    return kept;
}
}  // namespace

Duplicates parse_duplicates(std::string_view text) {
    if (text == "refuse") return Duplicates::kRefuse;
    if (text == "mean") return Duplicates::kMean;
    base::bug("duplicates that are neither refused nor averaged");
}

Samples Samples::gather(const Layer& points, std::string_view field, Duplicates duplicates,
                        std::string_view error_field) {
    const Column column = number_column(points, field);
    const bool has_errors = !error_field.empty();
    const std::optional<Column> errors =
        has_errors ? std::optional(number_column(points, error_field)) : std::nullopt;
    Samples samples(metric_crs_of(points));
    std::vector<Sample> present = present_samples(points, column, errors ? &*errors : nullptr);
    samples.m_left_out = points.row_count() - present.size();
    if (present.empty()) {
        const std::string and_error = has_errors ? fmt::format(" and of {}", error_field) : "";
        base::fail_data(fmt::format("no point has a value of {}{}", field, and_error), {},
                        {.file = points.source.file, .layer = points.source.layer});
    }
    const std::size_t count = present.size();
    const std::vector<Group> groups = group_by_place(present);
    if (duplicates == Duplicates::kRefuse && groups.size() < count) fail_duplicates(points, groups);
    std::vector<double> values;
    samples.m_points.reserve(groups.size());
    samples.m_values.reserve(groups.size());
    samples.m_ids.reserve(groups.size());
    samples.m_rows.reserve(groups.size());
    for (const Group& group : groups) {
        values.clear();
        double error_variance = 0;
        for (const Sample& sample : group) {
            values.push_back(sample.value);
            error_variance += sample.error_variance;
        }
        const auto count_here = static_cast<double>(group.size());
        if (has_errors) samples.m_error_variances.push_back(error_variance / (count_here * count_here));
        samples.m_points.push_back(group.front().point);
        samples.m_values.push_back(*base::mean(values));
        samples.m_ids.push_back(id_of(points, group.front().row));
        samples.m_rows.push_back(group.front().row);
    }
    samples.m_field = std::string(field);
    samples.m_averaged = count - groups.size();
    return samples;
}

Samples Samples::subset(const std::vector<std::size_t>& positions) const {
    if (positions.empty()) base::bug("a subset of no samples");
    Samples part(m_crs);
    part.m_field = m_field;
    for (const Covariate& covariate : m_covariates) {
        part.m_covariates.push_back({covariate.name, covariate.surface, {}});
        for (const std::size_t position : positions)
            part.m_covariates.back().at_samples.push_back(covariate.at_samples.at(position));
    }
    std::vector<bool> is_taken(size(), false);
    for (const std::size_t position : positions) {
        if (position >= size() || is_taken[position]) base::bug("a subset of samples that are not there");
        is_taken[position] = true;
        part.m_points.push_back(m_points[position]);
        part.m_values.push_back(m_values[position]);
        if (!m_error_variances.empty()) part.m_error_variances.push_back(m_error_variances[position]);
        part.m_ids.push_back(m_ids[position]);
        part.m_rows.push_back(m_rows[position]);
    }
    if (m_second) {
        std::vector<geo::Point> left;
        for (std::size_t i = 0; i < size(); ++i) {
            if (!is_taken[i]) left.push_back(m_points[i]);
        }
        part.m_second = without(*m_second, std::move(left));
    }
    return part;
}

Samples Samples::with_values(std::vector<double> values) const {
    if (values.size() != size()) base::bug("values of other samples");
    Samples others = *this;
    others.m_values = std::move(values);
    others.m_error_variances.clear();
    others.m_covariates.clear();
    others.m_second.reset();
    return others;
}

Samples Samples::with_second(const Samples& other) const {
    if (!(other.crs() == m_crs)) base::bug("a second variable in another CRS");
    Samples both = *this;
    both.m_second = SecondVariable{other.field(), other.points(), other.values()};
    return both;
}

Samples Samples::with_covariates(std::vector<Covariate> covariates) const {
    std::vector<std::size_t> known;
    for (std::size_t i = 0; i < size(); ++i) {
        bool is_known = true;
        for (const Covariate& covariate : covariates) {
            if (covariate.at_samples.size() != size()) base::bug("a covariate of other samples");
            is_known = is_known && covariate.at_samples[i];
        }
        if (is_known) known.push_back(i);
    }
    if (known.empty()) {
        std::vector<std::string> names;
        for (const Covariate& covariate : covariates) names.push_back(covariate.name);
        base::fail_data(
            fmt::format("none of the {} samples has a value of {}", size(), base::join(names, " and ")),
            "Check that the covariate's raster covers the samples.");
    }
    Samples whole = *this;
    whole.m_covariates = std::move(covariates);
    Samples part = whole.subset(known);
    part.m_left_out = m_left_out + (size() - known.size());
    part.m_averaged = m_averaged;
    return part;
}

geo::Box Samples::bounds() const {
    geo::Box box;
    for (const geo::Point& point : m_points) box.extend(point);
    return box;
}

}  // namespace isopleth::model
