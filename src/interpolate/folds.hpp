// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/job.hpp"
#include "base/json.hpp"
#include "base/units.hpp"
#include "model/samples.hpp"

namespace isopleth::interpolate {

/// kLeaveOneOut: each sample is a fold. kRandom: `count` folds of equal size, by chance. kBlock: squares of
/// side `distance` are folds; without a side the practical range of the samples' variogram. kBuffer: each
/// sample is a fold, and the samples at most `distance` from it are left out with it. kField: the values of a
/// field.
enum class FoldKind { kLeaveOneOut, kRandom, kBlock, kBuffer, kField };

struct FoldRule {
    FoldKind kind = FoldKind::kBlock;
    std::size_t count = 0;
    std::optional<base::Meters> distance{};
    std::string field{};
    std::uint64_t seed = 1;
};

/// "loo", "k:10", "block", "block:500", "buffer:2km" or "field:NAME"; a Usage error for anything else.
FoldRule parse_folds(std::string_view text);

/// Which samples are left out together. Numbers run from 0, those of blocks row by row from the south-west,
/// else west to east; they do not depend on the samples' order.
struct Folds {
    static constexpr std::size_t kFewest = 2;

    std::vector<std::size_t> number;  ///< of each sample; every number below `count` is there
    std::size_t count = 0;
    double buffer = 0;       ///< samples up to so far from one held out are left out with it, in metres
    base::Json description;  ///< for the summary: what a fold is, how many there are, of how many samples

    /// Every sample is a fold, and left out alone.
    bool is_leave_one_out() const { return count == number.size() && buffer == 0; }
};

/// The folds of every kind but kField. Data errors: fewer than 2 folds, more folds than samples; for blocks
/// without a side fewer than 10 samples or no variogram to fit. Such a side is cut down until the samples lie
/// in at least 5 blocks.
Folds make_folds(const FoldRule& rule, const model::Samples& samples, const base::Job& job);

/// Folds of samples with the same label, one label a sample; numbers by order of the labels, as numbers where
/// all are. A Data error for fewer than 2 labels. `field` is for the message.
Folds folds_by_label(const std::vector<std::string>& labels, const std::string& field);

}  // namespace isopleth::interpolate
