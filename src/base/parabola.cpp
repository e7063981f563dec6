// SPDX-License-Identifier: MIT
#include "base/parabola.hpp"

#include "base/cholesky.hpp"
#include "base/error.hpp"

#include <cmath>

namespace isopleth::base {

namespace {

constexpr int kMostHalvings = 4;

class Parabola {
public:
    using Function = std::function<double(std::span<const double>)>;

    explicit Parabola(const Function& function) : m_function(function) {}

    std::size_t calls() const { return m_calls; }
    double ask(const std::vector<double>& place) {
        ++m_calls;
        return m_function(place);
    }

    /// Lays it through the places around; false when it has no bottom.
    bool lay(const Minimum& from, double step) {
        const std::size_t size = from.place.size();
        const std::size_t stride = size + 1;
        // Second derivatives, and minus the first as last column: solved as one system.
        std::vector<double> rows(size * stride);
        std::vector<double> sides(size);  // sum of the values on both
        for (std::size_t i = 0; i < size; ++i) {
            const double above = ask(moved(from.place, i, step));
            const double below = ask(moved(from.place, i, -step));
            sides[i] = above + below;
            rows[i * stride + i] = (sides[i] - 2 * from.value) / (step * step);
            rows[i * stride + size] = (below - above) / (2 * step);
            if (!std::isfinite(rows[i * stride + i])) return false;
        }
        for (std::size_t i = 0; i < size; ++i) {
            for (std::size_t j = i + 1; j < size; ++j) {
                const double corners = ask(moved(moved(from.place, i, step), j, step)) +
                                       ask(moved(moved(from.place, i, -step), j, -step));
                rows[i * stride + j] = (corners - sides[i] - sides[j] + 2 * from.value) / (2 * step * step);
            }
        }
        std::vector<double> reciprocals(size);
        if (!factor_small(rows, stride, reciprocals)) return false;
        m_way.resize(size);
        m_gain = 0;
        for (std::size_t i = 0; i < size; ++i) {
            m_way[i] = rows[i * stride + size];
            m_gain += m_way[i] * m_way[i] / 2;
        }
        backward_small(rows, stride, reciprocals, m_way);
        return std::isfinite(m_gain);
    }
    double gain() const { return m_gain; }

    /// Goes to its bottom, or half as far and so on until that leads down; false when it does not.
    bool descend(Minimum& from) {
        double share = 1;
        for (int halving = 0; halving <= kMostHalvings; ++halving, share /= 2) {
            std::vector<double> place = from.place;
            for (std::size_t i = 0; i < place.size(); ++i) place[i] += share * m_way[i];
            const double value = ask(place);
            if (!(value < from.value)) continue;
            from.place = std::move(place);
            from.value = value;
            return true;
        }
        return false;
    }

private:
    static std::vector<double> moved(std::vector<double> place, std::size_t coordinate, double step) {
        place[coordinate] += step;
        return place;
    }

    const Function& m_function;
    std::size_t m_calls = 0;
    std::vector<double> m_way;  ///< to the bottom
    double m_gain = 0;          ///< how far down it is
};

}  // namespace

Minimum minimum_by_parabola(const std::function<double(std::span<const double>)>& function,
                            const std::vector<double>& start, const ParabolaRule& rule) {
    if (start.empty()) bug("a minimum over no coordinates");
    Parabola parabola(function);
    Minimum found{start, parabola.ask(start), 1};
    for (std::size_t round = 0; round < rule.rounds && std::isfinite(found.value); ++round) {
        if (!parabola.lay(found, rule.step) || !parabola.descend(found)) break;
        if (parabola.gain() < rule.gain) break;
    }
    found.calls = parabola.calls();
    return found;
}

}  // namespace isopleth::base
