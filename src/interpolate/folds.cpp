// SPDX-License-Identifier: MIT
#include "interpolate/folds.hpp"

#include "base/error.hpp"
#include "base/parameters.hpp"
#include "base/random.hpp"
#include "base/text.hpp"
#include "interpolate/kriging_model.hpp"
#include "interpolate/neighbours.hpp"
#include "interpolate/sample_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <utility>

namespace isopleth::interpolate {

namespace {

constexpr std::size_t kFewestBlocks = 5;
const char* const kKinds = "Use one of: loo, k:10, block, block:500, buffer:500, field:NAME.";

base::Meters distance_of(const std::string& name, const std::string& text) {
    const base::Meters distance = base::parse_meters(text);
    if (!(distance.value > 0)) base::fail_usage(fmt::format("the distance of {} must be above 0", name));
    return distance;
}

std::size_t count_of(const std::string& text) {
    const auto count = base::parse_integer(text);
    if (!count || *count < static_cast<long long>(Folds::kFewest)) {
        base::fail_usage(
            fmt::format("k is a whole number of folds from {} on, not \"{}\"", Folds::kFewest, text));
    }
    return static_cast<std::size_t>(*count);
}

std::string in_metres(double metres) {
    return fmt::format("{:.6g} m", metres);
}

/// Numbers by rising key, the same for the same key.
template <class Key>
Folds folds_by_key(const std::vector<Key>& keys) {
    std::map<Key, std::size_t> numbers;
    for (const Key& key : keys) numbers.emplace(key, 0);
    Folds folds;
    for (auto& [key, number] : numbers) number = folds.count++;
    for (const Key& key : keys) folds.number.push_back(numbers.at(key));
    return folds;
}

/// Row and column of the block of each point, in blocks laid centred over the points; whole numbers, as
/// double for the sake of any side.
std::vector<std::pair<double, double>> blocks_of(const std::vector<geo::Point>& points, double side) {
    geo::Box box;
    for (const geo::Point& point : points) box.extend(point);
    const auto index = [&](double from_low_end, double extent) {
        // A side that divides the extent makes no block of rounding.
        const double blocks = std::max(1.0, std::ceil(extent / side - 1e-9));
        const double found = std::floor((from_low_end + (blocks * side - extent) / 2) / side);
        return std::clamp(found, 0.0, blocks - 1);
    };
    std::vector<std::pair<double, double>> blocks;
    for (const geo::Point& point : points) {
        blocks.emplace_back(index(point.y - box.min_y, box.height()),
                            index(point.x - box.min_x, box.width()));
    }
    return blocks;
}

struct Side {
    double metres = 0;
    std::string said;
};

/// `side`, or where that leaves the samples in too few blocks, about the longest part of the longer extent
/// that does not.
Side cut_down(const std::vector<geo::Point>& points, Side side) {
    geo::Box box;
    for (const geo::Point& point : points) box.extend(point);
    const double extent = std::max(box.width(), box.height());
    const auto is_fine = [&](double metres) {
        return folds_by_key(blocks_of(points, metres)).count >= kFewestBlocks;
    };
    if (is_fine(side.metres)) return side;
    double parts = std::max(1.0, std::ceil(extent / side.metres));
    while (!is_fine(extent / parts)) parts = std::max(parts + 1, std::floor(1.25 * parts));
    return {extent / parts, fmt::format("{}, cut down to leave {} blocks", side.said, kFewestBlocks)};
}

/// The practical range of the samples' variogram: farther apart they tell next to nothing of one another
/// (Roberts et al. 2017, Ecography 40:913).
Side side_by_variogram(const model::Samples& samples, const base::Job& job) {
    const std::string hint = "Give the side as --folds block:D, or use --folds loo.";
    const std::size_t fewest = fewest_samples({}, Drift::constant());
    if (samples.size() < fewest) {
        base::fail_data(fmt::format("{} samples with a {} value; the side of blocks is fitted to at least {}",
                                    samples.size(), samples.field(), fewest),
                        hint);
    }
    try {
        const ChosenModel chosen =
            choose_model({}, {samples.field(), samples.points(), samples.values()}, Drift::constant(), job);
        const Structure& structure = chosen.model.structures.front();
        if (!(structure.partial_sill > 0)) {
            return cut_down(samples.points(), {std::numeric_limits<double>::max(),
                                               "the samples' variogram has no structure: as wide as can be"});
        }
        const double range = practical_range(structure);
        return cut_down(samples.points(),
                        {range, fmt::format("practical range of the samples' variogram ({}, {})",
                                            short_name(structure.shape), in_metres(range))});
    } catch (const base::Error& error) {
        if (error.kind() != base::ErrorKind::kData) throw;
        throw base::Error(error.kind(), "no side of blocks can be fitted: " + error.message(), hint);
    }
}

Folds block_folds(const FoldRule& rule, const model::Samples& samples, const base::Job& job) {
    const Side side = rule.distance ? Side{rule.distance->value, {}} : side_by_variogram(samples, job);
    Folds folds = folds_by_key(blocks_of(samples.points(), side.metres));
    if (folds.count < Folds::kFewest) {
        base::fail_data(fmt::format("the {} samples lie in {} block{} of {}; cross-validation needs {} folds",
                                    samples.size(), folds.count, folds.count == 1 ? "" : "s",
                                    in_metres(side.metres), Folds::kFewest),
                        "Use shorter blocks.");
    }
    folds.description.set("kind", "block").set("side", side.metres);
    if (!side.said.empty()) folds.description.set("side_from", side.said);
    return folds;
}

/// The samples west to east, shuffled, dealt out one by one.
Folds random_folds(const FoldRule& rule, const model::Samples& samples) {
    const std::vector<std::size_t> order = west_to_east(samples.points());
    if (rule.count > order.size()) {
        base::fail_data(fmt::format("{} samples cannot make {} folds", order.size(), rule.count),
                        "Use --folds loo, or fewer folds.");
    }
    std::vector<std::size_t> ranks(order.size());
    std::iota(ranks.begin(), ranks.end(), std::size_t{0});
    std::sort(ranks.begin(), ranks.end(), [&](std::size_t left, std::size_t right) {
        return std::pair(base::random_bits(rule.seed, left, 0), left) <
               std::pair(base::random_bits(rule.seed, right, 0), right);
    });
    Folds folds{std::vector<std::size_t>(order.size()), rule.count, 0, {}};
    for (std::size_t i = 0; i < ranks.size(); ++i) folds.number[order[ranks[i]]] = i % rule.count;
    folds.description.set("kind", "random").set("seed", static_cast<std::int64_t>(rule.seed));
    return folds;
}

Folds single_folds(const FoldRule& rule, const model::Samples& samples) {
    const std::vector<std::size_t> order = west_to_east(samples.points());
    Folds folds{std::vector<std::size_t>(order.size()), order.size(), 0, {}};
    for (std::size_t i = 0; i < order.size(); ++i) folds.number[order[i]] = i;
    if (rule.kind == FoldKind::kBuffer) {
        folds.buffer = rule.distance->value;
        folds.description.set("kind", "buffer").set("distance", folds.buffer);
    } else {
        folds.description.set("kind", "leave one out");
    }
    return folds;
}

Folds counted(Folds folds) {
    std::vector<std::size_t> sizes(folds.count);
    for (const std::size_t number : folds.number) ++sizes[number];
    const auto [smallest, largest] = std::minmax_element(sizes.begin(), sizes.end());
    folds.description.set("count", folds.count).set("smallest", *smallest).set("largest", *largest);
    return folds;
}

}  // namespace

FoldRule parse_folds(std::string_view text) {
    const auto colon = text.find(':');
    const std::string name(base::trim(text.substr(0, colon)));
    const bool has_value = colon != std::string_view::npos;
    const std::string value(has_value ? base::trim(text.substr(colon + 1)) : std::string_view());
    const std::vector<std::string> names{"loo", "k", "block", "buffer", "field"};
    if (std::find(names.begin(), names.end(), name) == names.end()) {
        base::fail_usage(fmt::format("unknown folds {}{}", name, base::did_you_mean(name, names)), kKinds);
    }
    const bool needs_value = name != "loo" && name != "block";
    if (name == "loo" && has_value) base::fail_usage("folds loo takes no value", kKinds);
    if (value.empty() && (has_value || needs_value))
        base::fail_usage(fmt::format("folds {} lack their value", name), kKinds);
    if (name == "loo") return {.kind = FoldKind::kLeaveOneOut};
    if (name == "k") return {.kind = FoldKind::kRandom, .count = count_of(value)};
    if (name == "field") return {.kind = FoldKind::kField, .field = value};
    FoldRule rule{.kind = name == "block" ? FoldKind::kBlock : FoldKind::kBuffer};
    if (has_value) rule.distance = distance_of(name, value);
    return rule;
}

Folds make_folds(const FoldRule& rule, const model::Samples& samples, const base::Job& job) {
    require_count(samples.size(), samples.field(), "cross-validation", Folds::kFewest, {});
    switch (rule.kind) {
        case FoldKind::kBlock:
            return counted(block_folds(rule, samples, job));
        case FoldKind::kRandom:
            return counted(random_folds(rule, samples));
        case FoldKind::kLeaveOneOut:
        case FoldKind::kBuffer:
            return counted(single_folds(rule, samples));
        case FoldKind::kField:
            break;
    }
    base::bug("folds by a field without its labels");
}

Folds folds_by_label(const std::vector<std::string>& labels, const std::string& field) {
    std::vector<double> numbers;
    for (const std::string& label : labels) {
        if (const auto number = base::parse_number(label)) numbers.push_back(*number);
    }
    Folds folds = numbers.size() == labels.size() ? folds_by_key(numbers) : folds_by_key(labels);
    if (folds.count < Folds::kFewest) {
        base::fail_data(
            fmt::format("the field {} has {} value{} at the samples; cross-validation needs {} folds", field,
                        folds.count, folds.count == 1 ? "" : "s", Folds::kFewest));
    }
    folds.description.set("kind", "field").set("field", field);
    return counted(std::move(folds));
}

}  // namespace isopleth::interpolate
