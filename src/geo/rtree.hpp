// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "geo/geometry.hpp"

namespace isopleth::geo {

/// Static index of boxes, packed (STR). Item numbers are positions in the constructor's list; empty boxes are
/// never found. Queries may run from several threads.
class BoxIndex {
public:
    explicit BoxIndex(const std::vector<Box>& boxes);
    ~BoxIndex();
    BoxIndex(BoxIndex&&) noexcept;
    BoxIndex& operator=(BoxIndex&&) noexcept;

    /// Items whose box meets `box` (borders included), by rising number.
    std::vector<std::size_t> meeting(const Box& box) const;
    /// Items whose box is at most `distance` from the point, by rising number.
    std::vector<std::size_t> within(Point point, double distance) const;
    /// The `count` items with the nearest boxes, nearest first, ties by number.
    std::vector<std::size_t> nearest(Point point, std::size_t count) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace isopleth::geo
