// SPDX-License-Identifier: MIT
#include "interpolate/vecchia.hpp"

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "base/random.hpp"
#include "geo/nearest.hpp"
#include "interpolate/neighbours.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace isopleth::interpolate {

namespace {

constexpr int kMostHalvings = 30;
constexpr std::uint64_t kMixingSeed = 1988;
constexpr std::size_t kPointsAtOnce = 512;

/// A point and its square of one step.
struct Placed {
    std::uint64_t square;
    bool is_left;  ///< not taken in an earlier step
    double off;    ///< squared distance from the square's middle
    std::uint32_t rank;

    bool operator<(const Placed& other) const {
        return std::tie(square, is_left, off, rank) <
               std::tie(other.square, other.is_left, other.off, other.rank);
    }
};

/// The squares of 2^halvings to a side of the extent.
class Squares {
public:
    Squares(const geo::Box& box, int halvings)
        : m_box(box), m_side(std::ldexp(std::max({box.width(), box.height(), 1e-300}), -halvings)) {}

    Placed place(geo::Point point, bool is_left, std::size_t rank) const {
        const double column = std::floor((point.x - m_box.min_x) / m_side);
        const double row = std::floor((point.y - m_box.min_y) / m_side);
        const geo::Point middle{m_box.min_x + (column + 0.5) * m_side, m_box.min_y + (row + 0.5) * m_side};
        return {(static_cast<std::uint64_t>(column) << 32U) | static_cast<std::uint64_t>(row), is_left,
                geo::squared_distance(point, middle), static_cast<std::uint32_t>(rank)};
    }

private:
    geo::Box m_box;
    double m_side;
};

/// Ranks of the points taken in one step: the first of each square that has none yet.
std::vector<std::uint32_t> first_of_each(std::vector<Placed>& placed) {
    std::sort(placed.begin(), placed.end());
    std::vector<std::uint32_t> taken;
    for (std::size_t i = 0; i < placed.size(); ++i) {
        const bool is_first = i == 0 || placed[i].square != placed[i - 1].square;
        if (is_first && placed[i].is_left) taken.push_back(placed[i].rank);
    }
    return taken;
}

void mix(std::vector<std::uint32_t>& ranks) {
    const auto key = [](std::uint32_t rank) { return base::random_bits(kMixingSeed, rank, 0); };
    std::sort(ranks.begin(), ranks.end(), [&](std::uint32_t left, std::uint32_t right) {
        return std::pair(key(left), left) < std::pair(key(right), right);
    });
}

}  // namespace

std::vector<std::size_t> coarse_to_fine(const std::vector<geo::Point>& points) {
    if (points.size() >= std::numeric_limits<std::uint32_t>::max()) base::bug("too many points to order");
    const std::vector<std::size_t> sorted = west_to_east(points);
    geo::Box box;
    for (const geo::Point& point : points) box.extend(point);
    std::vector<bool> is_left(points.size(), true);
    std::vector<std::size_t> order;
    order.reserve(points.size());
    std::vector<Placed> placed(points.size());
    for (int halvings = 0; order.size() < points.size(); ++halvings) {
        std::vector<std::uint32_t> taken;
        if (halvings <= kMostHalvings) {
            const Squares squares(box, halvings);
            for (std::size_t rank = 0; rank < sorted.size(); ++rank)
                placed[rank] = squares.place(points[sorted[rank]], is_left[rank], rank);
            taken = first_of_each(placed);
        } else {
            for (std::size_t rank = 0; rank < sorted.size(); ++rank)
                if (is_left[rank]) taken.push_back(static_cast<std::uint32_t>(rank));
        }
        mix(taken);
        for (const std::uint32_t rank : taken) {
            is_left[rank] = false;
            order.push_back(sorted[rank]);
        }
    }
    return order;
}

ConditioningSets::ConditioningSets(const std::vector<geo::Point>& points, std::size_t count,
                                   const base::Job& job)
    : m_size(points.size()), m_count(count), m_items(points.size() * count) {
    // An index of twice as many points as the first of the batch: half of what it finds may lie later.
    for (std::size_t begin = 1; begin < m_size; begin *= 2)
        fill_batch(points, begin, std::min(2 * begin, m_size), job);
}

void ConditioningSets::fill_batch(const std::vector<geo::Point>& points, std::size_t begin, std::size_t end,
                                  const base::Job& job) {
    const geo::PointIndex index({points.begin(), points.begin() + static_cast<std::ptrdiff_t>(end)});
    const auto work = [&](std::size_t first, std::size_t last) {
        std::vector<geo::Neighbour> found;
        for (std::size_t i = begin + first; i < begin + last; ++i) {
            const std::size_t wanted = std::min(m_count, i);
            std::size_t kept = 0;
            for (std::size_t asked = 2 * m_count + 8; kept < wanted; asked *= 2) {
                index.nearest(points[i], asked, found);
                kept = 0;
                for (const geo::Neighbour& one : found) {
                    if (one.item >= i || kept == wanted) continue;
                    m_items[i * m_count + kept++] = static_cast<std::uint32_t>(one.item);
                }
            }
        }
    };
    base::parallel_chunks(job, end - begin, kPointsAtOnce, work);
}

}  // namespace isopleth::interpolate
