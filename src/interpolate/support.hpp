// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "geo/geometry.hpp"
#include "interpolate/variogram.hpp"

namespace isopleth::interpolate {

/// What an estimate stands for: a point, or the mean over a block around it, which points and weights stand
/// for (block kriging; Journel and Huijbregts 1978, V.A). A block has no nugget: what differs from point to
/// point averages out.
class Support {
public:
    static Support point() { return Support(); }
    /// A rectangle of these sides in metres, by 4 x 4 points of the Gauss-Legendre rule (as gstat does).
    static Support rectangle(double width, double height);

    /// An area for which equally heavy points stand, such as the centres of the cells in it; at least one.
    /// `offsets` are from where the estimate is asked for. One point is its mean all the same.
    static Support area(std::vector<geo::Point> offsets);

    bool is_point() const { return m_is_point; }
    bool is_area() const { return m_is_area; }
    const std::vector<geo::Point>& offsets() const { return m_offsets; }
    const std::vector<double>& weights() const { return m_weights; }  ///< their sum is 1
    /// The same with every offset mapped, for a plane in which the distances are other.
    template <class Map>
    Support mapped(Map&& map) const {
        Support support = *this;
        for (geo::Point& offset : support.m_offsets) offset = map(offset);
        return support;
    }
    /// The part of the model that a sample shares with the support: all of it for a point, all but the nugget
    /// for a block.
    VariogramModel shared(const VariogramModel& model) const;
    /// Variance of the support's true value under the model: the sill of a point, less for a block.
    double variance(const VariogramModel& model) const;

private:
    bool m_is_point = true;
    bool m_is_area = false;
    std::vector<geo::Point> m_offsets{{0, 0}};
    std::vector<double> m_weights{1};
};

}  // namespace isopleth::interpolate
